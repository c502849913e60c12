"""`tresen consent`: the ledger of who agreed to what."""

import typer

from actions.store.engine import reading
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, fail, print_json, say
from bot.privacy.consents import consent_record

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Who agreed to what, when, to which text.")


@app.callback()
def room() -> None:
    """Who agreed to what, when, to which text."""


@app.command()
def show(conversation: str, as_json: AsJson = False) -> None:
    """The consents of a conversation, each with its moment, text, language and channel, and what counts now."""
    with reading(open_shop()) as connection:
        record = consent_record(connection, conversation)
    if record is None:
        raise fail(f"There is no conversation {conversation}.")
    if as_json:
        print_json(record)
        return
    granted = [name for name, is_given in record["purposes"].items() if is_given]
    say(f"In force: {record['state']} ({', '.join(granted) or 'no purpose beyond serving the shopper'}).")
    for event in record["events"]:
        said = f"{event['given_at']:%Y-%m-%d %H:%M:%S}  {event['state']:<12}"
        say(f"{said}  text {event['text_version']}  {event['language']}  {event['channel']}")
