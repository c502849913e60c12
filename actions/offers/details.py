"""What is behind a refusal, in codes and values; the words for it are made where somebody reads it."""

from collections.abc import Callable, Mapping, Sequence

from actions.offers.decision import Detail, DetailCode, Refusal, Value
from actions.offers.earning import profit_gain, profit_of
from actions.offers.fitting import need_fit_in_place_of, quantity_needed, serving_line, wanted_size
from actions.offers.limits import OfferLimits
from actions.offers.situation import Candidate, OfferKind, Situation

Found = tuple[Detail, ...]
Describe = Callable[[Situation, Candidate, OfferLimits], Found]


def details(reason: Refusal, situation: Situation, candidate: Candidate, limits: OfferLimits) -> Found:
    """What made an eligibility rule refuse, such as the profit and the floor it stays below."""
    describe = _DETAILS.get(reason)
    return describe(situation, candidate, limits) if describe else ()


def waits_for(kind: OfferKind | None) -> Found:
    """The kind of offer that comes first in this turn."""
    return _one(DetailCode.OTHER_KIND, kind=kind.value if kind else None)


def passed_over(candidate: Candidate, chosen: Sequence[Candidate]) -> Found:
    """What was chosen before an eligible candidate."""
    product = candidate.product
    for better in (other.product for other in chosen):
        if better.family == product.family:
            return _one(DetailCode.OTHER_VARIANT, sku=better.sku)
        if candidate.kind is OfferKind.CROSS and better.category == product.category:
            return _one(DetailCode.BETTER_IN_CATEGORY, sku=better.sku, category=product.category)
    return _one(DetailCode.RANKED_BEFORE, count=len(chosen))


def _one(code: DetailCode, **values: Value) -> Found:
    return (Detail(code, values),)


