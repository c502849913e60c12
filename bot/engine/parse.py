"""The shape of an understood message: retrieval intents, entities and the payload a button carries."""

import json
import re
from collections.abc import Mapping
from typing import Any

MESSAGE_GUARD = "guard"
_PAYLOAD = re.compile(r"/([a-z][a-z0-9_]*(?:/[a-z][a-z0-9_]*)?)(\{.*\})?", re.DOTALL)
_LEADING_SLASH = re.compile(r"^[\s/]+")


class BadPayloadError(ValueError):
    """A message marked as a button payload that is not `/intent` or `/intent{json object}`."""


def entity(name: str, value: Any, extractor: str, **more: Any) -> dict[str, Any]:
    """One entity as Rasa records it."""
    return {"entity": name, "value": value, "extractor": extractor, **more}


def without_command(text: str) -> str:
    """The text as a shopper may type it: a leading slash, Rasa's sign for a command, is only a sign."""
    return _LEADING_SLASH.sub("", text) or "?"


def read_payload(text: str) -> tuple[str, list[dict[str, Any]]]:
    """Intent (full retrieval name) and entities of a button payload.

    Values are strings, numbers, booleans or lists of them; raises `BadPayloadError` on anything else.
    """
    match = _PAYLOAD.fullmatch(text)
    if match is None:
        raise BadPayloadError("not /intent{...}")
    try:
        given = json.loads(match[2] or "{}")
    except json.JSONDecodeError as error:
        raise BadPayloadError("entities are not JSON") from error
    entities = []
    for name, value in given.items():
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, (str, int, float)):
                raise BadPayloadError("entity value is not plain")
            entities.append(entity(name, one, "payload"))
    return match[1], entities


def base_name(intent: str) -> str:
    """`faq` of `faq/shipping`; any other intent unchanged."""
    return intent.partition("/")[0]


def response_selection(intent: str, confidence: float) -> dict[str, Any]:
    """What Rasa's response selector would say: the answer that belongs to a full retrieval intent, or nothing.

    `utter_faq` and the intent's `full_retrieval_intent_name` are read from here, so no selector is trained.
    """
    base = base_name(intent)
    if base == intent:
        return {}
    answer = {"intent_response_key": intent, "utter_action": f"utter_{intent}", "confidence": confidence}
    ranking = [{"intent_response_key": intent, "confidence": confidence}]
    return {"all_retrieval_intents": [base], base: {"response": {**answer, "responses": []}, "ranking": ranking}}


def parsed_payload(text: str, intent: str, entities: list[dict[str, Any]]) -> dict[str, Any]:
    """The parse Rasa would make of a payload, certain by definition."""
    base = base_name(intent)
    named = {"name": base, "confidence": 1.0}
    if base != intent:
        named["full_retrieval_intent_name"] = intent
    return {
        "text": text,
        "intent": named,
        "intent_ranking": [{"name": intent, "confidence": 1.0}],
        "entities": entities,
        "response_selector": response_selection(intent, 1.0),
        MESSAGE_GUARD: None,
    }


def summary(parse: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a parse the gateway records: full intent name, confidence, five best, entities, guard."""
    intent = parse.get("intent") or {}
    return {
        "intent": intent.get("full_retrieval_intent_name") or intent.get("name"),
        "confidence": _rounded(intent.get("confidence")),
        "ranking": [
            {"name": one.get("name"), "confidence": _rounded(one.get("confidence"))}
            for one in (parse.get("intent_ranking") or [])[:5]
        ],
        "entities": parse.get("entities") or [],
        "guard": parse.get(MESSAGE_GUARD),
    }


def _rounded(confidence: "float | None") -> float:
    return round(float(confidence or 0.0), 4)
