"""Each order that is placed is counted at once, and counts as if everything had been counted anew."""

import random

import pytest
from alembic import command
from shopfloor import sell, stock_up
from sqlalchemy import select

from actions.offers.products import Evidence, Money
from actions.store import orders
from actions.store.carts import CartLine
from actions.store.counting import count_order
from actions.store.engine import migrate, migration_config, open_engine, reading, writing
from actions.store.importing.past_returns import remove_returned
from actions.store.mining import mine, roll_back
from actions.store.pairs import MOST_TARGETS, PairMemory, evidence, mined_pairs, neighbours
from actions.store.tables import (
    affinities,
    affinity_items,
    affinity_versions,
    past_order_lines,
    past_returns,
    products,
)

COUNTED_BEFORE = (
    "INSERT INTO affinity_versions (version, mined_at, orders, simulated, current)"
    " VALUES (1, '2026-03-02 10:30:00.000000', 4, false, true)",
    "INSERT INTO affinities (version, anchor, target, together, anchor_orders, support, confidence, lift) VALUES"
    " (1, 'BIKE', 'HELMET', 2, 3, 0.5, 0.6666666666666666, 1.3333333333333333),"
    " (1, 'HELMET', 'BIKE', 2, 2, 0.5, 1.0, 1.3333333333333333)",
)
SKUS = [f"P{number}" for number in range(9)]


@pytest.fixture
def shop(engine, now):
    """Products of six models, one of them in two colours and one never sold before."""
    models = {"P7": "P6", "P8": "P8"}
    with writing(engine) as connection:
        stock_up(connection, *({"sku": sku, "family": models.get(sku, sku)} for sku in SKUS))
        sell(connection, now, "P0 P1", "P0 P1 P2", "P3 P6", times=2)
        sell(connection, now, "P4", "P0 P3", prefix="once")
    mine(engine)
    return engine


def buy(engine, now, number, *skus):
    """An order that the shop has accepted and that was counted."""
    lines = [CartLine(sku, 1, Money(1_000)) for sku in skus]
    with writing(engine) as connection:
        orders.place(connection, conversation=None, key=number, lines=lines, shipping=Money(0), now=now)
        orders.accepted(connection, number, number, now)
    with writing(engine) as connection:
        return count_order(connection, number)


def counted(engine):
    """The counts in force: orders, orders of each family, orders of each pair."""
    with reading(engine) as connection:
        version = connection.execute(select(affinity_versions).where(affinity_versions.c.current)).one()
        item, pair = affinity_items.c, affinities.c
        items = connection.execute(select(item.family, item.orders).where(item.version == version.version)).tuples()
        pairs = connection.execute(
            select(pair.anchor, pair.target, pair.together).where(pair.version == version.version)
        )
        popular = connection.execute(select(products.c.sku, products.c.popularity)).tuples()
        return version.orders, dict(items.all()), set(pairs.tuples()), dict(popular.all())


def test_one_more_order_with_both_is_one_more_in_the_counts(shop, now):
    with reading(shop) as connection:
        before = evidence(connection, "P0", "P1")
    assert buy(shop, now, "N1", "P0", "P1")
    with reading(shop) as connection:
        after = evidence(connection, "P0", "P1")
    assert (before.together, before.anchor_orders, before.orders) == (4, 5, 8)
    assert (after.together, after.anchor_orders, after.orders) == (5, 6, 9)
    assert after.lift == pytest.approx(5 * 9 / (6 * 5))


def test_between_two_minings_an_order_changes_the_counts_and_not_what_was_learnt(shop, now):
    with reading(shop) as connection:
        before = evidence(connection, "P0", "P1")
    buy(shop, now, "N1", "P0", "P1", "P2")
    with reading(shop) as connection:
        after, new = evidence(connection, "P0", "P1"), evidence(connection, "P0", "P2")
    assert (after.together, after.weight) == (before.together + 1, before.weight)
    assert before.weight > 0
    assert (new.together, new.weight) == (3, 0)
    mine(shop)
    with reading(shop) as connection:
        assert evidence(connection, "P0", "P2").weight != 0


