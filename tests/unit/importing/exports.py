"""Small exports as shop systems write them, with the traps that real ones hold."""

from pathlib import Path

from actions.store.importing.report import FileReport


def sample(name: str) -> Path:
    """The path of a sample."""
    return Path(__file__).parent / "samples" / name


def problems(report: FileReport) -> list[tuple[int, str, str]]:
    """Line, column and reason of what is wrong with a file."""
    return [(problem.line, problem.column, problem.reason) for problem in report.problems]
