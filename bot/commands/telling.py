"""How every command speaks: documents to standard output, sentences to standard error, failures in one line."""

import json
import sys
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console

MOST_LISTED = 10_000
# who did it, in the audit log
BY = "command line"

log = Console(stderr=True, highlight=False)
AsJson = Annotated[bool, typer.Option("--json", help="Print exactly one JSON document.")]
Limit = Annotated[int, typer.Option(min=1, max=MOST_LISTED, help="How many.")]
Language = Annotated[Literal["de", "en"], typer.Option("--lang", help="Language of titles, prices and reasons.")]


def say(sentence: str) -> None:
    """One line to standard error, as it is and unbroken, however long."""
    log.print(sentence, markup=False, emoji=False, soft_wrap=True)


def counted(count: int, noun: str, several: str = "") -> str:
    """`1 row`, `2 rows`; `several` where it is not the noun with an s."""
    return f"{count} {noun}" if count == 1 else f"{count} {several or f'{noun}s'}"


def print_json(document: Any) -> None:
    """One JSON document to standard output; moments in ISO 8601, umlauts escaped where it takes no UTF-8."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    print(json.dumps(document, ensure_ascii=plain, indent=2, default=_plain))


def fail(sentence: str) -> typer.Exit:
    """Say one clear line; raise what is returned to end with exit code 1."""
    say(" ".join(sentence.split()))
    return typer.Exit(1)


@contextmanager
def failing(*errors: type[Exception], because: str = "") -> Iterator[None]:
    """Turn the named errors into one line, `because` before what went wrong, and exit code 1."""
    try:
        yield
    except errors as error:
        raise fail(f"{because}{_in_words(error)}") from error


def _in_words(error: Exception) -> str:
    """What went wrong with which file, without the number the system has for it; other errors have words."""
    if not isinstance(error, OSError) or error.filename is None:
        return str(error)
    file = Path(error.filename)
    if isinstance(error, FileNotFoundError):
        return f"there is no folder {file.parent}" if not file.parent.is_dir() else f"there is no file {file}"
    reason = error.strerror or str(error)
    return f"{file}: {reason[:1].lower()}{reason[1:]}"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    return sorted(value) if isinstance(value, Set) else str(value)
