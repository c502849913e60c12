"""What the documentation shows of the demo shop is what the commands say of it."""

import re
from pathlib import Path
from shutil import copy

import pytest

PAGE = Path("docs/affinity.md").read_text("utf-8")
SECTION = PAGE.partition("\n## The demo shop\n")[2].partition("\n## ")[0]
BLOCK = re.search(r"```\n(.*?)```", SECTION, flags=re.DOTALL)
SHOWN = re.findall(
    r"^\$ tresen ([^\n]+)\n(.*?)(?=^\$ |\Z)", BLOCK[1] if BLOCK else "", flags=re.DOTALL | re.MULTILINE
)


@pytest.fixture
def radhaus(tresen, filled):
    """The merchant of the demo."""
    copy(filled("radhaus"), tresen.home / "core.db")
    return tresen


def test_the_doctor_and_the_matrix_are_among_what_is_shown() -> None:
    assert {"doctor", "matrix check"} <= {command for command, _ in SHOWN}
    assert len(SHOWN) == 7


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_the_demo_shop_says_what_is_shown_of_it(radhaus, command, output) -> None:
    said = radhaus(*command.split())
    assert said.code == 0
    assert said.out + said.err == output
