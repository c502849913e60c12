"""The whole decision: one kind a turn, a small choice, and reasons for what is offered and what is not."""

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
    offered,
    product,
    reasons,
    too_dear,
    up,
)

from actions.offers.decision import Difference, ReasonCode, Refusal
from actions.offers.details import details
from actions.offers.limits import OfferLimits
from actions.offers.policy import decide
from actions.offers.products import Provenance, Words
from actions.offers.situation import Candidate, Hesitation, OfferKind, Stage

HELMET, LOCK, LIGHT, PUMP = (extra(sku) for sku in ("HELMET", "LOCK", "LIGHT", "PUMP"))
THREE_MOVES = [cross(HELMET), up(better_bike()), down(cheaper_bike())]


def test_while_the_tier_is_undecided_the_better_model_comes_before_extras() -> None:
    decision = decide(after_the_yes(needs=COMMUTER_UNDER_1500), THREE_MOVES, LIMITS)
    assert offered(decision) == ["BETTER"]
    assert reasons(decision) == {"CHEAPER": Refusal.WRONG_STAGE, "HELMET": Refusal.OTHER_KIND_FIRST}
    assert found(decision)[1] == (("other_kind", {"kind": "up"}),)


def test_once_the_tier_is_settled_extras_come() -> None:
    settled = after_the_yes(needs=COMMUTER_UNDER_1500, up_settled=True)
    assert offered(decide(settled, THREE_MOVES, LIMITS)) == ["HELMET"]


def test_on_hesitation_only_something_cheaper_comes() -> None:
    hesitates = after_the_yes(needs=COMMUTER_UNDER_1500, hesitation=Hesitation.PRICE_SENSITIVITY)
    decision = decide(hesitates, THREE_MOVES, LIMITS)
    assert offered(decision) == ["CHEAPER"]
    assert reasons(decision) == {"BETTER": Refusal.WRONG_STAGE, "HELMET": Refusal.WRONG_STAGE}


@pytest.mark.parametrize(
    ("kind", "sku"), [(OfferKind.CROSS, "HELMET"), (OfferKind.UP, "BETTER"), (OfferKind.DOWN, "CHEAPER")]
)
def test_a_question_is_answered_with_its_own_kind(kind: OfferKind, sku: str) -> None:
    decision = decide(asked(after_the_yes(needs=COMMUTER_UNDER_1500), kind), THREE_MOVES, LIMITS)
    assert offered(decision) == [sku]
    assert len(decision.withheld) == 2


def test_a_question_without_an_answer_is_not_answered_with_something_else() -> None:
    decision = decide(asked(after_the_yes(), OfferKind.UP), [cross(HELMET)], LIMITS)
    assert offered(decision) == []
    assert reasons(decision) == {"HELMET": Refusal.OTHER_KIND_FIRST}


def test_three_choices_on_the_web_and_one_by_voice() -> None:
    candidates = [cross(one) for one in (PUMP, LIGHT, LOCK, HELMET)]
    web = decide(after_the_yes(), candidates, LIMITS)
    voice = decide(after_the_yes(voice=True), candidates, LIMITS)
    assert offered(web) == ["HELMET", "LIGHT", "LOCK"]
    assert offered(voice) == ["HELMET"]
    assert reasons(web) == {"PUMP": Refusal.NOT_AMONG_BEST}
    assert found(voice) == [(("ranked_before", {"count": 1}),)] * 3


def test_no_candidates_no_offer() -> None:
    decision = decide(after_the_yes(), [], LIMITS)
    assert (decision.offers, decision.withheld) == ((), ())
    assert decision.policy_version == LIMITS.version


def test_the_version_names_the_limits_a_decision_was_made_under() -> None:
    assert decide(after_the_yes(), [], replace(LIMITS, min_profit_cross=7)).policy_version != LIMITS.version
    assert OfferLimits().version == OfferLimits().version


def test_the_price_difference_is_what_the_move_adds_or_saves() -> None:
    known = after_the_yes(needs=COMMUTER_UNDER_1500)
    differences = {
        OfferKind.CROSS: decide(asked(known, OfferKind.CROSS), THREE_MOVES, LIMITS)
        .offers[0]
        .price_difference.amount,
        OfferKind.UP: decide(known, THREE_MOVES, LIMITS).offers[0].price_difference.amount,
        OfferKind.DOWN: decide(too_dear(), THREE_MOVES, LIMITS).offers[0].price_difference.amount,
    }
    assert differences == {OfferKind.CROSS: 5_000, OfferKind.UP: 30_000, OfferKind.DOWN: -20_000}


