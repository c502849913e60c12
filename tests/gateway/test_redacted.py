"""Personal details reach neither the record nor the engine; who has the house's key can still reveal them."""

import logging
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from actions.store.engine import reading, writing
from actions.store.facts import bump_version, write_facts
from actions.store.tables import message_originals, messages
from bot.gateway.incoming import Incoming
from bot.seals import Seals
from bot.transcripts.originals import OriginalSeal, keep, reveal
from tests.gateway.conftest import Chat, Gateway, open_chat

SAID = "bitte an jo@example.org oder 0171 5550123, danke"
STORED = "bitte an [E-Mail] oder [Telefon], danke"
SECRETS = (b"jo@example.org", b"5550123")


def message_ids(gateway: Gateway) -> list[str]:
    with reading(gateway.database) as connection:
        return list(connection.scalars(select(messages.c.id).where(messages.c.text == STORED)))


def holding(gateway: Gateway) -> list[str]:
    """The files of the database that hold one of the details."""
    files = Path(str(gateway.database.url.database)).parent.glob("core.db*")
    return [file.name for file in files if any(secret in file.read_bytes() for secret in SECRETS)]


async def test_neither_engine_nor_record_nor_log_ever_holds_what_was_replaced(
    chat: Chat, gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await chat.say(SAID)
    assert gateway.engine.turns[-1]["message"] == STORED
    assert len(message_ids(gateway)) == 1
    assert holding(gateway) == []
    assert not any(secret.decode() in caplog.text for secret in SECRETS)


async def test_who_has_the_houses_key_reveals_the_message_as_it_was_written(chat: Chat, gateway: Gateway) -> None:
    await chat.say(SAID)
    (message,) = message_ids(gateway)
    with reading(gateway.database) as connection:
        assert reveal(connection, message, OriginalSeal.of_house(gateway.services.seals)) == SAID
        assert reveal(connection, message, OriginalSeal.of_house(Seals("another"))) is None
        assert reveal(connection, "no-such-message", OriginalSeal.of_house(gateway.services.seals)) is None


async def test_a_sealed_text_opens_for_no_other_message(chat: Chat, gateway: Gateway) -> None:
    seal = OriginalSeal.of_house(gateway.services.seals)
    assert seal.open("other", seal.close("one", SAID)) is None
    assert seal.close("one", SAID) != seal.close("one", SAID)


async def test_a_message_without_details_has_no_sealed_copy(chat: Chat, gateway: Gateway) -> None:
    await chat.say("ich suche ein rad für 900 euro")
    with reading(gateway.database) as connection:
        assert connection.execute(select(message_originals)).all() == []


async def test_the_same_message_again_is_the_same_although_its_text_was_replaced(
    chat: Chat, gateway: Gateway
) -> None:
    first = await chat.post(id="m-1", text=SAID)
    again = await chat.post(id="m-1", text=SAID)
    assert (first.content, len(gateway.engine.turns)) == (again.content, 1)
    other = await chat.post(id="m-1", text=SAID.replace("jo@", "al@"))
    assert other.status_code == 409
    with reading(gateway.database) as connection:
        assert len(connection.execute(select(message_originals)).all()) == 1


async def test_the_digest_tells_nothing_without_the_key(chat: Chat, gateway: Gateway) -> None:
    await chat.post(id="m-1", text="ja")
    with reading(gateway.database) as connection:
        kept = connection.scalar(select(messages.c.digest).where(messages.c.client_id == "m-1"))
    incoming = Incoming("m-1", "ja")
    assert kept == incoming.digest(gateway.services.seals)
    assert kept != incoming.digest(Seals("another"))
    assert replace(incoming, text="nein").digest(gateway.services.seals) != kept


async def test_the_placeholder_is_in_the_language_of_the_message(chat: Chat, gateway: Gateway) -> None:
    await chat.say("my mail is jo@example.org", language="en")
    assert gateway.engine.turns[-1]["message"] == "my mail is [e-mail]"


async def test_what_the_shop_itself_is_reached_by_is_kept_as_it_was_said(
    client: httpx.AsyncClient, gateway: Gateway
) -> None:
    with writing(gateway.database) as connection:
        write_facts(connection, {"contact": {"phone": "+49 30 23125 014", "email": "hallo@shop.test"}})
        bump_version(connection)
    said = "ich habe an hallo@shop.test geschrieben und 030 23125014 angerufen"
    chat = await open_chat(client)
    await chat.say(said)
    assert gateway.engine.turns[-1]["message"] == said
    with reading(gateway.database) as connection:
        assert connection.execute(select(message_originals)).all() == []


async def test_an_original_goes_with_its_chat(chat: Chat, gateway: Gateway) -> None:
    await chat.say(SAID)
    await chat.client.delete("/api/session", headers=chat.headers)
    with reading(gateway.database) as connection:
        assert connection.execute(select(message_originals)).all() == []


async def test_an_original_is_kept_once(chat: Chat, gateway: Gateway) -> None:
    await chat.say(SAID)
    (message,) = message_ids(gateway)
    seal = OriginalSeal.of_house(gateway.services.seals)
    with writing(gateway.database) as connection:
        keep(connection, message, "something else", seal)
        assert reveal(connection, message, seal) == SAID
