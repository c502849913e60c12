"""Who asks for something better hears of what is above their budget, and may take it or leave it."""

import pytest

from tests.conversations.shopper import Shopper

GRAT_1, GRAT_2 = "GRAT-1-BLACK-42", "GRAT-2-BLACK-42"


@pytest.fixture
def asking(shopper: Shopper) -> Shopper:
    """A shopper with 700 euros and a bike for less, who has asked for a better one."""
    shopper.says("ich suche ein mountainbike in schwarz in 42 für höchstens 700 euro", "search_product")
    shopper.says("ich nehme das grat 1", "purchase_intent")
    shopper.says("ja", "confirm")
    shopper.says("gibt es etwas besseres?", "ask_better")
    assert "über den 700,00" in shopper.text
    assert shopper.offers[0]["cards"][0]["sku"] == GRAT_2
    return shopper


@pytest.mark.parametrize(
    ("text", "intent", "state", "cart"),
    [
        ("ja, tauschen", "confirm", "accepted", {GRAT_2: 1}),
        ("nein danke", "deny", "declined", {GRAT_1: 1}),
        ("ich suche eine regenjacke", "search_product", "ignored", {GRAT_1: 1}),
    ],
)
def test_it_is_taken_declined_or_passed_over(
    asking: Shopper, text: str, intent: str, state: str, cart: dict[str, int]
) -> None:
    asking.says(text, intent)
    assert asking.cart == cart
    assert [offer.state for offer in asking.shown() if offer.sku == GRAT_2] == [state]


def test_the_log_holds_both_decisions_within_the_budget_and_above_it(asking: Shopper) -> None:
    decisions = [decision for decision in asking.decisions() if decision.asked_for == "up"]
    within, above = sorted(decisions, key=lambda decision: len(decision.offered))
    assert {row["sku"]: row["reason"] for row in within.withheld}[GRAT_2] == "need_not_met"
    assert within.offered == []
    assert [row["sku"] for row in above.offered] == [card["sku"] for card in asking.offers[0]["cards"]]
