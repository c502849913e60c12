"""`tresen privacy`: everything held about one conversation, handed over or erased."""

from dataclasses import asdict

import typer

from actions.store.engine import reading, writing
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, fail, print_json, say
from bot.transcripts.privacy import erase_subject, export_subject

app = typer.Typer(no_args_is_help=True, add_completion=False, help="One person's data: hand over or erase.")


@app.command()
def export(conversation: str) -> None:
    """Everything recorded under a conversation's id, as one JSON document."""
    with reading(open_shop()) as connection:
        found = export_subject(connection, conversation)
    if found is None:
        raise fail(f"There is no conversation {conversation}.")
    print_json(found)


@app.command()
def erase(conversation: str, as_json: AsJson = False) -> None:
    """Erase a conversation everywhere in the core database; orders stay without the link to it."""
    with writing(open_shop()) as connection:
        erased = erase_subject(connection, conversation)
    if erased.rows == 0:
        raise fail(f"There is no conversation {conversation}.")
    if as_json:
        print_json(asdict(erased))
        return
    say(f"{erased.rows} rows erased, {erased.left} left.")
