"""`tresen doctor`: what the data of the shop lacks."""

from collections.abc import Sequence
from dataclasses import asdict

import typer

from actions.store.engine import reading
from actions.store.importing import Findings, diagnose
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, print_json

app = typer.Typer(add_completion=False)
NAMED = 3


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Say what the data lacks."""
    with reading(open_shop()) as connection:
        findings = diagnose(connection)
    if as_json:
        print_json(asdict(findings))
        return
    for sentence in sentences(findings):
        print(sentence)


def sentences(findings: Findings) -> list[str]:
    """How many products there are, then one line for each thing that is missing."""
    told = {
        "without a cost: never offered": findings.without_cost,
        "without a tier: they climb by price alone": findings.without_tier,
        "without a benefit sentence in both languages": findings.without_benefit,
        "out of stock": findings.out_of_stock,
        "categories without a title in both languages": findings.categories_without_title,
        "sold in past orders, unknown to the catalogue": [sku for sku, _ in findings.unknown_in_orders],
        "matrix rows that resolve to nothing": findings.relations_to_nothing,
        "matrix rows without a benefit sentence in both languages": findings.relations_without_benefit,
    }
    lines = [f"{len(found):>5}  {what} ({_some(found)})" for what, found in told.items() if found]
    return [f"{findings.products:>5}  products", *lines]


def _some(found: Sequence[str]) -> str:
    return ", ".join(found[:NAMED]) + (", ..." if len(found) > NAMED else "")
