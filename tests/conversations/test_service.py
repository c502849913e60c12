"""Opt-out, complaints, handoff, language, hesitation, questions and the things that are not the shop's business."""

import pytest

from actions.store.engine import reading
from actions.store.tables import consent_events, handoffs
from tests.conversations.shopper import Shopper
from tests.conversations.test_happy_path import buys_a_mountain_bike


def test_who_wants_no_advertising_gets_full_service_and_no_offer(shopper: Shopper) -> None:
    shopper.says("keine Werbung bitte", "stop_offers")
    buys_a_mountain_bike(shopper)
    assert sum(shopper.cart.values()) == 1
    assert shopper.shown() == []
    assert {w["reason"] for d in shopper.decisions() for w in d.withheld} == {"opted_out"}
    shopper.says("zur kasse", "checkout")
    assert shopper.messages[-1] == {"type": "cart", "checkout": True}


def test_offers_can_be_wanted_again(shopper: Shopper) -> None:
    shopper.says("keine Werbung bitte", "stop_offers")
    shopper.says("doch wieder Angebote", "resume_offers")
    buys_a_mountain_bike(shopper)
    assert len(shopper.offers) == 1


def test_what_is_missing_to_make_it_work_is_told_even_after_opting_out(shopper: Shopper) -> None:
    shopper.says("keine Werbung bitte", "stop_offers")
    shopper.says("ich nehme das rennrad tempo 2", "purchase_intent")
    told = shopper.goes_on_to("Ja, in den Warenkorb")
    assert "Pedale" in told
    assert shopper.shown() == []


