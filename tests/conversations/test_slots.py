"""What the engine is told beside the words: flags that its markers read, each only when it changes."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select

from actions import base
from actions.services import Services
from actions.store.engine import reading
from actions.store.tables import action_replies
from tests.conversations.shopper import Shopper, actions_by_name

BUYS = (("grat 2 in schwarz 42 nehme ich", "purchase_intent"), ("ja", "confirm"))


def flags(shopper: Shopper) -> set[str]:
    """The flags that hold after the last answer."""
    return {slot["name"] for slot in shopper.slots if slot["value"] is True}


def test_each_answer_keeps_what_it_changed_of_what_is_remembered(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("keine werbung bitte", "stop_offers")
    with reading(shopper.house.engine) as connection:
        rows = select(action_replies.c.changes).order_by(action_replies.c.created_at)
        searched, stopped = connection.scalars(rows).all()
    assert ["category", "", "bikes/mountain"] in searched
    assert ["max_price", "", "1000.00"] in searched
    assert stopped == [["opted_out", "", "✓"]]


def test_the_flags_say_what_was_agreed_to_and_offered_unasked(shopper: Shopper) -> None:
    shopper.says(*BUYS[0])
    assert flags(shopper) == set()
    shopper.says(*BUYS[1])
    assert flags(shopper) == {"purchase_confirmed", "more_offered"}
    shopper.says("was passt dazu?", "ask_accessories")
    assert shopper.offers
    assert flags(shopper) == {"purchase_confirmed"}
    shopper.says("keine werbung bitte", "stop_offers")
    assert flags(shopper) == {"purchase_confirmed", "offers_ended"}
    shopper.says("nimm alles wieder raus", "remove_from_cart")
    assert flags(shopper) == {"offers_ended"}


def test_a_complaint_ends_offers_for_the_markers_too(shopper: Shopper) -> None:
    shopper.says("ich bin sehr unzufrieden", "complaint")
    assert flags(shopper) == {"offers_ended"}


def test_a_flag_is_empty_and_never_false(shopper: Shopper) -> None:
    shopper.says("guten tag", "greet")
    assert {slot["name"]: slot["value"] for slot in shopper.slots} == {
        "language": "de",
        "purchase_confirmed": None,
        "offers_ended": None,
        "more_offered": None,
        "less_offered": None,
    }


async def test_the_engine_hears_only_of_slots_that_change(house: Services, monkeypatch) -> None:
    monkeypatch.setattr(base, "services", lambda: house)
    shopper = Shopper(house)
    shopper.says(*BUYS[0])
    intent = {"name": "confirm", "confidence": 0.9}
    latest = {
        "text": "ja",
        "intent": intent,
        "message_id": "m1",
        "metadata": {"conversation": shopper.conversation},
    }
    known = {"language": "de", "purchase_confirmed": None, "offers_ended": None, "more_offered": None}
    tracker = Tracker(shopper.conversation, known, latest, [], False, None, {}, "action_listen")
    events = await actions_by_name()["action_answer_yes"].run(CollectingDispatcher(), tracker, {})
    assert {event["name"]: event["value"] for event in events} == {"purchase_confirmed": True, "more_offered": True}
