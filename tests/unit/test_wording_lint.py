"""Each check on the shop's sentences finds what it is there for, and leaves a decent sentence alone."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.wording_lint import lint

ENGLISH = [{"type": "slot", "name": "language", "value": "en"}]


def wording(language: str, text: str, channel: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {"id": f"x.{language}{f'.{channel}' if channel else ''}", "text": text}
    if language == "en":
        made["condition"] = ENGLISH
    return made | ({"channel": channel} if channel else {})


def problems(folder: Path, *wordings: dict[str, Any]) -> list[str]:
    (folder / "page.yml").write_text(yaml.safe_dump({"responses": {"utter_x": list(wordings)}}), "utf-8")
    return [finding.problem for finding in lint(folder)]


GERMAN, SAME_IN_ENGLISH = wording("de", "Gern, das kostet {price}."), wording("en", "Sure, that is {price}.")


def test_a_decent_sentence_in_both_languages_passes(tmp_path: Path) -> None:
    assert problems(tmp_path, GERMAN, SAME_IN_ENGLISH) == []


@pytest.mark.parametrize(
    ("wordings", "found"),
    [
        ([GERMAN], "lacks the en wording"),
        ([GERMAN, SAME_IN_ENGLISH, wording("de", "Bitte.", "voice")], "lacks the en wording for voice"),
        ([GERMAN, GERMAN, SAME_IN_ENGLISH], "has 2 wordings"),
        ([GERMAN, wording("en", "Sure.")], "uses different values in German and English"),
        ([wording("de", " "), wording("en", "Sure.")], "is empty in de"),
        ([GERMAN | {"id": "x"}, SAME_IN_ENGLISH], "has an id that does not name its language"),
        ([wording("de", "Was möchtest du?"), wording("en", "Well?")], "says du where the shop says Sie"),
        ([wording("de", "Nur noch heute!"), wording("en", "Well.")], "false urgency"),
        ([wording("de", "2 × im Korb"), wording("en", "Well.")], "needs a de wording for voice"),
        (
            [GERMAN, SAME_IN_ENGLISH, wording("de", "https://x", "voice"), wording("en", "Well.", "voice")],
            "cannot be spoken as written",
        ),
    ],
)
def test_what_is_wrong_with_a_sentence_is_found(tmp_path: Path, wordings: list[dict[str, Any]], found: str) -> None:
    said = problems(tmp_path, *wordings)
    assert [problem for problem in said if found in problem], said


def test_a_sentence_has_one_home(tmp_path: Path) -> None:
    problems(tmp_path, GERMAN, SAME_IN_ENGLISH)
    (tmp_path / "second.yml").write_text((tmp_path / "page.yml").read_text("utf-8"), "utf-8")
    assert [finding.problem for finding in lint(tmp_path)] == ["is also defined in page.yml"]
