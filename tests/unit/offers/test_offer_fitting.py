"""What goes with the anchor, what may replace it, and what is there already."""

from dataclasses import replace

import pytest
from offer_builders import (
    BIKE,
    COMMUTER_UNDER_1500,
    ENOUGH,
    LIMITS,
    after_the_yes,
    asked,
    better_bike,
    cheaper_bike,
    counted,
    cross,
    curated,
    down,
    extra,
    found,
    in_cart,
    is_offered,
    offered,
    product,
    reasons,
    too_dear,
    up,
    why_not,
)

from actions.offers.decision import Refusal
from actions.offers.policy import decide
from actions.offers.products import CROSS_RELATIONS, Provenance, RelationKind
from actions.offers.situation import Candidate, CartItem, Hesitation, Needs, OfferKind, Situation, Stage

HELMET = extra("HELMET")
BELL = product("BELL", 2_000, category="bikes/bells")


@pytest.mark.parametrize("kind", RelationKind)
def test_only_complements_go_with_an_anchor(kind: RelationKind) -> None:
    candidate = cross(HELMET, curated(BIKE, HELMET, kind=kind))
    if kind in CROSS_RELATIONS:
        assert is_offered(after_the_yes(), candidate)
    else:
        assert why_not(after_the_yes(), candidate) is Refusal.UNRELATED


def test_nothing_is_offered_that_nobody_relates_to_the_anchor() -> None:
    assert why_not(after_the_yes(), Candidate(HELMET, OfferKind.CROSS)) is Refusal.UNRELATED


def test_without_an_anchor_there_is_nothing_to_relate_to() -> None:
    nobody_knows = Situation(Stage.AFTER)
    for kind in OfferKind:
        assert why_not(asked(nobody_knows, kind), Candidate(HELMET, kind)) is Refusal.UNRELATED


def test_the_last_line_of_the_cart_is_the_anchor_where_none_is_named() -> None:
    situation = after_the_yes(anchor=None, cart=in_cart(product("OTHER", category="tents"), BIKE))
    decision = decide(situation, [cross(HELMET)], LIMITS)
    assert [offer.anchor.sku for offer in decision.offers] == ["BIKE"]


def test_an_extra_is_offered_on_the_line_it_goes_with() -> None:
    lamp = product("LAMP", category="camping/lamps")
    decision = decide(after_the_yes(lamp, cart=in_cart(BIKE, lamp)), [cross(HELMET)], LIMITS)
    assert [offer.anchor.sku for offer in decision.offers] == ["BIKE"]


@pytest.mark.parametrize("provenance", [Provenance.MERCHANT, Provenance.FEED])
def test_a_row_waiting_for_approval_is_not_spoken(provenance: Provenance) -> None:
    waiting = cross(HELMET, curated(BIKE, HELMET, provenance=provenance, approved=False))
    assert why_not(after_the_yes(), waiting) is Refusal.NOT_APPROVED
    assert why_not(asked(after_the_yes(), OfferKind.CROSS), waiting) is Refusal.NOT_APPROVED


def test_past_orders_speak_inside_a_department_where_they_are_enough() -> None:
    assert is_offered(after_the_yes(), cross(BELL, counted(BIKE, BELL)))


@pytest.mark.parametrize(
    "evidence",
    [None, replace(ENOUGH, together=19), replace(ENOUGH, confidence=0.02), replace(ENOUGH, lift=1.1)],
)
def test_too_few_orders_say_nothing(evidence) -> None:
    candidate = cross(BELL, counted(BIKE, BELL, evidence))
    assert why_not(after_the_yes(), candidate) is Refusal.NOT_ENOUGH_EVIDENCE
    assert why_not(asked(after_the_yes(), OfferKind.CROSS), candidate) is Refusal.NOT_ENOUGH_EVIDENCE


def test_a_merchant_may_want_every_relation_approved() -> None:
    limits = replace(LIMITS, use_mined=False)
    assert why_not(after_the_yes(), cross(BELL, counted(BIKE, BELL)), limits) is Refusal.NOT_APPROVED
    assert is_offered(after_the_yes(), cross(BELL, counted(BIKE, BELL, approved=True)), limits)


def test_past_orders_do_not_relate_departments_by_themselves() -> None:
    assert why_not(after_the_yes(), cross(HELMET, counted(BIKE, HELMET))) is Refusal.UNRELATED


def test_one_approved_row_opens_its_category_to_past_orders() -> None:
    approved = extra("HELMET-A", category="accessories/helmets", stock=0)
    popular = extra("HELMET-B", category="accessories/helmets")
    decision = decide(after_the_yes(), [cross(approved), cross(popular, counted(BIKE, popular))], LIMITS)
    assert offered(decision) == ["HELMET-B"]
    assert reasons(decision) == {"HELMET-A": Refusal.OUT_OF_STOCK}


