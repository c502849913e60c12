"""A word said to the real house is in no byte of any of its files once its chat was erased by command."""

import json
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stack.house import House, Visitor

pytestmark = pytest.mark.stack


def files_with(folder: Path, *words: str) -> set[str]:
    """Database, write-ahead log, index, keys, lists and logs that hold one of the words."""
    needles = [word.encode() for word in words]
    return {
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and any(needle in file.read_bytes() for needle in needles)
    }


def tresen(house: House, *words: str) -> dict:
    command = [str(Path(sys.executable).with_name("tresen")), *words, "--json"]
    done = subprocess.run(command, env=house.environment, capture_output=True, check=True)
    return json.loads(done.stdout)


def test_what_was_said_bought_and_answered_is_in_no_file_after_erasing(house: House, visitor: Visitor) -> None:
    mark = f"marke{secrets.token_hex(10)}"
    for line in (f"ich suche {mark} unter 1000 euro", "ich suche ein mountainbike", "das erste", f"{mark}?"):
        visitor.says(line)
    visitor.says("ich möchte mit einem menschen sprechen")
    visitor.says(f"meine mail ist {mark}@example.org")
    assert files_with(house.home, mark)
    assert files_with(house.home, f"{mark}@example.org") == set()
    erased = tresen(house, "privacy", "erase", visitor.session)
    assert (erased["left"], erased["house"]) == (0, "told")
    assert erased["rows"] > 10
    assert files_with(house.home, mark, visitor.session) == set()


def test_no_log_of_the_house_holds_a_word_that_was_said(house: House, visitor: Visitor) -> None:
    mark = f"marke{secrets.token_hex(10)}"
    visitor.says(f"hallo {mark}")
    visitor.says(f"/{mark}")
    assert {name for name in files_with(house.home, mark) if name.endswith(".log")} == set()
