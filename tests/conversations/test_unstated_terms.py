"""What a shop has not said of itself, nobody hears from the chat."""

from collections.abc import Callable
from pathlib import Path

import pytest

from actions.services import Services
from actions.store import policy
from actions.store.engine import writing
from actions.store.facts import write_facts
from tests.conversations.shopper import Shopper

CATALOGUE = Path("data/shop/radhaus/products.csv")
HELMET = (("kalotta basis in schwarz M bitte", "purchase_intent"), ("ja", "confirm"))


@pytest.fixture
def bare(shop_of: Callable[..., Services]) -> Services:
    """A shop of which nothing but its catalogue is known."""
    return shop_of(CATALOGUE)


def test_nobody_stated_what_shipping_costs_so_no_price_is_claimed(bare: Services) -> None:
    shopper = Shopper(bare)
    shopper.says("was kostet der versand?", "faq/shipping")
    assert shopper.text == (
        "Was der Versand kostet, ist hier nicht hinterlegt. An der Kasse sehen Sie es, bevor Sie bestellen."
    )
    for text, intent in HELMET:
        shopper.says(text, intent)
    shopper.says("der versand ist mir zu teuer", "hesitate")
    assert "4,90" not in shopper.text
    shopper.says("zur kasse", "checkout")
    assert shopper.text.startswith("Hier geht es zur Kasse: 39,90 €, dort kommt der Versand dazu")


def test_a_stated_price_of_shipping_is_told(bare: Services) -> None:
    with writing(bare.engine) as connection:
        policy.set_value(connection, "shipping_cost", 490)
    shopper = Shopper(bare)
    shopper.says("was kostet der versand?", "faq/shipping")
    assert shopper.text == "Der Versand kostet 4,90 €, ab 50,00 € ist er frei."


@pytest.mark.parametrize(
    ("text", "intent", "language"),
    [
        ("Mensch bitte", "human_handoff", "de"),
        ("wo ist meine bestellung?", "order_status", "de"),
        ("bitte stornieren", "cancel_order", "de"),
        ("das ist eine frechheit", "complaint", "de"),
        ("a person please", "human_handoff", "en"),
        ("where is my order?", "order_status", "en"),
    ],
)
def test_without_a_contact_no_sentence_promises_one(bare: Services, text: str, intent: str, language: str) -> None:
    shopper = Shopper(bare, language=language)
    shopper.says(text, intent)
    assert shopper.text
    assert ": ." not in shopper.text
    assert "erreichen Sie uns" not in shopper.text
    assert "reach us" not in shopper.text
    assert all(line == " ".join(line.split()) for line in shopper.text.splitlines())


@pytest.mark.parametrize("contact", ["hallo@radhaus.example", {"email": "hallo@radhaus.example", "phone": None}])
def test_a_contact_is_named_however_it_is_written(bare: Services, contact: object) -> None:
    with writing(bare.engine) as connection:
        write_facts(connection, {"contact": contact})
    shopper = Shopper(bare)
    shopper.says("Mensch bitte", "human_handoff")
    assert shopper.text.endswith("Direkt erreichen Sie uns hier: hallo@radhaus.example.")


@pytest.mark.parametrize(
    ("text", "language", "answer"),
    [
        ("Liefert ihr auch in die Schweiz?", "de", "Nein, dorthin liefern wir leider nicht. Wir liefern nach"),
        ("liefern Sie nach Österreich?", "de", "Ja, dorthin liefern wir. Wir liefern nach"),
        ("do you ship to the UK?", "en", "I'm afraid we don't deliver there. We deliver to Germany"),
        ("can you deliver it to Germany?", "en", "Yes, we deliver there. We deliver to Germany"),
        ("Liefert ihr nach Österreich und in die Schweiz?", "de", "Hinterlegt ist dazu: Wir liefern nach"),
    ],
)
def test_a_country_gets_a_yes_or_a_no(
    comes_in: Callable[..., Shopper], text: str, language: str, answer: str
) -> None:
    shopper = comes_in(language=language)
    shopper.says(text, "faq/shipping")
    assert shopper.text.startswith(answer)


@pytest.mark.parametrize(
    "said", ["Wir liefern in die ganze EU.", "Wir liefern überallhin, nur nicht in die Schweiz."]
)
def test_words_beyond_plain_names_are_quoted_and_not_judged(house: Services, said: str) -> None:
    with writing(house.engine) as connection:
        write_facts(connection, {"shipping_countries": {"de": said}})
    shopper = Shopper(house)
    shopper.says("Liefert ihr auch in die Schweiz?", "faq/shipping")
    assert shopper.text.startswith(f"Hinterlegt ist dazu: {said}")


def test_without_recorded_countries_that_is_said(bare: Services) -> None:
    shopper = Shopper(bare)
    shopper.says("Liefert ihr auch in die Schweiz?", "faq/shipping")
    assert shopper.text.startswith("Wohin wir liefern, ist hier leider nicht hinterlegt.")