def test_a_merchant_may_allow_what_is_only_bought_together() -> None:
    limits = replace(LIMITS, allow_unrelated=True)
    assert is_offered(after_the_yes(), cross(HELMET, counted(BIKE, HELMET)), limits)
    few = cross(HELMET, counted(BIKE, HELMET, replace(ENOUGH, together=3)))
    assert why_not(after_the_yes(), few, limits) is Refusal.NOT_ENOUGH_EVIDENCE


def test_a_second_bike_is_no_accessory_however_often_two_were_bought() -> None:
    second = product("SECOND")
    for limits in (LIMITS, replace(LIMITS, allow_unrelated=True)):
        assert why_not(after_the_yes(), cross(second, counted(BIKE, second)), limits) is Refusal.UNRELATED


def test_an_unknown_category_is_related_to_nothing_by_orders_alone() -> None:
    mystery = product("MYSTERY", category="")
    assert why_not(after_the_yes(), cross(mystery, counted(BIKE, mystery))) is Refusal.UNRELATED


def test_a_row_saying_that_nothing_fits_silences_past_orders_but_not_the_merchant() -> None:
    nothing = Candidate(extra("ANY"), OfferKind.CROSS, curated(BIKE, extra("ANY"), kind=RelationKind.NONE_FITS))
    decision = decide(after_the_yes(), [nothing, cross(BELL, counted(BIKE, BELL)), cross(HELMET)], LIMITS)
    assert offered(decision) == ["HELMET"]
    assert reasons(decision) == {"ANY": Refusal.UNRELATED, "BELL": Refusal.UNRELATED}
    told = after_the_yes(nothing_fits=frozenset({"BIKE"}))
    assert why_not(told, cross(BELL, counted(BIKE, BELL))) is Refusal.UNRELATED


@pytest.mark.parametrize("compatible", [False, None])
@pytest.mark.parametrize("kind", OfferKind)
def test_what_is_not_known_to_fit_is_not_offered_even_asked(kind: OfferKind, compatible: bool | None) -> None:
    target = {OfferKind.CROSS: HELMET, OfferKind.UP: better_bike(), OfferKind.DOWN: cheaper_bike()}[kind]
    fitting = {OfferKind.UP: RelationKind.UPGRADE, OfferKind.DOWN: RelationKind.DOWNGRADE}
    relation = curated(BIKE, target, kind=fitting.get(kind, RelationKind.ACCESSORY), compatible=compatible)
    situation = asked(after_the_yes(needs=COMMUTER_UNDER_1500), kind)
    assert why_not(situation, Candidate(target, kind, relation)) is Refusal.INCOMPATIBLE


def test_what_is_sold_out_is_not_offered() -> None:
    assert why_not(after_the_yes(), cross(extra("HELMET", stock=0))) is Refusal.OUT_OF_STOCK


def test_a_better_model_must_be_there_as_often_as_the_line_it_replaces() -> None:
    two_bikes = after_the_yes(cart=(CartItem(BIKE, 2),), needs=COMMUTER_UNDER_1500)
    assert why_not(two_bikes, up(better_bike(stock=1))) is Refusal.OUT_OF_STOCK
    assert is_offered(two_bikes, up(better_bike(stock=2)))
    assert is_offered(two_bikes, cross(extra("HELMET", stock=1)))


def test_what_is_in_the_cart_is_not_offered_again() -> None:
    assert why_not(after_the_yes(cart=in_cart(HELMET, BIKE)), cross(HELMET)) is Refusal.IN_CART


def test_with_a_helmet_in_the_cart_no_second_helmet_is_offered() -> None:
    taken = extra("HELMET-A", category="accessories/helmets")
    another = extra("HELMET-B", category="accessories/helmets")
    assert why_not(after_the_yes(cart=in_cart(taken, BIKE)), cross(another)) is Refusal.IN_CART


def test_two_required_parts_may_serve_one_category() -> None:
    black, colour = (extra(sku, category="ink") for sku in ("BLACK-INK", "COLOUR-INK"))
    needed = cross(colour, curated(BIKE, colour, kind=RelationKind.REQUIRED_PART))
    assert is_offered(after_the_yes(cart=in_cart(black, BIKE)), needed)


@pytest.mark.parametrize("kind", OfferKind)
def test_another_colour_of_the_same_model_is_no_offer(kind: OfferKind) -> None:
    variant = product("BIKE-RED", 80_000, family="bike")
    situation = asked(after_the_yes(needs=COMMUTER_UNDER_1500), kind)
    relation = curated(BIKE, variant) if kind is OfferKind.CROSS else None
    assert why_not(situation, Candidate(variant, kind, relation)) is Refusal.SAME_FAMILY


