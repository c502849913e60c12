"""A sentence with the entities marked in it, written and read as Rasa does.

That is `[Helme](category)`, or with what is meant `[Helme]{"entity": "category", "value": "helmets"}`. Brackets
and backslashes of the sentence itself have a backslash before them.
"""

import json
import re
from collections.abc import Iterator, Sequence

from actions.store.label_corrections import Annotation

SIGN = re.compile(r"[\[\]\\]")
PIECE = re.compile(
    r"\\(?P<sign>[\[\]\\])|(?P<plain>[^\[\]\\]+)"
    r"|\[(?P<marked>(?:\\[\[\]\\]|[^\[\]\\])+)\](?:\((?P<entity>[^()]*)\)|(?P<object>\{[^{}]*\}))"
)
MARKED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
ENTITY = re.compile(r"[a-z][a-z0-9_]{0,39}")
# nothing that would end an annotation, or a line, in Rasa's reader
VALUE = re.compile(r"[\w.,:/+%€&'-]+(?: [\w.,:/+%€&'-]+)*")
LONGEST_VALUE = 80


class AnnotationError(ValueError):
    """The sentence is not annotated as it can be."""


def annotated(text: str, annotations: Sequence[Annotation]) -> str:
    """The sentence with its entities."""
    return "".join(
        _escaped(piece) if each is None else f"[{_escaped(piece)}]{_told(each)}"
        for piece, each in pieces(text, annotations)
    )


def read_annotated(given: str) -> tuple[str, tuple[Annotation, ...]]:
    """The sentence and its entities; AnnotationError where a bracket is open or an annotation says nothing."""
    text, found, at = "", [], 0
    while at < len(given):
        piece = PIECE.match(given, at)
        if piece is None:
            raise AnnotationError(given[at : at + 20])
        at = piece.end()
        words = piece["sign"] or piece["plain"] or _bare(piece["marked"])
        if piece["marked"] is not None:
            entity, value = (piece["entity"], "") if piece["object"] is None else _object(piece["object"])
            found.append(_trimmed(words, len(text), entity, value))
        text += words
    return text, checked(text, found)


def checked(text: str, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
    """The annotations in their order; AnnotationError where one lies outside the words or across another."""
    last, found = 0, tuple(sorted(annotations))
    for each in found:
        words = text[each.start : each.end]
        inside = last <= each.start < each.end <= len(text)
        if not (inside and words == words.strip() and ENTITY.fullmatch(each.entity) and _is_value(each.value)):
            raise AnnotationError(words[:20])
        last = each.end
    return found


def pieces(text: str, annotations: Sequence[Annotation]) -> Iterator[tuple[str, Annotation | None]]:
    """The sentence cut at its entities."""
    at = 0
    for each in annotations:
        if text[at : each.start]:
            yield text[at : each.start], None
        yield text[each.start : each.end], each
        at = each.end
    if text[at:]:
        yield text[at:], None


def on_one_line(
    text: str, annotations: Sequence[Annotation], unwanted: re.Pattern[str]
) -> tuple[str, tuple[Annotation, ...]]:
    """The sentence with single blanks for blanks and unwanted signs, and its entities where they are by then."""
    kept: list[str] = []
    places = []
    for sign in text:
        places.append(len(kept))
        if not sign.isspace() and not unwanted.match(sign):
            kept.append(sign)
        elif kept and kept[-1] != " ":
            kept.append(" ")
    line = "".join(kept)
    places.append(len(kept))
    moved = (
        _trimmed(line[places[each.start] : places[each.end]], places[each.start], each.entity, each.value)
        for each in annotations
    )
    return line.rstrip(), tuple(each for each in moved if each.start < each.end)


def without_annotations(line: str) -> str:
    """The words alone."""
    return MARKED.sub(r"\1", line)


def _trimmed(words: str, start: int, entity: str, value: str) -> Annotation:
    begin = start + len(words) - len(words.lstrip())
    return Annotation(
        begin, max(begin, start + len(words.rstrip())), entity, "" if value == words.strip() else value
    )


def _told(each: Annotation) -> str:
    if not each.value:
        return f"({each.entity})"
    return json.dumps({"entity": each.entity, "value": each.value}, ensure_ascii=False)


def _object(given: str) -> tuple[str, str]:
    try:
        found = json.loads(given)
    except json.JSONDecodeError as error:
        raise AnnotationError(given[:20]) from error
    if not set(found) <= {"entity", "value"} or not all(isinstance(each, str) for each in found.values()):
        raise AnnotationError(given[:20])
    return found.get("entity", ""), found.get("value", "")


def _is_value(value: str) -> bool:
    return not value or (len(value) <= LONGEST_VALUE and VALUE.fullmatch(value) is not None)


def _escaped(text: str) -> str:
    return SIGN.sub(r"\\\g<0>", text)


def _bare(text: str) -> str:
    return re.sub(r"\\([\[\]\\])", r"\1", text)