def test_a_curated_extra_says_the_merchants_sentence_and_its_counts() -> None:
    relation = curated(BIKE, HELMET, benefit=Words("Schützt den Kopf.", ""), evidence=ENOUGH)
    own = replace(HELMET, benefit=Words("Leicht.", "Light."))
    reason = decide(after_the_yes(), [cross(own, relation)], LIMITS).offers[0].reason
    assert reason.code is ReasonCode.CURATED
    assert reason.benefit == Words("Schützt den Kopf.", "Light.")
    assert reason.evidence == ENOUGH


def test_counts_below_the_threshold_are_never_spoken() -> None:
    few = replace(ENOUGH, together=19)
    for relation in (curated(BIKE, HELMET, evidence=few), counted(BIKE, HELMET, few, approved=True)):
        reason = decide(after_the_yes(), [cross(HELMET, relation)], LIMITS).offers[0].reason
        assert (reason.code, reason.evidence) == (ReasonCode.CURATED, None)


def test_counted_orders_say_bought_together_and_across_departments_only_also_bought() -> None:
    bell = product("BELL", 2_000, category="bikes/bells")
    together = decide(after_the_yes(), [cross(bell, counted(BIKE, bell))], LIMITS).offers[0].reason
    allowed = replace(LIMITS, allow_unrelated=True)
    also = decide(after_the_yes(), [cross(HELMET, counted(BIKE, HELMET))], allowed).offers[0].reason
    assert (together.code, together.evidence) == (ReasonCode.BOUGHT_TOGETHER, ENOUGH)
    assert (also.code, also.evidence) == (ReasonCode.ALSO_BOUGHT, ENOUGH)


def test_a_better_model_says_what_is_gained_and_which_needs_it_meets() -> None:
    reason = decide(after_the_yes(needs=COMMUTER_UNDER_1500), [up(better_bike())], LIMITS).offers[0].reason
    assert reason.code is ReasonCode.NEXT_TIER
    assert Difference("brakes", "disc", "hydraulic disc") in reason.gains
    assert reason.gives_up == ()
    assert reason.needs_met == ("max_price", "use")


def test_a_cheaper_model_says_what_is_given_up_and_which_needs_it_meets() -> None:
    reason = decide(too_dear(), [down(cheaper_bike())], LIMITS).offers[0].reason
    assert reason.code is ReasonCode.CHEAPER_FITS
    assert reason.gives_up == (
        Difference("use", "trail|commute", "commute"),
        Difference("brakes", "disc", "rim"),
        Difference("tier", "2", "1"),
    )
    assert reason.gains == ()
    assert reason.needs_met == ("max_price", "use")


def test_of_two_relations_between_the_same_products_the_merchant_is_heard() -> None:
    by_merchant, by_orders = curated(BIKE, HELMET, rank=3), counted(BIKE, HELMET)
    candidates = [cross(HELMET, by_orders), cross(HELMET, by_merchant)]
    decision = decide(after_the_yes(), candidates, LIMITS)
    assert [offer.reason.code for offer in decision.offers] == [ReasonCode.CURATED]
    assert decision.withheld == ()


def test_a_withdrawn_row_is_not_replaced_by_a_count() -> None:
    bell = product("BELL", 2_000, category="bikes/bells")
    withdrawn = cross(bell, curated(BIKE, bell, approved=False))
    decision = decide(after_the_yes(), [cross(bell, counted(BIKE, bell)), withdrawn], LIMITS)
    assert reasons(decision) == {"BELL": Refusal.NOT_APPROVED}


def test_of_two_rows_of_equal_weight_the_careful_one_is_heard() -> None:
    sure, unsure = curated(BIKE, HELMET), curated(BIKE, HELMET, compatible=None)
    decision = decide(after_the_yes(), [cross(HELMET, sure), cross(HELMET, unsure)], LIMITS)
    assert reasons(decision) == {"HELMET": Refusal.INCOMPATIBLE}


def test_an_extra_that_fits_one_line_of_the_cart_is_offered_on_that_line() -> None:
    camera = product("CAMERA", category="cameras")
    battery = extra("BATTERY")
    candidates = [
        cross(battery, curated(BIKE, battery, compatible=False)),
        cross(battery, curated(camera, battery, provenance=Provenance.FEED)),
    ]
    situation = after_the_yes(cart=(*after_the_yes(camera).cart, *after_the_yes().cart))
    decision = decide(situation, candidates, LIMITS)
    assert [(offer.product.sku, offer.anchor.sku) for offer in decision.offers] == [("BATTERY", "CAMERA")]
    assert decision.withheld == ()


def test_one_product_may_be_withheld_as_two_kinds() -> None:
    both = [Candidate(better_bike(), kind) for kind in (OfferKind.UP, OfferKind.CROSS)]
    decision = decide(after_the_yes(), both, LIMITS)
    assert [(row.kind, row.reason) for row in decision.withheld] == [
        (OfferKind.UP, Refusal.NEED_UNKNOWN),
        (OfferKind.CROSS, Refusal.UNRELATED),
    ]


