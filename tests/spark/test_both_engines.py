"""Apache Spark counts what the embedded engine counts: `make test-spark`, where there is a Java for it."""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine, select

from actions.affinity.counts import count_orders
from actions.affinity.engines import EngineUnavailableError
from actions.affinity.engines.spark import SparkEngine
from actions.affinity.orders import Orders, any_orders
from actions.affinity.pairs import directed
from actions.store.engine import migrate, open_engine, reading
from actions.store.importing import load_shop
from actions.store.mining import mine
from actions.store.pairs import neighbours
from actions.store.tables import products

pytest.importorskip("pyspark", reason="Spark is not installed in this environment; `make test-spark` brings it")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("Spark needs Java 17 or newer, and there is none here", allow_module_level=True)

# its own Python side leaves sockets and a process to the garbage collector
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
DEMO = Path(__file__).parents[2] / "data" / "shop" / "radhaus"
SPARK = SparkEngine("local[2]")
FIGURES = ("support", "confidence", "lift", "weight")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The demo shop with its past orders."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('shop') / 'core.db'}")
    migrate(engine)
    assert load_shop(engine, DEMO).ok
    yield engine
    engine.dispose()


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


def test_the_demo_shop_is_told_the_same_by_both(shop: Engine) -> None:
    report = mine(shop)
    embedded = in_force(shop)
    again = mine(shop, counter=SPARK)
    spark = in_force(shop)
    assert (again.orders, again.lines, again.families, again.pairs) == (
        report.orders,
        report.lines,
        report.families,
        report.pairs,
    )
    assert len(embedded) > 1_000
    assert spark.keys() == embedded.keys()
    for pair, said in embedded.items():
        assert (spark[pair].together, spark[pair].anchor_orders) == (said.together, said.anchor_orders)
        for figure in FIGURES:
            assert getattr(spark[pair], figure) == pytest.approx(getattr(said, figure), rel=0, abs=1e-9)


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
