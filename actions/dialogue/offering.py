"""Lets the offer policy decide, writes the decision down and says what it offers."""

import logging
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from actions.dialogue import differing
from actions.dialogue.memory import Asked, Question
from actions.dialogue.reply import payload
from actions.dialogue.turn import Turn
from actions.offers.decision import Decision, Offer, Reason, ReasonCode
from actions.offers.documents import evidence_document
from actions.offers.policy import decide
from actions.offers.products import Evidence, Money, Product
from actions.offers.situation import Hesitation, OfferKind
from actions.store import affinities, answers, offer_log, policy_versions
from actions.store.offer_log import ShownOffer
from actions.wording import listed

log = logging.getLogger(__name__)
ASKED_SENTENCES = {OfferKind.CROSS: "utter_advice_cross", OfferKind.UP: "utter_advice_up"}


def propose(
    turn: Turn,
    anchor: Product,
    *,
    asked_for: OfferKind | None = None,
    hesitation: Hesitation | None = None,
) -> Decision:
    """Decide, record what was offered and withheld, and speak the offer if there is one."""
    situation = turn.situation(anchor, asked_for=asked_for, hesitation=hesitation)
    candidates = affinities.candidates(turn.connection, turn.snapshot, situation)
    learnt = answers.learnt(turn.connection, situation, turn.limits, turn=turn.key)
    decision = decide(situation, candidates, turn.limits, learnt)
    policy_versions.keep(turn.connection, turn.limits, turn.now)
    shown = offer_log.record(
        turn.connection,
        conversation=turn.conversation.id,
        message=turn.incoming.message,
        situation=situation,
        decision=decision,
        now=turn.now,
    )
    log.info(
        "decision conversation=%s offered=%d withheld=%d policy=%s",
        turn.conversation.id,
        len(decision.offers),
        len(decision.withheld),
        decision.policy_version,
    )
    if decision.offers:
        _speak(turn, decision.offers, shown, asked=asked_for is not None)
    return decision


def propose_next(turn: Turn, anchor: Product | None) -> bool:
    """An unprompted offer after the shopper's yes; a fault here costs the offer, never the order."""
    if anchor is None:
        return False
    before = list(turn.reply.messages)
    question = turn.memory.question
    try:
        with turn.connection.begin_nested():
            return bool(propose(turn, anchor).offers)
    except (SQLAlchemyError, KeyError, ValueError):
        log.exception("offer failed conversation=%s", turn.conversation.id)
        turn.reply.messages[:] = before
        turn.memory.question = question
        return False


def _speak(turn: Turn, offers: tuple[Offer, ...], shown: tuple[ShownOffer, ...], *, asked: bool) -> None:
    first = offers[0]
    kind = first.kind
    sentence = ASKED_SENTENCES.get(kind, f"utter_offer_{kind}") if asked else f"utter_offer_{kind}"
    several = kind is not OfferKind.CROSS and turn.held(first.anchor.sku) > 1
    turn.reply.say(f"{sentence}_several" if several else sentence, **_values(turn, first))
    if kind is OfferKind.UP and asked:
        _compare_gains(turn, first)
    turn.reply.add(_offer_message(turn, offers, shown))
    turn.ask(
        Question(Asked.OFFER, sku=first.product.sku, family=first.product.family, offers=[o.id for o in shown])
    )
    turn.memory.last_offer = shown[0].id
    if kind is OfferKind.UP:
        turn.memory.up_settled = True
    if not asked:
        turn.unasked.add(kind)


def _values(turn: Turn, offer: Offer) -> dict[str, object]:
    return {
        "product": offer_title(turn, offer.product, offer.anchor),
        "anchor": turn.names.title(offer.anchor),
        "price": offer.product.price,
        "difference": Money(abs(offer.price_difference.amount), offer.price_difference.currency),
        **of_several(turn, offer.anchor.sku, offer.price_difference),
        "benefit": benefit(turn, offer),
        "gains": differences(turn, offer.reason, gains=True),
        "gives_up": differences(turn, offer.reason, gains=False),
        "gain": first_difference(turn, offer.reason, gains=True),
        "loss": first_difference(turn, offer.reason, gains=False),
        "needs_met": needs_met(turn, offer.reason),
    }


def of_several(turn: Turn, anchor: str, each: Money) -> dict[str, object]:
    """How many pieces a step replaces, and what it makes of the whole line."""
    pieces = max(1, turn.held(anchor))
    return {"quantity": pieces, "whole": Money(abs(each.amount) * pieces, each.currency)}


def offer_title(turn: Turn, product: Product, anchor: Product) -> str:
    """The title with its variant where that variant is the shopper's own, else the model alone."""
    return turn.names.full(product) if is_settled(turn, product, anchor) else turn.names.title(product)