def test_a_merchant_who_allows_no_choice_gets_none() -> None:
    decision = decide(after_the_yes(), [cross(HELMET)], replace(LIMITS, max_choices_web=0))
    assert reasons(decision) == {"HELMET": Refusal.NOT_AMONG_BEST}


def test_the_choice_among_the_eligible_has_no_figures_of_its_own() -> None:
    assert details(Refusal.NOT_AMONG_BEST, after_the_yes(), cross(HELMET), LIMITS) == ()


def test_a_shown_colour_is_not_offered_again_in_another() -> None:
    red, blue = extra("HELMET-RED", family="helmet"), extra("HELMET-BLUE", family="helmet")
    decision = decide(after_the_yes(shown_skus=frozenset({"HELMET-RED"})), [cross(red), cross(blue)], LIMITS)
    assert reasons(decision) == {
        "HELMET-BLUE": Refusal.FREQUENCY_CAP,
        "HELMET-RED": Refusal.FREQUENCY_CAP,
    }


MONEY = {"currency": "EUR", "anchor_currency": "EUR", "anchor_price": 90_000}
DETAILS = [
    (
        after_the_yes(stage=Stage.CONSIDER),
        cross(HELMET),
        ("waits_for_yes", {"stage": "consider", "kind": "cross", "anchor": "BIKE"}),
    ),
    (too_dear(hesitation=None), down(cheaper_bike()), ("no_hesitation", {"stage": "consider"})),
    (
        too_dear(hesitation=Hesitation.TRUST_SECURITY),
        down(cheaper_bike()),
        ("other_hesitation", {"stage": "consider", "hesitation": "trust_security"}),
    ),
    (
        after_the_yes(hesitation=Hesitation.TRUST_SECURITY),
        cross(HELMET),
        ("hesitates", {"hesitation": "trust_security"}),
    ),
    (after_the_yes(stage=Stage.AFTER), up(better_bike()), ("stage", {"stage": "after"})),
    (after_the_yes(refusals=3), cross(HELMET), ("noes", {"count": 3, "limit": 2})),
    (after_the_yes(shown={OfferKind.UP: 4}), cross(HELMET), ("offers", {"count": 4, "limit": 4})),
    (
        after_the_yes(shown={OfferKind.CROSS: 2}),
        cross(HELMET),
        ("offers_of_kind", {"kind": "cross", "count": 2, "limit": 2}),
    ),
    (after_the_yes(refused=frozenset({"HELMET"})), cross(HELMET), ("declined", {})),
    (
        after_the_yes(refused_families=frozenset({"helmet"})),
        cross(HELMET),
        ("model_declined", {"family": "helmet"}),
    ),
    (
        after_the_yes(),
        cross(HELMET, counted(BIKE, HELMET)),
        (
            "categories",
            {
                "category": "accessories/helmet",
                "anchor_category": "bikes/mountain",
                "relation": "often_bought_with",
            },
        ),
    ),
    (after_the_yes(), Candidate(HELMET, OfferKind.CROSS), ("no_relation", {"anchor": "BIKE"})),
    (
        after_the_yes(needs=COMMUTER_UNDER_1500),
        up(better_bike(price=150_000)),
        ("step", {"price": 150_000, **MONEY, "tier": 3, "anchor_tier": 2, "ceiling": 1.6}),
    ),
    (too_dear(), down(cheaper_bike(price=95_000)), ("not_cheaper", {"price": 95_000, **MONEY})),
    (after_the_yes(), cross(extra("HELMET", stock=0)), ("stock", {"stock": 0, "needed": 1})),
    (after_the_yes(), cross(extra("HELMET", cost=None)), ("cost_unknown", {"sku": "HELMET"})),
]


@pytest.mark.parametrize(("situation", "candidate", "behind"), DETAILS)
def test_what_is_behind_a_refusal_is_told_in_codes_and_values(situation, candidate, behind) -> None:
    assert found(decide(situation, [candidate], LIMITS)) == [(behind,)]


def test_every_figure_that_is_too_low_is_told() -> None:
    few = counted(BIKE, HELMET, replace(ENOUGH, together=3, lift=1.0))
    assert found(decide(after_the_yes(), [cross(product("BELL", category="bikes/bells"), few)], LIMITS)) == [
        (("together", {"have": 3, "least": 20}), ("lift", {"have": 1.0, "least": 1.2}))
    ]


def test_it_is_told_why_a_dear_anchor_stays_alone() -> None:
    decision = decide(after_the_yes(), [cross(HELMET)], replace(LIMITS, high_ticket=80_000))
    assert found(decision) == [(("dear_anchor", {"price": 90_000, "high_ticket": 80_000, "currency": "EUR"}),)]
