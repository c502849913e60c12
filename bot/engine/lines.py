"""The example lines of data/nlu: all of them for our components, a few of each intent for Rasa's own checks.

Rasa's reader validates, copies and hashes the lines four times over, which takes longer than learning them.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SAMPLE = 2  # Rasa warns of an intent with fewer
# an entity as Rasa writes it; what is learnt here are the words
_ANNOTATED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


class BadLinesError(ValueError):
    """A file of examples that is not what Rasa's format says, with its name."""


@dataclass(frozen=True)
class Line:
    """One example: its text, its full intent (`faq/shipping`) and the language folder it lies in."""

    text: str
    intent: str
    language: str


def read_lines(folder: Path) -> list[Line]:
    """Every example below `folder`, whose subfolders are languages; raises `BadLinesError`."""
    return [line for path in sorted(folder.rglob("*.yml")) for line in _of_file(path, folder)]


def write_sample(lines: list[Line], path: Path) -> None:
    """The first lines of each intent as a file Rasa reads."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if len(by_intent[line.intent]) < _SAMPLE:
            by_intent[line.intent].append(line.text)
    nlu = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
        for intent, texts in sorted(by_intent.items())
    ]
    # JSON is YAML; Rasa looks for the key at the start of a line
    path.write_text(f'version: "3.1"\nnlu: {json.dumps(nlu, ensure_ascii=False)}\n', "utf-8")


def _of_file(path: Path, folder: Path) -> Iterator[Line]:
    language = path.relative_to(folder).parts[0]
    try:
        page = yaml.load(path.read_text("utf-8"), _LOADER)  # noqa: S506 - both loaders are the safe ones
        for block in page["nlu"]:
            for example in block["examples"].splitlines():
                text = _ANNOTATED.sub(r"\1", example.strip().removeprefix("- ").strip())
                if text:
                    yield Line(text, block["intent"], language)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise BadLinesError(f"{path}: {error}") from error
