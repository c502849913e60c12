"""A progress bar for long imports; where nobody watches, a line now and then."""

import gzip
import zlib
from collections.abc import Iterable
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from bot.commands.telling import log, say

SELDOM = 100_000


class Shown:
    """Called with the name of a file and the number of lines read so far."""

    def __init__(self, files: Iterable[Path] = ()) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=log, transient=True, disable=not log.is_terminal)
        self._files = {path.name: path for path in files}
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "Shown":
        self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()

    def __call__(self, name: str, lines: int) -> None:
        if self._bar.disable:
            if lines % SELDOM == 0:
                say(f"{name}: {lines:,} lines")
            return
        if name not in self._tasks:
            self._tasks[name] = self._bar.add_task(name, total=_lines(self._files.get(name)))
        self._bar.update(self._tasks[name], completed=lines)


def _lines(path: Path | None) -> int | None:
    """About how many lines the file has; None where that cannot be told."""
    if path is None or path.suffix == ".parquet":
        return None
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            return sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b""))
    except (OSError, EOFError, zlib.error):
        return None
