"""`tresen policy`: the merchant's offer limits."""

from dataclasses import asdict
from typing import Annotated

import typer

from actions.offers.situation import Stage
from actions.offers.timing import stage_table
from actions.store import policy
from actions.store.engine import reading, writing
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, failing, print_json, say

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The merchant's limits.")


@app.command("show")
def show(
    *,
    table: Annotated[bool, typer.Option("--table", help="at which stage each kind of offer may come")] = False,
    as_json: AsJson = False,
) -> None:
    """The limits in force and their version; `--table` the stages at which each kind may come unprompted."""
    with reading(open_shop()) as connection:
        limits = policy.limits(connection)
    if table:
        _show_table({str(kind): [str(s) for s in stages] for kind, stages in stage_table(limits).items()}, as_json)
        return
    document = {**asdict(limits), "placements_off": sorted(limits.placements_off), "version": limits.version}
    if as_json:
        print_json(document)
        return
    for name, value in document.items():
        print(f"{name} = {', '.join(value) or None if isinstance(value, list) else value}")


def _show_table(stages_of: dict[str, list[str]], as_json: AsJson) -> None:
    if as_json:
        print_json(stages_of)
        return
    names = [str(stage) for stage in Stage]
    print("  ".join(["kind ", *names]))
    for kind, stages in stages_of.items():
        print("  ".join([f"{kind:<5}", *(f"{'yes' if name in stages else '-':<{len(name)}}" for name in names)]))


@app.command("set")
def set_value(assignment: Annotated[str, typer.Argument(metavar="KEY=VALUE")]) -> None:
    """Change one limit; it counts from the next decision on."""
    name, equals, value = (part.strip() for part in assignment.partition("="))
    if not equals:
        raise typer.BadParameter("write it as KEY=VALUE")
    with failing(policy.PolicyError), writing(open_shop()) as connection:
        policy.set_value(connection, name, value)
    say(f"{name} = {value}")
