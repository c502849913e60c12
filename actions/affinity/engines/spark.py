"""Counts pairs on Apache Spark, for orders that outgrow one machine; pyspark is loaded when it is asked for."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from actions.affinity.counts import PairCounts
from actions.affinity.engines import EngineUnavailableError
from actions.affinity.orders import Orders

LOCAL = "local[*]"
FILE = "orders.parquet"
BLOCK = 500_000
QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
}
ON_LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
# an order is exploded where it lies: only partial counts travel, never the orders themselves
PAIRS = """
    SELECT first, second, count(*) AS together
    FROM (SELECT first, explode(slice(items, at + 2, size(items))) AS second
          FROM (SELECT items, posexplode(items) AS (at, first) FROM orders) WHERE at + 1 < size(items))
    GROUP BY first, second HAVING count(*) >= :least
"""
HELD = "SELECT item, count(*) AS orders FROM (SELECT explode(items) AS item FROM orders) GROUP BY item"


@dataclass(frozen=True, slots=True)
class SparkEngine:
    """`master` is Spark's own word for where it runs; `folder` lies where driver and workers both reach it."""

    master: str = LOCAL
    folder: str = ""

    def __call__(self, orders: Orders, min_together: int) -> PairCounts:
        """The same counts as `count_orders`; EngineUnavailableError where Spark cannot run."""
        with _session(self) as session, tempfile.TemporaryDirectory(dir=self.folder or None) as shared:
            file = Path(shared) / FILE
            # workers may run as somebody else
            Path(shared).chmod(0o755)
            write_orders(orders, file)
            session.read.parquet(file.absolute().as_uri()).createOrReplaceTempView("orders")
            held = _columns(session.sql(HELD), "item", "orders")
            pairs = _columns(
                session.sql(PAIRS, args={"least": max(min_together, 1)}), "first", "second", "together"
            )
        item_orders = np.zeros(len(orders.names), dtype=np.int64)
        item_orders[held[0]] = held[1]
        rank = np.lexsort((pairs[1], pairs[0]))
        first, second, together = (column[rank] for column in pairs)
        return PairCounts(orders.names, item_orders, len(orders), first, second, together)


def write_orders(orders: Orders, file: Path) -> None:
    """One row an order: its items as numbers, rising."""
    # like Spark itself, nothing the arithmetic needs
    pa, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    schema = pa.schema({"items": pa.list_(pa.int32())})
    with parquet.ParquetWriter(file, schema) as writer:
        for start in range(0, len(orders), BLOCK):
            bounds = orders.starts[start : start + BLOCK + 1]
            lines = orders.items[bounds[0] : bounds[-1]]
            offsets = pa.array((bounds - bounds[0]).astype(np.int32))
            column = pa.ListArray.from_arrays(offsets, pa.array(lines, pa.int32()))
            writer.write_table(pa.table({"items": column}, schema=schema))


@contextmanager
def _session(engine: SparkEngine) -> Iterator[Any]:
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise EngineUnavailableError("Spark needs Java 17 or newer, and there is none here.")
    local = engine.master.startswith("local")
    if not local and not engine.folder:
        raise EngineUnavailableError("A Spark cluster needs TRESEN_SPARK_FOLDER, a folder its workers can read.")
    try:
        # optional: most shops never need it
        spark, errors, bridge = map(import_module, ("pyspark.sql", "pyspark.errors", "py4j.protocol"))
    except ImportError as missing:
        raise EngineUnavailableError("Spark is not installed here: `make spark` builds .venv-spark.") from missing
    builder = spark.SparkSession.builder.appName("tresen").master(engine.master)
    for name, value in {**QUIET, **(ON_LOOPBACK if local else {})}.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (errors.PySparkException, bridge.Py4JError) as failed:
        reason = str(failed).partition("\n")[0]
        raise EngineUnavailableError(f"Spark did not start with {engine.master}: {reason}") from failed
    try:
        yield session
    finally:
        session.stop()


def _columns(frame: Any, *names: str) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    table = frame.toArrow()
    return [table[name].to_numpy().astype(np.int64) for name in names]
