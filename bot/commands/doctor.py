"""`tresen doctor`: what the data of the shop lacks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict

import typer

from actions.store.catalogue import read_snapshot
from actions.store.engine import reading
from actions.store.importing import Findings, diagnose
from actions.understanding.common_kinds import common_kinds
from actions.understanding.recognising import recognise
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, print_json

app = typer.Typer(add_completion=False)
NAMED = 3


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Say what the data lacks."""
    with reading(open_shop()) as connection:
        findings = diagnose(connection)
        recognised = sorted(recognise(read_snapshot(connection), common_kinds()))
    if as_json:
        print_json({**asdict(findings), "categories_recognised": recognised})
        return
    for sentence in sentences(findings, recognised):
        print(sentence)


def sentences(findings: Findings, recognised: Collection[str] = ()) -> list[str]:
    """How many products and orders there are, then one line for each thing that is missing.

    `recognised` are the categories that shoppers find by common words although nobody gave them a title.
    """
    lists = [*_of_products(findings), *_of_categories(findings, recognised), *_of_matrix(findings)]
    counts = [*_of_orders(findings), *_waiting(findings), *_of_the_shop(findings)]
    named = [f"{len(found):>5}  {what} ({_some(found)})" for what, found in lists if found]
    counted = [f"{count:>5}  {what}" for what, count in counts if count]
    there = [f"{findings.products:>5}  products", f"{findings.orders:>5}  past orders"]
    return there + named + counted + ([] if named or counted else ["Nothing is missing."])


def _of_products(findings: Findings) -> Iterator[tuple[str, Sequence[str]]]:
    yield "without a cost: never offered", findings.without_cost
    yield "cost more than they bring: never offered", findings.sold_at_a_loss
    yield "without a tier: names and prices tell it", findings.without_tier
    yield "differ from another product in their colour alone: give both one `family`", findings.one_model
    yield "without a category: they replace nothing", findings.unsorted
    yield "without a benefit sentence in both languages", findings.without_benefit
    yield "out of stock", findings.out_of_stock
    unnamed = findings.attributes_without_term
    yield "attributes without a row in terms.csv: shoppers' words for them are not understood", unnamed


def _of_categories(findings: Findings, recognised: Collection[str]) -> Iterator[tuple[str, Sequence[str]]]:
    bare = findings.categories_without_title
    yield (
        "categories without a title in both languages: understood by common words",
        [path for path in bare if path in recognised],
    )
    yield (
        "categories without a title in both languages: only their own name is understood",
        [path for path in bare if path not in recognised],
    )


def _of_matrix(findings: Findings) -> Iterator[tuple[str, Sequence[str]]]:
    matrix = findings.matrix
    yield "matrix rows that resolve to nothing", matrix.resolves_to_nothing
    yield "matrix rows without a benefit sentence in both languages", matrix.without_benefit
    yield "matrix rows with a sentence that presses: not said", matrix.benefit_presses
    yield "matrix rows with nothing in stock", matrix.out_of_stock
    yield "matrix rows without a cost: never offered", matrix.cost_unknown
    yield "matrix rows that no longer earn enough to be offered", matrix.margin_lost
    unknown = [sku for sku, _ in findings.unknown_in_orders]
    yield "sold in past orders, unknown to the catalogue", unknown


def _of_orders(findings: Findings) -> Iterator[tuple[str, int]]:
    yield "past orders name unknown products", findings.orders_with_unknown
    if findings.orders and findings.orders_since_mining is None:
        yield "past orders were never counted: `tresen affinity mine`", findings.orders
    yield "past orders more or fewer than were counted: `tresen affinity mine`", findings.orders_since_mining or 0


def _waiting(findings: Findings) -> Iterator[tuple[str, int]]:
    yield "relations of a feed wait for your decision: `tresen matrix export`", len(findings.matrix.of_feed)
    yield "rows of the matrix are proposals still", len(findings.matrix.proposed)
    yield "pairs are proposed by past orders: `tresen matrix export`", findings.proposals_of_orders


def _of_the_shop(findings: Findings) -> Iterator[tuple[str, int]]:
    missing = findings.facts_missing
    yield (
        f"facts about the shop that nobody stated, so that shoppers hear no answer: {', '.join(missing)}",
        len(missing),
    )


def _some(found: Sequence[str]) -> str:
    return ", ".join(found[:NAMED]) + (", ..." if len(found) > NAMED else "")
