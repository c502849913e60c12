"""`tresen voice`: what a voice platform has to be given."""

import re
from typing import Annotated, Literal

import typer

from bot.commands.telling import fail, print_json
from bot.gateway.voice.alexa_model import skill

app = typer.Typer(no_args_is_help=True, add_completion=False)
INVOCATION = re.compile(r"[^\W\d_]+(?:['.]?[ -]?[^\W\d_]+)+")
Locale = Annotated[Literal["de-DE", "en-US", "en-GB"], typer.Option("--locale", help="The skill's language.")]
Invocation = Annotated[str, typer.Option("--invocation", help="What one calls the skill, two words at least.")]


@app.callback()
def platforms() -> None:
    """What a voice platform has to be given."""


@app.command()
def model(locale: Locale = "de-DE", invocation: Invocation = "") -> None:
    """The interaction model of the Alexa skill, to be pasted into the developer console."""
    name = invocation.casefold()
    if name and (" " not in name or not INVOCATION.fullmatch(name)):
        raise fail(f"An invocation name is two words or more, of letters: not {invocation!r}.")
    print_json(skill().document(locale, name))
