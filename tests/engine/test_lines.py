"""Every example line reaches the components that learn, and Rasa gets a sample of each intent."""

from pathlib import Path

import pytest
import yaml

from bot.engine.lines import BadLinesError, Line, read_lines, write_sample

PAGE = """
version: "3.1"
nlu:
  - intent: faq/shipping
    examples: |
      - was kostet der Versand
      -   "liefert ihr: nach wien?"
      - - und per post
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "de").mkdir()
    (tmp_path / "de/service.yml").write_text(PAGE, "utf-8")
    return tmp_path


def test_a_line_knows_its_intent_and_its_language(folder: Path) -> None:
    assert read_lines(folder) == [
        Line("was kostet der Versand", "faq/shipping", "de"),
        Line('"liefert ihr: nach wien?"', "faq/shipping", "de"),
        Line("- und per post", "faq/shipping", "de"),
    ]


def test_marked_entities_are_words_like_any_other(folder: Path) -> None:
    marked = '- zeig [rote](value) [Helme]{"entity": "category", "value": "helmets"}'
    page = {"nlu": [{"intent": "greet", "examples": f"{marked}\n- [so] oder (so)"}]}
    (folder / "de/service.yml").write_text(yaml.safe_dump(page), "utf-8")
    assert [line.text for line in read_lines(folder)] == ["zeig rote Helme", "[so] oder (so)"]


@pytest.mark.parametrize("broken", ["nlu:\n  - intent: greet\n", "nlu: [", "- hallo\n", "nlu:\n  - examples: 3\n"])
def test_a_broken_file_is_named(folder: Path, broken: str) -> None:
    (folder / "de/broken.yml").write_text(broken, "utf-8")
    with pytest.raises(BadLinesError, match=r"broken\.yml"):
        read_lines(folder)


def test_rasa_sees_every_intent_and_two_lines_of_each(folder: Path, tmp_path: Path) -> None:
    sample = tmp_path / "sample.yml"
    write_sample(read_lines(folder), sample)
    text = sample.read_text("utf-8")
    assert "\nnlu: " in text
    assert yaml.safe_load(text)["nlu"] == [
        {"intent": "faq/shipping", "examples": '- was kostet der Versand\n- "liefert ihr: nach wien?"\n'}
    ]
