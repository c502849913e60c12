"""Small exports as shop systems write them, with the traps that real ones hold."""

from pathlib import Path


def sample(name: str) -> Path:
    """The path of a sample."""
    return Path(__file__).parent / "samples" / name
