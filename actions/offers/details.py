"""The figures behind a refusal, in English for the shop's staff; a shopper never reads them."""

from collections.abc import Callable, Mapping

from actions.offers.decision import Refusal
from actions.offers.earning import profit_gain, profit_of
from actions.offers.fitting import need_fit_in_place_of, quantity_needed, serving_line, wanted_size
from actions.offers.limits import OfferLimits
from actions.offers.situation import Candidate, OfferKind, Situation

Detail = Callable[[Situation, Candidate, OfferLimits], str]


def detail(reason: Refusal, situation: Situation, candidate: Candidate, limits: OfferLimits) -> str:
    """The figures or facts that made an eligibility rule refuse, "profit 120 < floor 500"."""
    describe = _DETAILS.get(reason)
    return describe(situation, candidate, limits) if describe else ""


def _order_first(situation: Situation, candidate: Candidate, limits: OfferLimits) -> str:
    anchor = situation.basis(candidate.relation)
    named = anchor.sku if anchor else "any item"
    until = "the order" if limits.order_first == "strict" else f"the yes to {named}"
    return f"stage {situation.stage}; unprompted {candidate.kind} waits for {until}"


def _wrong_stage(situation: Situation, candidate: Candidate, limits: OfferLimits) -> str:
    if candidate.kind is OfferKind.DOWN and situation.hesitation is None:
        return f"stage {situation.stage}; no hesitation over price or fit"
    if situation.hesitation is not None and candidate.kind is OfferKind.DOWN:
        return f"stage {situation.stage}; hesitation is {situation.hesitation}"
    if situation.hesitation is not None:
        return f"the shopper hesitates: {situation.hesitation}"
    anchor = situation.basis(candidate.relation)
    if candidate.kind is OfferKind.CROSS and anchor and limits.high_ticket is not None:
        return f"anchor price {anchor.price.amount} >= high_ticket {limits.high_ticket}; extras wait for the order"
    return f"stage {situation.stage}"


def _declined(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> str:
    itself = candidate.product.sku in situation.refused
    return "declined in this conversation" if itself else f"family {candidate.product.family} was declined"


def _paused(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> str:
    if candidate.kind in situation.paused:
        return f"{candidate.kind} rests after a no"
    return "an up-sell was settled before"


def _frequency(situation: Situation, candidate: Candidate, limits: OfferLimits) -> str:
    total, of_kind = sum(situation.shown.values()), situation.shown.get(candidate.kind, 0)
    if situation.refusals >= limits.refusals_end_offers:
        return f"refusals {situation.refusals} >= limit {limits.refusals_end_offers}"
    if total >= limits.max_offers_conversation:
        return f"offers in this conversation {total} >= limit {limits.max_offers_conversation}"
    if of_kind >= limits.max_offers_kind:
        return f"{candidate.kind} offers in this conversation {of_kind} >= limit {limits.max_offers_kind}"
    return "offered before in this conversation"


def _unrelated(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> str:
    anchor, relation = situation.basis(candidate.relation), candidate.relation
    if anchor is None:
        return "no anchor"
    if relation is None and candidate.kind is OfferKind.CROSS:
        return f"no relation to {anchor.sku}"
    if candidate.kind is OfferKind.CROSS and anchor.sku in situation.nothing_fits:
        return f"the matrix says that nothing fits {anchor.sku}"
    categories = f"category {candidate.product.category or 'unknown'}, anchor {anchor.category or 'unknown'}"
    return f"{categories}, relation {relation.kind if relation else 'none'}"


def _not_approved(_situation: Situation, candidate: Candidate, _limits: OfferLimits) -> str:
    return f"{candidate.relation.provenance} relation is not approved" if candidate.relation else ""


def _evidence(_situation: Situation, candidate: Candidate, limits: OfferLimits) -> str:
    evidence = candidate.relation.evidence if candidate.relation else None
    if evidence is None:
        return "no orders counted"
    figures = (
        ("together", evidence.together, limits.min_evidence),
        ("confidence", evidence.confidence, limits.min_confidence),
        ("lift", evidence.lift, limits.min_lift),
    )
    return ", ".join(f"{name} {have:.4g} < {least:.4g}" for name, have, least in figures if have < least)


def _incompatible(_situation: Situation, candidate: Candidate, _limits: OfferLimits) -> str:
    known = candidate.relation is not None and candidate.relation.compatible is False
    return "known not to fit" if known else "not known to fit"


def _margin(_situation: Situation, candidate: Candidate, limits: OfferLimits) -> str:
    cross = candidate.kind is OfferKind.CROSS
    floor = limits.min_profit_cross if cross else limits.min_profit_down
    return f"profit {profit_of(candidate, limits)} < floor {floor}"


def _margin_unknown(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> str:
    anchor = situation.basis(candidate.relation)
    unknown = candidate.product if candidate.product.cost is None else anchor
    return f"cost of {unknown.sku} unknown" if unknown else ""


def _no_gain(situation: Situation, candidate: Candidate, limits: OfferLimits) -> str:
    return f"profit gain {profit_gain(situation, candidate)} < {max(limits.min_profit_gain_up, 1)}"


def _in_cart(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> str:
    serving = serving_line(situation, candidate)
    if serving is None or serving.sku == candidate.product.sku:
        return "is in the cart"
    return f"{serving.sku} in the cart serves {serving.category}"


def _need_not_met(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> str:
    unmet = need_fit_in_place_of(candidate.product, situation.needs).unmet
    size = wanted_size(situation, candidate)
    wanted = [f"size {candidate.product.size} instead of {size}"] if size else []
    return ", ".join([*(f"{name} not met" for name in unmet), *wanted])


def _price_step(situation: Situation, candidate: Candidate, limits: OfferLimits) -> str:
    anchor, offered = situation.basis(candidate.relation), candidate.product
    if anchor is None:
        return "no anchor"
    ours, theirs = anchor.price, offered.price
    prices = f"price {theirs.amount} {theirs.currency}, anchor {ours.amount} {ours.currency}"
    if candidate.kind is OfferKind.DOWN:
        return f"{prices}; not cheaper"
    return f"{prices}, tier {offered.tier} after {anchor.tier}; ceiling x{limits.max_price_step}"


_DETAILS: Mapping[Refusal, Detail] = {
    Refusal.PLACEMENT_OFF: lambda s, _c, _l: f"placement {s.placement} is off",
    Refusal.OPTED_OUT: lambda _s, _c, _l: "the shopper wants no offers",
    Refusal.NEGATIVE_MOOD: lambda _s, _c, _l: "complaint or trouble in this conversation",
    Refusal.HOLDOUT: lambda _s, c, _l: f"the hold-out gets no unasked {c.kind}; it would have been eligible",
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
    Refusal.LOSS: lambda _s, c, limits: f"profit {profit_of(c, limits)} < 0",
    Refusal.OUT_OF_STOCK: lambda s, c, _l: f"stock {c.product.stock} < {quantity_needed(s, c)}",
    Refusal.IN_CART: _in_cart,
    Refusal.SAME_FAMILY: lambda _s, c, _l: f"family {c.product.family} is discussed or in the cart",
    Refusal.ALREADY_OWNED: lambda _s, c, _l: f"family {c.product.family} was bought before",
    Refusal.NEED_UNKNOWN: lambda _s, _c, _l: "no need stated for this kind of product",
    Refusal.NEED_NOT_MET: _need_not_met,
    Refusal.PRICE_STEP: _price_step,
}
