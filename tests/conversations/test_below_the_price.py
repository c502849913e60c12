"""Who wants it cheaper is held to no lowest price, and hears how far was looked."""

import pytest

from tests.conversations.shopper import Shopper


def _offered(shopper: Shopper) -> list[str]:
    return [card["sku"] for offer in shopper.offers for card in offer["cards"]]


@pytest.mark.parametrize("limit", ["um die 900 euro", "ab 800 euro", "zwischen 800 und 1000 euro"])
@pytest.mark.parametrize(
    ("wish", "intent"), [("gibts das auch günstiger?", "ask_cheaper"), ("das ist mir zu teuer", "object_price")]
)
def test_a_wish_for_something_cheaper_drops_the_lowest_price(
    shopper: Shopper, limit: str, wish: str, intent: str
) -> None:
    shopper.says(f"ich suche ein Mountainbike {limit}", "search_product")
    assert shopper.state.memory["min_price"] is not None
    shopper.says("grat 2 in schwarz 46", "choose_option")
    shopper.says(wish, intent)
    assert {"GRAT-1-BLACK-46", "KIEFER-BLACK-46"} <= {*_offered(shopper)}
    assert shopper.state.memory["min_price"] is None


def test_a_product_that_does_not_fit_leaves_the_lowest_price_alone(shopper: Shopper) -> None:
    shopper.says("ich suche ein Mountainbike ab 800 euro", "search_product")
    shopper.says("grat 2 in schwarz 46", "choose_option")
    shopper.says("ich weiß nicht, ob es zu mir passt", "hesitate")
    assert shopper.state.memory["min_price"] == 80000


@pytest.mark.parametrize(
    ("language", "wish", "yes", "said"),
    [
        ("de", "ich suche ein schloss um die 50 euro", "ja", "Am nächsten liegen 38,90 € und 59,90 €."),
        ("en", "a lock around 50 euros", "yes", "The nearest are at €38.90 and €59.90."),
    ],
)
def test_a_price_that_nothing_has_gets_the_nearest_on_both_sides(
    comes_in, language: str, wish: str, yes: str, said: str
) -> None:
    shopper = comes_in(language=language)
    shopper.says(wish, "search_product")
    assert said in shopper.text
    shopper.says(yes, "confirm")
    assert sorted(card["price"]["amount"] for card in shopper.cards) == [3890, 5990]


def test_a_wider_search_finds_what_is_cheaper_and_of_another_kind(shopper: Shopper) -> None:
    shopper.says("ich suche ein fahrrad für den arbeitsweg in größe 54", "search_product")
    shopper.says("was ist mit dem Ferne 1", "choose_option")
    shopper.says("gibt es das günstiger?", "ask_cheaper")
    assert shopper.text.startswith("Unter „Trekking- und Reiseräder“ kann ich Ihnen nichts Günstigeres als")
    assert [card["price"]["amount"] for card in shopper.cards] == [59900, 62900]


def test_a_search_for_just_that_kind_claims_nothing_about_others(shopper: Shopper) -> None:
    shopper.says("ich suche ein trekkingrad für den arbeitsweg in größe 54", "search_product")
    shopper.says("das ferne 1", "choose_option")
    shopper.says("gibt es das günstiger?", "ask_cheaper")
    assert shopper.text.startswith("Unter „Trekking- und Reiseräder“ kann ich Ihnen gerade nichts Günstigeres als")
    assert shopper.cards == []
