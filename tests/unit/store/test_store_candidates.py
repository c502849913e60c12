"""What comes up beside a product: the matrix first, then what was bought together."""

import pytest
from shopfloor import relate, sell, simulated, skus, stock_up

from actions.offers.products import Provenance, RelationKind
from actions.offers.situation import Needs, OfferKind
from actions.store.affinities import evidence
from actions.store.engine import reading
from actions.store.mining import mine

SUIT_SHOP = (
    {"sku": "SUIT", "category": "suits"},
    {"sku": "SHIRT", "category": "shirts"},
    {"sku": "TIE", "category": "ties"},
    {"sku": "LAWNMOWER", "category": "garden"},
)


def test_without_an_anchor_nothing_comes_up(ask):
    assert ask("NOTHING") == []


def test_what_nobody_related_does_not_come_up(ask, shop):
    with shop() as connection:
        stock_up(connection, *SUIT_SHOP)
        relate(connection, "sku:SUIT", "sku:SHIRT")
        relate(connection, "category:suits", "category:ties")
    assert skus(ask("SUIT")) == ["SHIRT", "TIE"]


def test_a_relation_says_who_wrote_it_and_why(ask, shop):
    with shop() as connection:
        stock_up(connection, *SUIT_SHOP)
        relate(connection, "sku:SUIT", "sku:SHIRT", "required_part", rank=3)
        relate(connection, "sku:SUIT", "sku:TIE", state="proposed", provenance="mined")
    shirt, tie = ask("SUIT")
    assert (shirt.kind, shirt.relation.kind, shirt.relation.rank) == (
        OfferKind.CROSS,
        RelationKind.REQUIRED_PART,
        3,
    )
    assert (shirt.relation.approved, shirt.relation.benefit.en) == (True, "Fits.")
    assert (tie.relation.approved, tie.relation.provenance) == (False, Provenance.MINED)


def test_the_precise_row_beats_the_broad_one(ask, shop):
    with shop() as connection:
        stock_up(connection, *SUIT_SHOP)
        relate(connection, "category:suits", "family:SHIRT", benefit_de="Zu jedem Anzug.")
        relate(connection, "sku:SUIT", "family:SHIRT", benefit_de="Zu diesem Anzug.")
    (shirt,) = ask("SUIT")
    assert shirt.relation.benefit.de == "Zu diesem Anzug."


def test_an_approved_row_beats_a_precise_proposal(ask, shop):
    with shop() as connection:
        stock_up(connection, *SUIT_SHOP)
        relate(connection, "category:suits", "family:SHIRT", benefit_de="Zu jedem Anzug.")
        relate(connection, "sku:SUIT", "family:SHIRT", state="proposed", benefit_de="Vorschlag.")
    (shirt,) = ask("SUIT")
    assert shirt.relation.approved


TUBES = (
    {"sku": "BIKE", "category": "bikes", "attributes": {"wheel_size": "29"}},
    {"sku": "TUBE-28", "family": "tube", "category": "tubes", "attributes": {"wheel_size": "28"}},
    {"sku": "TUBE-29", "family": "tube", "category": "tubes", "attributes": {"wheel_size": "29"}},
    {"sku": "THIN-28", "family": "thin", "category": "tubes", "attributes": {"wheel_size": "28"}},
    {"sku": "PLAIN", "category": "tubes"},
)
WHEEL = {"wheel_size": "wheel_size"}


def test_the_variant_that_fits_comes_up_and_what_does_not_fit_is_marked(ask, shop):
    with shop() as connection:
        stock_up(connection, *TUBES)
        relate(connection, "category:bikes", "category:tubes", match=WHEEL)
    found = {candidate.product.sku: candidate.relation.compatible for candidate in ask("BIKE")}
    assert found == {"TUBE-29": True, "PLAIN": None, "THIN-28": False}


def test_a_fitting_rule_holds_from_the_tube_to_the_bike_too(ask, shop, engine, now):
    with shop() as connection:
        stock_up(connection, *TUBES, {"sku": "ROADBIKE", "category": "bikes", "attributes": {"wheel_size": "28"}})
        relate(connection, "category:bikes", "category:tubes", match=WHEEL)
        sell(connection, now, "TUBE-29 BIKE", "TUBE-29 ROADBIKE", times=5)
    mine(engine)
    found = {candidate.product.sku: candidate.relation.compatible for candidate in ask("TUBE-29", OfferKind.CROSS)}
    assert found == {"BIKE": True, "ROADBIKE": False}


def test_counted_pairs_come_up_with_their_numbers(ask, shop, engine, now):
    with shop() as connection:
        stock_up(connection, *SUIT_SHOP)
        sell(connection, now, "SUIT TIE", times=6)
        sell(connection, now, "SUIT", "SHIRT", times=2, prefix="P")
    mine(engine)
    (tie,) = ask("SUIT")
    assert (tie.kind, tie.relation.kind) == (OfferKind.CROSS, RelationKind.OFTEN_BOUGHT_WITH)
    assert (tie.relation.provenance, tie.relation.approved) == (Provenance.MINED, False)
    counted = tie.relation.evidence
    assert (counted.together, counted.anchor_orders, counted.orders) == (6, 8, 10)
    assert (counted.support, counted.confidence, counted.lift) == pytest.approx((0.6, 0.75, 1.25))


