"""Questions about the step up or down that lies open are answered with both sides, and the step stays open."""

import pytest

from tests.conversations.moves import is_offered
from tests.conversations.shopper import Shopper


@pytest.fixture
def offered_up(shopper: Shopper) -> Shopper:
    """A shopper with the Grat 1 in the cart, to whom the next steps were offered."""
    is_offered(shopper, "up")
    return shopper


@pytest.mark.parametrize(
    ("language", "opening", "reason"),
    [
        ("de", "Eine Stufe höher gibt es", "250 Euro mehr, dafür Luftfedergabel statt Federgabel"),
        ("en", "One step up is", "250 euros more. The difference: air suspension fork instead of suspension fork"),
    ],
)
def test_a_step_up_is_spoken_with_its_opening_and_its_first_reason(
    shopper: Shopper, language: str, opening: str, reason: str
) -> None:
    shopper = Shopper(shopper.house, language=language, channel="alexa")
    is_offered(shopper, "up")
    (spoken,) = [m["spoken"] for m in shopper.messages if m.get("response") == "utter_offer_up"]
    assert spoken.startswith(opening)
    assert reason in spoken
    assert spoken.count("?") == 1


def table_of(shopper: Shopper) -> dict[str, list[str]]:
    tables = [m for m in shopper.messages if m["type"] == "comparison"]
    assert len(tables) == 1
    return {row["attribute"]: row["values"] for row in tables[0]["rows"]}


@pytest.mark.parametrize(
    ("line", "intent"),
    [
        ("lohnt sich der aufpreis?", "compare"),
        ("was kann das mehr?", "ask_details"),
        ("und wo ist der haken?", "nlu_fallback"),
        ("warum ist das teurer?", "ask_why"),
    ],
)
def test_what_the_step_gains_and_lacks_is_said_and_a_yes_still_takes_it(
    offered_up: Shopper, line: str, intent: str
) -> None:
    before = offered_up.cart
    offered_up.says(line, intent)
    assert table_of(offered_up)["Preis"] == ["649,00 €", "899,00 €"]
    assert "Für 250,00 € mehr" in offered_up.text
    assert "Luftfedergabel statt Federgabel" in offered_up.text
    assert "Gabel Luftfedergabel" not in offered_up.text
    assert "Dagegen spricht: Gänge 12 statt 18" in offered_up.text
    assert "sind Sie mit Mountainbike Tannhorn Grat 1 gut bedient" in offered_up.text
    assert offered_up.cart == before
    assert {offer.state for offer in offered_up.shown()} == {"shown"}
    offered_up.says("ja", "confirm")
    assert "Grat 2" in offered_up.text
    assert len(offered_up.cart) == 1
    assert offered_up.cart != before


def test_a_yes_means_the_one_that_was_asked_about(offered_up: Shopper) -> None:
    offered_up.says("was bringt mir das moor mehr?", "ask_details")
    assert table_of(offered_up)["Preis"] == ["649,00 €", "799,00 €"]
    offered_up.says("ja", "confirm")
    assert "Moor" in offered_up.text
    assert "799,00 €" in offered_up.text


def test_the_catch_of_the_cheaper_one_is_what_it_lacks(english_shopper: Shopper) -> None:
    english_shopper.says("show me city bikes under 700", "search_product")
    english_shopper.says("I'll take the markt 2 in black, size 50", "purchase_intent")
    english_shopper.says("hmm that's too expensive", "object_price")
    assert [offer["kind"] for offer in english_shopper.offers] == ["down"]
    english_shopper.says("what's the catch?", "ask_why")
    assert "Where you give up something: steel instead of aluminium (frame)" in english_shopper.text
    assert "Wiesenkamp Markt 2 city bike is the better choice" in english_shopper.text
    assert english_shopper.cart == {}


def test_who_declines_the_cheaper_one_can_take_what_they_looked_at(english_shopper: Shopper) -> None:
    english_shopper.says("show me city bikes under 700", "search_product")
    english_shopper.says("I'll take the markt 2 in black, size 50", "purchase_intent")
    english_shopper.says("hmm that's too expensive", "object_price")
    english_shopper.says("no thanks", "deny")
    assert "back to Wiesenkamp Markt 2 city bike (black, Size 50) at €629.00" in english_shopper.text
    assert english_shopper.cart == {}
    english_shopper.says("yes", "confirm")
    assert "Just to be sure: Wiesenkamp Markt 2 city bike (black, Size 50)" in english_shopper.text
    assert english_shopper.cart == {}


def test_without_a_step_on_the_table_the_same_words_ask_about_products(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike", "search_product")
    shopper.says("was ist der unterschied?", "compare")
    assert len(table_of(shopper)["Preis"]) == 3


@pytest.mark.parametrize(
    ("answer", "intent", "state"), [("nein", "deny", "declined"), ("ja", "confirm", "accepted")]
)
def test_a_step_above_the_budget_can_be_answered(shopper: Shopper, answer: str, intent: str, state: str) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("das erste in schwarz", "choose_option")
    shopper.says("42", "refine_search")
    shopper.says("gibt es etwas Besseres?", "ask_better")
    (offer,) = shopper.offers
    within, above = sorted(shopper.decisions(), key=lambda decision: len(decision.offered))
    assert ([*within.offered], [row["sku"] for row in above.offered]) == ([], [offer["cards"][0]["sku"]])
    shopper.says(answer, intent)
    if state == "accepted":
        shopper.presses("Ja, in den Warenkorb")
    assert [each.state for each in shopper.shown()][:1] == [state]


@pytest.mark.parametrize("line", ["warum so teuer?", "und wieso kostet das so viel", "why is it so expensive"])
def test_why_it_is_dear_is_a_question_and_no_refusal(shopper: Shopper, line: str) -> None:
    is_offered(shopper, "up")
    before = shopper.cart
    shopper.says(line, "object_price")
    assert {offer.state for offer in shopper.shown()} == {"shown"}
    assert shopper.state.refusals == 0
    assert shopper.cart == before
    shopper.says("das ist mir zu teuer", "object_price")
    assert shopper.state.refusals == 1
