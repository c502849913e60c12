"""`tresen transcripts audit`: exit code 1 and a name where an offer broke a promise."""

from datetime import UTC, datetime, timedelta

import pytest

from actions.store import conversations, messages
from actions.store.engine import open_engine, writing
from actions.store.tables import offer_decisions, offers

CHAT = "a" * 32
NOW = datetime.now(UTC)


@pytest.fixture
def offered_too_early(electronics):
    """A merchant whose assistant offered a bag to somebody who had only said hello."""
    engine = open_engine(f"sqlite:///{electronics.home / 'core.db'}")
    with writing(engine) as connection:
        conversations.create(connection, conversation_id=CHAT, language="de", channel="web", now=NOW)
        for position, text in enumerate(("", "Hallo")):
            message = messages.accept(
                connection,
                conversation=CHAT,
                client_id=str(position),
                text=text,
                payload=None,
                digest="",
                now=NOW + timedelta(seconds=position),
            ).message_id
            nlu = {"intent": "greet"} if text else None
            messages.answer(connection, message, b'{"cart": {"lines": []}}', nlu=nlu, now=NOW)
        of = {"conversation": CHAT, "message": message, "decided_at": NOW, "policy_version": "x"}
        decision = {"id": "d", "stage": "intent", "offered": [], "withheld": []}
        connection.execute(offer_decisions.insert(), {**of, **decision})
        terms = {
            "sku": "LAPTOP-BAG",
            "anchor": "LAPTOP-BASIC",
            "price": 1,
            "price_difference": 1,
            "currency": "EUR",
        }
        row = {"id": "o", "decision": "d", "conversation": CHAT, "kind": "cross", "state": "shown", "shown_at": NOW}
        connection.execute(offers.insert(), {**row, **terms, "reason": {}})
    engine.dispose()
    return electronics


def test_a_violation_is_named_and_ends_with_exit_code_1(offered_too_early) -> None:
    said = offered_too_early("transcripts", "audit")
    assert said.code == 1
    assert said.out.splitlines()[1:] == [
        "products offered: 1, 1 of them unasked",
        "  order first        1 broken     0 not decidable",
        "  no is a no         0 broken     0 not decidable",
        "  offers ended       0 broken     0 not decidable",
        "  not too many       0 broken     0 not decidable",
        f"{CHAT}  message 1  order_first  LAPTOP-BAG",
    ]
    assert said.sentences == ["1 broken promise found."]


def test_as_json_it_is_one_document_with_the_same_exit_code(offered_too_early) -> None:
    said = offered_too_early("transcripts", "audit", "--json")
    assert said.code == 1
    assert said.document["violations"] == [
        {
            "conversation": CHAT,
            "position": 1,
            "promise": "order_first",
            "sku": "LAPTOP-BAG",
            "verdict": "broken",
        }
    ]
    assert (said.document["conversations"], said.document["with_offers"]) == (1, 1)


def test_without_a_violation_all_is_well(offered_too_early) -> None:
    tomorrow = (NOW + timedelta(days=2)).strftime("%Y-%m-%d")
    assert offered_too_early.asked("transcripts", "audit", "--since", tomorrow)["violations"] == []