def is_settled(turn: Turn, product: Product, anchor: Product) -> bool:
    """True where the shopper chose this size with the anchor; else it is asked after the yes."""
    if len(turn.snapshot.variants(product.family)) < 2:
        return True
    chosen = anchor.sku == turn.memory.focus_sku or turn.held(anchor.sku) > 0
    return chosen and product.category == anchor.category and product.size == anchor.size


def benefit(turn: Turn, offer: Offer) -> str:
    """What the shop says for it: the sentence of the relation, else the product's own."""
    return offer.reason.benefit.said(turn.reply.language)


def differences(turn: Turn, reason: Reason, *, gains: bool) -> str:
    """What is gained or given up, "Luftfedergabel statt Federgabel"; a set phrase where nothing is recorded."""
    told = differing.in_words(turn, reason.gains if gains else reason.gives_up)
    return told or _no_difference(turn, gains=gains)


def first_difference(turn: Turn, reason: Reason, *, gains: bool) -> str:
    """The first of these as a voice says it."""
    told = differing.first_spoken(turn, reason.gains if gains else reason.gives_up)
    return told or _no_difference(turn, gains=gains)


def _no_difference(turn: Turn, *, gains: bool) -> str:
    return turn.reply.text("utter_nothing_gained" if gains else "utter_nothing_given_up")


def needs_met(turn: Turn, reason: Reason) -> str:
    """The stated needs a product meets, in words."""
    words = [
        turn.reply.text("utter_need_max_price") if n == "max_price" else _need(turn, n) for n in reason.needs_met
    ]
    return listed(words, turn.reply.language)


def _need(turn: Turn, need: str) -> str:
    if need == "category":
        return turn.names.category(turn.memory.category)
    return turn.names.wish(need, turn.memory.needs_and_refusals.attributes.get(need, ""))


def reason_sentence(turn: Turn, reason: Reason, product: Product, anchor: Product) -> str:
    """Why this product, in one sentence with its numbers; simulated histories are called so."""
    values = {
        "product": turn.names.title(product),
        "anchor": turn.names.title(anchor),
        "benefit": reason.benefit.said(turn.reply.language) or product.benefit.said(turn.reply.language),
        "gains": differences(turn, reason, gains=True),
        "gives_up": differences(turn, reason, gains=False),
        "needs_met": needs_met(turn, reason),
    }
    told = "curated_plain" if reason.code is ReasonCode.CURATED and not values["benefit"] else str(reason.code)
    sentence = turn.reply.text(f"utter_reason_{told}", **values, **_counts(reason.evidence))
    evidence = reason.evidence
    counted = evidence is not None and evidence.together >= turn.limits.min_evidence
    if counted and evidence and reason.code is ReasonCode.CURATED:
        sentence += " " + turn.reply.text("utter_reason_counted", **values, **_counts(evidence))
    if counted and evidence and evidence.simulated:
        sentence += " " + turn.reply.text("utter_reason_simulated")
    return sentence


def _counts(evidence: Evidence | None) -> dict[str, int]:
    return {
        "together": evidence.together if evidence else 0,
        "anchor_orders": evidence.anchor_orders if evidence else 0,
    }


def _offer_message(turn: Turn, offers: tuple[Offer, ...], shown: tuple[ShownOffer, ...]) -> dict[str, Any]:
    first, reply = offers[0], turn.reply
    accept = f"utter_choice_accept_{first.kind}"
    cards = [
        {
            **reply.card(
                offer.product,
                offer_title(turn, offer.product, offer.anchor),
                benefit(turn, offer),
                [reply.choice(accept, payload("confirm", offer=logged.id))],
            ),
            **_grounds(turn, offer),
        }
        for offer, logged in zip(offers, shown, strict=True)
    ]
    return {
        "type": "offer",
        "id": shown[0].id,
        "kind": str(first.kind),
        "anchor": first.anchor.sku,
        "cards": cards,
        **_grounds(turn, first),
        "choices": [
            reply.choice(accept, payload("confirm", offer=shown[0].id)),
            reply.choice("utter_choice_decline", payload("deny", offer=shown[0].id)),
        ],
    }


def _grounds(turn: Turn, offer: Offer) -> dict[str, Any]:
    """What it adds to the price, or takes off it, and why it is offered."""
    return {
        "price_difference": turn.reply.money(offer.price_difference),
        "reason": {
            "code": str(offer.reason.code),
            "text": reason_sentence(turn, offer.reason, offer.product, offer.anchor),
            "evidence": evidence_document(offer.reason.evidence),
        },
    }


def _compare_gains(turn: Turn, offer: Offer) -> None:
    rows = [
        {
            "attribute": turn.names.label(row.attribute),
            "values": [turn.names.value(row.attribute, v) for v in (row.anchor, row.offered)],
        }
        for row in offer.reason.gains + offer.reason.gives_up
    ]
    if rows:
        turn.reply.add({"type": "comparison", "skus": [offer.anchor.sku, offer.product.sku], "rows": rows})
