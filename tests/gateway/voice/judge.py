"""Asks the platforms' own classes, which live in an environment of their own."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PYTHON = Path(".venv-voice/bin/python")


class Judge:
    """One process that answers questions one by one."""

    def __init__(self) -> None:
        assert PYTHON.exists(), "the platforms' own classes are missing: run `make .venv-voice/.done`"
        self._process = subprocess.Popen(
            [PYTHON, "-W", "ignore", "tests/gateway/voice/platforms.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def says(self, name: str, **question: Any) -> dict[str, Any]:
        """The verdict; `ok` tells whether the platform takes it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"judge": name, **question}) + "\n")
        self._process.stdin.flush()
        verdict: dict[str, Any] = json.loads(self._process.stdout.readline())
        return verdict

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


@pytest.fixture(scope="session")
def judge() -> Iterator[Judge]:
    """The judge of this run."""
    made = Judge()
    yield made
    made.close()
