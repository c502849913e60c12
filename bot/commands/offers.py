"""`tresen offer`, `tresen explain` and `tresen policy`: the offer policy from the command line."""

from dataclasses import asdict
from typing import Annotated

import typer
from sqlalchemy import Connection

from actions.offers.limits import OfferLimits
from actions.offers.policy import decide
from actions.offers.situation import OfferKind, Situation, Stage
from actions.store import policy
from actions.store.affinities import candidates
from actions.store.catalogue import CatalogueSnapshot
from actions.store.engine import reading, writing
from actions.wording import written
from bot.commands.shared import AsJson, Language, fail, failing, open_filled_shop, open_shop, print_json
from bot.gateway.bodies import Document
from bot.gateway.offers_api import answer_offers, decision_document
from bot.gateway.problems import ProblemError

explain = typer.Typer(no_args_is_help=True, help="Why one product is, or is not, offered on another.")
limits = typer.Typer(no_args_is_help=True, help="The merchant's limits.")


def offer(
    cart: Annotated[str, typer.Option(help="Skus, comma-separated; the last is the anchor.")],
    stage: Annotated[Stage, typer.Option()] = Stage.INTENT,
    kind: Annotated[OfferKind | None, typer.Option(help="Only this move.")] = None,
    hesitation: Annotated[str | None, typer.Option(help="A hesitation code.")] = None,
    placement: Annotated[str, typer.Option()] = "chat",
    max_price: Annotated[int | None, typer.Option(help="Budget in minor units.")] = None,
    need: Annotated[list[str] | None, typer.Option(help="attribute=value; may be repeated.")] = None,
    refused: Annotated[str, typer.Option(help="Skus declined before, comma-separated.")] = "",
    opted_out: Annotated[bool, typer.Option("--opted-out")] = False,
    as_json: AsJson = False,
    language: Language = "de",
) -> None:
    """Decide as the chat would, and say what was withheld and why."""
    pairs = [entry.partition("=") for entry in need or []]
    document: Document = {
        "cart": [{"sku": sku, "quantity": 1} for sku in _skus(cart)],
        "stage": stage.value,
        "placement": placement,
        "kind": kind.value if kind else None,
        "hesitation": hesitation,
        "refused": _skus(refused),
        "opted_out": opted_out,
        "language": language,
        "needs": {
            "max_price": None if max_price is None else {"amount": max_price, "currency": "EUR"},
            "attributes": {name: value for name, _, value in pairs},
        },
    }
    engine, catalogue = open_filled_shop()
    with failing(ProblemError), reading(engine) as connection:
        answer = answer_offers(document, catalogue.snapshot(), connection, policy.limits(connection))
    if as_json:
        print_json(answer)
        return
    for each in answer["offers"]:
        print(f"{each['kind']}: {each['title']} ({each['sku']}), {each['price']['text']}")
    for each in answer["withheld"]:
        print(f"  withheld {each['sku']} ({each['kind']}): {each['reason']} {each['detail']}")
    if not answer["offers"]:
        print("No offer.")


def _skus(text: str) -> list[str]:
    return [sku.strip() for sku in text.split(",") if sku.strip()]


@explain.command("up")
def explain_up(anchor: str, offered: str, as_json: AsJson = False) -> None:
    """What moving up gains, gives up and costs."""
    _explain(OfferKind.UP, anchor, offered, as_json=as_json)


@explain.command("down")
def explain_down(anchor: str, offered: str, as_json: AsJson = False) -> None:
    """What moving down saves and gives up."""
    _explain(OfferKind.DOWN, anchor, offered, as_json=as_json)


@explain.command("cross")
def explain_cross(anchor: str, offered: str, as_json: AsJson = False) -> None:
    """What speaks for offering one with the other."""
    _explain(OfferKind.CROSS, anchor, offered, as_json=as_json)


def _explain(kind: OfferKind, anchor: str, offered: str, *, as_json: bool) -> None:
    engine, catalogue = open_filled_shop()
    snapshot = catalogue.snapshot()
    with reading(engine) as connection:
        document = _explanation(connection, snapshot, policy.limits(connection), kind, anchor, offered)
    if as_json:
        print_json(document)
        return
    for name, value in document.items():
        print(f"{name}: {value}")


def _explanation(
    connection: Connection,
    snapshot: CatalogueSnapshot,
    rules: OfferLimits,
    kind: OfferKind,
    anchor: str,
    offered: str,
) -> Document:
    first, second = snapshot.product(anchor), snapshot.product(offered)
    if first is None or second is None:
        raise fail(f"There is no product {anchor if first is None else offered}.")
    situation = Situation(stage=Stage.INTENT, anchor=first, asked_for=kind)
    meant = [
        each
        for each in candidates(connection, snapshot, situation)
        if each.kind is kind and each.product.family == second.family
    ]
    decision = decide(situation, meant, rules)
    difference = second.price.amount - first.price.amount
    sign = "+" if difference > 0 else "-" if difference < 0 else ""
    step = written(type(first.price)(abs(difference), first.price.currency), "de")
    related = "related" if meant else "no relation, no counts, not the same need"
    return {"relation": related, "price_difference": f"{sign}{step}", **decision_document(decision, "de")}


@limits.command("show")
def show_policy(as_json: AsJson = False) -> None:
    """The limits in force and their version."""
    with reading(open_shop()) as connection:
        rules = policy.limits(connection)
    document = {**asdict(rules), "placements_off": sorted(rules.placements_off), "version": rules.version}
    if as_json:
        print_json(document)
        return
    for name, value in document.items():
        print(f"{name} = {value}")


@limits.command("set")
def set_policy(assignment: Annotated[str, typer.Argument(help="KEY=VALUE")]) -> None:
    """Change one limit; it counts from the next decision on."""
    name, equals, value = assignment.partition("=")
    if not equals:
        raise typer.BadParameter("write it as KEY=VALUE")
    with failing(policy.PolicyError), writing(open_shop()) as connection:
        policy.set_value(connection, name.strip(), value.strip())
    print(f"{name.strip()} = {value.strip()}")
