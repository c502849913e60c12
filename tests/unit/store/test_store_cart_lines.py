"""Every line of the cart says how strongly it speaks for an extra, and may bring its own; none refuses another."""

from dataclasses import replace

import pytest
from shopfloor import relate, sell, skus, stock_up
from sqlalchemy import event

from actions.offers.limits import OfferLimits
from actions.offers.policy import decide
from actions.offers.situation import CartItem, OfferKind, Situation, Stage
from actions.offers.strength import pull_of_lines
from actions.store.affinities import MOST_LINES, candidates
from actions.store.catalogue import read_snapshot
from actions.store.engine import reading, writing
from actions.store.mining import mine, roll_back
from actions.store.pairs import mined_pairs

GOODS = ("BIKE", "LAMP", "HELMET", "LOCK", "BELL", "PUMP", "RACK")
LIMITS = OfferLimits(use_mined=True, min_lift=1.0, free_shipping_from=None)


@pytest.fixture
def sold(engine, now):
    """With the bike a helmet is bought as often as a lock, with the lamp only a lock; a pump goes with the lamp."""
    with writing(engine) as connection:
        stock_up(connection, *({"sku": sku, "category": f"bikes/{sku.lower()}"} for sku in GOODS))
        sell(connection, now, "BIKE HELMET", "BIKE LOCK", "LAMP LOCK", "LAMP PUMP", times=40)
        sell(connection, now, "RACK", times=400, prefix="rack")
    mine(engine)
    return engine


@pytest.fixture
def everything_beside(sold):
    """The situation and all candidates for the first product with the others in the cart."""

    def everything(anchor, *others):
        with reading(sold) as connection:
            snapshot = read_snapshot(connection)
            cart = tuple(CartItem(snapshot.product(sku)) for sku in (*others, anchor))
            situation = Situation(Stage.INTENT, anchor=cart[-1].product, cart=cart)
            return situation, candidates(connection, snapshot, situation)

    return everything


@pytest.fixture
def beside(sold):
    """The candidates for the first product with the others in the cart, those of its own line."""

    def beside(anchor, *others):
        with reading(sold) as connection:
            snapshot = read_snapshot(connection)
            cart = tuple(CartItem(snapshot.product(sku)) for sku in (*others, anchor))
            situation = Situation(Stage.INTENT, anchor=cart[-1].product, cart=cart)
            found = candidates(connection, snapshot, situation)
        return situation, {
            each.product.sku: each for each in found if each.relation is None or each.relation.anchor == anchor
        }

    return beside


def offers(asked):
    situation, found = asked
    return [offer.product.sku for offer in decide(situation, found.values(), LIMITS).offers]


def test_what_two_lines_speak_for_comes_before_what_only_the_anchor_speaks_for(beside):
    assert offers(beside("BIKE")) == ["HELMET", "LOCK"]
    assert offers(beside("BIKE", "LAMP")) == ["LOCK", "HELMET"]


def test_another_line_brings_what_it_speaks_for_in_its_own_name(everything_beside):
    situation, found = everything_beside("BIKE", "LAMP")
    decided = decide(situation, found, LIMITS)
    assert [(offer.product.sku, offer.anchor.sku) for offer in decided.offers] == [
        ("LOCK", "BIKE"),
        ("HELMET", "BIKE"),
        ("PUMP", "LAMP"),
    ]
    pump = next(each for each in found if each.product.sku == "PUMP")
    assert (pump.relation.evidence.together, pump.relation.evidence.anchor_orders) == (40, 80)


def test_another_line_is_silent_where_its_orders_are_too_few(everything_beside, sold, now):
    with writing(sold) as connection:
        sell(connection, now, "BELL PUMP", times=19, prefix="rare")
    mine(sold)
    _, found = everything_beside("BIKE", "BELL")
    assert {each.relation.anchor for each in found} == {"BIKE"}


def test_what_the_merchant_rules_out_for_the_chosen_product_comes_from_no_other_line(everything_beside, sold):
    with writing(sold) as connection:
        relate(connection, "sku:BIKE", "sku:PUMP", "none_fits")
    _, found = everything_beside("BIKE", "LAMP")
    assert "PUMP" not in {each.product.sku for each in found}


def test_rows_of_the_chosen_product_come_before_those_of_other_lines(everything_beside, sold):
    with writing(sold) as connection:
        relate(connection, "sku:LAMP", "sku:BELL")
        relate(connection, "sku:BIKE", "sku:PUMP")
    situation, found = everything_beside("BIKE", "LAMP")
    decided = decide(situation, found, LIMITS)
    assert [(offer.product.sku, offer.anchor.sku) for offer in decided.offers][:2] == [
        ("PUMP", "BIKE"),
        ("BELL", "LAMP"),
    ]


