"""Where and when an offer may come, and what a no ends."""

from dataclasses import replace

import pytest
from offer_builders import (
    BIKE,
    COMMUTER_UNDER_1500,
    LIMITS,
    after_the_yes,
    asked,
    better_bike,
    cheaper_bike,
    cross,
    down,
    extra,
    in_cart,
    is_offered,
    product,
    too_dear,
    up,
    why_not,
)

from actions.offers.decision import Refusal
from actions.offers.limits import OfferLimits
from actions.offers.situation import Hesitation, OfferKind, Placement, Situation, Stage
from actions.offers.timing import stage_table

HELMET = extra("HELMET")
STRICT = replace(LIMITS, order_first="strict")
UNPROMPTED_BY_STAGE = {
    Stage.BROWSE: (Refusal.ORDER_FIRST, Refusal.ORDER_FIRST),
    Stage.CONSIDER: (Refusal.ORDER_FIRST, Refusal.ORDER_FIRST),
    Stage.INTENT: (None, None),
    Stage.CHECKOUT: (None, None),
    Stage.ORDERED: (None, Refusal.WRONG_STAGE),
    Stage.AFTER: (None, Refusal.WRONG_STAGE),
}


def outcome(situation: Situation, candidate, limits: OfferLimits = LIMITS) -> Refusal | None:
    return None if is_offered(situation, candidate, limits) else why_not(situation, candidate, limits)


@pytest.mark.parametrize("stage", Stage)
def test_extras_and_better_models_come_at_the_stages_of_the_table(stage: Stage) -> None:
    situation = after_the_yes(stage=stage, needs=COMMUTER_UNDER_1500)
    for_cross, for_up = UNPROMPTED_BY_STAGE[stage]
    assert outcome(situation, cross(HELMET)) is for_cross
    assert outcome(situation, up(better_bike())) is for_up


@pytest.mark.parametrize("stage", Stage)
def test_the_strict_policy_waits_for_the_order(stage: Stage) -> None:
    situation = after_the_yes(stage=stage, needs=COMMUTER_UNDER_1500)
    ordered = stage in (Stage.ORDERED, Stage.AFTER)
    assert outcome(situation, cross(HELMET), STRICT) is (None if ordered else Refusal.ORDER_FIRST)
    assert outcome(situation, up(better_bike()), STRICT) is (
        Refusal.WRONG_STAGE if ordered else Refusal.ORDER_FIRST
    )


@pytest.mark.parametrize("stage", Stage)
def test_something_cheaper_comes_on_hesitation_until_the_order_is_placed(stage: Stage) -> None:
    placed = stage in (Stage.ORDERED, Stage.AFTER)
    assert outcome(too_dear(stage=stage), down(cheaper_bike())) is (Refusal.WRONG_STAGE if placed else None)


@pytest.mark.parametrize("limits", [LIMITS, STRICT])
@pytest.mark.parametrize("stage", Stage)
def test_the_printed_stage_table_is_the_one_that_decides(stage: Stage, limits: OfferLimits) -> None:
    table = stage_table(limits)
    confirmed = after_the_yes(stage=stage, needs=COMMUTER_UNDER_1500)
    assert is_offered(confirmed, cross(HELMET), limits) == (stage in table[OfferKind.CROSS])
    assert is_offered(confirmed, up(better_bike()), limits) == (stage in table[OfferKind.UP])
    assert is_offered(too_dear(stage=stage), down(cheaper_bike()), limits) == (stage in table[OfferKind.DOWN])


def test_an_extra_waits_for_the_yes_to_the_very_product_it_goes_with() -> None:
    talking_about_a_second_bike = after_the_yes(cart=in_cart(product("CITY", category="bikes/city")))
    assert why_not(talking_about_a_second_bike, cross(HELMET)) is Refusal.ORDER_FIRST


def test_a_yes_without_anything_in_the_cart_is_no_yes() -> None:
    assert why_not(after_the_yes(cart=()), cross(HELMET)) is Refusal.ORDER_FIRST


def test_a_cart_handed_over_to_checkout_may_be_empty_here() -> None:
    assert is_offered(after_the_yes(stage=Stage.CHECKOUT, cart=()), cross(HELMET))


@pytest.mark.parametrize("kind", OfferKind)
@pytest.mark.parametrize("stage", Stage)
def test_a_question_of_the_shopper_is_answered_at_every_stage(kind: OfferKind, stage: Stage) -> None:
    candidates = {
        OfferKind.CROSS: cross(HELMET),
        OfferKind.UP: up(better_bike()),
        OfferKind.DOWN: down(cheaper_bike()),
    }
    assert is_offered(asked(Situation(stage, BIKE), kind), candidates[kind], STRICT)


