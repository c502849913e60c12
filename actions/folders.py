"""Where the project keeps what it ships, whatever folder a command is given in."""

from pathlib import Path

PROJECT = Path(__file__).parents[1]
DATA = PROJECT / "data"
RESPONSES = DATA / "responses"