def test_counts_are_of_models_so_that_sizes_and_colours_add_up(ask, shop, engine, now):
    with shop() as connection:
        bikes = [{"sku": f"BIKE-{size}", "family": "bike", "category": "bikes"} for size in (42, 46)]
        helmets = [{"sku": f"HELMET-{size}", "family": "helmet", "category": "helmets"} for size in "ML"]
        stock_up(connection, *bikes, *helmets)
        sell(connection, now, "BIKE-42 HELMET-M", "BIKE-46 HELMET-L", "BIKE-42 HELMET-L", times=2)
    mine(engine)
    (helmet,) = ask("BIKE-46")
    assert (helmet.relation.evidence.together, helmet.relation.evidence.anchor_orders) == (6, 6)
    with reading(engine) as connection:
        assert evidence(connection, "BIKE-46", "HELMET-M").together == 6
        assert evidence(connection, "BIKE-46", "BIKE-42") is None


def test_evidence_of_an_invented_history_says_so(ask, shop, engine, now):
    with shop() as connection:
        stock_up(connection, *SUIT_SHOP)
        sell(connection, now, "SUIT TIE", times=6)
        simulated(connection)
    mine(engine)
    assert ask("SUIT")[0].relation.evidence.simulated
    with reading(engine) as connection:
        assert evidence(connection, "SUIT", "TIE").simulated


def test_a_relation_of_the_merchant_carries_the_counts_too(ask, shop, engine, now):
    with shop() as connection:
        stock_up(connection, *SUIT_SHOP)
        relate(connection, "sku:SUIT", "sku:TIE")
        sell(connection, now, "SUIT TIE", times=6)
    mine(engine)
    (tie,) = ask("SUIT")
    assert (tie.relation.provenance, tie.relation.evidence.together) == (Provenance.MERCHANT, 6)


@pytest.mark.parametrize(
    "row",
    [
        {"target": "sku:TIE", "kind": "none_fits"},
        {"target": "*", "kind": "none_fits"},
        {"target": "sku:TIE", "kind": "accessory", "state": "rejected"},
    ],
)
def test_what_the_merchant_does_not_want_is_not_brought_back_by_counting(ask, shop, engine, now, row):
    with shop() as connection:
        stock_up(connection, *SUIT_SHOP)
        relate(connection, "category:suits", **row)
        sell(connection, now, "SUIT TIE", times=6)
    mine(engine)
    assert ask("SUIT") == []


HELMETS = (
    {"sku": "BIKE", "colour": "red", "size": "M", "category": "bikes"},
    {"sku": "H-BLACK-S", "family": "helmet", "category": "helmets", "colour": "black", "size": "S", "price": 100},
    {"sku": "H-BLACK-M", "family": "helmet", "category": "helmets", "colour": "black", "size": "M", "price": 200},
    {"sku": "H-RED-M", "family": "helmet", "category": "helmets", "colour": "red", "size": "M", "price": 300},
)


@pytest.mark.parametrize(
    ("out_of_stock", "needs", "chosen"),
    [
        ((), {}, "H-RED-M"),
        (("H-RED-M",), {}, "H-BLACK-S"),
        ((), {"colour": "Black"}, "H-BLACK-S"),
        ((), {"colour": "black", "size": "M"}, "H-BLACK-M"),
        (("H-RED-M", "H-BLACK-M", "H-BLACK-S"), {}, "H-RED-M"),
    ],
)
def test_the_variant_is_the_one_wished_for_then_like_the_anchor_then_the_cheapest(
    ask, shop, out_of_stock, needs, chosen
):
    with shop() as connection:
        stock_up(connection, *({**one, "stock": 0 if one["sku"] in out_of_stock else 3} for one in HELMETS))
        relate(connection, "sku:BIKE", "family:helmet")
    assert skus(ask("BIKE", needs=Needs(attributes=needs))) == [chosen]


def test_the_same_size_counts_inside_a_category_only(ask, shop):
    with shop() as connection:
        stock_up(
            connection,
            {"sku": "B-46", "size": "46", "price": 100},
            {"sku": "C-42", "family": "c", "size": "42", "price": 190},
            {"sku": "C-46", "family": "c", "size": "46", "price": 200},
            {"sku": "GLOVE-46", "family": "glove", "category": "gloves", "size": "46", "price": 20},
            {"sku": "GLOVE-40", "family": "glove", "category": "gloves", "size": "40", "price": 10},
        )
        relate(connection, "sku:B-46", "family:glove")
    assert skus(ask("B-46")) == ["GLOVE-40", "C-46"]


def test_a_broad_row_brings_what_sells_best_and_stays_short(ask, shop, engine, now):
    with shop() as connection:
        extras = [{"sku": f"EXTRA-{number:02}", "category": "extras"} for number in range(60)]
        stock_up(connection, {"sku": "BIKE"}, *extras)
        relate(connection, "category:bikes", "category:extras")
        sell(connection, now, "EXTRA-55", times=3)
    mine(engine)
    found = ask("BIKE")
    assert (len(found), found[0].product.sku) == (40, "EXTRA-55")