def _order_first(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Found:
    anchor = situation.basis(candidate.relation)
    moment = {"stage": situation.stage.value, "kind": candidate.kind.value}
    if limits.order_first == "strict":
        return _one(DetailCode.WAITS_FOR_ORDER, **moment)
    if anchor is None:
        return _one(DetailCode.WAITS_FOR_ANY_YES, **moment)
    return _one(DetailCode.WAITS_FOR_YES, **moment, anchor=anchor.sku)


def _wrong_stage(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Found:
    stage, hesitation = situation.stage.value, situation.hesitation
    if candidate.kind is OfferKind.DOWN and hesitation is None:
        return _one(DetailCode.NO_HESITATION, stage=stage)
    if hesitation is not None and candidate.kind is OfferKind.DOWN:
        return _one(DetailCode.OTHER_HESITATION, stage=stage, hesitation=hesitation.value)
    if hesitation is not None:
        return _one(DetailCode.HESITATES, hesitation=hesitation.value)
    anchor = situation.basis(candidate.relation)
    if candidate.kind is OfferKind.CROSS and anchor and limits.high_ticket is not None:
        price = anchor.price
        return _one(
            DetailCode.DEAR_ANCHOR, price=price.amount, high_ticket=limits.high_ticket, currency=price.currency
        )
    return _one(DetailCode.STAGE, stage=stage)


def _declined(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Found:
    if candidate.product.sku in situation.refused:
        return _one(DetailCode.DECLINED)
    return _one(DetailCode.MODEL_DECLINED, family=candidate.product.family)


def _paused(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Found:
    if candidate.kind in situation.paused:
        return _one(DetailCode.KIND_RESTS, kind=candidate.kind.value)
    return _one(DetailCode.TIER_SETTLED)


def _frequency(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Found:
    total, of_kind = sum(situation.shown.values()), situation.shown.get(candidate.kind, 0)
    if situation.refusals >= limits.refusals_end_offers:
        return _one(DetailCode.NOES, count=situation.refusals, limit=limits.refusals_end_offers)
    if total >= limits.max_offers_conversation:
        return _one(DetailCode.OFFERS, count=total, limit=limits.max_offers_conversation)
    if of_kind >= limits.max_offers_kind:
        kind = candidate.kind.value
        return _one(DetailCode.OFFERS_OF_KIND, kind=kind, count=of_kind, limit=limits.max_offers_kind)
    return _one(DetailCode.SHOWN_BEFORE)


def _unrelated(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Found:
    anchor, relation = situation.basis(candidate.relation), candidate.relation
    if anchor is None:
        return _one(DetailCode.NO_ANCHOR)
    if relation is None and candidate.kind is OfferKind.CROSS:
        return _one(DetailCode.NO_RELATION, anchor=anchor.sku)
    if candidate.kind is OfferKind.CROSS and anchor.sku in situation.nothing_fits:
        return _one(DetailCode.NOTHING_FITS, anchor=anchor.sku)
    return _one(
        DetailCode.CATEGORIES,
        category=candidate.product.category,
        anchor_category=anchor.category,
        relation=relation.kind.value if relation else None,
    )


def _not_approved(_situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Found:
    relation = candidate.relation
    return _one(DetailCode.UNAPPROVED, provenance=relation.provenance.value) if relation else ()


def _evidence(_situation: Situation, candidate: Candidate, limits: OfferLimits) -> Found:
    evidence = candidate.relation.evidence if candidate.relation else None
    if evidence is None:
        return _one(DetailCode.NO_ORDERS_COUNTED)
    figures = (
        (DetailCode.TOGETHER, evidence.together, limits.min_evidence),
        (DetailCode.CONFIDENCE, evidence.confidence, limits.min_confidence),
        (DetailCode.LIFT, evidence.lift, limits.min_lift),
    )
    return tuple(Detail(code, {"have": have, "least": least}) for code, have, least in figures if have < least)


def _incompatible(_situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Found:
    known = candidate.relation is not None and candidate.relation.compatible is False
    return _one(DetailCode.DOES_NOT_FIT if known else DetailCode.FIT_UNKNOWN)


def _margin(_situation: Situation, candidate: Candidate, limits: OfferLimits) -> Found:
    cross = candidate.kind is OfferKind.CROSS
    return _one(
        DetailCode.PROFIT,
        profit=profit_of(candidate, limits),
        floor=limits.min_profit_cross if cross else limits.min_profit_down,
        currency=candidate.product.price.currency,
    )


def _margin_unknown(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Found:
    anchor = situation.basis(candidate.relation)
    unknown = candidate.product if candidate.product.cost is None else anchor
    return _one(DetailCode.COST_UNKNOWN, sku=unknown.sku) if unknown else ()


def _no_gain(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Found:
    return _one(
        DetailCode.PROFIT_GAIN,
        gain=profit_gain(situation, candidate),
        floor=max(limits.min_profit_gain_up, 1),
        currency=candidate.product.price.currency,
    )


def _loss(_situation: Situation, candidate: Candidate, limits: OfferLimits) -> Found:
    currency = candidate.product.price.currency
    return _one(DetailCode.LOSS, profit=profit_of(candidate, limits), currency=currency)


def _stock(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Found:
    return _one(DetailCode.STOCK, stock=candidate.product.stock, needed=quantity_needed(situation, candidate))


def _in_cart(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Found:
    serving = serving_line(situation, candidate)
    if serving is None or serving.sku == candidate.product.sku:
        return _one(DetailCode.IN_CART)
    return _one(DetailCode.SERVED_BY_CART, sku=serving.sku, category=serving.category)


def _need_not_met(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Found:
    unmet = need_fit_in_place_of(candidate.product, situation.needs).unmet
    missed = tuple(Detail(DetailCode.NEED, {"need": name}) for name in unmet)
    size = wanted_size(situation, candidate)
    return (*missed, *_one(DetailCode.SIZE, size=candidate.product.size, wanted=size)) if size else missed


def _price_step(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Found:
    anchor, offered = situation.basis(candidate.relation), candidate.product
    if anchor is None:
        return _one(DetailCode.NO_ANCHOR)
    prices: dict[str, Value] = {
        "price": offered.price.amount,
        "currency": offered.price.currency,
        "anchor_price": anchor.price.amount,
        "anchor_currency": anchor.price.currency,
    }
    if candidate.kind is OfferKind.DOWN:
        return _one(DetailCode.NOT_CHEAPER, **prices)
    return _one(
        DetailCode.STEP, **prices, tier=offered.tier, anchor_tier=anchor.tier, ceiling=limits.max_price_step
    )


_DETAILS: Mapping[Refusal, Describe] = {
    Refusal.PLACEMENT_OFF: lambda s, _c, _l: _one(DetailCode.PLACEMENT, placement=s.placement.value),
    Refusal.OPTED_OUT: lambda _s, _c, _l: _one(DetailCode.NO_OFFERS_WANTED),
    Refusal.NEGATIVE_MOOD: lambda _s, _c, _l: _one(DetailCode.TROUBLE),
    Refusal.ROLLOUT: lambda _s, c, _l: _one(DetailCode.NOT_ROLLED_OUT, kind=c.kind.value),
    Refusal.HOLDOUT: lambda _s, c, _l: _one(DetailCode.HELD_OUT, kind=c.kind.value),
    Refusal.ORDER_FIRST: _order_first,
    Refusal.WRONG_STAGE: _wrong_stage,
    Refusal.DECLINED_BEFORE: _declined,
    Refusal.KIND_PAUSED: _paused,
    Refusal.FREQUENCY_CAP: _frequency,
    Refusal.UNRELATED: _unrelated,
    Refusal.NOT_APPROVED: _not_approved,
    Refusal.NOT_ENOUGH_EVIDENCE: _evidence,
    Refusal.INCOMPATIBLE: _incompatible,
    Refusal.MARGIN: _margin,
    Refusal.MARGIN_UNKNOWN: _margin_unknown,
    Refusal.NO_PROFIT_GAIN: _no_gain,
    Refusal.LOSS: _loss,
    Refusal.OUT_OF_STOCK: _stock,
    Refusal.IN_CART: _in_cart,
    Refusal.SAME_FAMILY: lambda _s, c, _l: _one(DetailCode.SAME_MODEL, family=c.product.family),
    Refusal.ALREADY_OWNED: lambda _s, c, _l: _one(DetailCode.BOUGHT_BEFORE, family=c.product.family),
    Refusal.NEED_UNKNOWN: lambda _s, _c, _l: _one(DetailCode.NO_NEED),
    Refusal.NEED_NOT_MET: _need_not_met,
    Refusal.PRICE_STEP: _price_step,
}
