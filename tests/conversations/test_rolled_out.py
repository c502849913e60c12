"""While offers are tried in silence a shopper buys as always, and the log says what would have been named."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from actions.store import policy
from actions.store.engine import reading, writing
from actions.store.tables import conversations
from bot.reports.rollout import read_rehearsed
from tests.conversations.shopper import Shopper
from tests.conversations.test_happy_path import buys_a_mountain_bike


def roll_out(shopper: Shopper, share: str, place: float | None = None) -> None:
    with writing(shopper.house.engine) as connection:
        policy.set_value(connection, "rollout", share)
        connection.execute(
            update(conversations).where(conversations.c.id == shopper.conversation).values(rollout=place)
        )


def test_in_the_shadow_the_yes_fills_the_cart_and_brings_no_offer(shopper: Shopper) -> None:
    roll_out(shopper, "0", 0.0)
    buys_a_mountain_bike(shopper)
    assert sum(shopper.cart.values()) == 1
    assert shopper.shown() == []
    decision = shopper.decisions()[-1]
    assert decision.offered == []
    held_back = [row for row in decision.withheld if row["reason"] == "rollout"]
    with reading(shopper.house.engine) as connection:
        found = read_rehearsed(connection, datetime.now(UTC) - timedelta(days=36500))
    assert (found.conversations, found.offered, found.held_back) == (1, 0, 1)
    assert {row["sku"] for row in held_back} <= {sku for skus in found.kinds.values() for sku in skus}
    assert held_back


def test_who_hesitates_in_the_shadow_is_not_told_that_nothing_is_cheaper(shopper: Shopper) -> None:
    roll_out(shopper, "0", 0.0)
    shopper.says("ich suche ein rennrad", "search_product")
    dearest = max(range(len(shopper.cards)), key=lambda at: shopper.cards[at]["price"]["amount"])
    shopper.says(("das erste", "das zweite", "das dritte")[dearest], "choose_option")
    shopper.says("das ist mir zu teuer", "object_price")
    shopper.says("höchstens 1500 euro", "refine_search")
    assert shopper.offers == []
    assert shopper.text == "Verstehe, das ist viel Geld. Wenn Sie möchten, sehe ich nach etwas Günstigerem."
    assert "rollout" in {row["reason"] for row in shopper.decisions()[-1].withheld if row["kind"] == "down"}
    shopper.presses(shopper.choices()[0]["title"])
    assert [offer["kind"] for offer in shopper.offers] == ["down"]


@pytest.mark.parametrize(("place", "gets"), [(0.05, True), (0.5, False), (None, False)])
def test_a_canary_speaks_to_the_first_in_the_row(shopper: Shopper, place: float | None, gets: bool) -> None:
    roll_out(shopper, "10%", place)
    buys_a_mountain_bike(shopper)
    assert bool(shopper.shown()) is gets


def test_a_question_is_answered_in_the_shadow_too(shopper: Shopper) -> None:
    roll_out(shopper, "0", 0.0)
    buys_a_mountain_bike(shopper)
    shopper.says("was passt dazu?", "ask_accessories")
    assert [offer["kind"] for offer in shopper.offers] == ["cross"]
