"""Judges from what was written down whether an offer broke a promise; none of the code that decides is asked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from actions.offers.situation import OfferKind
from bot.transcripts.record import Made, Record

ASKS = frozenset({"ask_accessories", "ask_better", "ask_cheaper"})
AGREES = frozenset({"confirm", "purchase_intent", "add_to_cart"})


class Promise(StrEnum):
    """What an offer may break."""

    ORDER_FIRST = "order_first"
    NO_IS_A_NO = "no_is_a_no"
    OFFERS_ENDED = "offers_ended"
    NOT_TOO_MANY = "not_too_many"


class Verdict(StrEnum):
    """What the record says; what it does not hold is never taken for kept."""

    KEPT = "kept"
    BROKEN = "broken"
    NOT_DECIDABLE = "not_decidable"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the record says about one offered product and one promise."""

    conversation: str
    position: int | None
    promise: Promise
    sku: str
    verdict: Verdict


def judge(record: Record) -> Iterator[Finding]:
    """A verdict on every offered product for every promise."""
    for offer in record.offers:
        for promise in Promise:
            verdict = _verdict(promise, record, offer)
            yield Finding(record.conversation, offer.position, promise, offer.sku, verdict)


def was_asked(record: Record, offer: Made) -> bool | None:
    """True where the claim is borne out by the shopper's own question, None where their words are unknown."""
    if not offer.claims_asked or offer.position is None:
        return None if offer.claims_asked else False
    said = {line.intent for line in record.until(offer.position)}
    here = next((line.intent for line in record.lines if line.position == offer.position), None)
    # "geht das günstiger?" may be answered only after it was asked what matters
    if here in ASKS or (offer.kind is OfferKind.DOWN and "ask_cheaper" in said):
        return True
    return None if None in said or not record.whole else False


def _verdict(promise: Promise, record: Record, offer: Made) -> Verdict:
    asked = was_asked(record, offer)
    if offer.position is None or asked is None:
        return Verdict.NOT_DECIDABLE
    if asked and promise is not Promise.NO_IS_A_NO:
        return Verdict.KEPT
    return RULES[promise](record, offer, offer.position)


def _order_first(record: Record, offer: Made, at: int) -> Verdict:
    """An extra or a better model waits for the yes to a product named with its price; strict, for the order."""
    if offer.kind is OfferKind.DOWN:
        return Verdict.KEPT
    if offer.limits and offer.limits.order_first == "strict":
        return Verdict.KEPT if _came(record.ordered, at) else Verdict.BROKEN
    unsure = not record.whole
    accepted = {other.answered_at for other in record.offers if other.state == "accepted"}
    heard: set[str] = set()
    for line in record.until(at):
        taken = bool(heard if line.cart is None else heard & line.cart)
        if line.position in accepted or (taken and line.cart is not None and line.intent in AGREES):
            return Verdict.KEPT
        unsure |= taken and (line.intent is None or line.intent in AGREES)
        heard |= line.read_back
    return Verdict.NOT_DECIDABLE if unsure else Verdict.BROKEN


def _no_is_a_no(record: Record, offer: Made, at: int) -> Verdict:
    """A model that was declined does not come again, neither in another colour nor where advice was asked."""
    earlier = [o for o in record.offers if o.family == offer.family and o.decision != offer.decision]
    if any(_came(_declined_at(record, other), at) and _came(other.position, at - 1) for other in earlier):
        return Verdict.BROKEN
    return _kept(record)


def _declined_at(record: Record, offer: Made) -> int | None:
    """The no as recorded, its button, or a plain no right after the offer, whether or not it was recorded."""
    if offer.state == "accepted" or offer.position is None:
        return None
    if offer.state == "declined":
        return offer.answered_at
    cards = {other.id for other in record.offers if other.decision == offer.decision}
    later = [line for line in record.lines if line.position > offer.position]
    pressed = [line.position for line in later if line.refuses in cards]
    plain = [line.position for line in later[:1] if line.refuses == "" and offer.state == "shown"]
    return min(pressed + plain, default=None)


def _offers_ended(record: Record, offer: Made, at: int) -> Verdict:
    """No offer unasked after "no offers", so many noes, a complaint, or a call for a person."""
    said = list(record.until(at))
    resumed = max((line.position for line in said if line.intent == "resume_offers"), default=-1)
    stopped = max((line.position for line in said if line.intent == "stop_offers"), default=-1)
    complained = any(line.intent == "complaint" for line in said)
    if stopped > resumed or complained or _came(record.handed_off, at):
        return Verdict.BROKEN
    noes = {o.decision: no for o in record.offers if (no := _declined_at(record, o)) is not None}
    counted = sum(resumed < no <= at for no in noes.values())
    if counted and offer.limits is None:
        return Verdict.NOT_DECIDABLE
    if offer.limits and counted >= offer.limits.refusals_end_offers:
        return Verdict.BROKEN
    return Verdict.NOT_DECIDABLE if any(line.intent is None for line in said) else _kept(record)


def _not_too_many(record: Record, offer: Made, at: int) -> Verdict:
    """No more offers in all, and of the kind, than the limits allow; one of several cards counts once."""
    before = {o.decision: o.kind for o in record.offers if _came(o.position, at - 1)}
    if not before:
        return _kept(record)
    if offer.limits is None:
        return Verdict.NOT_DECIDABLE
    full = len(before) >= offer.limits.max_offers_conversation
    of_the_kind = list(before.values()).count(offer.kind)
    return Verdict.BROKEN if full or of_the_kind >= offer.limits.max_offers_kind else _kept(record)


def _came(position: int | None, by: int) -> bool:
    return position is not None and position <= by


def _kept(record: Record) -> Verdict:
    """Nothing speaks against it, as far as everything is there to be read."""
    return Verdict.KEPT if record.whole else Verdict.NOT_DECIDABLE


RULES: Mapping[Promise, Callable[[Record, Made, int], Verdict]] = {
    Promise.ORDER_FIRST: _order_first,
    Promise.NO_IS_A_NO: _no_is_a_no,
    Promise.OFFERS_ENDED: _offers_ended,
    Promise.NOT_TOO_MANY: _not_too_many,
}
