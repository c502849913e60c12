"""The trained model understands German and English lines nobody has trained it with."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.engine, pytest.mark.training]
# typed in a hurry, shouted, without umlauts, as a picture, refused: (line, coarse intent, language)
ROUGH = [
    ("DAS IST MIR ZU TEUER", "object_price", "de"),
    ("leg das in den warenkob", "add_to_cart", "de"),
    ("fuer welche groesse ist der helm geeignet", "ask_details", "de"),
    ("koennen sie meine daten loeschen", "erase_data", "de"),
    ("👍", "affirm", "de"),
    ("👎", "deny", "de"),
    ("jaaaaa gerne", "affirm", "de"),
    ("leg das bitte nicht in den warenkorb", "deny", "de"),
    ("bitte die bestellung nicht stornieren", "deny", "de"),
    ("ich will nicht mit einem menschen sprechen", "deny", "de"),
    ("keine werbung bitte", "opt_out", "de"),
    ("wie lange dauert der versand", "ask_shipping", "de"),
    ("ADD IT TO MY CART PLEASE", "add_to_cart", "en"),
    ("please do not add it to my cart", "deny", "en"),
    ("dont cancel my order", "deny", "en"),
    ("i want to tlak to a human", "human_handoff", "en"),
    ("thats way too expensiv", "object_price", "en"),
    ("no more offers please", "opt_out", "en"),
    ("tell me a joke", "chitchat", "en"),
    ("delete all my data", "erase_data", "en"),
]


def benchmark(*arguments: str) -> str:
    command = [str(ROOT / ".venv-rasa/bin/python"), "benchmarks/nlu.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def held_out() -> dict[str, Any]:
    return json.loads(benchmark("--json"))


@pytest.mark.parametrize(("language", "floor"), [("de", 0.85), ("en", 0.83)])
def test_intents_of_held_out_lines_are_told_apart(held_out: dict[str, Any], language: str, floor: float) -> None:
    assert held_out[language]["macro_f1"] >= floor, held_out[language]["weakest"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_is_out_of_scope_is_left_alone_and_what_is_not_is_answered(
    held_out: dict[str, Any], language: str
) -> None:
    assert held_out[language]["out_of_scope_rejected"] >= 0.80
    assert held_out[language]["in_scope_rejected"] <= 0.16


def test_rough_lines_are_understood(tmp_path: Path) -> None:
    for language in ("de", "en"):
        rows = [f"{line}\t{intent}" for line, intent, spoken in ROUGH if spoken == language]
        (tmp_path / f"{language}.tsv").write_text("\n".join(["text\tintent", *rows]), "utf-8")
    said = benchmark("--de", str(tmp_path / "de.tsv"), "--en", str(tmp_path / "en.tsv"), "--errors")
    misread = said.splitlines()[3:]
    assert misread == []


def test_the_held_out_lines_are_in_no_training_file() -> None:
    trained = {
        line.strip().removeprefix("- ").casefold()
        for path in (ROOT / "data/nlu").rglob("*.yml")
        for line in path.read_text("utf-8").splitlines()
    }
    for language in ("de", "en"):
        rows = (ROOT / f"tests/nlu/heldout_{language}.tsv").read_text("utf-8").splitlines()[1:]
        assert len(rows) > 600
        assert not trained & {row.split("\t")[0].strip().casefold() for row in rows}
