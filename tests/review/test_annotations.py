"""Entities marked in a sentence: written, read again, and moved where the sentence is cleaned."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from actions.store.label_corrections import Annotation
from bot.transcripts.annotations import (
    AnnotationError,
    annotated,
    checked,
    on_one_line,
    pieces,
    read_annotated,
    without_annotations,
)
from bot.transcripts.labelled import MARKUP
from bot.transcripts.nlu_lines import read_entities

SIGNS = st.text(alphabet="aä1 []()\\{}|\"'\n,Ü🚲-", max_size=40)
ENTITIES = st.sampled_from(["category", "value", "sku"])
VALUES = st.sampled_from(["", "helmets", "rot/blau", "49,90 €", "O'Neill"])
# what Rasa takes for an annotation (rasa.shared.nlu.training_data.entities_parser)
RASA = re.compile(r"\[([^\]]+?)\](?:\(([^:)]+?)(?:\:([^)]+))?\)|\{([^}]+?)\}|\[(.*?)\])")


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, tuple[Annotation, ...]]:
    """A sentence with some entities that do not overlap."""
    text = draw(SIGNS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    found = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        words, value = text[start:end], draw(VALUES)
        if words == words.strip() and words != value:
            found.append(Annotation(start, end, draw(ENTITIES), value))
    return text, tuple(found)


@given(sentences())
@example(("[rot](value)", ()))
@example(("\\[a]", (Annotation(0, 4, "sku"),)))
def test_what_is_written_is_read_again(sentence: tuple[str, tuple[Annotation, ...]]) -> None:
    assert read_annotated(annotated(*sentence)) == sentence
    assert "".join(words for words, _ in pieces(*sentence)) == sentence[0]


@given(SIGNS)
def test_whatever_is_typed_is_read_or_refused_and_never_anything_else(given: str) -> None:
    try:
        text, found = read_annotated(given)
    except AnnotationError:
        return
    assert checked(text, found) == found


@given(sentences())
def test_on_one_line_every_entity_keeps_its_words_and_rasa_finds_exactly_these(
    sentence: tuple[str, tuple[Annotation, ...]],
) -> None:
    text, found = sentence
    line, moved = on_one_line(text, found, MARKUP)
    assert line == " ".join(MARKUP.sub(" ", text).split())
    assert checked(line, moved) == moved
    cleaned = [" ".join(MARKUP.sub(" ", text[each.start : each.end]).split()) for each in found]
    assert [line[each.start : each.end] for each in moved] == [words for words in cleaned if words]
    written = annotated(line, moved)
    assert without_annotations(written) == line == RASA.sub(r"\1", written)
    assert [match[1] for match in RASA.finditer(written)] == [words for words in cleaned if words]


@pytest.mark.parametrize(
    ("given", "text", "found"),
    [
        ("zeig mir [Helme](category)", "zeig mir Helme", [(9, 14, "category", "")]),
        ('[Helme]{"entity": "category", "value": "helmets"}', "Helme", [(0, 5, "category", "helmets")]),
        ('[Helme]{"value":"Helme","entity":"category"}', "Helme", [(0, 5, "category", "")]),
        ("ein [ roter ](value) Helm", "ein  roter  Helm", [(5, 10, "value", "")]),
        ("[a](sku)[b](sku)", "ab", [(0, 1, "sku", ""), (1, 2, "sku", "")]),
        ("Größe \\[M\\] \\\\", "Größe [M] \\", []),
        ("", "", []),
    ],
)
def test_both_forms_of_rasa_are_understood(given: str, text: str, found: list[tuple]) -> None:
    assert read_annotated(given) == (text, tuple(Annotation(*each) for each in found))


@pytest.mark.parametrize(
    "given",
    [
        *(
            "[Helme",
            "Helme]",
            "[Helme]",
            "[](category)",
            "[ ](category)",
            "[Helme]()",
            "[Helme](Category)",
            "[a]{}",
        ),
        *("[a [b](sku)](sku)", "ein \\ mehr", '[a]{"entity": "sku", "role": "to"}', '[a]{"entity": ["sku"]}'),
        *('[a]{"entity": "sku", "value": "x)"}', '[a]{"entity": "sku", "value": "x\\ny"}', "[a](sku:b)"),
        '[a]{"entity": "sku", "value": "%s"}' % ("x" * 81),
    ],
)
def test_what_is_no_annotation_is_refused(given: str) -> None:
    with pytest.raises(AnnotationError):
        read_annotated(given)


@pytest.mark.parametrize(
    "found",
    [
        [Annotation(0, 4, "sku"), Annotation(3, 5, "sku")],
        [Annotation(0, 99, "sku")],
        [Annotation(-1, 2, "sku")],
        [Annotation(2, 2, "sku")],
        [Annotation(3, 1, "sku")],
        [Annotation(0, 2, "s k u")],
        [Annotation(0, 2, "sku", "a]")],
    ],
)
def test_an_entity_lies_in_the_words_and_across_no_other(found: list[Annotation]) -> None:
    with pytest.raises(AnnotationError):
        checked("abcde", found)


def test_the_entities_that_words_can_be_are_those_of_the_domain() -> None:
    assert read_entities() == ("attribute", "category", "family", "quantity", "sku", "value")
