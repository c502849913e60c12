"""The offer policy for other software: a document in, the decision out, as the chat would decide."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from actions.offers.decision import Decision, Offer
from actions.offers.documents import reason_document
from actions.offers.limits import OfferLimits
from actions.offers.policy import decide
from actions.offers.products import Product
from actions.offers.situation import CartItem, Hesitation, Needs, OfferKind, Placement, Situation, Stage
from actions.staff_words import behind_all
from actions.store import answers, offer_log, policy, policy_versions
from actions.store.affinities import candidates
from actions.store.catalogue import CatalogueSnapshot
from actions.store.engine import writing
from actions.wording import money_document
from bot.gateway.bodies import Document, language_field, read_object, text_field
from bot.gateway.customers import known_purchases
from bot.gateway.lots import lots_of
from bot.gateway.problems import invalid
from bot.gateway.same_shopper import with_the_chat
from bot.gateway.services import Services, services_of
from bot.gateway.shop_key import need_key
from bot.seals import Seals

CART_LIMIT = 100
LIST_LIMIT = 200
QUANTITY_LIMIT = 10_000
AMOUNT_LIMIT = 10**12


async def offers(request: Request) -> Response:
    """POST /api/offers"""
    services = services_of(request)
    need_key(request, services.api_key)
    document = await read_object(request)
    services.metrics.offers.inc()
    answer = await services.in_thread(_answer_and_record, services, document)
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})


def _answer_and_record(services: Services, document: Document) -> Document:
    snapshot, now = services.catalogue.snapshot(), services.clock()
    situation = read_situation(document, snapshot)
    with writing(services.database) as connection:
        return answer_offers(
            document,
            snapshot,
            connection,
            policy.limits(snapshot, now),
            seals=services.seals,
            situation=situation,
            now=now,
        )


def answer_offers(
    document: Document,
    snapshot: CatalogueSnapshot,
    connection: Connection,
    limits: OfferLimits,
    *,
    seals: Seals,
    situation: Situation | None = None,
    now: datetime | None = None,
    details_in: str = "en",
) -> Document:
    """Return the decision's document; ProblemError (422) where the request names what does not exist.

    The decision is written to the log where `now` is given; a `situation` read before is not read again.
    Software reads the details of what was withheld in English, people `details_in` their own language.
    """
    lots = lots_of(connection, document, limits, seals)
    known = replace(
        with_the_chat(connection, document, situation or read_situation(document, snapshot), snapshot),
        owned_families=known_purchases(connection, document, seals),
        held_out=lots.is_held_out(),
        rolled_out=lots.is_rolled_out(limits.rollout),
    )
    learnt = answers.learnt(connection, known, limits)
    decision = decide(known, candidates(connection, snapshot, known), limits, learnt)
    if now is not None:
        policy_versions.keep(connection, limits, now)
        offer_log.record(connection, conversation=None, message=None, situation=known, decision=decision, now=now)
    language = language_field(document) or snapshot.facts.language
    return decision_document(decision, language, details_in=details_in)


def read_situation(document: Document, snapshot: CatalogueSnapshot) -> Situation:
    """Translate a request; every wrong field raises ProblemError (422) with its name."""
    cart = tuple(_cart_item(item, snapshot) for item in _list(document, "cart", CART_LIMIT))
    anchor = text_field(document, "anchor", limit=80)
    refused = frozenset(_word(sku, "refused") for sku in _list(document, "refused", LIST_LIMIT))
    kind = _one_of(OfferKind, document, "kind")
    families = frozenset(p.family for p in map(snapshot.product, refused) if p)
    return Situation(
        stage=_one_of(Stage, document, "stage") or Stage.BROWSE,
        anchor=_product(anchor, snapshot) if anchor else cart[-1].product if cart else None,
        cart=cart,
        placement=_one_of(Placement, document, "placement") or Placement.CHAT,
        asked_for=kind if _flag(document, "asked") else None,
        requested=None if _flag(document, "asked") else kind,
        hesitation=_one_of(Hesitation, document, "hesitation"),
        needs=_needs(document),
        refused=refused,
        refused_families=families,
        refusals=len(families | {sku for sku in refused if snapshot.product(sku) is None}),
        family_sizes=snapshot.sizes_made,
        opted_out=_flag(document, "opted_out"),
    )


def decision_document(decision: Decision, language: str, *, details_in: str = "en") -> Document:
    """The decision in the contract's shape."""
    return {
        "offers": [_offer_document(offer, language) for offer in decision.offers],
        "withheld": [
            {
                "sku": each.sku,
                "kind": each.kind.value,
                "reason": each.reason.value,
                "detail": behind_all(each.details, details_in),
            }
            for each in decision.withheld
        ],
        "policy_version": decision.policy_version,
    }


