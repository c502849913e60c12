"""A conversation in a line: what became of it, what was noticeable, and what it is found by."""

import asyncio
import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import column, select, table, text, update
from sqlalchemy.exc import IntegrityError

from actions.store import conversations, digest_search, digests
from actions.store.digest_keys import Wanted
from actions.store.engine import reading, writing
from actions.store.scrubbing import scrub
from actions.store.tables import cart_lines, conversation_digests
from actions.store.tables import conversations as chats
from bot.privacy.anonymising import anonymise
from bot.review.freshness import keep_fresh
from bot.transcripts import digesting
from bot.transcripts.digest import OUTCOMES
from tests.gateway.shop import BIKE, HELMET
from tests.review.conftest import START, Room
from tests.review.talks import Said, decide, hand_over, hold, order, put_into_cart, say

NAME = "c" * 32
BUTTON = Said("", button={"intent": "confirm", "entities": {}}, intent="confirm", confidence=1.0)


@pytest.fixture
def read(room: Room):
    """What the list says of the conversation, read anew."""

    def read() -> digest_search.Listed:
        digesting.rebuild(room.database, room.clock())
        with reading(room.database) as connection:
            found = digest_search.one(connection, NAME)
        assert found is not None
        return found

    return read


def facets(room: Room) -> set[tuple[str, str]]:
    with reading(room.database) as connection:
        return {tuple(row) for row in connection.execute(text("SELECT kind, value FROM digest_facets"))}


def found(room: Room, **wanted) -> list[str]:
    with reading(room.database) as connection:
        return [row.conversation for row in digest_search.page(connection, Wanted(**wanted), 50)]


def test_every_outcome_is_told_by_the_record(room: Room, read) -> None:
    told = []
    with writing(room.database) as connection:
        conversations.create(connection, conversation_id=NAME, language="de", channel="web", now=START)
    told.append(read().outcome)
    with writing(room.database) as connection:
        say(connection, NAME, Said(), START)
    told.append(read().outcome)
    with writing(room.database) as connection:
        put_into_cart(connection, NAME, START)
    told.append(read().outcome)
    with writing(room.database) as connection:
        connection.execute(update(chats).values(stage="checkout"))
    told.append(read().outcome)
    with writing(room.database) as connection:
        hand_over(connection, NAME, START)
    told.append(read().outcome)
    with writing(room.database) as connection:
        order(connection, NAME, START, state="cancelled")
        connection.execute(cart_lines.delete())
    told.append(read().outcome)
    with writing(room.database) as connection:
        connection.execute(text("UPDATE orders SET state = 'placed'"))
    told.append(read().outcome)
    assert told == list(reversed(OUTCOMES))


def test_what_was_noticeable_is_counted(room: Room, read) -> None:
    with writing(room.database) as connection:
        hold(
            connection,
            NAME,
            Said("guten tag", intent="greet", confidence=0.99),
            Said("hmpf", intent="nlu_fallback", confidence=0.41, answer="Wie bitte?"),
            Said("hmpf!", intent="nlu_fallback", confidence=0.38, answer="Wie bitte?"),
            Said("", button={"intent": "confirm", "entities": {}}, confidence=0.1, answer="Gern."),
            Said("noch mal", intent="repeat", answer="Gern."),
            Said("und jetzt", error="engine_timeout", answer="Das hat nicht geklappt."),
            Said("hallo?", lost=True),
            at=START,
        )
    room.clock.forward(minutes=5)
    row = read()
    assert (row.first_words, row.turns) == ("guten tag", 7)
    assert row.confidence == 0.38, "a button is no guess"
    assert (row.fallbacks, row.repeats, row.errors) == (2, 1, 2)
    assert {value for kind, value in facets(room) if kind == "mark"} == {"fallback", "repeat", "error"}


def test_a_message_that_is_being_answered_is_not_lost_yet(room: Room, read) -> None:
    with writing(room.database) as connection:
        hold(connection, NAME, Said("hallo?", lost=True), at=START)
    assert read().errors == 0
    room.clock.forward(minutes=2)
    assert read().errors == 1


