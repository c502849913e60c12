"""`tresen policy`: the merchant's offer limits."""

from dataclasses import asdict
from typing import Annotated

import typer

from actions.store import policy
from actions.store.engine import reading, writing
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, failing, print_json, say

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The merchant's limits.")


@app.command("show")
def show(as_json: AsJson = False) -> None:
    """The limits in force and their version."""
    with reading(open_shop()) as connection:
        limits = policy.limits(connection)
    document = {**asdict(limits), "placements_off": sorted(limits.placements_off), "version": limits.version}
    if as_json:
        print_json(document)
        return
    for name, value in document.items():
        print(f"{name} = {', '.join(value) or None if isinstance(value, list) else value}")


@app.command("set")
def set_value(assignment: Annotated[str, typer.Argument(metavar="KEY=VALUE")]) -> None:
    """Change one limit; it counts from the next decision on."""
    name, equals, value = (part.strip() for part in assignment.partition("="))
    if not equals:
        raise typer.BadParameter("write it as KEY=VALUE")
    with failing(policy.PolicyError), writing(open_shop()) as connection:
        policy.set_value(connection, name, value)
    say(f"{name} = {value}")
