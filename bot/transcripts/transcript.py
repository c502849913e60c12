"""A conversation as people read it: what was said, what was decided, offered and withheld and why."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from actions.staff_words import line, withheld
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


def lines(transcript: Transcript, language: str) -> list[str]:
    """The transcript as lines of text for a terminal."""
    printed, stage = _head(transcript, language), ""
    for turn in transcript.turns:
        said = turn.said or f"[{(turn.button or {}).get('intent') or turn.answered_by}]"
        read = f"{turn.intent} {turn.confidence:.2f}" if turn.confidence is not None else turn.intent
        printed.append(f"{turn.position:>3}  > {said}   ({read} {turn.state})")
        printed += [f"     < {_told(answer)}" for answer in turn.answers]
        for decision in turn.decisions:
            printed += _decided(decision, language)
        if turn.stage not in ("", stage):
            printed.append(f"     {line('stage_reached', language, stage=turn.stage)}")
        stage = turn.stage or stage
    for o in transcript.offers:
        printed.append(line("offer_state", language, kind=o.kind, sku=o.sku, anchor=o.anchor, state=o.state))
    return printed


def _head(transcript: Transcript, language: str) -> list[str]:
    """Whose conversation it is and how it stands."""
    c = transcript.conversation
    wants = line("talk_opted_out" if c.opted_out else "talk_wants", language)
    named = {"id": c.id, "channel": c.channel, "language": c.language, "stage": c.stage, "refusals": c.refusals}
    printed = [line("talk", language, **named, wants=wants)]
    if transcript.simulated:
        printed.append(line("simulated", language))
    if transcript.forgotten_at:
        printed.append(line("anonymous", language, day=f"{transcript.forgotten_at:%Y-%m-%d}"))
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


def _decided(decision: LoggedDecision, language: str) -> list[str]:
    named = {"policy": decision.policy_version, "stage": decision.stage, "anchor": decision.anchor or "–"}
    if decision.asked_for:
        head = line("decision_asked", language, **named, asked=decision.asked_for)
    else:
        head = line("decision", language, **named)
    behind = [line("shown", language, sku=each["sku"], kind=each["kind"]) for each in decision.offered]
    behind += [
        line("drawn", language, sku=each["sku"], probability=each["probability"])
        for each in decision.eligible or ()
        if decision.offered and each["sku"] == decision.offered[0]["sku"] and each["probability"] < 1
    ]
    behind += [withheld(each, language) for each in decision.withheld]
    return [f"     {head}", *(f"       {each}" for each in behind)]
