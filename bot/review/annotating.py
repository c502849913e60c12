"""Entities in a message as people mark them in the console: read from the form, and shown again."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from actions.store.label_corrections import Annotation, Correction
from bot.review.forms import Form
from bot.review.visit import RefusedError, Visit
from bot.transcripts.annotations import AnnotationError, annotated, checked, pieces, read_annotated
from bot.transcripts.nlu_lines import read_entities
from bot.transcripts.timeline import Turn

Redact = Callable[[str], str]
FIELD = "annotated"


def read_form(form: Form, text: str, redact: Redact) -> tuple[Annotation, ...]:
    """What is marked in this message; RefusedError where the words are others, or the annotation is none."""
    if FIELD not in form:
        return ()
    try:
        words, found = read_annotated(form[FIELD].replace("\r\n", "\n"))
    except AnnotationError as error:
        raise RefusedError(400, "refused_annotation") from error
    if words != text or redact(text) != text or any(redact(each.value) != each.value for each in found):
        raise RefusedError(400, "refused_annotation")
    for each in found:
        if each.entity not in read_entities():
            raise RefusedError(400, "refused_entity", entity=each.entity)
    return found


def beside(visit: Visit, turns: Sequence[Turn], labels: Mapping[str, Correction]) -> dict[str, Any]:
    """What the forms show: by message the annotated words, and which entities there are."""
    redact = visit.console.redact
    return {
        "annotated": {
            turn.logged.id: annotated(turn.logged.text, _known(turn, labels.get(turn.logged.id)))
            for turn in turns
            # what is hidden on display cannot be marked
            if turn.logged.text and redact(turn.logged.text) == turn.logged.text
        },
        "entities": read_entities(),
        **showing(redact),
    }


def showing(redact: Redact) -> dict[str, Any]:
    """How a correction is shown: its words, cut at what is marked in them."""

    def cut(correction: Correction) -> list[tuple[str, Annotation | None]]:
        safe = redact(correction.text)
        return list(pieces(safe, correction.annotations if safe == correction.text else ()))

    return {"cut": cut}


def _known(turn: Turn, label: Correction | None) -> Sequence[Annotation]:
    """What somebody marked, else what was recognised and has a place in the words."""
    if label is not None:
        return label.annotations
    named = [
        Annotation(each["start"], each["end"], str(each["entity"]))
        for each in turn.nlu.get("entities") or ()
        if isinstance(each.get("start"), int) and isinstance(each.get("end"), int)
    ]
    try:
        return checked(turn.logged.text, [each for each in named if each.entity in read_entities()])
    except AnnotationError:
        return ()
