"""The lines the assistant was taught with: which intents and entities there are, and what is known already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from actions.folders import DATA, PROJECT
from actions.store.label_corrections import plain
from bot.transcripts.annotations import without_annotations

FOLDER = DATA / "nlu"
DOMAIN = PROJECT / "domain.yml"
# said of a whole message by the engine, or by a button of itself; no words are an example of these
NOT_SAID = frozenset({"language", "language_seen", "guard", "meant", "offer", "more", "to"})


@dataclass(frozen=True, slots=True)
class Taught:
    """Intents in alphabetical order; by language and plain words, what a line is an example of, and its file."""

    intents: tuple[str, ...]
    lines: Mapping[tuple[str, str], str]
    files: Mapping[tuple[str, str], str]


@cache
def read_taught(folder: Path = FOLDER) -> Taught:
    """Read every file of every language once."""
    lines: dict[tuple[str, str], str] = {}
    files: dict[tuple[str, str], str] = {}
    for language, file, intent, line in _examples(folder):
        lines[language, plain(without_annotations(line))] = intent
        files.setdefault((language, intent), f"data/nlu/{language}/{file}")
    return Taught(tuple(sorted({intent for _, intent in files})), lines, files)


@cache
def read_entities(domain: Path = DOMAIN) -> tuple[str, ...]:
    """The entities that words of a message can be, in alphabetical order."""
    declared = yaml.load(domain.read_text("utf-8"), Loader=yaml.CSafeLoader)["entities"]
    names = {name for each in declared for name in (each if isinstance(each, dict) else (each,))}
    return tuple(sorted(names - NOT_SAID))


def _examples(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    for path in sorted(folder.glob("*/*.yml")):
        for block in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            for line in block["examples"].splitlines():
                yield path.parent.name, path.name, block["intent"], line.removeprefix("- ")