def test_the_third_order_makes_a_pair_worth_keeping(shop, now):
    with reading(shop) as connection:
        assert evidence(connection, "P0", "P2") is None
    buy(shop, now, "N1", "P2", "P0")
    with reading(shop) as connection:
        found = evidence(connection, "P0", "P2"), evidence(connection, "P2", "P0")
    assert [(one.together, one.anchor_orders) for one in found] == [(3, 6), (3, 3)]


def test_an_order_counts_once_however_often_it_is_reported(shop, now):
    assert buy(shop, now, "N1", "P0", "P1")
    before = counted(shop)
    assert not buy(shop, now, "N1", "P0", "P1")
    assert counted(shop) == before


def test_an_order_the_shop_has_not_taken_is_not_counted(shop, now):
    before = counted(shop)
    with writing(shop) as connection:
        lines = [CartLine("P0", 1, Money(1_000))]
        orders.place(connection, conversation=None, key="open", lines=lines, shipping=Money(0), now=now)
        assert not count_order(connection, "open")
    assert counted(shop) == before


@pytest.mark.parametrize("seed", range(4))
def test_counting_order_by_order_equals_counting_everything_anew(shop, now, seed):
    chance = random.Random(seed)
    for number in range(30):
        assert buy(shop, now, f"N{number}", *chance.sample(SKUS, chance.randint(1, 5)))
    by_order = counted(shop)
    mine(shop)
    assert counted(shop) == by_order
    assert by_order[0] == 38


def test_two_colours_of_one_model_are_one_model(shop, now):
    buy(shop, now, "N1", "P6", "P7", "P3")
    with reading(shop) as connection:
        found = evidence(connection, "P7", "P3")
        assert (found.together, found.anchor_orders) == (3, 3)
        assert evidence(connection, "P6", "P7") is None


def test_before_the_first_mining_orders_are_only_remembered(engine, now):
    with writing(engine) as connection:
        stock_up(connection, {"sku": "P0"}, {"sku": "P1"})
    for number in range(3):
        assert buy(engine, now, f"N{number}", "P0", "P1")
    with reading(engine) as connection:
        assert mined_pairs(connection, "P0") == {}
    mine(engine)
    with reading(engine) as connection:
        assert evidence(connection, "P0", "P1").together == 3


def test_nobody_is_named_in_the_history_an_order_leaves(shop, now):
    buy(shop, now, "N1", "P0")
    with reading(shop) as connection:
        rows = connection.execute(select(past_order_lines).where(past_order_lines.c.order_id == "N1")).all()
    assert [(row.sku, row.quantity, row.price, row.customer) for row in rows] == [("P0", 1, 1_000, None)]


def test_an_order_that_was_placed_and_not_counted_is_found_by_the_next_mining(shop, now):
    lines = [CartLine("P0", 1, Money(1_000)), CartLine("P1", 1, Money(1_000))]
    with writing(shop) as connection:
        orders.place(connection, conversation=None, key="k", lines=lines, shipping=Money(0), now=now)
        orders.accepted(connection, "k", "N1", now)
    assert mine(shop).orders == 9
    assert mine(shop).orders == 9


def test_an_order_is_counted_into_the_version_that_is_in_force(shop, now):
    mine(shop)
    with writing(shop) as connection:
        roll_back(connection, 1)
    buy(shop, now, "N1", "P0", "P1")
    assert counted(shop)[0] == 9
    with writing(shop) as connection:
        roll_back(connection, 2)
    assert counted(shop)[0] == 8