def test_advice_before_any_yes_is_given_and_fills_no_cart(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("das erste", "choose_option")
    shopper.says("gibt es dazu was passendes?", "ask_accessories")
    assert len(shopper.offers) == 1
    assert shopper.cart == {}


def test_after_a_complaint_nothing_is_offered_and_a_person_gets_the_context(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    shopper.says("mein paket kam kaputt an!", "complaint")
    assert shopper.offers == []
    assert [m["type"] for m in shopper.messages][-1] == "handoff"
    shopper.says("ich suche einen helm", "search_product")
    shopper.presses("Nehme ich")
    shopper.goes_on_to("Ja, in den Warenkorb")
    shopper.says("ja", "confirm")
    assert len(shopper.cart) == 2
    assert shopper.offers == []
    assert {w["reason"] for w in shopper.decisions()[-1].withheld} == {"negative_mood"}
    with reading(shopper.house.engine) as connection:
        rows = connection.execute(handoffs.select()).all()
    assert len(rows) == 1
    assert rows[0].reason == "complaint"
    assert rows[0].context["cart"]


@pytest.mark.parametrize(
    ("language", "lines", "sorry"),
    [
        ("de", ("mein paket kam kaputt an!", "und der lack ist zerkratzt"), "tut mir leid"),
        ("en", ("my parcel arrived broken!", "and the paint is scratched"), "sorry"),
    ],
)
def test_a_complaint_is_regretted_once_and_what_follows_is_added_to_it(
    shopper: Shopper, language: str, lines: tuple[str, str], sorry: str
) -> None:
    shopper = Shopper(shopper.house, language=language)
    shopper.says(lines[0], "complaint")
    assert shopper.text.count(sorry) == 1
    assert sorry in shopper.messages[0]["spoken"]
    reference = shopper.messages[-1]["reference"]
    shopper.says(lines[1], "complaint")
    assert sorry not in shopper.text
    assert reference in shopper.text
    with reading(shopper.house.engine) as connection:
        (row,) = connection.execute(handoffs.select()).all()
    assert row.context["added"] == [lines[1]]


def test_the_language_switches_in_the_middle_and_back(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("english please", "switch_language")
    assert shopper.state.language == "en"
    shopper.language = "en"
    shopper.says("the first one", "choose_option")
    assert "size" in shopper.text
    shopper.says("auf deutsch bitte", "switch_language")
    assert shopper.state.language == "de"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("der versand ist mir zu teuer", "Versand"),
        ("wie lange dauert denn die lieferung, das ist mir zu lang", "Werktagen"),
    ],
)
def test_a_hesitation_is_answered_by_its_reason(shopper: Shopper, text: str, said: str) -> None:
    shopper.says("ich suche einen helm", "search_product")
    shopper.says(text, "hesitate")
    assert said in shopper.text
    assert shopper.offers == []


def test_the_second_time_a_shopper_wants_to_think_they_are_let_go(shopper: Shopper) -> None:
    shopper.says("ich suche einen helm", "search_product")
    shopper.says("ich überlege noch", "hesitate")
    assert shopper.offers == []
    shopper.says("ich überlege noch", "hesitate")
    assert shopper.offers == []
    assert "in Ruhe" in shopper.text


def test_a_fact_that_is_not_recorded_is_said_to_be_unknown(shopper: Shopper) -> None:
    shopper.says("ich suche einen helm", "search_product")
    shopper.says("der erste", "choose_option")
    shopper.says("wie viel watt hat der?", "ask_details")
    assert "nicht sicher" in shopper.text


def test_two_bikes_are_compared_from_their_records(shopper: Shopper) -> None:
    shopper.says("was ist der Unterschied zwischen dem Grat 1 und dem Grat 2?", "compare")
    table = next(m for m in shopper.messages if m["type"] == "comparison")
    assert len(table["skus"]) == 2
    assert 3 <= len(table["rows"]) <= 6
    shopper.says("welches lohnt sich für den arbeitsweg?", "ask_recommendation")
    assert "Arbeitsweg" in shopper.text


def test_what_the_shop_does_not_sell_is_said_and_nothing_is_offered(shopper: Shopper) -> None:
    shopper.says("habt ihr toaster?", "search_product")
    assert "führen wir leider nicht" in shopper.text
    assert shopper.cards == []
    shopper.says("wie wird das wetter morgen", "out_of_scope")
    assert "nicht helfen" in shopper.text


def test_consent_is_recorded_and_withdrawn_as_easily(shopper: Shopper) -> None:
    shopper.says("ihr dürft meine käufe nutzen", "give_consent")
    assert shopper.state.consent == "personalised"
    shopper.says("ich widerrufe", "withdraw_consent")
    assert shopper.state.consent == "service"
    with reading(shopper.house.engine) as connection:
        states = [row.state for row in connection.execute(consent_events.select())]
    assert states == ["personalised", "service"]


def test_one_button_withdraws_what_another_gave(shopper: Shopper) -> None:
    shopper.says("ihr dürft meine käufe nutzen", "give_consent")
    shopper.presses("Persönliche Beratung beenden")
    assert shopper.state.consent == "service"
    shopper.presses("Persönliche Beratung erlauben")
    assert shopper.state.consent == "personalised"


def test_erasing_asks_first_and_then_forgets_cart_and_offers(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    shopper.says("lösch meine daten", "erase_data")
    assert sum(shopper.cart.values()) == 1
    shopper.says("ja", "confirm")
    assert shopper.cart == {}
    assert shopper.shown() == []
    assert "gelöscht" in shopper.text


def test_an_unsure_reading_of_something_consequential_is_asked_back(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    shopper.says("kasse vielleicht", "checkout", guard="unsure")
    assert "nicht ganz sicher" in shopper.text
    assert shopper.state.stage == "intent"
    assert "Zur Kasse gehen" in [c["title"] for c in shopper.choices()]


def test_quantities_change_and_lines_leave_the_cart(shopper: Shopper) -> None:
    shopper.says("ich nehme schlauch 29 av", "purchase_intent")
    shopper.goes_on_to("Ja, in den Warenkorb")
    shopper.says("ja", "confirm")
    (sku,) = shopper.cart
    shopper.says("ich brauche drei davon", "change_quantity")
    assert shopper.cart == {sku: 3}
    shopper.says("nimm das wieder raus", "remove_from_cart")
    assert shopper.cart == {}


def test_a_size_answers_the_open_question_whatever_it_sounds_like(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    shopper.says("ja gerne", "confirm")
    assert "Größe" in shopper.text
    shopper.says("M", "hesitate")
    assert "Farbe" in shopper.text
    shopper.presses("schwarz")
    assert len(shopper.cart) == 2


def test_a_question_about_a_colour_is_about_the_product_in_discussion(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.presses("Ansehen")
    family = shopper.state.memory["focus"]
    shopper.says("gibt es das auch in rot?", "ask_availability")
    assert "so leider nicht da (rot)" in shopper.text
    assert shopper.state.memory["focus"] == family


def test_a_limit_is_given_up_only_after_a_yes(shopper: Shopper) -> None:
    shopper.says("haben sie ein mountainbike unter 100 euro?", "search_product")
    assert shopper.cards == []
    assert "Soll ich" in shopper.text
    shopper.says("ja", "confirm")
    assert shopper.cards
    assert shopper.cart == {}


def test_an_unknown_kind_of_product_is_named_even_when_asked_for_as_in_stock(shopper: Shopper) -> None:
    shopper.says("habt ihr toaster?", "ask_availability")
    assert "führen wir leider nicht" in shopper.text


def test_a_quantity_said_at_the_read_back_is_about_the_item_read_back(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    bike = shopper.cart
    shopper.says("nein danke", "deny")
    shopper.says("ich nehme schlauch 29 av", "purchase_intent")
    shopper.goes_on_to("Ja, in den Warenkorb")
    shopper.says("lieber zwei davon", "change_quantity")
    assert shopper.cart == bike
    shopper.says("ja", "confirm")
    assert sorted(shopper.cart.values()) == [1, 2]
    assert bike.items() <= shopper.cart.items()


def test_a_yes_after_the_details_leads_to_the_read_back_and_not_into_the_cart(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("das erste in schwarz", "choose_option")
    shopper.says("42", "refine_search")
    shopper.says("ja", "confirm")
    assert "Nur zur Sicherheit" in shopper.text
    assert shopper.cart == {}


def test_nehme_ich_means_what_was_talked_of_last_and_not_an_old_read_back(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("das erste in schwarz", "choose_option")
    shopper.says("42", "refine_search")
    shopper.says("nehme ich", "purchase_intent")
    shopper.says("was kostet der fahrradhelm kalotta basis?", "ask_price")
    shopper.says("den nehme ich", "purchase_intent")
    assert shopper.cart == {}
    assert "Basis" in shopper.text


def test_a_person_asked_for_ends_offers(shopper: Shopper) -> None:
    shopper.says("ich möchte mit einem menschen sprechen", "human_handoff")
    buys_a_mountain_bike(shopper)
    assert sum(shopper.cart.values()) == 1
    assert shopper.shown() == []


def test_the_same_message_read_in_another_way_has_no_second_effect(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("das erste in schwarz", "choose_option")
    shopper.says("42", "refine_search")
    shopper.says("nehme ich", "purchase_intent")
    first = shopper.says("ja", "confirm", message="the-same")
    again = shopper.says("ja", "purchase_intent", message="the-same")
    assert first == again
    assert sum(shopper.cart.values()) == 1


def test_one_of_three_leaves_the_cart_and_two_stay(shopper: Shopper) -> None:
    shopper.says("ich nehme schlauch 29 av", "purchase_intent")
    shopper.goes_on_to("Ja, in den Warenkorb")
    shopper.says("ich möchte drei stück", "change_quantity")
    shopper.says("ja", "confirm")
    (sku,) = shopper.cart
    assert shopper.cart == {sku: 3}
    shopper.says("eine davon wieder raus", "remove_from_cart")
    assert shopper.cart == {sku: 2}
    shopper.says("was kostet das alles?", "ask_price")
    assert {"type": "cart", "checkout": True} in shopper.messages
