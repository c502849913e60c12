"""`tresen explain`: why one product is, or is not, offered on another."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import Connection

from actions.dialogue.naming import Namer
from actions.offers.candidates import informed
from actions.offers.comparison import gains_and_losses
from actions.offers.documents import evidence_document
from actions.offers.policy import decide
from actions.offers.products import Product
from actions.offers.reductions import Reduction, reduction
from actions.offers.situation import CartItem, OfferKind, Situation, Stage
from actions.offers.strength import Strength, strength
from actions.staff_words import line, worded
from actions.store import policy
from actions.store.affinities import candidates
from actions.store.between import between
from actions.store.catalogue import CatalogueSnapshot
from actions.store.engine import reading
from actions.store.ladders import learnt_step
from actions.store.matrix import MatrixRow
from actions.store.prices import price_history
from actions.wording import money_document, written
from bot.commands.decisions import counted_line, moved, staff_names, told
from bot.commands.offer import listed
from bot.commands.opening import missing, open_filled_shop
from bot.commands.telling import AsJson, Language, print_json
from bot.gateway.bodies import Document
from bot.gateway.offers_api import decision_document

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Why one product is, or is not, offered on another."
)
Cart = Annotated[str, typer.Option(help="Skus of the other lines of the cart, comma-separated.")]
DIGITS = 4


@app.command()
def up(anchor: str, offered: str, language: Language = "de", as_json: AsJson = False) -> None:
    """What moving up gains, gives up and costs."""
    _explain(OfferKind.UP, anchor, offered, language, as_json=as_json)


@app.command()
def down(anchor: str, offered: str, language: Language = "de", as_json: AsJson = False) -> None:
    """What moving down saves and gives up."""
    _explain(OfferKind.DOWN, anchor, offered, language, as_json=as_json)


@app.command()
def cross(anchor: str, offered: str, cart: Cart = "", language: Language = "de", as_json: AsJson = False) -> None:
    """What speaks for offering one with the other, and how strongly."""
    _explain(OfferKind.CROSS, anchor, offered, language, as_json=as_json, cart=listed(cart))


@app.command()
def price(sku: str, language: Language = "de", as_json: AsJson = False) -> None:
    """What a product cost when, and whether its price may be called reduced."""
    engine, catalogue = open_filled_shop()
    product, now = _known(catalogue.snapshot(), sku), datetime.now(UTC)
    with reading(engine) as connection:
        changes = price_history(connection, product.sku)
    found = reduction(changes, now)
    lowest = found.lowest if isinstance(found, Reduction) else None
    if as_json:
        asked = [{"since": each.since, "price": money_document(each.price, language)} for each in changes]
        cut = {"lowest": money_document(lowest, language)} if lowest else {"why_not": found}
        print_json({"sku": sku, "prices": asked, "reduced": lowest is not None, **cut})
        return
    for each in changes:
        since, asked_then = f"{each.since:%Y-%m-%d %H:%M}", written(each.price, language)
        print(line("price_since", language, since=since, price=asked_then))
    if lowest:
        print(line("reduced", language, lowest=written(lowest, language)))
    else:
        print(line("not_reduced", language, why=found))


def _explain(
    kind: OfferKind, anchor: str, offered: str, language: str, *, as_json: bool, cart: Iterable[str] = ()
) -> None:
    engine, catalogue = open_filled_shop()
    snapshot = catalogue.snapshot()
    first, second, *others = (_known(snapshot, sku) for sku in (anchor, offered, *cart))
    situation = Situation(
        stage=Stage.INTENT, anchor=first, cart=tuple(CartItem(product) for product in others), asked_for=kind
    )
    with reading(engine) as connection:
        details_in = "en" if as_json else language
        document = _explanation(connection, snapshot, situation, (first, second), language, details_in)
    if as_json:
        print_json(document)
        return
    for each in _lines(document, language, staff_names(snapshot, language)):
        print(each)


def _lines(document: Document, language: str, names: Namer) -> Iterator[str]:
    """The explanation as people read it; what the offer tells with its reason is not told twice."""
    relation = worded("tie", document["relation"], language)
    if "price_difference" in document:
        yield line("related_step", language, relation=relation, step=document["price_difference"]["text"])
    else:
        yield line("related_extra", language, relation=relation, price=document["price"]["text"])
    yield from (_row_line(row, language) for row in document["rows"])
    if not document["offers"]:
        yield from counted_line(document["counted"], language)
        yield from moved(document, language, names)
    if "learnt_tiers" in document:
        yield line("tiers", language, tiers=f"{document['learnt_tiers']:+d}")
    if "next_chance" in document:
        yield line("next_chance", language, chance=document["next_chance"])
    yield from told(document, language, names)


def _row_line(row: Document, language: str) -> str:
    known = [name for name in ("owner", "date") if row[name]]
    return ", ".join([line("row", language, **row), *(line(f"row_{name}", language, **row) for name in known)])


def _known(snapshot: CatalogueSnapshot, sku: str) -> Product:
    product = snapshot.product(sku)
    if product is None:
        raise missing(sku)
    return product


def _in_parts(found: Strength) -> Document:
    parts = {**asdict(found), "total": found.total}
    return {name: round(value, DIGITS) for name, value in parts.items()}


def _explanation(
    connection: Connection,
    snapshot: CatalogueSnapshot,
    situation: Situation,
    pair: tuple[Product, Product],
    language: str,
    details_in: str,
) -> Document:
    """The decision as if the shopper had asked for this move and only this model could be offered."""
    (first, second), kind = pair, situation.asked_for
    found = candidates(connection, snapshot, situation)
    # the other candidates tell which categories belong together
    known = informed(situation, found)
    meant = [each for each in found if each.kind is kind and each.product.family == second.family]
    limits = policy.limits(snapshot, datetime.now(UTC))
    decision = decide(known, meant, limits)
    learnt = learnt_step(snapshot, first, second) if kind is not OfferKind.CROSS else None
    strengths = [strength(each, limits) for each in meant] if kind is OfferKind.CROSS else []
    moved_on = max((each.next_chance for each in meant), default=0.0)
    record = between(connection, snapshot, known, pair, meant)
    return {
        "relation": record.tie.value,
        "rows": [_row_document(row) for row in record.rows],
        "counted": evidence_document(record.evidence),
        **_move_document(pair, kind, language, is_step=bool(meant)),
        **({"learnt_tiers": learnt.tiers} if learnt else {}),
        **({"next_chance": round(moved_on, DIGITS)} if moved_on else {}),
        **({"strength": _in_parts(max(strengths, key=lambda each: each.total))} if strengths else {}),
        **decision_document(decision, language, details_in=details_in),
    }


def _move_document(
    pair: tuple[Product, Product], kind: OfferKind | None, language: str, *, is_step: bool
) -> Document:
    """What a step costs, and gains and gives up where it is one; an extra takes nothing's place and has a price."""
    first, second = pair
    if kind is None or kind is OfferKind.CROSS:
        return {"price": money_document(second.price, language)}
    step = type(first.price)(second.price.amount - first.price.amount, first.price.currency)
    gains, gives_up = gains_and_losses(first, second, kind) if is_step else ((), ())
    return {
        "price_difference": money_document(step, language),
        "gains": [asdict(each) for each in gains],
        "gives_up": [asdict(each) for each in gives_up],
    }


def _row_document(row: MatrixRow) -> Document:
    return {
        **{"anchor": row.anchor, "target": row.target, "kind": row.kind.value, "state": row.state},
        **{"provenance": row.provenance.value, "owner": row.owner, "date": row.dated},
    }
