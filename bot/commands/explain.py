"""`tresen explain`: why one product is, or is not, offered on another."""

from datetime import UTC, datetime

import typer
from sqlalchemy import Connection

from actions.offers.policy import decide
from actions.offers.situation import OfferKind, Situation, Stage
from actions.store import policy
from actions.store.affinities import candidates
from actions.store.catalogue import CatalogueSnapshot
from actions.store.engine import reading
from actions.store.ladders import learnt_step
from actions.wording import money_document
from bot.commands.offer import told
from bot.commands.opening import missing, open_filled_shop
from bot.commands.telling import AsJson, Language, print_json
from bot.gateway.bodies import Document
from bot.gateway.offers_api import decision_document

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Why one product is, or is not, offered on another."
)


@app.command()
def up(anchor: str, offered: str, language: Language = "de", as_json: AsJson = False) -> None:
    """What moving up gains, gives up and costs."""
    _explain(OfferKind.UP, anchor, offered, language, as_json=as_json)


@app.command()
def down(anchor: str, offered: str, language: Language = "de", as_json: AsJson = False) -> None:
    """What moving down saves and gives up."""
    _explain(OfferKind.DOWN, anchor, offered, language, as_json=as_json)


@app.command()
def cross(anchor: str, offered: str, language: Language = "de", as_json: AsJson = False) -> None:
    """What speaks for offering one with the other."""
    _explain(OfferKind.CROSS, anchor, offered, language, as_json=as_json)


def _explain(kind: OfferKind, anchor: str, offered: str, language: str, *, as_json: bool) -> None:
    engine, catalogue = open_filled_shop()
    with reading(engine) as connection:
        document = _explanation(connection, catalogue.snapshot(), kind, (anchor, offered), language)
    if as_json:
        print_json(document)
        return
    print(f"{document['relation']}, price difference {document['price_difference']['text']}")
    if "learnt_tiers" in document:
        print(f"by names and prices of the catalogue {document['learnt_tiers']:+d} tiers")
    for line in told(document):
        print(line)


def _explanation(
    connection: Connection, snapshot: CatalogueSnapshot, kind: OfferKind, skus: tuple[str, str], language: str
) -> Document:
    """The decision as if the shopper had asked for this move and only this model could be offered."""
    first, second = (snapshot.product(sku) for sku in skus)
    if first is None or second is None:
        raise missing(skus[0] if first is None else skus[1])
    situation = Situation(stage=Stage.INTENT, anchor=first, asked_for=kind)
    meant = [
        each
        for each in candidates(connection, snapshot, situation)
        if each.kind is kind and each.product.family == second.family
    ]
    decision = decide(situation, meant, policy.limits(snapshot, datetime.now(UTC)))
    learnt = learnt_step(snapshot, first, second) if kind is not OfferKind.CROSS else None
    step = type(first.price)(second.price.amount - first.price.amount, first.price.currency)
    return {
        "relation": "related" if meant else "no relation, no counts, not the same need",
        "price_difference": money_document(step, language),
        **({"learnt_tiers": learnt.tiers} if learnt else {}),
        **decision_document(decision, language),
    }
