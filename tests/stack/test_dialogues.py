"""The main job over HTTP with the real engine: advised, said yes, offered what fits, handed to checkout."""

from datetime import UTC, datetime

import pytest

from actions.store import offer_log
from actions.store.engine import open_engine, reading
from bot.transcripts.audit_report import audit
from bot.transcripts.records import read_records
from bot.transcripts.transcript import lines, read_transcript
from tests.stack.house import House, Visitor

pytestmark = pytest.mark.stack


def test_the_first_message_says_that_this_is_a_machine(visitor: Visitor, english_visitor: Visitor) -> None:
    assert "automatisch" in visitor.last["messages"][0]["text"]
    assert "automated" in english_visitor.last["messages"][0]["text"]


def test_a_mountain_bike_is_found_bought_and_completed(visitor: Visitor) -> None:
    visitor.says("hallo, ich suche ein mountainbike unter 1000 euro")
    cards = visitor.messages("product_cards")[0]["cards"]
    assert 1 <= len(cards) <= 3
    assert all(card["price"]["amount"] <= 100_000 for card in cards)
    visitor.says("das erste in schwarz")
    assert "Größe" in visitor.text
    visitor.says("42")
    assert "auf Lager" in visitor.text
    visitor.says("nehme ich")
    assert "Nur zur Sicherheit" in visitor.text
    assert visitor.cart == {}
    visitor.says("ja")
    assert sum(visitor.cart.values()) == 1
    assert visitor.last["stage"] == "intent"
    anchor = dict(visitor.cart)
    offers = visitor.messages("offer")
    assert len(offers) == 1
    if offers[0]["kind"] == "up":
        visitor.says("nein danke")
        assert visitor.cart == anchor
        offers = visitor.messages("offer")
    assert offers[0]["kind"] == "cross"
    visitor.says("ja gerne")
    if "Größe" in visitor.text:
        visitor.says("M, schwarz bitte")
    assert len(visitor.cart) == 2
    assert anchor.items() <= visitor.cart.items()
    visitor.says("warum ausgerechnet der?")
    assert "Bestellungen" in visitor.text
    agreed = dict(visitor.cart)
    visitor.says("zur kasse")
    cart = visitor.messages("cart")[0]
    assert {line["sku"]: line["quantity"] for line in cart["lines"]} == agreed
    assert cart["checkout_url"].startswith(visitor.url)
    assert visitor.last["stage"] == "checkout"


def test_a_road_bike_that_is_too_dear_finds_an_honest_cheaper_one(english_visitor: Visitor) -> None:
    visitor = english_visitor
    visitor.says("I'm looking for a road bike")
    prices = [card["price"]["amount"] for card in visitor.messages("product_cards")[0]["cards"]]
    visitor.says(("the first one", "the second one", "the third one")[prices.index(max(prices))])
    visitor.says("hmm, that's too expensive")
    if not visitor.messages("offer"):
        visitor.says("it must be black, 1500 euros at most")
    offer = visitor.messages("offer")[0]
    assert offer["kind"] == "down"
    assert offer["price_difference"]["amount"] < 0
    assert "give up" in visitor.text
    visitor.says("why?")
    assert "pay less" in visitor.text
    visitor.says("ok, take it")
    while visitor.choices() and not visitor.cart:
        visitor.presses(visitor.choices()[0]["title"])
    (taken,) = visitor.cart
    assert taken.startswith(offer["cards"][0]["sku"][:6])


def test_too_dear_without_a_choice_is_answered_by_what_matters(english_visitor: Visitor) -> None:
    visitor = english_visitor
    visitor.says("I'm looking for a road bike")
    visitor.says("hmm, that's too expensive")
    assert not visitor.messages("offer")
    visitor.says("it should be light")
    assert visitor.messages("offer")[0]["kind"] == "down"
    assert "give up" in visitor.text
    visitor.says("ok, take it")
    visitor.says("54")
    for _ in range(3):
        if visitor.last["cart"]["lines"]:
            break
        visitor.presses(visitor.choices()[0]["title"])
    assert len(visitor.last["cart"]["lines"]) == 1
    assert all(offer["kind"] != "up" for offer in visitor.messages("offer"))


def test_another_colour_after_the_read_back_is_the_one_bought(english_visitor: Visitor) -> None:
    visitor = english_visitor
    visitor.says("no offers please")
    visitor.says("helmet basis white M")
    visitor.says("i'll take it")
    visitor.says("no wait, make it black")
    visitor.says("yes")
    assert [line["sku"] for line in visitor.last["cart"]["lines"]] == ["HELM-BASIS-BLACK-M"]


