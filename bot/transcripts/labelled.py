"""Accepted corrections as training lines for Rasa: each once, none that is known, no personal details."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from actions.store import label_corrections
from actions.store.label_corrections import Annotation, Correction, plain
from bot.transcripts.annotations import annotated, on_one_line
from bot.transcripts.nlu_lines import Taught

Redact = Callable[[str, str], str]
# what would be read as an annotation of Rasa's, or as another line
MARKUP = re.compile(r"[\[\](){}|\\\x00-\x1f\x7f\x85\u2028\u2029]")


class LeftOut(StrEnum):
    """Why a corrected line is not exported."""

    EMPTY = "empty"
    KNOWN = "known"
    KNOWN_OTHERWISE = "known_otherwise"
    TWICE = "twice"
    CONTRADICTED = "contradicted"
    MARKED_OTHERWISE = "marked_otherwise"
    NO_SUCH_INTENT = "no_such_intent"


@dataclass(frozen=True, slots=True)
class Line:
    """One new example: its words, and what is marked in them."""

    language: str
    intent: str
    text: str
    correction: Correction
    annotations: tuple[Annotation, ...] = ()

    @property
    def annotated(self) -> str:
        """The words with their entities."""
        return annotated(self.text, self.annotations)


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a part gains, in the order it is written, and what stays out of it and why."""

    part: str
    lines: tuple[Line, ...]
    left_out: tuple[tuple[Line, LeftOut], ...]


def read_labelled(connection: Connection, part: str, taught: Taught, redact: Redact) -> Labelled:
    """Every accepted correction of a part, beside what is taught already."""
    accepted = label_corrections.in_state(connection, "accepted")
    lines = [_line(each, redact) for each in accepted if each.part == part]
    # of the same words once marked and once not, the marks are kept
    lines.sort(key=lambda line: not line.annotations)
    meant: dict[tuple[str, str], set[str]] = {}
    marked: dict[tuple[str, str], set[object]] = {}
    for line in lines:
        meant.setdefault(_key(line), set()).add(line.intent)
        marked.setdefault(_key(line), set()).update({_marks(line)} if line.annotations else ())
    kept: dict[tuple[str, str], Line] = {}
    left_out = []
    for line in lines:
        why = _why_not(line, taught, meant[_key(line)], kept)
        if why is None and len(marked[_key(line)]) > 1:
            why = LeftOut.MARKED_OTHERWISE
        if why is None:
            kept[_key(line)] = line
        else:
            left_out.append((line, why))
    ordered = sorted(kept.values(), key=lambda line: (line.language, line.intent, line.text))
    return Labelled(part, tuple(ordered), tuple(left_out))


def as_rasa_nlu(labelled: Labelled, *, words_only: bool = False) -> str:
    """The lines as a file of Rasa's, with their entities or the words alone; without lines an empty list."""
    blocks = [
        f"  - intent: {intent}\n    examples: |\n"
        + "".join(f"      - {line.text if words_only else line.annotated}\n" for line in lines)
        for intent, lines in by_intent(labelled.lines).items()
    ]
    return 'version: "3.1"\nnlu:' + ("\n" + "".join(blocks) if blocks else " []\n")


def by_intent(lines: Sequence[Line]) -> Mapping[str, list[Line]]:
    """The lines of each intent, in the order of the intents."""
    grouped: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda line: (line.intent, line.language, line.text)):
        grouped.setdefault(line.intent, []).append(line)
    return grouped


def diff(labelled: Labelled, taught: Taught) -> Iterator[str]:
    """What the lines would add to the files of the language and the intent; nothing is taken away."""
    named = ""
    for line in labelled.lines:
        file = taught.files.get((line.language, line.intent), f"data/nlu/{line.language}/")
        if (head := f"+++ {file}\n@@ {line.intent} @@") != named:
            named = head
            yield from head.split("\n")
        yield f"+ {line.annotated}"


def _line(correction: Correction, redact: Redact) -> Line:
    def personal(value: str) -> bool:
        return redact(value, correction.language) != value

    safe = redact(correction.text, correction.language)
    # where a placeholder came in, nobody knows any more what was marked
    known = [] if safe != correction.text else [each for each in correction.annotations if not personal(each.value)]
    text, annotations = on_one_line(safe, known, MARKUP)
    return Line(correction.language, correction.intent, text, correction, annotations)


def _why_not(line: Line, taught: Taught, meant: set[str], kept: Mapping[tuple[str, str], Line]) -> LeftOut | None:
    known = taught.lines.get(_key(line))
    if not plain(line.text):
        return LeftOut.EMPTY
    if line.intent not in taught.intents:
        return LeftOut.NO_SUCH_INTENT
    if known is not None:
        return LeftOut.KNOWN if known == line.intent else LeftOut.KNOWN_OTHERWISE
    if len(meant) > 1:
        return LeftOut.CONTRADICTED
    return LeftOut.TWICE if _key(line) in kept else None


def _marks(line: Line) -> tuple[object, ...]:
    marked = ((line.text[each.start : each.end], each) for each in line.annotations)
    return tuple((plain(words), each.entity, each.value) for words, each in marked)


def _key(line: Line) -> tuple[str, str]:
    return line.language, plain(line.text)
