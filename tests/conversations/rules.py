"""The rules as the engine will follow them: which action answers which intent."""

from functools import cache
from pathlib import Path

import yaml


@cache
def rules() -> dict[str, str]:
    """Intent to action, read from data/rules."""
    found: dict[str, str] = {}
    for file in sorted(Path("data/rules").glob("*.yml")):
        for rule in yaml.safe_load(file.read_text("utf-8"))["rules"]:
            intent, action = rule["steps"][0]["intent"], rule["steps"][1]["action"]
            assert intent not in found, f"two rules for {intent}"
            found[intent] = action
    return found


def action_of(intent: str) -> str:
    """The custom action that answers an intent; retrieval intents go by their base name."""
    return rules()[intent.split("/", maxsplit=1)[0]]
