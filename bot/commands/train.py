"""`tresen train`: makes the model that understands messages."""

import typer

from actions.settings import read_settings
from bot import run as house
from bot.commands.telling import failing, say

app = typer.Typer(add_completion=False)


@app.command()
def train() -> None:
    """Train the model if its training data changed."""
    with failing(house.CannotRunError):
        house.check_engine_python()
        house.train(say, read_settings())
