"""A planted word is in no byte of any file once its chat was erased, whoever erased it."""

import secrets
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from actions.store import conversations, label_corrections, messages
from actions.store.digest_tables import conversation_digests
from actions.store.engine import reading, writing
from actions.store.label_corrections import Annotation
from actions.store.scrubbing import scrub
from bot.privacy import holds
from bot.privacy.erase_list import What
from bot.privacy.holds import Hold
from bot.seals import utc_now
from bot.transcripts import digesting
from tests.gateway.conftest import API_KEY, Build, Chat, Gateway, open_chat

ERASED = [{"custom": {"type": "text", "text": "Gelöscht.", "response": "utter_erased"}}]


def home(gateway: Gateway) -> Path:
    return Path(str(gateway.database.url.database)).parent


def files_with(folder: Path, *words: str) -> set[str]:
    """Every file below the folder, whatever it is, that holds one of the words."""
    needles = [word.encode() for word in words]
    return {
        file.name
        for file in folder.rglob("*")
        if file.is_file() and any(needle in file.read_bytes() for needle in needles)
    }


async def plant(chat: Chat, gateway: Gateway) -> str:
    """Say a random word often enough to fill pages of the database."""
    mark = f"marke{secrets.token_hex(12)}"
    for _ in range(20):
        await chat.say(f"ich suche {mark} " + mark * 20)
    with writing(gateway.database) as connection:
        said = messages.history(connection, chat.session)[-1].id
        marked = [Annotation(0, 3, "value", mark)]
        words = {"conversation": chat.session, "message": said, "intent": "greet", "annotations": marked}
        label_corrections.propose(connection, **words, by=None, now=utc_now())
    # what the console lists and searches is to be empty of it too
    digesting.rebuild(gateway.database, utc_now())
    assert files_with(home(gateway), mark)
    return mark


async def test_a_chat_the_shopper_deletes_is_in_no_file_any_more(chat: Chat, gateway: Gateway) -> None:
    other = await open_chat(chat.client)
    mark = await plant(chat, gateway)
    await other.say("bleibt")
    assert (await chat.client.delete("/api/session", headers=chat.headers)).status_code == 204
    assert files_with(home(gateway), mark, chat.session) == set()
    assert files_with(home(gateway), "bleibt")


async def test_a_chat_the_staff_erases_is_in_no_file_any_more(chat: Chat, gateway: Gateway) -> None:
    mark = await plant(chat, gateway)
    answer = await chat.client.delete(f"/api/sessions/{chat.session}", headers={"X-Api-Key": API_KEY})
    assert answer.status_code == 204
    assert files_with(home(gateway), mark, chat.session) == set()
    (entry,) = gateway.services.inbox._eraser.erased.read()
    assert entry.what is What.CONVERSATION


async def test_what_is_erased_inside_the_chat_is_in_no_file_and_on_the_list(chat: Chat, gateway: Gateway) -> None:
    mark = await plant(chat, gateway)

    def erases(_turn: dict) -> list[dict]:
        with writing(gateway.database) as connection:
            conversations.erase_content(connection, chat.session)
        return ERASED

    gateway.engine.script = erases
    await chat.say("ja, löschen")
    assert files_with(home(gateway), mark) == set()
    (entry,) = gateway.services.inbox._eraser.erased.read()
    assert entry.what is What.CONTENT


async def test_without_scrubbing_the_word_would_still_be_there(chat: Chat, gateway: Gateway) -> None:
    mark = await plant(chat, gateway)
    with writing(gateway.database) as connection:
        conversations.delete(connection, chat.session)
    assert files_with(home(gateway), mark) != set()
    assert scrub(gateway.database)
    assert files_with(home(gateway), mark) == set()


async def test_a_full_text_index_forgets_its_words_as_well(chat: Chat, gateway: Gateway) -> None:
    mark = f"marke{secrets.token_hex(12)}"
    with writing(gateway.database) as connection:
        connection.execute(text("CREATE VIRTUAL TABLE words USING fts5(said)"))
    for number in range(50):
        with writing(gateway.database) as connection:
            connection.execute(text("INSERT INTO words VALUES (:said)"), {"said": f"{mark} {number}"})
    with writing(gateway.database) as connection:
        connection.execute(text("DELETE FROM words"))
    scrub(gateway.database)
    assert files_with(home(gateway), mark) == set()


async def test_a_chat_under_a_legal_hold_cannot_be_deleted_and_says_so(chat: Chat, gateway: Gateway) -> None:
    await chat.say("Hallo")
    with writing(gateway.database) as connection:
        holds.place(connection, Hold(chat.session, "dispute", "kim", utc_now()))
    for address, headers in (
        ("/api/session", chat.headers),
        (f"/api/sessions/{chat.session}", {"X-Api-Key": API_KEY}),
    ):
        answer = await chat.client.delete(address, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:tresen:problem:legal-hold")
    assert gateway.engine.forgotten == []
    assert (await chat.say("noch da"))["messages"]


async def test_what_retention_takes_is_in_no_file_and_in_no_index_either(build: Build) -> None:
    now = [utc_now()]
    gateway = build(clock=lambda: now[0])
    async with gateway.client() as client:
        chat = await open_chat(client)
        mark = await plant(chat, gateway)
        await chat.say(f"meine mail ist {mark}@example.org")
    digesting.refresh(gateway.database, now[0])
    with reading(gateway.database) as connection:
        assert connection.scalar(select(conversation_digests.c.first_words)).startswith(f"ich suche {mark}")
    now[0] += timedelta(days=91)
    await gateway.services.caretaker.round()
    assert files_with(home(gateway), mark) == set()
    assert files_with(home(gateway), chat.session)


@pytest.mark.parametrize("unknown", ["no-such-chat"])
async def test_what_never_was_is_not_put_on_the_list(unknown: str, chat: Chat, gateway: Gateway) -> None:
    await chat.client.delete(f"/api/sessions/{unknown}", headers={"X-Api-Key": API_KEY})
    assert gateway.services.inbox._eraser.erased.read() == ()
