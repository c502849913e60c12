"""The tests that need Rasa are run by Rasa's own Python."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-rasa/bin/python"


@pytest.mark.engine
def test_the_engine_room_passes_its_own_tests() -> None:
    assert PYTHON.exists(), "the engine environment is not installed"
    command = [str(PYTHON), "-m", "pytest", "-c", "tests/engine/inside/pytest.ini", "tests/engine/inside"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