def test_a_crowded_product_keeps_its_most_telling_neighbours(engine, now):
    crowd = [f"C{number:03}" for number in range(MOST_TARGETS + 1)]
    with writing(engine) as connection:
        stock_up(connection, {"sku": "HUB"}, {"sku": "NEW"}, *({"sku": sku} for sku in crowd))
        sell(connection, now, *(f"HUB {sku}" for sku in crowd), times=4)
        sell(connection, now, "C100", times=9, prefix="alone")
        sell(connection, now, "HUB NEW", times=2, prefix="nearly")
    mine(engine)
    buy(engine, now, "N1", "HUB", "NEW")
    by_order = counted(engine)
    with reading(engine) as connection:
        found = mined_pairs(connection, "HUB")
    assert len(found) == MOST_TARGETS
    assert "C100" not in found
    mine(engine)
    assert counted(engine) == by_order


def test_what_is_remembered_of_pairs_is_dropped_with_the_next_order(shop, now):
    memory = PairMemory()
    with reading(shop) as connection:
        first = memory.of(connection, ["P0", "P3", "NONE"])
        again = memory.of(connection, ["P0"])
        assert first == neighbours(connection, ["P0", "P3", "NONE"])
    assert again["P0"] is first["P0"]
    buy(shop, now, "N1", "P0", "P1")
    with reading(shop) as connection:
        fresh = memory.of(connection, ["P0"])
        assert fresh == neighbours(connection, ["P0"])
    assert fresh["P0"]["P1"].together == 5


def test_what_is_remembered_of_pairs_is_dropped_with_the_next_version(shop, now):
    memory = PairMemory()
    with reading(shop) as connection:
        assert memory.of(connection, ["P0"])["P0"]["P1"].together == 4
    mine(shop, min_together=5)
    with reading(shop) as connection:
        assert memory.of(connection, ["P0"]) == {"P0": {}}


def test_a_memory_does_not_grow_without_end(shop):
    memory = PairMemory(most=2)
    with reading(shop) as connection:
        for sku in SKUS:
            assert memory.of(connection, [sku]) == neighbours(connection, [sku])
    assert len(memory._known) <= 3


def test_a_store_that_was_counted_before_says_the_same_after_the_schema_changed(empty_url, now):
    engine = open_engine(empty_url)
    with writing(engine) as connection:
        command.upgrade(migration_config(connection), "0004")
        for statement in COUNTED_BEFORE:
            connection.exec_driver_sql(statement)
    migrate(engine)
    with reading(engine) as connection:
        found = neighbours(connection, ["BIKE", "HELMET"])
    assert found["BIKE"]["HELMET"] == Evidence(2, 3, 4, 2 / 4, 2 / 3, 2 * 4 / (3 * 2), target_orders=2)
    assert found["HELMET"]["BIKE"] == Evidence(2, 2, 4, 2 / 4, 2 / 2, 2 * 4 / (3 * 2), target_orders=3)
    with writing(engine) as connection:
        command.downgrade(migration_config(connection), "0004")
        rows = connection.exec_driver_sql(
            "SELECT anchor, target, together, anchor_orders, support, confidence, lift"
            " FROM affinities ORDER BY anchor"
        ).all()
    assert [tuple(row)[:4] for row in rows] == [("BIKE", "HELMET", 2, 3), ("HELMET", "BIKE", 2, 2)]
    assert [tuple(row)[4:] for row in rows] == [
        pytest.approx((2 / 4, 2 / 3, 8 / 6)),
        pytest.approx((2 / 4, 1.0, 8 / 6)),
    ]
    engine.dispose()


def test_an_order_that_came_back_altogether_is_not_counted_again_by_the_next_mining(shop, now):
    buy(shop, now, "N1", "P0", "P1")
    before = counted(shop)[0]
    back = {"order_id": "N1", "returned_at": now, "quantity": 1, "amount": 0}
    with writing(shop) as connection:
        connection.execute(past_returns.insert(), [{**back, "sku": "P0"}, {**back, "sku": "P1"}])
        assert remove_returned(connection) == 2
    mine(shop)
    assert counted(shop)[0] == before - 1