def test_what_the_shopper_owns_is_not_offered() -> None:
    assert why_not(after_the_yes(owned_families=frozenset({"helmet"})), cross(HELMET)) is Refusal.ALREADY_OWNED


@pytest.mark.parametrize(
    "make", [lambda: up(better_bike(category="bikes/road")), lambda: up(better_bike(category=""))]
)
def test_a_better_model_serves_the_same_need(make) -> None:
    assert why_not(after_the_yes(needs=COMMUTER_UNDER_1500), make()) is Refusal.UNRELATED


def test_the_merchant_may_say_that_another_category_serves_the_same_need() -> None:
    electric = better_bike(category="bikes/electric")
    situation = after_the_yes(needs=COMMUTER_UNDER_1500)
    assert is_offered(situation, up(electric, curated(BIKE, electric, kind=RelationKind.UPGRADE)))
    substitute = up(electric, curated(BIKE, electric, kind=RelationKind.SUBSTITUTE))
    assert why_not(situation, substitute) is Refusal.UNRELATED
    waiting = up(electric, curated(BIKE, electric, kind=RelationKind.UPGRADE, approved=False))
    assert why_not(situation, waiting) is Refusal.NOT_APPROVED


def test_an_accessory_does_not_replace_the_anchor() -> None:
    candidate = up(better_bike(), curated(BIKE, better_bike()))
    assert why_not(after_the_yes(needs=COMMUTER_UNDER_1500), candidate) is Refusal.UNRELATED


def test_nothing_better_is_proposed_before_a_need_is_known() -> None:
    assert why_not(after_the_yes(), up(better_bike())) is Refusal.NEED_UNKNOWN
    assert why_not(after_the_yes(needs=Needs("bikes")), up(better_bike())) is Refusal.NEED_UNKNOWN
    assert is_offered(asked(after_the_yes(), OfferKind.UP), up(better_bike()))


def test_a_need_stated_for_helmets_says_nothing_about_bikes() -> None:
    needs = Needs("accessories/helmets", attributes={"use": "commute"})
    assert why_not(after_the_yes(needs=needs), up(better_bike())) is Refusal.NEED_UNKNOWN


def test_too_dear_is_need_enough_for_something_cheaper_but_too_big_is_not() -> None:
    assert is_offered(too_dear(needs=Needs()), down(cheaper_bike()))
    oversized = too_dear(needs=Needs(), hesitation=Hesitation.PRODUCT_FIT)
    assert why_not(oversized, down(cheaper_bike())) is Refusal.NEED_UNKNOWN


def test_the_budget_is_hard_for_a_better_model_even_asked() -> None:
    tight = after_the_yes(needs=Needs("bikes", max_price=100_000))
    assert why_not(tight, up(better_bike())) is Refusal.NEED_NOT_MET
    assert why_not(asked(tight, OfferKind.UP), up(better_bike())) is Refusal.NEED_NOT_MET


def test_sixteen_gigabytes_are_never_offered_where_thirty_two_are_needed() -> None:
    laptop = product("LAPTOP", 120_000, category="laptops", attributes={"memory": "32 GB"})
    small = product("SMALL", 90_000, category="laptops", attributes={"memory": "16 GB"})
    large = product("LARGE", 90_000, category="laptops", attributes={"memory": "64 GB"})
    needs = Needs(attributes={"memory": ">=32 GB"})
    decision = decide(too_dear(laptop, needs=needs), [down(small), down(large)], LIMITS)
    assert offered(decision) == ["LARGE"]
    assert reasons(decision) == {"SMALL": Refusal.NEED_NOT_MET}
    assert found(decision) == [(("need", {"need": "memory"}),)]


def test_a_must_have_nobody_recorded_counts_as_missing() -> None:
    candidate = down(cheaper_bike(attributes={"brakes": "rim"}))
    assert why_not(too_dear(), candidate) is Refusal.NEED_NOT_MET


def test_a_model_that_has_sold_out_of_the_shoppers_size_is_not_offered_in_another() -> None:
    small = better_bike("BETTER-42", family="better", size="42")
    right = better_bike("BETTER-46", family="better", stock=0)
    decision = decide(after_the_yes(needs=COMMUTER_UNDER_1500), [up(small), up(right)], LIMITS)
    assert offered(decision) == []
    assert reasons(decision) == {"BETTER-42": Refusal.NEED_NOT_MET, "BETTER-46": Refusal.OUT_OF_STOCK}
    told = after_the_yes(needs=COMMUTER_UNDER_1500, family_sizes={"better": frozenset({"42", "46"})})
    assert why_not(told, up(small)) is Refusal.NEED_NOT_MET


def test_sizes_of_another_scale_are_left_to_a_question() -> None:
    assert is_offered(after_the_yes(needs=COMMUTER_UNDER_1500), up(better_bike(size="M")))
