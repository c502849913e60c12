"""How far back a command looks: "30d", "12h", "4w", or from a day on."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
SPAN = re.compile(r"([1-9][0-9]{0,4})([hdw])")

Since = Annotated[str, typer.Option(help="How far back: 30d, 12h, 4w, or from a day on, 2026-11-01 (UTC).")]


def moment(since: str, now: datetime) -> datetime:
    """The moment meant; wrong use (exit code 2) where it is none."""
    span = SPAN.fullmatch(since.strip())
    if span:
        return now - int(span[1]) * UNITS[span[2]]
    try:
        return datetime.strptime(since.strip(), "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise typer.BadParameter("write --since as 30d, 12h, 4w or as a day, 2026-11-01") from error