def test_no_advertising_at_the_start_means_full_service_without_any_offer(visitor: Visitor) -> None:
    visitor.says("keine Werbung bitte")
    seen = list(visitor.messages("offer"))
    for text in ("ich suche ein mountainbike unter 1000 euro", "das erste in schwarz", "42", "nehme ich", "ja"):
        visitor.says(text)
        seen += visitor.messages("offer")
    assert sum(visitor.cart.values()) == 1
    visitor.says("zur kasse")
    assert visitor.messages("cart")
    assert seen == []


def test_advice_before_any_yes_puts_nothing_in_the_cart(visitor: Visitor) -> None:
    visitor.says("ich suche ein mountainbike unter 1000 euro")
    visitor.says("das erste")
    visitor.says("gibt es dazu was passendes?")
    assert visitor.messages("offer")[0]["kind"] == "cross"
    assert visitor.cart == {}


def test_a_complaint_in_the_middle_ends_offers_and_brings_a_person(visitor: Visitor) -> None:
    visitor.says("ich suche ein mountainbike unter 1000 euro")
    visitor.says("mein paket kam kaputt an!")
    assert visitor.messages("handoff")[0]["reference"]
    seen = []
    for text in ("das erste in schwarz", "42", "nehme ich", "ja"):
        visitor.says(text)
        seen += visitor.messages("offer")
    assert sum(visitor.cart.values()) == 1
    assert seen == []


def test_two_bikes_are_compared_and_one_is_recommended_honestly(visitor: Visitor) -> None:
    visitor.says("was ist der Unterschied zwischen dem Grat 1 und dem Grat 2?")
    table = visitor.messages("comparison")[0]
    assert len(table["skus"]) == 2
    assert len(table["rows"]) >= 3
    visitor.says("welches lohnt sich für den arbeitsweg?")
    assert "Arbeitsweg" in visitor.text


def test_the_language_switches_in_mid_conversation(visitor: Visitor) -> None:
    visitor.says("ich suche einen helm")
    visitor.says("can we continue in english please?")
    assert visitor.last["language"] == "en"
    visitor.says("the first one")
    assert "size" in visitor.text


def test_what_is_off_topic_is_politely_declined(visitor: Visitor) -> None:
    visitor.says("wie wird das wetter morgen in hamburg?")
    assert visitor.messages("product_cards") == []
    assert visitor.messages("offer") == []


def test_the_transcript_shows_what_was_offered_and_withheld_and_why(visitor: Visitor, house: House) -> None:
    said = ["ich suche ein mountainbike unter 1000 euro", "das erste in schwarz", "42", "nehme ich", "ja"]
    for text in said:
        visitor.says(text)
    with reading(open_engine(f"sqlite:///{house.home / 'core.db'}")) as connection:
        transcript = read_transcript(connection, visitor.session)
        decisions = offer_log.decisions_of(connection, visitor.session)
    assert transcript is not None
    # the welcome is the first line of every conversation
    assert [turn.said for turn in transcript.turns][1:] == said
    assert transcript.turns[1].intent == "search_product"
    assert len(decisions) == 1
    assert sum(len(turn.decisions) for turn in transcript.turns) == 1
    printed = "\n".join(lines(transcript, "en"))
    assert "offered" in printed
    assert "withheld" in printed


def test_an_audit_of_everything_said_in_this_house_finds_no_broken_promise(visitor: Visitor, house: House) -> None:
    for text in ("ich suche ein mountainbike unter 1000 euro", "das erste in schwarz", "42", "nehme ich", "ja"):
        visitor.says(text)
    offered = [card["sku"] for card in visitor.messages("offer")[0]["cards"]]
    visitor.presses("Nein")
    visitor.says("keine werbung bitte")
    with reading(open_engine(f"sqlite:///{house.home / 'core.db'}")) as connection:
        found = audit(connection, datetime(2020, 1, 1, tzinfo=UTC))
        (record,) = [each for each in read_records(connection, found.since) if each.conversation == visitor.session]
    assert found.violations == ()
    assert record.whole
    assert {
        each.sku: (each.position, each.state) for each in record.offers if each.sku in offered
    } == dict.fromkeys(offered, (5, "declined"))
