"""Questions about the shop itself: which makes it carries, which services it has, several kinds in one line."""

import pytest
from sqlalchemy import delete

from actions.store.engine import writing
from actions.store.facts import bump_version
from actions.store.tables import shop_facts
from tests.conversations.shopper import Shopper


def titles(shopper: Shopper) -> list[str]:
    return [card["title"] for m in shopper.messages if m["type"] == "product_cards" for card in m["cards"]]


@pytest.mark.parametrize(
    ("line", "intent"),
    [("welche marken habt ihr?", "ask_availability"), ("Was für Hersteller führen Sie denn", "ask_recommendation")],
)
def test_the_makes_on_sale_are_named(shopper: Shopper, line: str, intent: str) -> None:
    shopper.says(line, intent)
    assert "Wir führen unter anderem" in shopper.text
    assert "Wiesenkamp" in shopper.text


def test_the_makes_of_one_kind_are_all_of_that_kind_and_no_others(shopper: Shopper) -> None:
    shopper.says("welche fahrradschloss-marken habt ihr?", "ask_availability")
    assert shopper.text == "Schlösser: Wir führen Riegelow."


def test_in_english_too(english_shopper: Shopper) -> None:
    english_shopper.says("what helmet brands do you carry?", "ask_availability")
    assert english_shopper.text.startswith("Helmets: we carry Kalotta")


def test_the_make_of_one_product_is_no_question_about_all(shopper: Shopper) -> None:
    shopper.says("zeig mir das markt 2", "search_product")
    shopper.says("von welcher marke ist das?", "ask_details")
    assert "Wir führen" not in shopper.text


@pytest.mark.parametrize(
    ("line", "intent"),
    [
        ("kauft ihr gebrauchte räder an?", "nlu_fallback"),
        ("repariert ihr auch fremde räder?", "search_product"),
        ("gibt es bei euch jobrad", "ask_availability"),
        ("do you do repairs", "ask_availability"),
    ],
)
def test_services_are_answered_as_the_shop_has_recorded_them(shopper: Shopper, line: str, intent: str) -> None:
    shopper.says(line, intent)
    assert "Gebrauchte Räder kaufen wir nicht an" in shopper.text
    assert titles(shopper) == []


def test_an_unrecorded_service_is_said_to_be_unknown(shopper: Shopper) -> None:
    with writing(shopper.house.engine) as connection:
        gone = connection.execute(delete(shop_facts).where(shop_facts.c.name == "services"))
        assert gone.rowcount == 1
        bump_version(connection)
    shopper.says("verleiht ihr räder?", "search_product")
    assert "nichts hinterlegt" in shopper.text


@pytest.mark.parametrize(
    "line", ["flickzeug für eine reparatur", "zeig mir montageständer für die werkstatt", "habt ihr gutscheine?"]
)
def test_what_is_sold_under_such_a_name_is_still_found(shopper: Shopper, line: str) -> None:
    shopper.says(line, "search_product")
    assert titles(shopper)


def test_of_a_list_of_kinds_the_first_is_shown_and_every_other_is_kept_at_hand(shopper: Shopper) -> None:
    shopper.says("ich brauche ein schloss, eine luftpumpe und einen helm", "search_product")
    assert "schloss" in titles(shopper)[0]
    assert [choice["title"] for choice in shopper.choices()][-2:] == ["Standpumpen", "Helme"]
    shopper.presses("Helme")
    assert "helm" in titles(shopper)[0].casefold()


def test_the_price_of_what_it_is_for_is_no_limit(english_shopper: Shopper) -> None:
    english_shopper.says("bike lock for a 1200 euro bike", "search_product")
    assert "Locks" in english_shopper.text
    assert "1,200" not in english_shopper.text


def test_last_years_model_is_not_this_years(shopper: Shopper) -> None:
    shopper.says("markt 2 vorjahresmodell", "search_product")
    assert "399,00" in shopper.text


def test_a_thing_that_is_only_named_is_shown_and_nothing_is_taken_out(shopper: Shopper) -> None:
    shopper.says("den helm bitte", "remove_from_cart")
    assert "helm" in titles(shopper)[0].casefold()
    shopper.says("das schloss bitte", "purchase_intent", guard="unsure", confidence=0.6)
    assert "schloss" in titles(shopper)[0].casefold()
