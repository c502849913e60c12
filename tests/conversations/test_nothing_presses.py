"""Whatever a merchant writes: nothing that presses is said, and a count of pieces is the recorded stock."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from actions.offers.pressure import pressure_in
from actions.services import Services
from actions.store.engine import writing
from actions.store.facts import bump_version, read_facts, write_facts
from actions.store.tables import products, relations
from tests.conversations import moves
from tests.conversations.shopper import Shopper

PUSHY = {"de": "Nur noch 2 Stück, greifen Sie zu!", "en": "Only 2 left in stock, hurry!"}
TEXTS = ("benefit", "description", "running_cost", "not_included")
TALKS = {
    "de": (
        ("zeig mir helme", "search_product"),
        ("das erste", "choose_option"),
        ("empfehlen sie mir einen", "ask_recommendation"),
        ("warum ausgerechnet der?", "ask_why"),
        ("kann ich das zurückgeben?", "faq/returns"),
        ("wo ist ihr laden?", "faq/store"),
    ),
    "en": (
        ("show me helmets", "search_product"),
        ("the first one", "choose_option"),
        ("which one do you recommend?", "ask_recommendation"),
        ("why that one?", "ask_why"),
        ("can I return it?", "faq/returns"),
        ("where is your shop?", "faq/store"),
    ),
}


@pytest.fixture
def pushy_house(house: Services) -> Services:
    """A shop whose merchant presses in every sentence there is."""
    columns = {f"{name}_{language}": PUSHY[language] for name in TEXTS for language in ("de", "en")}
    with writing(house.engine) as connection:
        connection.execute(products.update().values(columns))
        connection.execute(
            relations.update().values({name: columns[name] for name in ("benefit_de", "benefit_en")})
        )
        facts = read_facts(connection).values
        write_facts(
            connection, {name: PUSHY for name, value in facts.items() if isinstance(value, dict) and "de" in value}
        )
        bump_version(connection)
    return house


def strings(document: Any) -> Iterator[str]:
    """Every text of an answer, however deep."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict | list):
        for part in document.values() if isinstance(document, dict) else document:
            yield from strings(part)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("begins", moves.BEGINNINGS)
def test_a_merchants_pressure_is_not_said_anywhere(pushy_house: Services, language: str, begins: str) -> None:
    shopper = Shopper(pushy_house, language=language)
    answers = [shopper.says(move.text, move.intent) for move in moves.opening(language, begins)]
    answers += [shopper.says(text, intent) for text, intent in TALKS[language]]
    cards = [card for answer in answers for message in answer for card in message.get("cards", [])]
    assert len(cards) >= 3
    assert {card["benefit"] for card in cards} == {""}
    assert [(text, pressure_in(text)) for text in strings(answers) if pressure_in(text)] == []
    assert all(text.strip() for answer in answers for m in answer if m["type"] == "text" for text in [m["text"]])
    reasons = [m["reason"]["text"] for answer in answers for m in answer if m["type"] == "offer"]
    assert bool(reasons) is (begins != "models")
    assert [text for text in reasons if text.rstrip().endswith(":")] == []


def test_in_a_shop_that_does_not_press_the_same_sentences_are_said(house: Services) -> None:
    shopper = Shopper(house)
    for move in moves.opening("de", "cross"):
        shopper.says(move.text, move.intent)
    assert all(card["benefit"] for card in shopper.offers[0]["cards"])


@pytest.mark.parametrize(("stock", "wanted"), [(4, 9), (1, 2), (3, 99)])
@pytest.mark.parametrize(
    ("language", "takes"),
    [
        ("de", "ich nehme den fahrradhelm kalotta basis in schwarz m"),
        ("en", "I'll take the kalotta basis helmet in black m"),
    ],
)
def test_how_many_are_left_is_said_to_who_wants_more_and_is_the_recorded_stock(
    comes_in: Callable[..., Shopper], language: str, takes: str, stock: int, wanted: int
) -> None:
    shopper = comes_in(language=language)
    with writing(shopper.house.engine) as connection:
        helmet = products.c.sku == "HELM-BASIS-BLACK-M"
        connection.execute(products.update().where(helmet).values(stock=stock))
    shopper.says(takes, "purchase_intent")
    assert not re.search(rf"\b{stock}\b", shopper.text.replace("39,90", "").replace("39.90", ""))
    shopper.says(str(wanted), "change_quantity", quantity=str(wanted))
    (said,) = [m["text"] for m in shopper.messages if m.get("response") == "utter_stock_short"]
    assert re.findall(r"\d+", said) == [str(stock)]
    assert shopper.cart == {}
