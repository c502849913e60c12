"""A conversation as a test: a story for Rasa, or a dialogue that is played again and answered the same."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from sqlalchemy import Connection, select

from actions.store import conversations, label_corrections, messages
from actions.store.messages import LoggedMessage
from actions.store.tables import action_replies

Redact = Callable[[str, str], str]
FORMS = ("rasa-test", "golden")
# Rasa would read it as an annotation or as a command
MARKUP = re.compile(r"[\[\](){}|\\]+|^/+")
BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Step:
    """One message: words or a button, what it meant, which actions answered, and what the answer consisted of."""

    text: str
    button: Mapping[str, Any] | None
    intent: str
    guard: str
    actions: Sequence[str]
    answers: Sequence[Mapping[str, Any]]
    cart: Sequence[str] | None


def as_test(connection: Connection, conversation: str, form: str, redact: Redact) -> str | None:
    """The conversation in one of the forms, without personal details; None where there is nothing to play."""
    known = conversations.get(connection, conversation)
    steps = list(_steps(connection, conversation, redact, known.language)) if known else []
    if known is None or not steps:
        return None
    name = f"conversation {conversation[:8]}"
    if form == "rasa-test":
        return _dumped({"version": "3.1", "stories": [{"story": name, "steps": list(_story(steps))}]})
    turns = list(_dialogue(steps))
    return _dumped({"dialogue": name, "language": known.language, "channel": known.channel, "turns": turns})


def button_place(answers: Sequence[Mapping[str, Any]], button: Mapping[str, Any]) -> tuple[str, int] | None:
    """The title of the button that does this, and which of those with that title it is; None without one."""
    shown = list(buttons(answers))
    meant = {"intent": button.get("intent"), "entities": button.get("entities") or {}}
    for number, choice in enumerate(shown):
        if {
            "intent": choice["payload"].get("intent"),
            "entities": choice["payload"].get("entities") or {},
        } == meant:
            title = str(choice["title"])
            return title, sum(each["title"] == title for each in shown[:number])
    return None


def buttons(answers: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Every button of an answer, those on cards too, in the order they are shown."""
    for answer in answers:
        yield from answer.get("choices") or ()
        for card in answer.get("cards") or ():
            yield from card.get("choices") or ()


def outcome(answers: Sequence[Mapping[str, Any]], cart: Sequence[str] | None) -> dict[str, Any]:
    """What a dialogue is compared by: which sentences, which products shown or offered, what is in the cart."""
    told: dict[str, Any] = {"answers": [str(each.get("response") or each["type"]) for each in answers]}
    shown = [card["sku"] for each in answers for card in each.get("cards") or () if each["type"] != "offer"]
    offered = [
        {"kind": each["kind"], "skus": [card["sku"] for card in each.get("cards") or ()]}
        for each in answers
        if each["type"] == "offer"
    ]
    told |= {"shown": shown} if shown else {}
    told |= {"offered": offered} if offered else {}
    return told if cart is None else {**told, "cart": sorted(cart)}


def _steps(connection: Connection, conversation: str, redact: Redact, language: str) -> Iterator[Step]:
    said = messages.history(connection, conversation)
    labels = label_corrections.of_messages(connection, [each.id for each in said])
    c = action_replies.c
    replies: dict[str, list[Any]] = {}
    query = select(c.message, c.action, c.reply).where(c.conversation == conversation)
    for row in connection.execute(query.order_by(c.created_at)):
        replies.setdefault(row.message, []).append(row)
    for message in said:
        answered = replies.get(message.id) or replies.get(message.client_id) or []
        label = labels.get(message.id)
        read = (message.payload or {}).get("intent") or (message.nlu or {}).get("intent") or ""
        corrected = label.intent if label is not None and label.state == "accepted" else ""
        if not (message.text or message.payload) or not (corrected or read):
            continue
        yield Step(
            text=" ".join(BREAKS.sub(" ", redact(message.text, language)).split()),
            button=message.payload,
            intent=str(corrected or read),
            guard=str((message.nlu or {}).get("guard") or ""),
            actions=tuple(str(each) for each in message.actions or [row.action for row in answered]),
            answers=tuple(answer for row in answered for answer in row.reply),
            cart=_cart(message),
        )


def _cart(message: LoggedMessage) -> Sequence[str] | None:
    reply = json.loads(message.reply) if message.reply else {}
    lines = reply.get("cart", {}).get("lines")
    return None if lines is None else [str(line["sku"]) for line in lines]


def _story(steps: Sequence[Step]) -> Iterator[dict[str, Any]]:
    for step in steps:
        words = " ".join(MARKUP.sub(" ", step.text).split())
        yield {"user": words or f"/{step.intent}", "intent": step.intent}
        yield from ({"action": action} for action in step.actions)


def _dialogue(steps: Sequence[Step]) -> Iterator[dict[str, Any]]:
    before: Sequence[Mapping[str, Any]] = ()
    for step in steps:
        found = button_place(before, step.button) if step.button else None
        turn: dict[str, Any] = {"says": step.text, "intent": step.intent}
        turn |= {"guard": step.guard} if step.guard else {}
        if step.button:
            title, number = found or ("", 0)
            turn = {"presses": title, **({"number": number} if number else {}), "intent": step.intent}
        yield {**turn, **outcome(step.answers, step.cart)}
        before = step.answers or before


def _dumped(document: Mapping[str, Any]) -> str:
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=1_000)
