"""Counting the order history into versions of the affinities."""

import gc

import pytest
from shopfloor import sell, simulated, stock_up

from actions.affinity.counts import count_orders
from actions.store import mining
from actions.store.affinities import evidence
from actions.store.catalogue import read_snapshot
from actions.store.engine import reading, writing
from actions.store.mining import mine, roll_back, versions


@pytest.fixture
def sold(engine, now):
    def sold(*baskets, times=1, prefix="O"):
        with writing(engine) as connection:
            sell(connection, now, *baskets, times=times, prefix=prefix)

    with writing(engine) as connection:
        stock_up(connection, *({"sku": sku, "category": sku.lower()} for sku in ("BIKE", "HELMET", "LOCK")))
    return sold


def counted(engine, anchor, target):
    with reading(engine) as connection:
        found = evidence(connection, anchor, target)
    return None if found is None else (found.together, found.anchor_orders, found.orders)


def test_nothing_sold_is_nothing_counted(engine):
    report = mine(engine)
    assert (report.orders, report.lines, report.pairs, report.simulated) == (0, 0, 0, False)


def test_the_report_tells_what_was_counted(engine, sold, now):
    sold("BIKE HELMET", "BIKE HELMET LOCK", "LOCK", times=3)
    report = mine(engine, now=now)
    assert (report.version, report.orders, report.lines, report.families) == (1, 9, 18, 3)
    assert report.pairs == 6
    assert counted(engine, "BIKE", "HELMET") == (6, 6, 9)
    assert counted(engine, "HELMET", "LOCK") == (3, 6, 9)


def test_pairs_below_the_threshold_are_not_kept(engine, sold):
    sold("BIKE HELMET", times=2)
    mine(engine)
    assert counted(engine, "BIKE", "HELMET") is None
    mine(engine, min_together=2)
    assert counted(engine, "BIKE", "HELMET") == (2, 2, 2)


def test_sales_of_products_the_catalogue_does_not_have_are_left_out(engine, sold):
    sold("BIKE HELMET", "BIKE UNKNOWN", "UNKNOWN", times=3)
    assert mine(engine).orders == 6
    assert counted(engine, "BIKE", "HELMET") == (3, 6, 6)


def test_each_mining_is_a_version_and_the_newest_is_in_force(engine, sold, now):
    sold("BIKE HELMET", times=3)
    mine(engine, now=now)
    sold("BIKE LOCK", times=4, prefix="P")
    mine(engine, now=now)
    with reading(engine) as connection:
        assert versions(connection) == ((2, now, 7, True), (1, now, 3, False))
    assert counted(engine, "BIKE", "HELMET") == (3, 7, 7)


def test_an_older_version_can_be_put_into_force_again(engine, sold):
    sold("BIKE HELMET", times=3)
    mine(engine)
    sold("BIKE LOCK", times=4, prefix="P")
    mine(engine)
    with writing(engine) as connection:
        before = read_snapshot(connection).version
        assert roll_back(connection, 1)
        assert not roll_back(connection, 9)
        assert read_snapshot(connection).version == before + 1
    assert counted(engine, "BIKE", "HELMET") == (3, 3, 3)
    assert counted(engine, "BIKE", "LOCK") is None


def weight(engine, anchor, target):
    with reading(engine) as connection:
        return evidence(connection, anchor, target).weight


def test_a_product_that_explains_another_weighs_more_than_one_that_is_only_in_the_same_baskets(engine, sold):
    sold("BIKE HELMET LOCK", "BIKE HELMET", times=150)
    sold("LOCK", times=150, prefix="P")
    mine(engine)
    assert weight(engine, "HELMET", "BIKE") > 3 * weight(engine, "LOCK", "BIKE") > 0
    with reading(engine) as connection:
        assert evidence(connection, "LOCK", "BIKE").confidence == 0.5


def test_weights_are_learnt_of_models_not_of_colours(engine, sold):
    with writing(engine) as connection:
        stock_up(connection, {"sku": "RED", "family": "HELMET"}, {"sku": "BLUE", "family": "HELMET"})
    sold("BIKE RED", "BIKE BLUE", "LOCK", times=100)
    mine(engine)
    assert weight(engine, "BIKE", "RED") == weight(engine, "BIKE", "BLUE") > 0.3


def test_what_sells_least_of_very_many_products_is_left_to_the_counts(engine, sold, monkeypatch):
    monkeypatch.setattr(mining, "MOST_LEARNT", 2)
    sold("BIKE HELMET", times=100)
    sold("BIKE HELMET LOCK", times=10, prefix="P")
    mine(engine)
    assert weight(engine, "BIKE", "HELMET") > 0.1
    assert weight(engine, "BIKE", "LOCK") == weight(engine, "LOCK", "BIKE") == 0
    assert counted(engine, "BIKE", "LOCK") == (10, 110, 110)


def test_the_same_orders_always_weigh_the_same(engine, sold):
    sold("BIKE HELMET LOCK", "BIKE LOCK", times=40)
    mine(engine)
    first = weight(engine, "BIKE", "LOCK"), weight(engine, "LOCK", "HELMET")
    mine(engine)
    assert (weight(engine, "BIKE", "LOCK"), weight(engine, "LOCK", "HELMET")) == first


def test_a_version_remembers_that_its_history_was_invented(engine, sold):
    sold("BIKE HELMET", times=3)
    with writing(engine) as connection:
        simulated(connection)
    assert mine(engine).simulated
    with reading(engine) as connection:
        assert evidence(connection, "BIKE", "HELMET").simulated


def test_the_collector_rests_while_counting_and_no_longer(engine, sold):
    sold("BIKE HELMET", times=3)
    resting = []

    def counter(orders, least):
        resting.append(not gc.isenabled())
        return count_orders(orders, least)

    mine(engine, counter=counter)
    assert resting == [True]
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError):
        mine(engine, counter=lambda _orders, _least: 1 // 0)
    assert gc.isenabled()


def test_popularity_is_the_number_of_orders_a_product_was_in(engine, sold):
    sold("BIKE HELMET", "BIKE", times=3)
    mine(engine)
    with reading(engine) as connection:
        popularity = {sku: item.popularity for sku, item in read_snapshot(connection).products.items()}
    assert popularity == {"BIKE": 6, "HELMET": 3, "LOCK": 0}
