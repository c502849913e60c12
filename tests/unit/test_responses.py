"""The shop's sentences hold in both languages and never press."""

import re
from pathlib import Path

import pytest
import yaml

from actions.phrases import Phrasebook, UnknownPhraseError
from bot.wording_lint import lint

FOLDER = Path("data/responses")


def test_no_sentence_presses_and_every_sentence_exists_in_both_languages() -> None:
    assert [f"{f.file} {f.response}: {f.problem}" for f in lint(FOLDER)] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Nur noch heute zu diesem Preis!", "false urgency"),
        ("Eine kluge Wahl!", "flattery"),
        ("Das werden Sie bereuen.", "fear"),
        ("Nein, ich verzichte auf Sicherheit", "confirmshaming"),
        ("Ich habe es bereits für Sie hinzugefügt.", "preselection"),
        ("Die meisten Kunden nehmen das dazu.", "crowd without count"),
        ("Möchtest du das?", "du where the shop says Sie"),
    ],
)
def test_pressure_is_found(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "x.yml").write_text(
        yaml.safe_dump(
            {
                "responses": {
                    "utter_x": [
                        {"id": "x.de", "text": text},
                        {
                            "id": "x.en",
                            "condition": [{"type": "slot", "name": "language", "value": "en"}],
                            "text": "Fine.",
                        },
                    ]
                }
            },
            allow_unicode=True,
        )
    )
    problems = [f.problem for f in lint(tmp_path)]
    assert len(problems) == 1
    assert problem in problems[0]


def test_a_response_named_in_the_code_exists() -> None:
    named: set[str] = set()
    for file in [
        *Path("actions").rglob("*.py"),
        *Path("bot/gateway").rglob("*.py"),
        *Path("data/rules").glob("*.yml"),
    ]:
        named |= set(re.findall(r"\butter_[a-z_/]+[a-z]\b", file.read_text("utf-8")))
    prefixes = {"utter_offer", "utter_faq", "utter_no", "utter_ask", "utter_mean", "utter_consent", "utter_relax"}
    unknown = {n for n in named if n not in Phrasebook.load(FOLDER).names()} - prefixes
    assert unknown - {"utter_message", "utter_chitchat", "utter_reason"} == set()


def test_an_unknown_response_is_an_error_and_not_an_empty_sentence() -> None:
    with pytest.raises(UnknownPhraseError):
        Phrasebook.load(FOLDER).say("utter_nothing_of_the_kind", "de")


def test_english_gets_english_and_voice_gets_the_spoken_variant() -> None:
    book = Phrasebook.load(FOLDER)
    values = {"product": "X", "price": "1", "benefit": "B.", "anchor": "Y"}
    assert "goes well" in book.say("utter_offer_cross", "en", **values)
    assert "B." not in book.say("utter_offer_cross", "en", voice=True, **values)


def test_no_mouth_reads_a_merchants_text_past_the_words_that_press() -> None:
    unchecked = re.compile(r"\b(?:benefit|description|running_cost|not_included)\.of\(")
    mouths = [
        file
        for folder in ("actions", "bot")
        for end in ("py", "html", "jinja")
        for file in Path(folder).rglob(f"*.{end}")
    ]
    assert len(mouths) >= 250
    assert [str(file) for file in mouths if unchecked.search(file.read_text("utf-8"))] == []


def test_an_empty_value_leaves_no_gap_in_any_sentence() -> None:
    book = Phrasebook.load(FOLDER)
    for name in sorted(book.names()):
        for language in ("de", "en"):
            for voice in (False, True):
                fields = dict.fromkeys(re.findall(r"\{(\w+)\}", book.find(name, language, voice=voice).text), "")
                said = book.say(name, language, voice=voice, **fields)
                assert "  " not in said, name
                assert said == said.strip(" "), name
