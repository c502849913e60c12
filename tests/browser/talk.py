"""What the scripted engine says and what a shopper does in browser tests."""

from typing import Any

from playwright.sync_api import expect

from actions.store import carts
from actions.store.catalogue import live_product
from actions.store.engine import writing
from bot.gateway.services import utc_now
from tests.browser.conftest import House, Visit
from tests.gateway.engine import Script, text
from tests.gateway.shop import BIKE, HELMET, LOCK

STORED = "() => [Object.keys(sessionStorage), Object.keys(localStorage), document.cookie]"


def custom(**message: Any) -> dict[str, Any]:
    return {"custom": message}


def button(title: str, intent: str) -> dict[str, Any]:
    return {"title": title, "payload": {"intent": intent, "entities": {}}}


def offer(title: str = "", **changes: Any) -> dict[str, Any]:
    card = {"sku": HELMET, **({"title": title} if title else {})}
    message = {
        "type": "offer",
        "id": "o1",
        "kind": "cross",
        "anchor": BIKE,
        "cards": [card],
        "price_difference": {"amount": 7990, "currency": "EUR"},
        "reason": {
            "code": "curated",
            "text": "Damit fahren Sie von Anfang an sicher.",
            "evidence": {"together": 212, "anchor_orders": 950, "simulated": True},
        },
        "choices": [button("Ja, dazulegen", "confirm"), button("Nein, danke", "deny")],
    }
    return custom(**{**message, **changes})


def several(kind: str, *differences: int, words: str = "") -> dict[str, Any]:
    """An offer of several cards, each with its own difference and reason."""
    skus = (HELMET, LOCK, BIKE)[: len(differences)]
    cards = [
        {
            "sku": sku,
            "price_difference": {"amount": amount, "currency": "EUR"},
            "reason": {"code": "curated", "text": f"Grund {place}. {words}", "evidence": {}},
            "choices": [button("Ja, gern dazu", "confirm")],
        }
        for place, (sku, amount) in enumerate(zip(skus, differences, strict=True), 1)
    ]
    first = {name: cards[0][name] for name in ("price_difference", "reason")}
    return offer(kind=kind, cards=cards, **first)


def every_type() -> list[dict[str, Any]]:
    """One message of each type, offers of each kind."""
    cards = [{"sku": sku, "choices": [button("Nehme ich", "purchase_intent")]} for sku in (BIKE, HELMET, LOCK)]
    reason = {"code": "next_tier", "text": "Federt mehr ab.", "evidence": {}}
    answers = [button("Ja, tauschen", "confirm"), button("Nein, danke", "deny")]
    return [
        text("Diese drei passen."),
        custom(type="product_cards", cards=cards),
        custom(
            type="comparison",
            skus=[BIKE, HELMET, LOCK],
            rows=[{"attribute": "Gewicht", "values": ["14,4 kg", "300 g", "1,2 kg"]}],
        ),
        offer(),
        offer(kind="up", id="o2", reason=reason, choices=answers),
        offer(kind="down", id="o3", reason=reason, choices=answers),
        several("up", 25_000, 15_000),
        custom(type="cart", checkout=True),
        custom(type="handoff", reference="4711-AB"),
        custom(type="choices", choices=[button("Versand", "faq/shipping"), button("Rückgabe", "faq/returns")]),
    ]


def put_in_cart(house: House, turn: dict[str, Any], sku: str) -> None:
    with writing(house.database) as connection:
        product = live_product(connection, sku)
        assert product
        carts.put(connection, turn["metadata"]["conversation"], product, 1, now=utc_now())


def shopkeeper(house: House) -> Script:
    """Answers a purchase from first look to cart."""

    def answer(turn: dict[str, Any]) -> list[dict[str, Any]]:
        said = turn["message"]
        if said.startswith("/confirm"):
            put_in_cart(house, turn, HELMET)
            return [text("Der Helm liegt dabei."), custom(type="cart", checkout=True)]
        if said.startswith("/purchase_intent"):
            put_in_cart(house, turn, BIKE)
            return [text("Das Grat liegt im Warenkorb."), offer()]
        cards = [{"sku": sku, "choices": [button("Nehme ich", "purchase_intent")]} for sku in (BIKE, HELMET, LOCK)]
        return [text("Diese drei passen."), custom(type="product_cards", cards=cards)]

    return answer


def open_chat(visit: Visit, house: House, path: str = "/") -> None:
    visit.page.goto(house.url + path)
    visit.page.get_by_role("button", name="Beratung", exact=True).click()
    expect(visit.page.get_by_text("Guten Tag, ich bin ein automatischer Assistent.")).to_be_visible()


def say(visit: Visit, words: str) -> None:
    visit.page.get_by_label("Ihre Nachricht").fill(words)
    visit.page.keyboard.press("Enter")
