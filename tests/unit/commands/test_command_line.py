"""The command line as a whole: what it lists, how it fails, and that it starts quickly."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import COMMANDS

HEAVY = ("sqlalchemy", "alembic", "scipy", "numpy", "pyarrow", "spacy", "starlette", "httpx", "rasa_sdk", "babel")


def test_help_lists_every_command_with_what_it_does(tresen) -> None:
    said = tresen("--help")
    assert said.code == 0
    lines = {line.strip("│ ").split()[0]: line for line in said.out.splitlines() if line.startswith("│ ")}
    assert set(COMMANDS) <= set(lines)
    assert all(len(lines[name].strip("│ ").split()) > 2 for name in COMMANDS)


def test_without_a_word_it_says_how_it_is_used(tresen) -> None:
    assert "Usage: tresen" in tresen().out


@pytest.mark.parametrize(
    "words",
    [
        ("sell",),
        ("import", "catalogue"),
        ("import", "catalogue", "no-such-file.csv"),
        ("import", "shop", "no-such-folder"),
        ("affinity", "rollback", "the-first"),
        ("affinity", "rollback", "99999999999999999999"),
        ("affinity", "show", "LAPTOP-PRO", "--limit", "0"),
        ("affinity", "show", "LAPTOP-PRO", "--lang", "fr"),
        ("matrix", "import", "no-such-file.csv"),
        ("offer",),
        ("offer", "--cart", "LAPTOP-PRO", "--stage", "whenever"),
        ("offer", "--cart", "LAPTOP-PRO", "--kind", "sideways"),
        ("offer", "--cart", "LAPTOP-PRO", "--hesitation", "bored"),
        ("offer", "--cart", "LAPTOP-PRO", "--placement", "street"),
        ("offer", "--cart", "LAPTOP-PRO", "--max-price", "-1"),
        ("offer", "--cart", "LAPTOP-PRO", "--max-price", "99999999999999999999"),
        ("offer", "--cart", "LAPTOP-PRO", "--need", "aluminium"),
        ("explain", "up", "LAPTOP-PRO"),
        ("policy", "set", "min_profit_cross"),
        ("transcripts", "show"),
        ("transcripts", "list", "--limit", "99999999999999999999"),
        ("lint", "wording", "no-such-folder"),
        ("doctor", "everything"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_exit_code_two_and_leaves_standard_output_empty(electronics, words) -> None:
    said = electronics(*words)
    assert said.code == 2
    assert said.out == ""
    assert "Usage: tresen" in said.err


def test_an_empty_shop_is_said_and_not_guessed(tresen) -> None:
    for words in (
        ("offer", "--cart", "LAPTOP-PRO"),
        ("affinity", "mine"),
        ("explain", "up", "LAPTOP-PRO", "LAPTOP-MAX"),
    ):
        said = tresen(*words)
        assert said.code == 1
        assert said.sentences == ["The catalogue is empty: `tresen import shop FOLDER` or `make run` fills it."]


@pytest.mark.parametrize(
    "url", ["no url at all", "sqlite:///{file}", "sqlite:///{file}/core.db", "mysql://localhost/x"]
)
def test_a_database_that_cannot_be_opened_is_one_line(tresen, monkeypatch, tmp_path, url) -> None:
    (tmp_path / "file").write_text("no database")
    monkeypatch.setenv("TRESEN_DATABASE_URL", url.format(file=tmp_path / "file"))
    said = tresen("doctor")
    assert said.code == 1
    assert len(said.sentences) == 1
    assert "atabase" in said.err


def test_a_password_is_not_repeated_where_the_database_cannot_be_opened(tresen, monkeypatch) -> None:
    monkeypatch.setenv("TRESEN_DATABASE_URL", "nosuchdatabase://merchant:open-sesame@localhost/core")
    said = tresen("doctor")
    assert said.code == 1
    assert len(said.sentences) == 1
    assert "open-sesame" not in said.err


def test_a_state_directory_that_is_a_file_is_one_line(tresen, monkeypatch, tmp_path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TRESEN_HOME", str(tmp_path / "file"))
    said = tresen("policy", "show")
    assert said.code == 1
    assert said.sentences[0].startswith("TRESEN_HOME cannot be used")


def test_starting_it_loads_no_library_that_only_some_commands_need() -> None:
    look = "import sys, bot.cli; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout.split()
    assert not set(HEAVY) & set(loaded)


def test_every_command_has_a_module_and_every_module_is_a_command_or_shared() -> None:
    shared = {"__init__", "decisions", "opening", "since", "telling", "progress", "reporting", "house"}
    shared |= {"affinity_rhythm", "affinity_trial", "answer_lines", "figure_lines", "watching"}
    modules = {path.stem for path in Path("bot/commands").glob("*.py")} - shared
    assert modules == set(COMMANDS.values())


@pytest.mark.parametrize("words", [(), ("--json",)], ids=["for people", "for programs"])
def test_a_terminal_without_euro_signs_gets_an_answer_and_no_traceback(electronics, words) -> None:
    program = [sys.executable, "-c", "from bot.cli import main; main()"]
    question = ["explain", "up", "LAPTOP-BASIC", "LAPTOP-PRO", *words]
    poor = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*program, *question], env=poor, capture_output=True, check=True)
    assert done.stderr == b""
    if words:
        assert json.loads(done.stdout)["price_difference"]["text"] == "300,00 €"
    else:
        assert done.stdout.splitlines()[0] == b"h?ngen zusammen; Preisunterschied 300,00 ?"
