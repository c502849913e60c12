"""Which model customers moved on to, counted with every mining and read for the steps of a ladder."""

from datetime import timedelta

import pytest
from shopfloor import stock_up

from actions.offers.situation import OfferKind, Situation, Stage
from actions.store.affinities import candidates
from actions.store.bulk import insert_tuples
from actions.store.catalogue import read_snapshot
from actions.store.engine import reading, writing
from actions.store.mining import mine, roll_back
from actions.store.switches import next_models
from actions.store.tables import past_order_lines

LATER = ("BETTER", "OTHER")


@pytest.fixture
def moved_on(engine, now):
    """So many customers bought the basic bike, and some weeks later another one."""

    def moved_on(**customers: int) -> None:
        rows = []
        for target, count in customers.items():
            for number in range(count):
                who = f"{target}-{number}"
                rows += [
                    (f"first-{who}", "BASIC", now, who, 1, 1_000),
                    (f"second-{who}", target, now + timedelta(weeks=8), who, 1, 1_000),
                ]
        names = ("order_id", "sku", "ordered_at", "customer", "quantity", "price")
        with writing(engine) as connection:
            insert_tuples(connection, past_order_lines, names, rows, key=("order_id", "sku"))
        mine(engine)

    with writing(engine) as connection:
        priced = {"BASIC": 50_000, "BETTER": 70_000, "OTHER": 71_000, "HELMET": 5_000}
        stock_up(
            connection,
            *({"sku": s, "price": p, "category": "bikes" if p > 9_000 else "helmets"} for s, p in priced.items()),
        )
    return moved_on


def following(engine, anchor: str = "BASIC") -> dict[str, float]:
    with reading(engine) as connection:
        return {sku: round(chance, 3) for sku, chance in next_models(connection, anchor, LATER).items()}


def test_the_share_of_those_who_moved_on_leans_a_little_on_sales(engine, moved_on):
    moved_on(BETTER=10, OTHER=30)
    assert following(engine) == {"BETTER": 0.25, "OTHER": 0.75}


def test_a_handful_of_customers_says_nothing(engine, moved_on):
    moved_on(BETTER=4, OTHER=15)
    assert following(engine) == {}


def test_who_went_the_other_way_is_not_counted(engine, moved_on):
    moved_on(OTHER=30)
    assert following(engine, "OTHER") == {}


def test_a_version_put_back_into_force_brings_its_own_counts_back(engine, moved_on):
    moved_on(OTHER=30)
    moved_on(OTHER=30, BETTER=60)
    assert following(engine)["BETTER"] > 0.5
    with writing(engine) as connection:
        assert roll_back(connection, 1)
    assert following(engine)["OTHER"] > 0.5


def test_a_step_knows_how_many_took_it_and_an_extra_does_not(engine, moved_on):
    moved_on(BETTER=10, OTHER=30, HELMET=25)
    with reading(engine) as connection:
        snapshot = read_snapshot(connection)
        basic = snapshot.product("BASIC")
        found = candidates(connection, snapshot, Situation(stage=Stage.INTENT, anchor=basic))
    chances = {each.product.sku: round(each.next_chance, 2) for each in found if each.kind is OfferKind.UP}
    assert chances == {"BETTER": 0.25, "OTHER": 0.75}
    assert all(each.next_chance == 0.0 for each in found if each.kind is OfferKind.CROSS)
