"""`tresen matrix suggest`: what verdicts and answers say of the matrix."""

import uuid
from datetime import UTC, datetime, timedelta

from actions.store import conversations
from actions.store.digest_tables import reviews
from actions.store.engine import open_engine, writing
from actions.store.tables import offer_decisions, offers

NOW = datetime.now(UTC)


def talked(electronics, *shown: str, verdict: str = "", cause: str = "", at: datetime = NOW) -> None:
    """A conversation about the laptop in which each of `shown` was offered and passed over, and a verdict on it."""
    chat, decision = uuid.uuid4().hex, uuid.uuid4().hex
    row = {"id": decision, "conversation": chat, "decided_at": at, "policy_version": "x", "stage": "intent"}
    with writing(open_engine(f"sqlite:///{electronics.home / 'core.db'}")) as connection:
        conversations.create(connection, conversation_id=chat, language="de", channel="web", now=at)
        about = {"message": None, "anchor": "LAPTOP-BASIC", "offered": list(shown), "withheld": []}
        connection.execute(offer_decisions.insert(), {**row, **about})
        for sku in shown:
            card = {"id": uuid.uuid4().hex, "decision": decision, "conversation": chat, "kind": "cross", "sku": sku}
            terms = {"anchor": "LAPTOP-BASIC", "price": 1, "price_difference": 1, "currency": "EUR", "reason": {}}
            connection.execute(offers.insert(), {**card, **terms, "state": "ignored", "shown_at": at})
        if verdict:
            judged = {"conversation": chat, "status": "done", "verdict": verdict, "causes": [cause] * bool(cause)}
            usual = {"flagged": False, "tags": [], "note": "", "changed_at": at}
            connection.execute(reviews.insert(), {**judged, **usual})


def test_what_the_team_objected_to_and_what_it_missed_is_told_in_both_languages(electronics) -> None:
    for _ in range(2):
        talked(electronics, "MOUSE", verdict="bad", cause="wrong_offer")
        talked(electronics, verdict="ok", cause="should_have_offered")
    talked(electronics, "LAPTOP-BAG", verdict="good")
    talked(electronics, "LAPTOP-BAG", verdict="bad", cause="tone")
    english = electronics("matrix", "suggest").out.splitlines()
    assert [line.partition(":")[0] for line in english] == ["missed", "objected to (Cross-sell)"]
    assert english[1].endswith("(family:mouse), in 2 of 2 reviewed conversations")
    german = electronics("matrix", "suggest", "--lang", "de").out.splitlines()
    assert german[0] == (
        "vermisst: ein Angebot zu Laptop Rechenwerk Schreibblock (family:laptop-basic), in 2 beurteilten Gesprächen"
    )


def test_the_source_and_the_time_can_be_named(electronics) -> None:
    for _ in range(25):
        talked(electronics, "MOUSE")
    for _ in range(2):
        talked(electronics, "MOUSE", verdict="bad", cause="wrong_offer", at=NOW - timedelta(days=60))
    assert [each["advice"] for each in electronics.asked("matrix", "suggest")] == ["objected"]
    assert electronics.asked("matrix", "suggest", "--from", "answers") == []
    assert electronics.asked("matrix", "suggest", "--since", "30d") == []
    said = electronics("matrix", "suggest", "--since", "30d", "--lang", "de")
    assert said.out.startswith("Nichts vorzuschlagen")
    assert electronics("matrix", "suggest", "--since", "lately").code == 2