def test_the_evidence_of_the_chosen_product_is_its_own(beside):
    _, alone = beside("BIKE")
    _, both = beside("BIKE", "LAMP")
    assert both.keys() == alone.keys() == {"HELMET", "LOCK"}
    for sku in both:
        assert replace(both[sku], pull_of_others=0.0) == alone[sku]
    assert (alone["LOCK"].pull_of_others, both["HELMET"].pull_of_others) == (0, 0)
    assert both["LOCK"].pull_of_others > 0


def test_they_pull_by_the_counts_and_what_was_learnt_of_their_own_pairs(beside, sold):
    _, both = beside("BIKE", "LAMP")
    with reading(sold) as connection:
        pair = mined_pairs(connection, "LAMP")["LOCK"]
    assert pair.weight > 0
    assert both["LOCK"].pull_of_others == pull_of_lines([pair], OfferLimits())


def test_two_colours_of_one_model_are_one_voice(beside, sold):
    with writing(sold) as connection:
        stock_up(connection, {"sku": "LAMP-RED", "family": "LAMP"}, {"sku": "BIKE-RED", "family": "BIKE"})
    _, once = beside("BIKE", "LAMP")
    _, twice = beside("BIKE", "LAMP", "LAMP-RED", "BIKE-RED")
    assert twice["LOCK"] == once["LOCK"]


def test_pairs_too_rare_to_be_spoken_of_say_nothing(beside, sold, now):
    with writing(sold) as connection:
        sell(connection, now, "BELL LOCK", times=19, prefix="rare")
    mine(sold)
    _, found = beside("BIKE", "BELL")
    assert found["LOCK"].pull_of_others == 0
    with writing(sold) as connection:
        sell(connection, now, "BELL LOCK", times=1, prefix="more")
    mine(sold)
    _, found = beside("BIKE", "BELL")
    assert found["LOCK"].pull_of_others > 0


def test_a_row_of_the_matrix_hears_the_other_lines_and_a_step_up_does_not(beside, sold):
    with writing(sold) as connection:
        stock_up(connection, {"sku": "EBIKE", "category": "bikes/bike", "price": 90_000})
        relate(connection, "sku:BIKE", "sku:LOCK")
        relate(connection, "sku:BIKE", "sku:PUMP", "upgrade")
    _, found = beside("BIKE", "LAMP")
    assert found["LOCK"].pull_of_others > 0
    assert {sku for sku, each in found.items() if each.kind is OfferKind.UP} == {"EBIKE", "PUMP"}
    assert found["PUMP"].pull_of_others == 0


def test_after_a_rollback_the_order_is_what_it_was(beside, sold, now):
    before = beside("BIKE", "LAMP")
    with writing(sold) as connection:
        sell(connection, now, "BIKE HELMET LAMP", times=100, prefix="new")
    mine(sold)
    assert offers(beside("BIKE", "LAMP")) == ["HELMET", "LOCK"]
    with writing(sold) as connection:
        roll_back(connection, 1)
    after = beside("BIKE", "LAMP")
    assert offers(after) == offers(before) == ["LOCK", "HELMET"]
    assert {sku: each.relation.evidence for sku, each in after[1].items()} == {
        sku: each.relation.evidence for sku, each in before[1].items()
    }
    assert all(each.relation.evidence.weight > 0 for each in after[1].values())


def test_a_full_cart_is_read_with_one_question_and_its_latest_lines_are_heard(sold, now):
    crowd = [f"C{number}" for number in range(MOST_LINES)]
    with writing(sold) as connection:
        stock_up(connection, *({"sku": sku} for sku in crowd))
    asked = []

    def listen(_connection, _cursor, statement, parameters, *_rest):
        if "affinities" in statement:
            asked.append(parameters)

    event.listen(sold, "before_cursor_execute", listen)
    with reading(sold) as connection:
        snapshot = read_snapshot(connection)
        for lines, pulled in ((["LAMP", *crowd], False), ([*crowd, "LAMP"], True)):
            cart = tuple(CartItem(snapshot.product(sku)) for sku in (*lines, "BIKE"))
            found = candidates(connection, snapshot, Situation(Stage.INTENT, cart[-1].product, cart))
            assert {"HELMET", "LOCK"} <= set(skus(found))
            lock = next(each for each in found if each.product.sku == "LOCK")
            assert (lock.pull_of_others > 0) is pulled
    event.remove(sold, "before_cursor_execute", listen)
    assert len(asked) == 2
