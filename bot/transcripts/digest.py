"""One conversation in one line: how it began, what became of it, and what it can be found by."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Row

from actions.store.digests import Digest
from actions.store.messages import By

LONGEST = 160
FALLBACK = "nlu_fallback"
ASKS_AGAIN = "repeat"
HESITATING = frozenset({"hesitate", "object_price"})
# from the yes to a product on
WITH_A_YES = frozenset({"intent", "checkout", "ordered", "after"})
# a message that has waited longer than this was lost: the engine's own deadline is far shorter
LOST_AFTER = timedelta(minutes=1)
OUTCOMES = ("ordered", "cancelled", "handed_off", "checkout", "cart", "left", "silent")
STANDING = ("pending", "placed")
# who is asked of several products in one sentence has said yes, no or nothing to all of it
WEIGHT = {"accepted": 3, "declined": 2, "shown": 1, "ignored": 0}


@dataclass(frozen=True, slots=True)
class Written:
    """What the record holds of a conversation, as rows; messages, decisions and offers in the order they came."""

    conversation: Row[Any]
    messages: Sequence[Row[Any]]
    decisions: Sequence[Row[Any]]
    offers: Sequence[Row[Any]]
    orders: Sequence[Row[Any]]
    handoffs: Sequence[Row[Any]]
    cart: Sequence[Row[Any]]


def digest_of(written: Written, now: datetime) -> Digest:
    """Read the record of a conversation."""
    chat = written.conversation
    replies = [json.loads(message.reply) if message.reply else {} for message in written.messages]
    # of what was made anonymous the reading is left, so that it still counts; a button's is certain
    spoken = [message for message in written.messages if message.text or message.payload or message.nlu]
    sure = [
        message.nlu["confidence"]
        for message in spoken
        if message.payload is None and (message.nlu or {}).get("confidence") is not None
    ]
    last = max((message.received_at for message in written.messages), default=chat.active_at)
    digest = Digest(
        conversation=chat.id,
        started_at=chat.started_at,
        active_at=max(chat.active_at, last),
        channel=chat.channel,
        language=chat.language,
        first_words=next((message.text for message in spoken if message.text), "")[:LONGEST],
        turns=len(spoken),
        outcome=_outcome(written, said_something=bool(spoken)),
        offers=tuple(_chain(written.offers)),
        confidence=min(sure, default=None),
        fallbacks=sum(_intent(message) == FALLBACK for message in spoken),
        repeats=_repeats(written.messages, replies),
        errors=sum(bool(message.error) or is_lost(message, now) for message in written.messages),
        handed_off=bool(chat.handed_off or written.handoffs),
        fingerprint="",
        facets=frozenset(),
        words=" ".join(_words(written, spoken, replies)),
    )
    facets = frozenset((kind, str(value)) for kind, value in _facets(written, digest, replies) if value)
    return _sealed(replace(digest, facets=facets))


def is_lost(message: Any, now: datetime) -> bool:
    """Whether nobody has answered a message for so long that nobody will."""
    return bool(message.state == "received" and now - message.received_at > LOST_AFTER)


def _outcome(written: Written, *, said_something: bool) -> str:
    if any(order.state in STANDING for order in written.orders):
        return "ordered"
    if written.orders:
        return "cancelled"
    if written.handoffs or written.conversation.handed_off:
        return "handed_off"
    if written.cart:
        return "checkout" if written.conversation.stage == "checkout" else "cart"
    return "left" if said_something else "silent"


def _chain(offers: Sequence[Row[Any]]) -> Iterator[tuple[str, str, int]]:
    for _, group in groupby(offers, key=lambda offer: offer.decision):
        made = list(group)
        yield made[0].kind, max((offer.state for offer in made), key=WEIGHT.__getitem__), len(made)


def _repeats(messages: Sequence[Row[Any]], replies: Sequence[Mapping[str, Any]]) -> int:
    texts = [
        tuple(said["text"] for said in reply.get("messages", ()) if said["type"] == "text") for reply in replies
    ]
    return sum(
        bool(now) and now == before and message.answered_by == By.ASSISTANT and _intent(message) != ASKS_AGAIN
        for before, now, message in zip(texts, texts[1:], messages[1:], strict=False)
    )


def _intent(message: Row[Any]) -> str:
    return str((message.payload or {}).get("intent") or (message.nlu or {}).get("intent") or "")


def _words(written: Written, spoken: Sequence[Row[Any]], replies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield from (message.text for message in spoken)
    for message, reply in zip(written.messages, replies, strict=True):
        if message.answered_by == By.PERSON:
            yield from (said["text"] for said in reply.get("messages", ()))
    yield from (order.number for order in written.orders if order.number)
    yield from (handoff.reference for handoff in written.handoffs)


def _facets(
    written: Written, digest: Digest, replies: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, str | None]]:
    yield from (("channel", digest.channel), ("language", digest.language), ("outcome", digest.outcome))
    yield "shoppers", "simulated" if written.conversation.simulated else "real"
    for message in written.messages:
        yield from (("intent", _intent(message)), ("model", message.model))
        yield from (("action", action) for action in message.actions or ())
    for decision in written.decisions:
        yield "policy", decision.policy_version
        yield from (("refusal", each["reason"]) for each in decision.withheld)
    for kind, state, _ in digest.offers:
        yield from (("offer", kind), ("offer", f"{kind}.{state}"), ("offer", state))
    yield from (("reason", offer.reason.get("code")) for offer in written.offers)
    if _hesitated(written):
        yield "mark", "hesitated"
        if digest.outcome != "ordered":
            yield "mark", "left"
    if written.conversation.stage in WITH_A_YES and digest.outcome != "ordered":
        yield "mark", "abandoned"
    yield from (("sku", sku) for sku in _skus(written, replies))
    marks = Counter(fallback=digest.fallbacks, repeat=digest.repeats, error=digest.errors)
    yield from (("mark", mark) for mark, count in marks.items() if count)
    if digest.handed_off:
        yield "mark", "handoff"
    if any(message.answered_by == By.PERSON for message in written.messages):
        yield "mark", "person"


def _hesitated(written: Written) -> bool:
    said = any(_intent(message) in HESITATING for message in written.messages)
    return said or any(decision.hesitation for decision in written.decisions)


def _skus(written: Written, replies: Sequence[Mapping[str, Any]]) -> set[str]:
    shown = {
        card["sku"] for reply in replies for said in reply.get("messages", ()) for card in said.get("cards") or ()
    }
    offered = {sku for offer in written.offers for sku in (offer.sku, offer.anchor)}
    ordered = {line["sku"] for order in written.orders for line in order.lines}
    return shown | offered | ordered | {line.sku for line in written.cart}


def _sealed(digest: Digest) -> Digest:
    content = repr((replace(digest, facets=frozenset()), sorted(digest.facets)))
    return replace(digest, fingerprint=hashlib.sha256(content.encode()).hexdigest())
