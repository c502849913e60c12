"""`tresen privacy`: everything held about one conversation, handed over or erased."""

from urllib.parse import quote

import httpx
import typer

from actions.settings import Settings, read_settings
from actions.store.engine import reading, writing
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, fail, print_json, say
from bot.transcripts.privacy import erase_subject, export_subject

EVERY_ADDRESS = frozenset({"", "0.0.0.0", "::"})  # noqa: S104  recognised, not bound
SECONDS = 15
SAID = {
    "told": "the running house has forgotten it too",
    "silent": "no house of these settings is running",
    "refused": "what runs at this address does not know our key, so restart the house to clear its memory",
}
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
    """Erase a conversation everywhere, in the memory of a running house too; orders stay without the link to it."""
    engine = open_shop()
    with writing(engine) as connection:
        erased = erase_subject(connection, conversation)
    told = tell_the_house(read_settings(), conversation)
    # a turn that was being answered may have written once more before the house erased it
    with writing(engine) as connection:
        left = erase_subject(connection, conversation).left
    if erased.rows == 0:
        raise fail(f"There is no conversation {conversation}.")
    if as_json:
        print_json({"rows": erased.rows, "left": left, "house": told})
        return
    say(f"{erased.rows} rows erased, {left} left; {SAID[told]}.")


def tell_the_house(settings: Settings, conversation: str) -> str:
    """Have a running house erase the chat too, engine and all; returns "told", "silent" or "refused".

    One that does not run is silent and remembers nothing.
    """
    file = settings.home / "api.key"
    key = settings["TRESEN_API_KEY"] or (file.read_text("utf-8").strip() if file.exists() else "")
    host = "127.0.0.1" if settings.host in EVERY_ADDRESS else settings.host
    url = f"http://{host}:{settings.port}/api/sessions/{quote(conversation, safe='')}"
    if not key:
        return "silent"
    try:
        with httpx.Client(trust_env=False, timeout=SECONDS) as client:
            return "told" if client.delete(url, headers={"X-Api-Key": key}).status_code == 204 else "refused"
    except httpx.HTTPError:
        return "silent"
