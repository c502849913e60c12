"""A conversation as people read it: what was said, what was decided, offered and withheld and why."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from actions.store import conversations, messages, offer_log
from actions.store.conversations import Conversation
from actions.store.messages import LoggedMessage
from actions.store.offer_log import LoggedDecision, ShownOffer
from actions.store.tables import conversations as conversation_rows


@dataclass(frozen=True, slots=True)
class Turn:
    """One message with its answer and the decisions it led to; `button` is what a pressed button stood for."""

    position: int
    at: datetime
    said: str
    button: Mapping[str, Any] | None
    intent: str
    confidence: float | None
    actions: Sequence[Any]
    answers: Sequence[Mapping[str, Any]]
    decisions: tuple[LoggedDecision, ...]
    state: str
    stage: str
    engine_ms: int | None
    answered_by: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """The whole conversation; `offers` in the order they were shown, with what became of each.

    `simulated` marks one with a shopper of `tresen demo`, `forgotten_at` one whose words retention has taken.
    """

    conversation: Conversation
    turns: tuple[Turn, ...]
    offers: tuple[ShownOffer, ...]
    simulated: bool
    forgotten_at: datetime | None

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def read_transcript(connection: Connection, conversation: str) -> Transcript | None:
    """Build the transcript from the log; None where there is no such conversation."""
    found = conversations.get(connection, conversation)
    if found is None:
        return None
    decisions: dict[str | None, list[LoggedDecision]] = {}
    for decision in offer_log.decisions_of(connection, conversation):
        decisions.setdefault(decision.message, []).append(decision)
    turns = (
        _turn(m, decisions.get(m.id, []) + decisions.get(m.client_id, []))
        for m in messages.history(connection, conversation)
    )
    c = conversation_rows.c
    about = connection.execute(select(c.simulated, c.forgotten_at).where(c.id == conversation)).one()
    offers = offer_log.of_conversation(connection, conversation)
    return Transcript(found, tuple(turns), offers, about.simulated, about.forgotten_at)


def _turn(message: LoggedMessage, decisions: list[LoggedDecision]) -> Turn:
    nlu = message.nlu or {}
    reply = json.loads(message.reply) if message.reply else {}
    return Turn(
        position=message.position,
        at=message.received_at,
        said=message.text,
        button=message.payload,
        intent=str(nlu.get("intent") or ""),
        confidence=nlu.get("confidence"),
        actions=message.actions or (),
        answers=reply.get("messages", ()),
        decisions=tuple(decisions),
        state=message.state,
        stage=str(reply.get("stage", "")),
        engine_ms=message.engine_ms,
        answered_by=message.answered_by,
    )


def lines(transcript: Transcript) -> list[str]:
    """The transcript as lines of text for a terminal."""
    c = transcript.conversation
    head = f"{c.id}  {c.channel}  {c.language}  stage {c.stage}  refusals {c.refusals}  opted out {c.opted_out}"
    printed, stage = [head], ""
    printed += ["simulated shopper"] if transcript.simulated else []
    printed += [f"made anonymous {transcript.forgotten_at:%Y-%m-%d}"] if transcript.forgotten_at else []
    for turn in transcript.turns:
        said = turn.said or f"[{(turn.button or {}).get('intent') or turn.answered_by}]"
        read = f"{turn.intent} {turn.confidence:.2f}" if turn.confidence is not None else turn.intent
        printed.append(f"{turn.position:>3}  > {said}   ({read} {turn.state})")
        printed += [f"     < {_told(answer)}" for answer in turn.answers]
        for decision in turn.decisions:
            printed += _decided(decision)
        if turn.stage not in ("", stage):
            printed.append(f"     stage {turn.stage}")
        stage = turn.stage or stage
    printed += [f"offer {o.kind} {o.sku} on {o.anchor}: {o.state}" for o in transcript.offers]
    return printed


def stages(transcript: Transcript) -> list[dict[str, Any]]:
    """When the conversation came to which stage: position of the message, moment and stage, each change once."""
    reached: list[dict[str, Any]] = []
    for turn in transcript.turns:
        if turn.stage and (not reached or reached[-1]["stage"] != turn.stage):
            reached.append({"position": turn.position, "at": turn.at, "stage": turn.stage})
    return reached


def _told(answer: Mapping[str, Any]) -> str:
    if answer["type"] == "text":
        name = answer.get("from", {}).get("name")
        return f"{name}: {answer['text']}" if name else str(answer["text"])
    shown = next((answer[name] for name in ("cards", "lines", "choices") if answer.get(name)), ())
    words = [each["title"] for each in shown] or [str(answer.get("reference", ""))]
    return f"[{answer['type']}] {' | '.join(words)}".rstrip()


def _decided(decision: LoggedDecision) -> list[str]:
    asked = f" asked for {decision.asked_for}" if decision.asked_for else ""
    printed = [f"     decision {decision.policy_version} at {decision.stage} on {decision.anchor}{asked}"]
    printed += [f"       offered  {each['sku']} ({each['kind']})" for each in decision.offered]
    printed += [
        f"       drawn    {each['sku']} was named first with a probability of {each['probability']:.0%}"
        for each in decision.eligible or ()
        if decision.offered and each["sku"] == decision.offered[0]["sku"] and each["probability"] < 1
    ]
    printed += [
        f"       withheld {each['sku']} ({each['kind']}): {each['reason']} {each.get('detail', '')}".rstrip()
        for each in decision.withheld
    ]
    return printed