@pytest.mark.parametrize("placement", Placement)
def test_a_placement_switched_off_shows_nothing_even_asked(placement: Placement) -> None:
    limits = replace(LIMITS, placements_off=frozenset({placement}))
    here = after_the_yes(placement=placement)
    assert why_not(here, cross(HELMET), limits) is Refusal.PLACEMENT_OFF
    assert why_not(asked(here, OfferKind.CROSS), cross(HELMET), limits) is Refusal.PLACEMENT_OFF
    elsewhere = next(other for other in Placement if other is not placement)
    assert is_offered(replace(here, placement=elsewhere), cross(HELMET), limits)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"opted_out": True}, Refusal.OPTED_OUT),
        ({"negative_mood": True}, Refusal.NEGATIVE_MOOD),
        ({"paused": frozenset({OfferKind.CROSS})}, Refusal.KIND_PAUSED),
        ({"refusals": 2}, Refusal.FREQUENCY_CAP),
        ({"shown": {OfferKind.CROSS: 2}}, Refusal.FREQUENCY_CAP),
        ({"shown": {OfferKind.UP: 2, OfferKind.DOWN: 2}}, Refusal.FREQUENCY_CAP),
        ({"shown_skus": frozenset({"HELMET"})}, Refusal.FREQUENCY_CAP),
    ],
)
def test_what_ends_unprompted_offers_does_not_silence_an_answer(change, reason) -> None:
    assert why_not(after_the_yes(**change), cross(HELMET)) is reason
    assert is_offered(asked(after_the_yes(**change), OfferKind.CROSS), cross(HELMET))


def test_one_no_rests_its_kind_only() -> None:
    after_one_no = after_the_yes(refusals=1, paused=frozenset({OfferKind.UP}), needs=COMMUTER_UNDER_1500)
    assert why_not(after_one_no, up(better_bike())) is Refusal.KIND_PAUSED
    assert is_offered(after_one_no, cross(HELMET))


def test_a_settled_tier_is_not_opened_again() -> None:
    settled = after_the_yes(up_settled=True, needs=COMMUTER_UNDER_1500)
    assert why_not(settled, up(better_bike())) is Refusal.KIND_PAUSED
    assert is_offered(asked(settled, OfferKind.UP), up(better_bike()))
    assert is_offered(settled, cross(HELMET))


def test_a_declined_model_stays_declined_in_every_colour_and_even_when_asked() -> None:
    red, blue = extra("HELMET-RED", family="helmet"), extra("HELMET-BLUE", family="helmet")
    by_family = after_the_yes(refused=frozenset({"HELMET-RED"}), refused_families=frozenset({"helmet"}))
    assert why_not(after_the_yes(refused=frozenset({"HELMET-RED"})), cross(red)) is Refusal.DECLINED_BEFORE
    assert why_not(by_family, cross(blue)) is Refusal.DECLINED_BEFORE
    assert why_not(asked(by_family, OfferKind.CROSS), cross(blue)) is Refusal.DECLINED_BEFORE


def test_a_dear_purchase_is_not_distracted_from_before_it_is_ordered() -> None:
    limits = replace(LIMITS, high_ticket=90_000)
    assert why_not(after_the_yes(), cross(HELMET), limits) is Refusal.WRONG_STAGE
    assert is_offered(after_the_yes(), cross(HELMET), replace(LIMITS, high_ticket=90_001))
    assert is_offered(after_the_yes(stage=Stage.ORDERED), cross(HELMET), limits)
    assert is_offered(asked(after_the_yes(), OfferKind.CROSS), cross(HELMET), limits)
    assert is_offered(after_the_yes(needs=COMMUTER_UNDER_1500), up(better_bike()), limits)


@pytest.mark.parametrize("hesitation", Hesitation)
def test_only_price_and_fit_lead_to_something_cheaper(hesitation: Hesitation) -> None:
    leads_down = hesitation in (Hesitation.PRICE_SENSITIVITY, Hesitation.PRODUCT_FIT)
    expected = None if leads_down else Refusal.WRONG_STAGE
    assert outcome(too_dear(hesitation=hesitation), down(cheaper_bike())) is expected


@pytest.mark.parametrize("hesitation", Hesitation)
def test_a_hesitating_shopper_is_offered_nothing_more_and_nothing_dearer(hesitation: Hesitation) -> None:
    hesitates = after_the_yes(hesitation=hesitation, needs=COMMUTER_UNDER_1500)
    assert why_not(hesitates, cross(HELMET)) is Refusal.WRONG_STAGE
    assert why_not(hesitates, up(better_bike())) is Refusal.WRONG_STAGE


def test_nothing_cheaper_is_proposed_to_somebody_content() -> None:
    assert why_not(too_dear(hesitation=None), down(cheaper_bike())) is Refusal.WRONG_STAGE


def test_an_anchor_over_the_stated_budget_may_be_answered_with_one_inside_it() -> None:
    budget = replace(COMMUTER_UNDER_1500, max_price=80_000)
    assert is_offered(too_dear(hesitation=None, needs=budget), down(cheaper_bike()))
    assert why_not(after_the_yes(needs=budget), down(cheaper_bike())) is Refusal.WRONG_STAGE


def test_shipping_that_puts_off_may_be_answered_by_an_extra_that_saves_it() -> None:
    tube = product("TUBE", 4_500, category="parts/tubes")
    limits = replace(LIMITS, free_shipping_from=5_000, shipping_cost=490)
    worried = after_the_yes(tube, hesitation=Hesitation.SHIPPING_COST)
    cheap, dear = extra("PATCHES", 520), extra("PUMP", 2_500)
    assert is_offered(worried, cross(cheap, anchor=tube), limits)
    assert why_not(worried, cross(dear, anchor=tube), limits) is Refusal.WRONG_STAGE
