"""The skill's interaction models, made for each locale from one source, and what an intent tells the assistant."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

import yaml

SOURCE = Path(__file__).with_name("alexa_model.yml")
ELICITED = "Elicit.Slot.Answer"


@dataclass(frozen=True, slots=True)
class SkillModel:
    """The source file."""

    source: Mapping[str, Any]

    @classmethod
    def load(cls, file: Path = SOURCE) -> Self:
        """Read the source."""
        return cls(yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader))

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales a model can be made for."""
        return tuple(self.source["locales"])

    @property
    def answer_intent(self) -> tuple[str, str]:
        """The intent that catches a free answer, and its slot."""
        return next(
            (name, intent["slot"]) for name, intent in self.source["intents"].items() if "elicited" in intent
        )

    def line(self, intent: str, slots: Mapping[str, Any], language: str) -> str:
        """What the assistant is told where an intent was heard; "" where its slot caught nothing."""
        known = self.source["intents"].get(intent)
        if known is None:
            return ""
        slot = known.get("slot")
        caught = _value(slots, slot) if slot else ""
        if slot and not caught:
            return ""
        return str(known["says"][language]).replace(f"{{{slot}}}", caught)

    def document(self, locale: str, invocation: str = "") -> dict[str, Any]:
        """The interaction model as Amazon's developer console takes it; KeyError for a locale we do not speak."""
        language = self.source["locales"][locale]
        intents = [self._intent(name, intent, language) for name, intent in self.source["intents"].items()]
        builtin = [
            {"name": name, "samples": list(samples.get(language, ()))}
            for name, samples in self.source["builtin"].items()
        ]
        types = [
            {"name": name, "values": [{"name": {"value": value}} for value in values[language]]}
            for name, values in self.source["types"].items()
        ]
        model = {
            "invocationName": invocation or self.source["invocation"][language],
            "intents": intents + builtin,
            "types": types,
        }
        name, slot = self.answer_intent
        prompt = self.source["intents"][name]["prompt"][language]
        variations = [{"type": "PlainText", "value": prompt}]
        return {
            "interactionModel": {
                "languageModel": model,
                "dialog": {"intents": [self._dialog(name, slot)], "delegationStrategy": "SKILL_RESPONSE"},
                "prompts": [{"id": ELICITED, "variations": variations}],
            }
        }

    def _intent(self, name: str, intent: Mapping[str, Any], language: str) -> dict[str, Any]:
        slot = intent.get("slot")
        slots = [{"name": slot, "type": self.source["slots"][slot]}] if slot else []
        return {"name": name, "slots": slots, "samples": list(intent["samples"][language])}

    def _dialog(self, name: str, slot: str) -> dict[str, Any]:
        asked = {
            "name": slot,
            "type": self.source["slots"][slot],
            "confirmationRequired": False,
            "elicitationRequired": True,
            "prompts": {"elicitation": ELICITED},
        }
        return {"name": name, "confirmationRequired": False, "prompts": {}, "slots": [asked]}


@cache
def skill() -> SkillModel:
    """The model of the skill, read once."""
    return SkillModel.load()


def _value(slots: Mapping[str, Any], name: str) -> str:
    slot = slots.get(name)
    value = slot.get("value") if isinstance(slot, Mapping) else None
    return value if isinstance(value, str) else ""
