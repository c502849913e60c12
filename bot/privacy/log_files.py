"""Shortens log files: lines older than the period go, also while a process is writing."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

# our two forms: `2026-11-22 07:16:53,604 ...` and `{"at": "2026-11-22T07:17:05.078+00:00", ...`
DATED = re.compile(rb'^(?:\{"at": ")?(\d{4}-\d{2}-\d{2})[ T]\d{2}:', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shortened:
    """How many files lost how many lines."""

    files: int
    lines: int


def shorten_logs(folder: Path, before: datetime, *, dry_run: bool = False) -> Shortened:
    """Drop the lines of days before `before`; a line without a date belongs to the dated one above it."""
    lines = [_shorten(file, before.date().isoformat().encode(), dry_run) for file in sorted(folder.glob("*.log"))]
    return Shortened(sum(count > 0 for count in lines), sum(lines))


def _shorten(file: Path, day: bytes, dry_run: bool) -> int:
    content = file.read_bytes()
    dates = (match for match in DATED.finditer(content) if match[1] >= day)
    first = next(dates, None)
    cut = first.start() if first else (len(content) if DATED.search(content) else 0)
    if cut and not dry_run:
        # processes append to the open file, so it is shortened in place; what lay behind is written over first
        with file.open("r+b") as stream:
            grown = stream.seek(0, 2) - len(content)
            stream.seek(len(content))
            kept = content[cut:] + stream.read(grown)
            stream.seek(0)
            stream.write(kept + bytes(len(content) + grown - len(kept)))
            stream.flush()
            stream.truncate(len(kept))
    return content[:cut].count(b"\n")
