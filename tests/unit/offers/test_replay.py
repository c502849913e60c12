"""Asking the rules again about an offer that was made: the limits they look at, and what the record cannot tell."""

from dataclasses import replace

import pytest

from actions.offers.decision import ReasonCode, Refusal
from actions.offers.limits import OfferLimits
from actions.offers.products import Evidence
from actions.offers.replay import BOUND_BY, Remembered, Verdict, replay
from actions.offers.situation import Hesitation, OfferKind, Stage
from bot.reports.policy_steps import QUESTIONS, name_of

OWN = OfferLimits()
MINED = replace(OWN, use_mined=True)
COUNTED = Evidence(together=50, anchor_orders=500, orders=5_000, support=0.01, confidence=0.1, lift=2.0)
EXTRA = Remembered(
    kind=OfferKind.CROSS,
    stage=Stage.INTENT,
    price=2_000,
    price_difference=2_000,
    code=ReasonCode.CURATED,
    profit=500,
    anchor_price=60_000,
    then=OWN,
)
BETTER = replace(EXTRA, kind=OfferKind.UP, price=15_000, price_difference=5_000, code=ReasonCode.NEXT_TIER)


def asked(offer: Remembered, **values: object) -> Refusal | Verdict:
    return replay(offer, replace(OWN, **values), frozenset(values))


def test_each_rule_is_bound_by_the_limits_that_the_flow_chart_shows() -> None:
    for rule, limits in BOUND_BY.items():
        shown = QUESTIONS[name_of(rule)].limits
        assert not shown or set(shown) == limits, name_of(rule)


@pytest.mark.parametrize(
    ("offer", "values", "verdict"),
    [
        (replace(EXTRA, stage=Stage.ORDERED), {"order_first": "strict"}, Verdict.KEPT),
        (replace(EXTRA, asked_for=OfferKind.CROSS), {"order_first": "strict"}, Verdict.KEPT),
        (replace(EXTRA, anchor_price=None), {"high_ticket": 1}, Verdict.NOT_JUDGED),
        (replace(EXTRA, profit=None), {"min_profit_cross": 600}, Verdict.NOT_JUDGED),
        (replace(EXTRA, voice=True, place=1), {"max_choices_voice": 1}, Refusal.NOT_AMONG_BEST),
        (replace(EXTRA, voice=True, place=1), {"max_choices_web": 1, "max_choices_voice": 2}, Verdict.KEPT),
        (replace(EXTRA, shown={OfferKind.UP: 1}), {"max_offers_conversation": 1}, Refusal.FREQUENCY_CAP),
        (replace(EXTRA, shown={OfferKind.UP: 1}), {"max_offers_kind": 1}, Verdict.KEPT),
        (replace(EXTRA, refusals=1), {"refusals_end_offers": 1}, Refusal.FREQUENCY_CAP),
        (replace(EXTRA, refusals=1, asked_for=OfferKind.CROSS), {"refusals_end_offers": 1}, Verdict.KEPT),
        # the record says two noes and an offer after them: somebody asked for offers again
        (replace(EXTRA, refusals=2), {"refusals_end_offers": 1}, Verdict.NOT_JUDGED),
        (replace(EXTRA, hesitation=Hesitation.SHIPPING_COST), {"shipping_cost": 0}, Verdict.NOT_JUDGED),
        (EXTRA, {"holdout": 0.1}, Verdict.NOT_JUDGED),
        (replace(EXTRA, asked_for=OfferKind.CROSS), {"holdout": 0.1}, Verdict.KEPT),
        (EXTRA, {"rollout": 0.0}, Refusal.ROLLOUT),
        (EXTRA, {"rollout": 0.5}, Verdict.NOT_JUDGED),
        (replace(EXTRA, asked_for=OfferKind.CROSS), {"rollout": 0.0}, Verdict.KEPT),
        (replace(EXTRA, then=replace(OWN, use_feed=True)), {"min_lift": 3.0}, Verdict.NOT_JUDGED),
        (replace(BETTER, anchor_profit=100), {"min_profit_gain_up": 401}, Refusal.NO_PROFIT_GAIN),
        (replace(BETTER, anchor_profit=100), {"min_profit_gain_up": 400}, Verdict.KEPT),
        (BETTER, {"min_profit_gain_up": 400}, Verdict.NOT_JUDGED),
        (BETTER, {"max_price_step": 1.5}, Verdict.KEPT),
        (BETTER, {"max_price_step": 1.49}, Refusal.PRICE_STEP),
    ],
)
def test_the_verdict_is_that_of_the_rule_or_says_that_it_cannot_be_told(
    offer: Remembered, values: dict[str, object], verdict: Refusal | Verdict
) -> None:
    assert asked(offer, **values) is verdict


@pytest.mark.parametrize(
    ("offer", "values", "verdict"),
    [
        # only counted, as mined offers were let through: enough evidence keeps it
        ({"then": MINED}, {"use_mined": True, "min_evidence": 50}, Verdict.KEPT),
        # too little: unless somebody approved of it, which was not written down
        ({"then": MINED}, {"use_mined": True, "min_evidence": 51}, Verdict.NOT_JUDGED),
        ({"then": MINED}, {"use_mined": False}, Verdict.NOT_JUDGED),
        # without mined offers it must have been approved
        ({"then": OWN}, {"min_evidence": 51}, Verdict.KEPT),
        ({"then": None}, {"min_evidence": 51}, Verdict.NOT_JUDGED),
        ({"code": ReasonCode.ALSO_BOUGHT, "then": MINED}, {"allow_unrelated": False}, Refusal.UNRELATED),
        (
            {"code": ReasonCode.ALSO_BOUGHT, "then": MINED},
            {"allow_unrelated": True, "use_mined": True, "min_lift": 2.1},
            Refusal.NOT_ENOUGH_EVIDENCE,
        ),
    ],
)
def test_what_orders_propose_is_judged_as_far_as_it_is_known_who_approved(
    offer: dict[str, object], values: dict[str, object], verdict: Refusal | Verdict
) -> None:
    counted = replace(EXTRA, **{"code": ReasonCode.BOUGHT_TOGETHER, "evidence": COUNTED, **offer})
    assert asked(counted, **values) is verdict


def test_limits_that_did_not_change_are_not_asked() -> None:
    assert replay(replace(EXTRA, profit=None), replace(OWN, min_profit_cross=9_999), frozenset()) is Verdict.KEPT


def test_a_reason_counts_even_where_another_rule_cannot_be_asked() -> None:
    assert asked(EXTRA, holdout=0.1, min_profit_cross=600) is Refusal.MARGIN