def test_offers_are_told_in_their_order_with_what_became_of_each(room: Room, read) -> None:
    with writing(room.database) as connection:
        ids = hold(connection, NAME, Said(), Said(), Said(), at=START)
        decide(connection, NAME, ids[0], START - timedelta(seconds=40), kind="down", state="ignored")
        decide(connection, NAME, ids[1], START - timedelta(seconds=20), kind="up", state="declined", withheld=())
        decide(connection, NAME, ids[2], START, state="accepted", skus=(HELMET, "LOCK"))
    assert [tuple(each) for each in read().offers] == [
        ("down", "ignored", 1),
        ("up", "declined", 1),
        ("cross", "accepted", 2),
    ]
    kept = facets(room)
    assert {("offer", "cross"), ("offer", "cross.accepted"), ("offer", "up.declined")} <= kept
    assert {("refusal", "margin"), ("sku", HELMET), ("sku", BIKE), ("intent", "search_product")} <= kept
    assert ("sku", "LOCK-1") not in kept, "what was withheld was not talked about"


def test_a_conversation_with_an_offer_moves_up_the_list_when_it_goes_on(room: Room, read) -> None:
    with writing(room.database) as connection:
        ids = hold(connection, NAME, Said(), at=START)
        decide(connection, NAME, ids[0], START, state="shown")
    read()
    with writing(room.database) as connection:
        say(connection, NAME, Said("nein"), START + timedelta(seconds=8))
        connection.execute(update(chats).values(active_at=START + timedelta(seconds=8)))
    assert read().active_at == START + timedelta(seconds=8)
    assert "reason" in {kind for kind, _ in facets(room)}
    with reading(room.database) as connection:
        moments = connection.execute(text("SELECT count(DISTINCT active_us) FROM digest_facets")).scalar()
    assert moments == 1


def test_one_digest_that_cannot_be_written_keeps_no_other_out_of_the_list(room: Room, monkeypatch) -> None:
    with writing(room.database) as connection:
        hold(connection, NAME, Said(), at=START)
        hold(connection, "b" * 32, Said(), at=START)
    write = digests.write

    def fails(connection, made, now) -> None:
        if any(digest.conversation == NAME for digest in made):
            raise IntegrityError("planted", None, Exception())
        write(connection, made, now)

    monkeypatch.setattr(digests, "write", fails)
    assert digesting.rebuild(room.database, room.clock()) == 1
    assert found(room) == ["b" * 32]


def test_what_has_not_changed_is_not_written_again(room: Room) -> None:
    with writing(room.database) as connection:
        hold(connection, NAME, Said(), at=START)
        hold(connection, "d" * 32, Said("etwas anderes"), at=START)
    assert digesting.rebuild(room.database, room.clock()) == 2
    assert digesting.rebuild(room.database, room.clock()) == 0
    room.clock.forward(minutes=1)
    with writing(room.database) as connection:
        say(connection, NAME, Said("noch etwas"), room.clock())
    assert digesting.refresh(room.database, room.clock()) == 1
    assert found(room, words="etwas") == [NAME, "d" * 32]
    assert digesting.catch_up(room.database, room.clock()) == 0


def test_an_answer_that_comes_late_and_an_order_reach_the_list(room: Room) -> None:
    with writing(room.database) as connection:
        hold(connection, NAME, Said(), at=START)
    digesting.rebuild(room.database, room.clock())
    room.clock.forward(hours=3)
    with writing(room.database) as connection:
        order(connection, NAME, room.clock())
    assert digesting.refresh(room.database, room.clock(), room.clock()) == 1
    assert found(room, facets=(("outcome", "ordered"),)) == [NAME]
    assert found(room, words="4711ccc") == [NAME]


