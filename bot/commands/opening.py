"""Opens the shop that the settings name, for the commands that need its database."""

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from actions.settings import read_settings
from actions.store.catalogue import Catalogue
from actions.store.engine import migrate, open_engine, reading
from actions.store.importing.customers import Pseudonym, pseudonyms
from actions.store.products import anything_on_sale
from bot.commands.telling import fail, failing
from bot.seals import read_or_make_key


def open_shop() -> Engine:
    """The core database of these settings, at the newest schema."""
    settings = read_settings()
    with failing(OSError, because="TRESEN_HOME cannot be used: "):
        settings.home.mkdir(parents=True, exist_ok=True)
    try:
        engine = open_engine(settings.database_url)
        migrate(engine)
    except (ArgumentError, ModuleNotFoundError) as error:
        # the words of these errors may hold the URL, and the URL a password
        raise fail("TRESEN_DATABASE_URL is no URL of a SQLite or PostgreSQL database.") from error
    except (OSError, SQLAlchemyError) as error:
        raise fail(f"The database cannot be opened: {getattr(error, 'orig', None) or error}") from error
    return engine


def open_filled_shop() -> tuple[Engine, Catalogue]:
    """The same, but only where there is a catalogue."""
    engine = open_shop()
    with reading(engine) as connection:
        filled = anything_on_sale(connection)
    if not filled:
        raise fail("The catalogue is empty: `tresen import shop FOLDER` or `make run` fills it.")
    return engine, Catalogue(engine)


def customer_pseudonyms() -> Pseudonym:
    """Hides who bought, with the same secret that the gateway seals with."""
    settings = read_settings()
    return pseudonyms(settings["TRESEN_SECRET"] or read_or_make_key(settings.home / "secret.key"))


def missing(sku: str) -> typer.Exit:
    """No product of that number: one line, exit code 1."""
    return fail(f"There is no product {sku}.")
