"""Reasons, refusals, evidence and chances as JSON: one shape for the log, the chat, software and commands."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from actions.offers.decision import Chance, Detail, Difference, Reason, ReasonCode, Withheld
from actions.offers.products import Evidence, Words
from actions.offers.situation import OfferKind

# the one is learnt, makes the order and is no evidence; the other follows from the lift
UNSAID = ("weight", "target_orders")
# what is worth keeping of a counted share; more digits claim more than the count knows
DIGITS = {"support": 6, "confidence": 4, "lift": 2}


def evidence_document(evidence: Evidence | None) -> dict[str, Any]:
    """What was counted and the mark of a simulated history; empty where nothing was, without what is unsaid."""
    if evidence is None:
        return {}
    exact = {name: value for name, value in asdict(evidence).items() if name not in UNSAID}
    return {name: round(value, DIGITS[name]) if name in DIGITS else value for name, value in exact.items()}


def reason_document(reason: Reason) -> dict[str, Any]:
    """A reason: only facts, no sentence made of them."""
    return {
        "code": reason.code.value,
        "benefit": {"de": reason.benefit.de, "en": reason.benefit.en},
        "evidence": evidence_document(reason.evidence),
        "gains": [asdict(each) for each in reason.gains],
        "gives_up": [asdict(each) for each in reason.gives_up],
        "needs_met": list(reason.needs_met),
    }


def read_reason(document: Mapping[str, Any]) -> Reason:
    """The reason a document was made of, with its evidence as rounded there."""
    evidence = document["evidence"]
    return Reason(
        code=ReasonCode(document["code"]),
        benefit=Words(**document["benefit"]),
        evidence=Evidence(**evidence) if evidence else None,
        gains=tuple(Difference(**each) for each in document["gains"]),
        gives_up=tuple(Difference(**each) for each in document["gives_up"]),
        needs_met=tuple(document["needs_met"]),
    )


def chance_document(chance: Chance) -> dict[str, Any]:
    """Who could have been named first and how probable it was; the probability is kept to the last digit."""
    return {**asdict(chance), "kind": chance.kind.value}


def read_chance(document: Mapping[str, Any]) -> Chance:
    """The chance a document was made of."""
    return Chance(**{**document, "kind": OfferKind(document["kind"])})


def detail_document(detail: Detail) -> dict[str, Any]:
    """What a rule found: its code, with the values beside it."""
    return {"code": detail.code.value, **detail.values}


def withheld_document(withheld: Withheld) -> dict[str, Any]:
    """What was not offered, and what was found; the words are made where it is read."""
    return {
        "sku": withheld.sku,
        "kind": withheld.kind.value,
        "reason": withheld.reason.value,
        "details": [detail_document(each) for each in withheld.details],
    }
