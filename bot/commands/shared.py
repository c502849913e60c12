"""What every command shares: where it logs, how it prints JSON, how it opens the shop."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from sqlalchemy import Engine

from actions.settings import read_settings
from actions.store.catalogue import Catalogue
from actions.store.engine import migrate, open_engine

log = Console(stderr=True, highlight=False)
AsJson = Annotated[bool, typer.Option("--json", help="Print exactly one JSON document.")]
Language = Annotated[str, typer.Option("--lang", help="de or en")]


def print_json(document: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def fail(sentence: str) -> typer.Exit:
    """Print one clear line; raise what is returned to end with exit code 1."""
    log.print(sentence, markup=False)
    return typer.Exit(1)


@contextmanager
def failing(*errors: type[Exception]) -> Iterator[None]:
    """Turn the named errors into one line and exit code 1."""
    try:
        yield
    except errors as error:
        raise fail(str(error)) from error


def open_shop() -> Engine:
    """The core database of these settings, at the newest schema."""
    settings = read_settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url)
    migrate(engine)
    return engine


def open_filled_shop() -> tuple[Engine, Catalogue]:
    """The same, but only where there is a catalogue."""
    engine = open_shop()
    catalogue = Catalogue(engine)
    if not catalogue.snapshot().products:
        raise fail("The catalogue is empty: `tresen import catalogue FILE` or `make run` fills it.")
    return engine, catalogue
