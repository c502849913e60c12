"""How much shoppers are offered and how they take it, with what every share is a share of."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from actions.store import conversations, messages
from actions.store.engine import open_engine, writing
from actions.store.tables import conversations as chats
from actions.store.tables import messages as log
from actions.store.tables import offer_decisions, offers

NOW = datetime.now(UTC)


def talked(
    electronics, *answers: str, at: datetime = NOW, silent: bool = False, said: str = "", **flags: object
) -> None:
    """One conversation with an offer for each answer; an answer of "declined+ignored" had two cards."""
    name = uuid.uuid4().hex
    with writing(open_engine(f"sqlite:///{electronics.home / 'core.db'}")) as connection:
        conversations.create(connection, conversation_id=name, language="de", channel="web", now=at)
        if flags:
            connection.execute(chats.update().where(chats.c.id == name).values(**flags))
        for client_id in ("welcome",) if silent else ("welcome", "m1"):
            messages.accept(
                connection, conversation=name, client_id=client_id, text="", payload=None, digest="d", now=at
            )
        if said:
            heard = log.c.conversation == name
            connection.execute(log.update().where(heard, log.c.client_id == "m1").values(nlu={"intent": said}))
        for answer in answers:
            offered(connection, name, answer.split("+"), at)


def offered(connection, conversation: str, states: list[str], at: datetime) -> None:
    decision = uuid.uuid4().hex
    row = {"id": decision, "conversation": conversation, "message": None, "decided_at": at, "policy_version": "x"}
    connection.execute(offer_decisions.insert(), {**row, "stage": "intent", "offered": [], "withheld": []})
    for number, state in enumerate(states):
        card = {"id": uuid.uuid4().hex, "decision": decision, "conversation": conversation, "kind": "cross"}
        terms = {"sku": f"S{number}", "anchor": "A", "price": 1, "price_difference": 1, "currency": "EUR"}
        connection.execute(offers.insert(), {**card, **terms, "reason": {}, "state": state, "shown_at": at})


def test_every_share_says_what_it_is_a_share_of(electronics) -> None:
    talked(electronics)
    talked(electronics, "accepted+ignored")
    talked(electronics, "declined", "declined", refusals=2)
    talked(electronics, "ignored", "ignored", "ignored", "shown", opted_out=True)
    talked(electronics, silent=True)
    talked(electronics, "accepted", at=NOW - timedelta(days=31))
    counted = electronics.asked("kpi", "fatigue", "--since", "30d")
    assert (counted["opened"], counted["conversations"], counted["offers_made"]) == (5, 4, 7)
    assert counted["offers"] == {
        "none": {"count": 1, "of": 4, "share": 0.25},
        "one": {"count": 1, "of": 4, "share": 0.25},
        "two_or_more": {"count": 2, "of": 4, "share": 0.5},
    }
    assert {name: each["count"] for name, each in counted["reactions"].items()} == {
        "declined_one": 1,
        "two_noes": 1,
        "ignored_three": 1,
        "opted_out": 1,
        "complained": 0,
    }
    assert {name: (each["count"], each["of"]) for name, each in counted["answers"].items()} == {
        "accepted": (1, 7),
        "declined": (2, 7),
        "ignored": (3, 7),
        "shown": (1, 7),
    }


def test_who_wanted_no_offers_for_a_while_counts_as_having_said_so(electronics) -> None:
    talked(electronics, said="stop_offers", opted_out=False)
    talked(electronics, said="greet", opted_out=False)
    talked(electronics, said="stop_offers", opted_out=True)
    assert electronics.asked("kpi", "fatigue")["reactions"]["opted_out"] == {"count": 2, "of": 3, "share": 2 / 3}


def test_people_read_shares_with_their_counts(electronics) -> None:
    talked(electronics, "declined")
    talked(electronics)
    lines = electronics("kpi", "fatigue").out.splitlines()
    assert "conversations, those in which the shopper said something: 2" in lines
    assert "  one              50.0%  1 of 2" in lines
    assert "  declined        100.0%  1 of 1" in lines


def test_without_conversations_there_is_no_share(electronics) -> None:
    counted = electronics.asked("kpi", "fatigue")
    assert counted["offers"]["none"] == {"count": 0, "of": 0, "share": None}
    assert "  none                 -  0 of 0" in electronics("kpi", "fatigue").out.splitlines()


@pytest.mark.parametrize(("since", "seen"), [("1h", 0), ("12h", 1), ("1w", 1), ("2020-01-01", 1)])
def test_how_far_back_is_said_in_hours_days_weeks_or_from_a_day_on(electronics, since: str, seen: int) -> None:
    talked(electronics, at=NOW - timedelta(hours=5))
    assert electronics.asked("kpi", "fatigue", "--since", since)["conversations"] == seen


@pytest.mark.parametrize("since", ["", "30", "0d", "yesterday", "2026-13-01", "-3d"])
def test_anything_else_is_wrong_use(electronics, since: str) -> None:
    said = electronics("kpi", "fatigue", f"--since={since}")
    assert said.code == 2
    assert "30d" in said.err
