"""A word about the price is no request: who wants no offers or complains gets a button, and no offer."""

from collections.abc import Callable

import pytest

from tests.conversations.shopper import Shopper

SAID = {
    "de": {
        "search": "ich suche ein rennrad in schwarz in 54",
        "look": "das tempo 2 in schwarz in 54",
        "name": "zeig mir das tempo 2",
        "stop": "keine werbung bitte",
        "broken": "mein paket kam kaputt an!",
        "dear": "das ist mir zu teuer",
        "ask": "gibt es was günstigeres?",
        "nothing": "nein",
        "button": "Günstigeres zeigen",
    },
    "en": {
        "search": "I'm looking for a road bike in black in 54",
        "look": "the tempo 2 in black in 54",
        "name": "show me the tempo 2",
        "stop": "no advertising please",
        "broken": "my parcel arrived broken!",
        "dear": "that is too expensive",
        "ask": "is there anything cheaper?",
        "nothing": "no",
        "button": "Show something cheaper",
    },
}
Comes = Callable[..., Shopper]


def looks_at_a_road_bike(shopper: Shopper) -> None:
    said = SAID[shopper.language]
    shopper.says(said["search"], "search_product")
    shopper.says(said["look"], "choose_option")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("before", [("stop",), ("broken",), ("stop", "broken")])
def test_a_remark_on_the_price_brings_no_offer(comes_in: Comes, language: str, before: tuple[str, ...]) -> None:
    shopper, said = comes_in(language=language), SAID[language]
    for line in before:
        shopper.says(said[line], "stop_offers" if line == "stop" else "complaint")
    looks_at_a_road_bike(shopper)
    shopper.says(said["dear"], "object_price")
    assert shopper.offers == []
    assert shopper.shown() == []
    assert said["button"] in [choice["title"] for choice in shopper.choices()]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("wanted", "kinds"), [(True, ["down"]), (False, [])])
def test_a_no_to_the_question_what_matters_is_no_request_either(
    comes_in: Comes, language: str, wanted: bool, kinds: list[str]
) -> None:
    shopper, said = comes_in(language=language), SAID[language]
    if not wanted:
        shopper.says(said["stop"], "stop_offers")
    shopper.says(said["name"], "search_product")
    shopper.says(said["dear"], "object_price")
    shopper.says(said["nothing"], "deny")
    assert [offer["kind"] for offer in shopper.offers] == kinds
    assert (said["button"] in [choice["title"] for choice in shopper.choices()]) is not wanted


@pytest.mark.parametrize("language", ["de", "en"])
def test_who_then_asks_for_something_cheaper_is_answered(comes_in: Comes, language: str) -> None:
    shopper, said = comes_in(language=language), SAID[language]
    shopper.says(said["stop"], "stop_offers")
    looks_at_a_road_bike(shopper)
    shopper.says(said["dear"], "object_price")
    shopper.presses(said["button"])
    assert [offer["kind"] for offer in shopper.offers] == ["down"]
    assert shopper.cart == {}


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_is_never_said_that_nothing_is_cheaper_where_something_is_only_withheld(
    comes_in: Comes, language: str
) -> None:
    shopper, said = comes_in(language=language), SAID[language]
    shopper.says(said["broken"], "complaint")
    looks_at_a_road_bike(shopper)
    shopper.says(said["dear"], "object_price")
    assert {w["reason"] for w in shopper.decisions()[-1].withheld if w["kind"] == "down"} >= {"negative_mood"}
    assert "nothing cheaper" not in shopper.text
    assert "Etwas Günstigeres als" not in shopper.text


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_was_declined_is_remembered_when_asked_for_something_cheaper(comes_in: Comes, language: str) -> None:
    shopper, said = comes_in(language=language), SAID[language]
    looks_at_a_road_bike(shopper)
    for _ in range(3):
        shopper.says(said["ask"], "ask_cheaper", **{"sku": ""})
        if not shopper.offers:
            break
        shopper.says("nein danke" if language == "de" else "no thanks", "deny")
    left = "Außer dem, was Sie nicht wollten" if language == "de" else "Apart from what you did not want"
    assert left in shopper.text
