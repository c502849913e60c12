"""`tresen doctor`: what the data of the shop lacks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict

import typer

from actions.store.catalogue import read_snapshot
from actions.store.engine import reading
from actions.store.importing import Findings, diagnose
from actions.understanding.common_kinds import common_kinds
from actions.understanding.recognising import recognise
from bot.agreement import Number
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
    absent = [*_absent(findings)]
    named = [f"{_line(len(found), what)} ({_some(found)})" for what, found in lists if found]
    counted = [_line(count, what) for what, count in counts if count]
    there = [
        _line(findings.products, "{n:product|products}"),
        _line(findings.orders, "past {n:order|orders}"),
    ]
    return there + absent + named + counted + ([] if absent or named or counted else ["Nothing is missing."])


def _line(count: int, what: str) -> str:
    return f"{count:>5}  {what.format(n=Number.of(count))}"


def _absent(findings: Findings) -> Iterator[str]:
    """What there has to be before anything can be missing in it."""
    if not findings.products:
        yield "There is nothing to sell yet: `tresen import shop` or `tresen import catalogue` brings it in."
    if not findings.orders:
        yield "No past orders, so nothing is learnt from them: `tresen import orders` brings them in."


def _of_products(findings: Findings) -> Iterator[tuple[str, Sequence[str]]]:
    yield "without a cost: never offered", findings.without_cost
    yield "with a cost of 0: the whole price counts as profit", findings.cost_of_nothing
    yield "{n:costs more than it brings|cost more than they bring}: never offered", findings.sold_at_a_loss
    yield "without a tier: names and prices tell it", findings.without_tier
    alike = "{n:differs|differ} from another product in {n:its|their} colour alone: give both one `family`"
    yield alike, findings.one_model
    yield "without a category: {n:it replaces|they replace} nothing", findings.unsorted
    yield "without a benefit sentence in both languages", findings.without_benefit
    yield "out of stock", findings.out_of_stock
    unnamed = findings.attributes_without_term
    lacking = (
        "{n:attribute|attributes} without a row in terms.csv: shoppers' words for {n:it|them} are not understood"
    )
    yield lacking, unnamed


def _of_categories(findings: Findings, recognised: Collection[str]) -> Iterator[tuple[str, Sequence[str]]]:
    bare = findings.categories_without_title
    untitled = "{n:category|categories} without a title in both languages"
    yield f"{untitled}: understood by common words", [path for path in bare if path in recognised]
    unknown = [path for path in bare if path not in recognised]
    yield f"{untitled}: only {{n:its|their}} own name is understood", unknown


def _of_matrix(findings: Findings) -> Iterator[tuple[str, Sequence[str]]]:
    matrix, rows = findings.matrix, "matrix {n:row|rows}"
    yield f"{rows} that {{n:resolves|resolve}} to nothing", matrix.resolves_to_nothing
    yield f"{rows} without a benefit sentence in both languages", matrix.without_benefit
    yield f"{rows} with a sentence that presses: not said", matrix.benefit_presses
    yield f"{rows} with nothing in stock", matrix.out_of_stock
    yield f"{rows} without a cost: never offered", matrix.cost_unknown
    yield f"{rows} that no longer {{n:earns|earn}} enough to be offered", matrix.margin_lost
    unknown = [sku for sku, _ in findings.unknown_in_orders]
    yield "sold in past orders, unknown to the catalogue", unknown


def _of_orders(findings: Findings) -> Iterator[tuple[str, int]]:
    yield "past {n:order names|orders name} unknown products", findings.orders_with_unknown
    if findings.orders and findings.orders_since_mining is None:
        yield "past {n:order was|orders were} never counted: `tresen affinity mine`", findings.orders
    changed = "past {n:order|orders} more or fewer than were counted: `tresen affinity mine`"
    yield changed, findings.orders_since_mining or 0


def _waiting(findings: Findings) -> Iterator[tuple[str, int]]:
    of_feed = "{n:relation of a feed waits|relations of a feed wait} for your decision: `tresen matrix export`"
    yield of_feed, len(findings.matrix.of_feed)
    yield (
        "{n:row of the matrix is a proposal|rows of the matrix are proposals} still",
        len(findings.matrix.proposed),
    )
    by_orders = "{n:pair is|pairs are} proposed by past orders: `tresen matrix export`"
    yield by_orders, findings.proposals_of_orders


def _of_the_shop(findings: Findings) -> Iterator[tuple[str, int]]:
    missing = findings.facts_missing
    yield (
        "{n:fact|facts} about the shop that nobody stated, so that shoppers hear no answer: " + ", ".join(missing),
        len(missing),
    )


def _some(found: Sequence[str]) -> str:
    return ", ".join(found[:NAMED]) + (", ..." if len(found) > NAMED else "")
