"""A shopper in the hold-out is served like anybody, and offered nothing more unasked."""

from sqlalchemy import update

from actions.offers.lots import HELD_OUT
from actions.store.engine import writing
from actions.store.tables import conversations
from tests.conversations.shopper import Shopper
from tests.conversations.test_happy_path import buys_a_mountain_bike


def hold_out(shopper: Shopper) -> None:
    with writing(shopper.house.engine) as connection:
        held = update(conversations).where(conversations.c.id == shopper.conversation).values(arm=HELD_OUT)
        connection.execute(held)


def test_after_the_yes_nothing_is_offered_and_the_log_says_what_was_held_back(shopper: Shopper) -> None:
    hold_out(shopper)
    buys_a_mountain_bike(shopper)
    assert sum(shopper.cart.values()) == 1
    assert shopper.shown() == []
    decision = shopper.decisions()[-1]
    assert "holdout" in {row["reason"] for row in decision.withheld}
    assert decision.placement == "chat"


def test_a_question_is_answered_all_the_same(shopper: Shopper) -> None:
    hold_out(shopper)
    buys_a_mountain_bike(shopper)
    shopper.says("was passt dazu?", "ask_accessories")
    assert [offer["kind"] for offer in shopper.offers] == ["cross"]