def _offer_document(offer: Offer, language: str) -> Document:
    facts = reason_document(offer.reason)
    del facts["benefit"]
    return {
        "kind": offer.kind.value,
        "sku": offer.product.sku,
        "title": offer.product.title.of(language),
        "anchor": offer.anchor.sku,
        "price": money_document(offer.product.price, language),
        "price_difference": money_document(offer.price_difference, language),
        "reason": {**facts, "text": offer.reason.benefit.said(language)},
    }


def _cart_item(item: object, snapshot: CatalogueSnapshot) -> CartItem:
    if not isinstance(item, Mapping):
        raise invalid("every cart line must be an object with sku and quantity")
    quantity = item.get("quantity", 1)
    if not isinstance(quantity, int) or isinstance(quantity, bool) or not 1 <= quantity <= QUANTITY_LIMIT:
        raise invalid("quantity must be a whole number from 1")
    return CartItem(_product(_word(item.get("sku"), "sku"), snapshot), quantity)


def _product(sku: str, snapshot: CatalogueSnapshot) -> Product:
    product = snapshot.product(sku)
    if product is None:
        raise invalid(f"there is no product {sku!a}")
    return product


def _needs(document: Document) -> Needs:
    needs = document.get("needs")
    if needs is None:
        return Needs()
    if not isinstance(needs, dict):
        raise invalid("needs must be an object")
    attributes = needs.get("attributes") or {}
    if not isinstance(attributes, Mapping) or len(attributes) > LIST_LIMIT:
        raise invalid("needs.attributes must be an object")
    return Needs(
        category=text_field(needs, "category", limit=160) or "",
        max_price=_amount(needs, "max_price"),
        min_price=_amount(needs, "min_price"),
        attributes={_word(name, "attribute"): _word(value, "attribute") for name, value in attributes.items()},
    )


def _amount(needs: Document, name: str) -> int | None:
    money = needs.get(name)
    if money is None:
        return None
    amount = money.get("amount") if isinstance(money, Mapping) else None
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 <= amount <= AMOUNT_LIMIT:
        raise invalid(f'needs.{name} must be money like {{"amount": 90000, "currency": "EUR"}}')
    return amount


def _one_of[Code: StrEnum](kind: type[Code], document: Document, name: str) -> Code | None:
    value = text_field(document, name, limit=40)
    if value is None:
        return None
    try:
        return kind(value)
    except ValueError as error:
        raise invalid(f"{name} must be one of {', '.join(kind)}") from error


def _flag(document: Document, name: str) -> bool:
    value = document.get(name, False)
    if not isinstance(value, bool):
        raise invalid(f"{name} must be true or false")
    return value


def _list(document: Document, name: str, limit: int) -> list[Any]:
    value = document.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > limit:
        raise invalid(f"{name} must be a list of at most {limit}")
    return value


def _word(value: object, name: str) -> str:
    word = text_field({name: value}, name, limit=160)
    if not word:
        raise invalid(f"{name} must be a string that is not empty")
    return word
