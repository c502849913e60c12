"""Apache Spark counts what the embedded engine counts: `make test-spark`, where there is a Java for it."""

import os
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine, select

from actions.affinity.counts import count_orders
from actions.affinity.engines import EngineUnavailableError
from actions.affinity.engines.spark import SparkEngine
from actions.affinity.orders import Orders, any_orders
from actions.affinity.pairs import directed
from actions.store.bulk import insert_tuples
from actions.store.engine import migrate, open_engine, reading, writing
from actions.store.importing import load_shop
from actions.store.mining import mine
from actions.store.pairs import neighbours
from actions.store.tables import (
    affinities,
    affinity_items,
    affinity_switches,
    affinity_versions,
    past_order_lines,
    products,
)

pytest.importorskip("pyspark", reason="Spark is not installed in this environment; `make test-spark` brings it")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("Spark needs Java 17 or newer, and there is none here", allow_module_level=True)

# its own Python side leaves sockets and a process to the garbage collector
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
DEMO = Path(__file__).parents[2] / "data" / "shop" / "radhaus"
SPARK = SparkEngine("local[2]")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
FIGURES = ("support", "confidence", "lift", "weight")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    """A shop without anything."""
    engine = open_engine(f"sqlite:///{tmp_path / 'core.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=["demo shop", "random history"])
def shop(request: pytest.FixtureRequest, empty: Engine) -> Engine:
    """The demo shop with its past orders, or the same shop with others, each of a customer, at random."""
    assert load_shop(empty, DEMO).ok
    if request.param == "random history":
        with writing(empty) as connection:
            skus = connection.scalars(select(products.c.sku).order_by(products.c.sku)).all()
            connection.execute(past_order_lines.delete())
            names = ("order_id", "ordered_at", "customer", "sku", "quantity", "price")
            insert_tuples(connection, past_order_lines, names, at_random(skus))
    return empty


def at_random(skus: Sequence[str]) -> Iterator[tuple[str, datetime, str, str, int, int]]:
    """Six thousand orders of four hundred customers over two years; few products sell often."""
    chance = random.Random(23)
    for number in range(6_000):
        who, when = f"C{chance.randrange(400)}", NOW - timedelta(hours=chance.randrange(17_520))
        drawn = {skus[min(int(chance.paretovariate(0.6)), len(skus)) - 1] for _ in range(chance.randint(1, 7))}
        for sku in sorted(drawn):
            yield f"R{number:05}", when, who, sku, 1, 100


def invented(seed: int, orders: int) -> Orders:
    """Orders of a shop where few products sell often."""
    chance = random.Random(seed)
    sizes = [chance.randint(1, 9) for _ in range(orders)]
    return any_orders(
        (str(order), f"P{min(int(chance.paretovariate(0.7)), 400)}")
        for order, size in enumerate(sizes)
        for _ in range(size)
    )


def in_force(engine: Engine) -> dict[tuple[str, str], object]:
    with reading(engine) as connection:
        families = connection.scalars(select(products.c.family).distinct()).all()
        found = neighbours(connection, families)
    return {(anchor, target): said for anchor, known in found.items() for target, said in known.items()}


def stored(engine: Engine, version: int) -> dict[str, list[tuple[object, ...]]]:
    """Every row that a mining leaves, but for its number and moment, and what it does to the products."""
    found = {}
    with reading(engine) as connection:
        for table in (affinity_versions, affinity_items, affinities, affinity_switches):
            columns = [column for column in table.c if column.name not in {"version", "mined_at", "current"}]
            query = select(*columns).where(table.c.version == version).order_by(*columns)
            found[table.name] = [tuple(row) for row in connection.execute(query)]
        query = select(products.c.sku, products.c.popularity).order_by(products.c.sku)
        found["popularity"] = [tuple(row) for row in connection.execute(query)]
    return found


def test_a_shop_is_told_the_same_by_both(shop: Engine) -> None:
    report = mine(shop)
    embedded, rows = in_force(shop), stored(shop, 1)
    again = mine(shop, counter=SPARK)
    spark = in_force(shop)
    assert replace(again, version=report.version) == report
    assert len(embedded) > 1_000
    assert spark.keys() == embedded.keys()
    for pair, said in embedded.items():
        assert (spark[pair].together, spark[pair].anchor_orders) == (said.together, said.anchor_orders)
        for figure in FIGURES:
            assert getattr(spark[pair], figure) == pytest.approx(getattr(said, figure), rel=0, abs=1e-9), figure
    assert sum(said.weight != 0 for said in embedded.values()) > 500
    assert all(rows.values())
    of_spark = stored(shop, 2)
    weights = [row[-1] for row in rows["affinities"]]
    assert [row[-1] for row in of_spark["affinities"]] == pytest.approx(weights, rel=0, abs=1e-9)
    for found in (rows, of_spark):
        found["affinities"] = [row[:-1] for row in found["affinities"]]
    assert of_spark == rows


@pytest.mark.parametrize("least", [1, 3])
def test_rare_pairs_are_left_out_by_both_alike(least: int) -> None:
    orders = invented(seed=7, orders=4_000)
    ours, theirs = count_orders(orders, least), SPARK(orders, least)
    assert (ours.items, ours.orders) == (theirs.items, theirs.orders)
    for column in ("item_orders", "first", "second", "together"):
        assert np.array_equal(getattr(ours, column), getattr(theirs, column)), column
    assert directed(ours, most=20) == directed(theirs, most=20)


def test_a_shop_without_orders_has_no_pairs_on_spark_either() -> None:
    counts = SPARK(any_orders([]), 3)
    assert (counts.orders, len(counts.first), len(counts.item_orders)) == (0, 0, 0)


def test_a_master_that_is_none_is_one_sentence() -> None:
    with pytest.raises(EngineUnavailableError, match="Spark did not start with nowhere"):
        SparkEngine("nowhere", "shared")(any_orders([]), 3)