async def test_the_running_house_keeps_the_list_fresh_by_itself(room: Room) -> None:
    with writing(room.database) as connection:
        hold(connection, NAME, Said(), at=START)
    task = asyncio.create_task(keep_fresh(room.console, pause=0))
    async with asyncio.timeout(10):
        while not found(room):
            await asyncio.sleep(0)
        with writing(room.database) as connection:
            say(connection, NAME, Said("einhorn"), START + timedelta(seconds=1))
        while not found(room, words="einhorn"):
            await asyncio.sleep(0)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def everywhere(room: Room, word: str) -> list[str]:
    """The tables in which a word stands, those of the full-text index too."""
    with room.database.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        rows = {
            name: connection.execute(select(column("*", is_literal=True)).select_from(table(name))).all()
            for name in names
        }
    return [name for name, content in rows.items() if word in str(content)]


@pytest.mark.parametrize("erase", [conversations.delete, conversations.erase_content])
def test_what_was_erased_is_in_no_digest_and_in_no_index(room: Room, erase) -> None:
    with writing(room.database) as connection:
        hold(connection, NAME, Said("zebrastreifen"), Said("und zebrastreifen"), at=START)
        hold(connection, "d" * 32, Said("ein anderes"), at=START)
    digesting.rebuild(room.database, room.clock())
    assert everywhere(room, "zebrastreifen")
    with writing(room.database) as connection:
        erase(connection, NAME)
    scrub(room.database)
    assert everywhere(room, "zebrastreifen") == []
    assert found(room, words="zebrastreifen") == []
    assert found(room, words="anderes") == ["d" * 32]
    with reading(room.database) as connection:
        left = connection.scalars(select(conversation_digests.c.conversation)).all()
    assert set(left) == ({"d" * 32} if erase is conversations.delete else {NAME, "d" * 32})


def make_anonymous(room: Room) -> None:
    with writing(room.database) as connection:
        anonymise(connection, [NAME], room.clock())


def test_what_became_of_an_anonymous_conversation_stays_when_the_list_is_made_anew(room: Room, read) -> None:
    with writing(room.database) as connection:
        hold(connection, NAME, Said(), Said("hmpf", intent="nlu_fallback", confidence=0.4), BUTTON, at=START)
        put_into_cart(connection, NAME, START)
    before = read()
    assert (before.turns, before.outcome, before.fallbacks, before.confidence) == (3, "cart", 1, 0.4)
    make_anonymous(room)
    kept = facets(room)
    assert digesting.rebuild(room.database, room.clock()) == 0
    assert digesting.refresh(room.database, room.clock()) == 0
    assert read() == replace(before, first_words="")
    assert facets(room) == kept
    assert found(room, words="hmpf") == []


def test_an_anonymous_conversation_without_a_digest_still_counts_its_turns(room: Room, read) -> None:
    with writing(room.database) as connection:
        hold(connection, NAME, Said(), Said("hmpf", intent="nlu_fallback", confidence=0.4), BUTTON, at=START)
    make_anonymous(room)
    row = read()
    assert (row.turns, row.outcome, row.fallbacks, row.confidence) == (3, "left", 1, 0.4)


def test_who_comes_back_after_being_made_anonymous_is_read_again(room: Room, read) -> None:
    with writing(room.database) as connection:
        hold(connection, NAME, Said(), at=START)
    read()
    make_anonymous(room)
    room.clock.forward(days=1)
    with writing(room.database) as connection:
        say(connection, NAME, Said("einhorn"), room.clock())
        connection.execute(update(chats).values(active_at=room.clock()))
    assert (read().turns, found(room, words="einhorn")) == (2, [NAME])


def test_a_conversation_erased_while_it_is_read_gets_no_digest(room: Room, monkeypatch) -> None:
    with writing(room.database) as connection:
        hold(connection, NAME, Said(), at=START)
    original = digesting.digest_of

    def read_and_lose(written, now):
        digest = original(written, now)
        with writing(room.database) as connection:
            conversations.delete(connection, NAME)
        return digest

    monkeypatch.setattr(digesting, "digest_of", read_and_lose)
    digesting.rebuild(room.database, room.clock())
    assert found(room) == []
