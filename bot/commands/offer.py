"""`tresen offer`: one decision of the offer policy, as the chat and POST /api/offers would make it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

import typer

from actions.offers.situation import Hesitation, OfferKind, Placement, Stage
from actions.settings import read_settings
from actions.store import policy
from actions.store.engine import reading
from bot.commands.decisions import staff_names, told
from bot.commands.opening import open_filled_shop
from bot.commands.telling import AsJson, Language, failing, print_json
from bot.gateway.bodies import Document
from bot.gateway.offers_api import AMOUNT_LIMIT, answer_offers
from bot.gateway.problems import ProblemError
from bot.seals import house_seals

app = typer.Typer(add_completion=False)
Cart = Annotated[str, typer.Option(help="Skus, comma-separated; the last is the anchor.")]
Kind = Annotated[OfferKind | None, typer.Option(help="Only this move, as if the shopper had asked for it.")]
Doubt = Annotated[Hesitation | None, typer.Option(help="What the shopper hesitates over.")]
MaxPrice = Annotated[int | None, typer.Option(min=0, max=AMOUNT_LIMIT, help="Budget in cents.")]
Wanted = Annotated[list[str] | None, typer.Option("--need", help="attribute=value; may be repeated.")]
Refused = Annotated[str, typer.Option(help="Skus declined before, comma-separated.")]
Customer = Annotated[str, typer.Option(help="The shop's id or the address of a customer.")]
Consented = Annotated[bool, typer.Option("--consented", help="The shop holds the customer's consent.")]
OptedOut = Annotated[bool, typer.Option("--opted-out", help="The shopper wants no offers.")]


@app.command()
def offer(
    cart: Cart,
    stage: Annotated[Stage, typer.Option(help="How far the purchase is.")] = Stage.INTENT,
    kind: Kind = None,
    hesitation: Doubt = None,
    placement: Annotated[Placement, typer.Option(help="Where the offer would stand.")] = Placement.CHAT,
    max_price: MaxPrice = None,
    need: Wanted = None,
    refused: Refused = "",
    opted_out: OptedOut = False,
    customer: Customer = "",
    consented: Consented = False,
    language: Language = "de",
    as_json: AsJson = False,
) -> None:
    """Decide as the chat would, and say what was withheld and why; nothing is recorded."""
    document: Document = {
        "cart": [{"sku": sku, "quantity": 1} for sku in listed(cart)],
        "stage": stage.value,
        "placement": placement.value,
        "kind": kind and kind.value,
        "hesitation": hesitation and hesitation.value,
        "refused": listed(refused),
        "opted_out": opted_out,
        "customer": customer or None,
        "consented": consented,
        "language": language,
        "needs": _needs(max_price, need or ()),
    }
    engine, catalogue = open_filled_shop()
    with failing(ProblemError), reading(engine) as connection:
        snapshot = catalogue.snapshot()
        limits, seals = policy.limits(snapshot, datetime.now(UTC)), house_seals(read_settings().home)
        details_in = "en" if as_json else language
        answer = answer_offers(document, snapshot, connection, limits, seals=seals, details_in=details_in)
    if as_json:
        print_json(answer)
        return
    for line in told(answer, language, staff_names(snapshot, language)):
        print(line)


def listed(text: str) -> list[str]:
    """The words between the commas."""
    return [sku.strip() for sku in text.split(",") if sku.strip()]


def _needs(max_price: int | None, stated: Iterable[str]) -> Document:
    pairs = [entry.partition("=") for entry in stated]
    if not all(name.strip() and value.strip() for name, _, value in pairs):
        raise typer.BadParameter("write --need as attribute=value")
    return {
        "max_price": None if max_price is None else {"amount": max_price},
        "attributes": {name.strip(): value.strip() for name, _, value in pairs},
    }
