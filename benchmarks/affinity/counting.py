"""Counts the pairs of one file of orders with one engine, in a process of its own, and prints what it took."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

LEAST = 3
TICKS = os.sysconf("SC_CLK_TCK")
Result = tuple[int, int]
Run = Callable[[Path], Result]


def embedded() -> Run:
    """Tresen in this process."""
    from actions.affinity.counts import count_orders  # noqa: PLC0415  not every engine's environment has all

    return _tresen(count_orders)


def spark() -> Run:
    """Tresen on Apache Spark, on this machine; its start takes part, as it does every night."""
    from actions.affinity.engines.spark import SparkEngine  # noqa: PLC0415

    return _tresen(SparkEngine("local[2]"))


def duckdb() -> Run:
    """The self-join that one would write in DuckDB, on one thread like Tresen."""
    import duckdb  # noqa: PLC0415

    query = """
        SELECT one.item AS first, other.item AS second, count(*)::INTEGER AS together
        FROM read_parquet($file) one JOIN read_parquet($file) other
        ON one.basket = other.basket AND one.item < other.item
        GROUP BY ALL HAVING count(*) >= $least
    """

    def run(file: Path) -> Result:
        connection = duckdb.connect()
        connection.execute("SET threads = 1; SET preserve_insertion_order = false")
        found = connection.execute(query, {"file": str(file), "least": LEAST}).fetchnumpy()
        return len(found["first"]), int(found["together"].sum())

    return run


ENGINES: dict[str, Callable[[], Run]] = {"embedded": embedded, "duckdb": duckdb, "spark": spark}


def _tresen(count: Callable[[Any, int], Any]) -> Run:
    from pyarrow import parquet  # noqa: PLC0415

    from actions.affinity.orders import Orders  # noqa: PLC0415

    def run(file: Path) -> Result:
        source = parquet.ParquetFile(file)
        lines = source.metadata.num_rows
        items, starts, read = np.empty(lines, np.int32), [np.zeros(1, np.int64)], 0
        for part in range(source.metadata.num_row_groups):
            # a row group ends where an order ends
            table = source.read_row_group(part)
            _, first = np.unique(table["basket"].to_numpy(), return_index=True)
            starts.append(read + np.append(first[1:], len(table)))
            items[read : read + len(table)] = table["item"].to_numpy()
            read += len(table)
        names = tuple(f"P{number:06}" for number in range(int(items.max()) + 1))
        counts = count(Orders(np.concatenate(starts), items, names), LEAST)
        return len(counts.first), int(counts.together.sum())

    return run


def _children() -> list[int]:
    """The living processes below this one: Spark's Java is one."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text("ascii", "replace").rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = [os.getpid()]
    for parent in found:
        found += [child for child, of in parents.items() if of == parent]
    return found[1:]


def _spent(process: int) -> tuple[float, int]:
    """(CPU seconds, highest resident bytes) of a living process."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    highest = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), "0")
    return (int(fields[11]) + int(fields[12])) / TICKS, int(highest) * 1024


def main() -> None:
    """`python -m benchmarks.affinity.counting ENGINE FILE`."""
    engine, file = sys.argv[1:]
    run = ENGINES[engine]()
    began, before = time.monotonic(), time.process_time()
    pairs, total = run(Path(file))
    took, seconds, peak = time.monotonic() - began, time.process_time() - before, _spent(os.getpid())[1]
    for child in _children():
        of_child = _spent(child)
        seconds, peak = seconds + of_child[0], peak + of_child[1]
    print(json.dumps({"pairs": pairs, "together": total, "cpu": seconds, "wall": took, "peak": peak}))


if __name__ == "__main__":
    main()
