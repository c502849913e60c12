"""What holds on every voice channel: who speaks, once and no more, again and onward, in time, no personal ids."""

import asyncio
import io
import re
import urllib.request
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from actions.store import callers
from actions.store.columns import metadata
from actions.store.engine import reading
from bot.seals import utc_now
from tests.gateway.conftest import Build, Gateway
from tests.gateway.engine import text
from tests.gateway.shop import BIKE, HELMET, LOCK, OIL
from tests.gateway.test_messages import put_in_cart
from tests.gateway.voice.callers import HOOK, Phone, Webhook
from tests.gateway.voice.certificates import Chain
from tests.gateway.voice.conftest import CHANNELS, ByVoice, caller, chats, rows


def cards(*skus: str) -> dict:
    each = [
        {
            "sku": sku,
            "choices": [{"title": "Ansehen", "payload": {"intent": "choose_option", "entities": {"sku": sku}}}],
        }
        for sku in skus
    ]
    return {"custom": {"type": "product_cards", "cards": each}}


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(("language", "word"), [("de", "automatische"), ("en", "automated")])
async def test_the_first_sentence_says_that_a_machine_speaks(
    by: ByVoice, channel: str, language: str, word: str
) -> None:
    greeted = await by(channel, language=language).calls()
    asked_at_once = await by(channel, language=language).says("Helm")
    assert word in greeted.partition(".")[0]
    assert word in asked_at_once.partition(".")[0]


@pytest.mark.parametrize("channel", CHANNELS)
async def test_what_is_said_goes_to_the_engine_as_voice_and_its_answer_is_heard(
    by: ByVoice, gateway: Gateway, channel: str
) -> None:
    someone = by(channel)
    await someone.calls()
    assert gateway.engine.turns == []
    assert "Gehört: ich suche einen Helm." in await someone.says("ich suche einen Helm")
    (turn,) = gateway.engine.turns
    assert (turn["channel"], turn["language"], turn["message"]) == ("voice", "de", "ich suche einen Helm")
    kept = {"cx": "dialogflow", "es": "dialogflow", "webhook": "voice"}.get(channel, channel)
    assert [chat[0] for chat in chats(gateway)] == [kept]


@pytest.mark.parametrize("channel", CHANNELS)
async def test_every_open_turn_ends_with_a_question(by: ByVoice, channel: str) -> None:
    someone = by(channel)
    for line in ("hallo", "noch mal", "weiter", "Code"):
        assert (await someone.says(line)).strip().endswith("?"), line


@pytest.mark.parametrize("channel", CHANNELS)
async def test_stop_ends_without_a_further_question(by: ByVoice, gateway: Gateway, channel: str) -> None:
    someone = by(channel)
    await someone.says("hallo")
    assert await someone.says("stopp") == "Auf Wiederhören!"
    assert len(gateway.engine.turns) == 1


@pytest.mark.parametrize("channel", CHANNELS)
async def test_the_same_request_again_gives_the_same_bytes_and_no_second_turn(
    by: ByVoice, gateway: Gateway, channel: str
) -> None:
    someone = by(channel)
    await someone.calls()
    await someone.says("hallo")
    first = someone.last
    assert first is not None
    sent = first.request
    again = await someone.client.send(
        httpx.Request("POST", sent.url, content=sent.content, headers=dict(sent.headers))
    )
    assert again.content == first.content
    assert len(gateway.engine.turns) == 1
    assert len(rows(gateway)) == 2


async def test_two_items_at_a_time_are_read_with_their_place_and_the_rest_on_demand(
    by: ByVoice, gateway: Gateway
) -> None:
    gateway.engine.script = lambda turn: [text("Das habe ich gefunden (Räder):"), cards(BIKE, HELMET, LOCK, OIL)]
    someone = by("webhook")
    first = await someone.says("was habt ihr?")
    assert "Erstens: Mountainbike Grat, blau, Größe 46 für 649 Euro. Zweitens: Helm Fichte" in first
    assert "Drittens" not in first
    assert first.endswith("Weiter, oder welches darf es sein?")
    rest = await someone.says("weiter")
    assert rest.startswith("Drittens: Bügelschloss Eiche für 29 Euro 90. Außerdem: Kettenöl")
    assert "Erstens" in await someone.says("zurück")
    assert await someone.says("weiter bitte") == rest
    assert await someone.says("noch mal") == rest
    assert len(gateway.engine.turns) == 1


async def test_onward_past_the_end_presses_the_button_for_more(by: ByVoice, gateway: Gateway) -> None:
    more = {"title": "Mehr zeigen", "payload": {"intent": "refine_search", "entities": {"more": "yes"}}}
    gateway.engine.script = lambda turn: [cards(HELMET), {"custom": {"type": "choices", "choices": [more]}}]
    someone = by("phone")
    await someone.calls()
    await someone.says("helm")
    await someone.says("weiter")
    assert gateway.engine.turns[-1]["message"] == '/refine_search{"more": "yes"}'


async def test_an_option_is_chosen_by_its_name(by: ByVoice, gateway: Gateway) -> None:
    gateway.engine.script = lambda turn: [cards(HELMET, LOCK)]
    someone = by("es")
    await someone.says("was habt ihr?")
    await someone.says("Bügelschloss Eiche")
    assert gateway.engine.turns[-1]["message"] == f'/choose_option{{"sku": "{LOCK}"}}'


async def test_a_slow_answer_is_announced_and_heard_when_asked_for_again(
    build: Build, voices: dict[str, str], chain: Chain
) -> None:
    slow = build(voice_budget=0.5, **voices)
    async with slow.client() as client:
        someone = caller(client, chain, "alexa")
        await someone.calls()
        slow.engine.gate = asyncio.Event()
        waiting = await someone.says("hallo")
        assert "noch mal" in waiting
        assert waiting.endswith("?")
        slow.engine.gate.set()
        await slow.services.inbox.drain()
        assert "Gehört: hallo" in await someone.says("noch mal")
        assert len(slow.engine.turns) == 1


@pytest.mark.parametrize("channel", CHANNELS)
async def test_no_id_of_a_platform_is_kept_anywhere(
    by: ByVoice, gateway: Gateway, channel: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    someone = by(channel)
    await someone.calls()
    await someone.says("hallo")
    with reading(gateway.database) as connection:
        kept = [str(row) for each in metadata.sorted_tables for row in connection.execute(select(each))]
    assert [row for row in kept if someone.who in row or "30123456" in row] == []
    assert someone.who not in "".join(record.getMessage() for record in caplog.records if record.name != "httpx")


async def test_two_callers_have_two_conversations_and_one_caller_has_one(by: ByVoice, gateway: Gateway) -> None:
    first, second = by("alexa"), by("alexa")
    await first.says("hallo")
    await second.says("hallo")
    await first.says("helm")
    assert len(chats(gateway)) == 2


async def test_two_requests_of_a_new_caller_at_once_open_one_conversation(by: ByVoice, gateway: Gateway) -> None:
    someone = by("webhook")
    await asyncio.gather(*(someone.says(f"Zeile {number}") for number in range(4)))
    assert len(chats(gateway)) == 1
    assert len(gateway.engine.turns) == 4


async def test_a_request_overtaken_by_another_of_the_same_caller_finds_its_conversation(
    by: ByVoice, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, overtaken = callers.keep, []

    def kept(connection, caller, conversation, now, **more) -> None:
        keep(connection, caller, conversation, now, **more)
        if not overtaken:
            overtaken.append(conversation)
            raise IntegrityError("insert", {}, Exception())

    monkeypatch.setattr(callers, "keep", kept)
    assert "Gehört: hallo" in await by("webhook").says("hallo")
    assert len(chats(gateway)) == 1
    assert chats(gateway)[0][1] not in overtaken


async def test_a_caller_silent_for_longer_than_a_chat_lives_begins_anew(
    build: Build, voices: dict[str, str], chain: Chain
) -> None:
    now = [timedelta(0)]
    gateway = build(clock=lambda: utc_now() + now[0], **voices)
    async with gateway.client() as client:
        agent = caller(client, chain, "cx")
        await agent.says("hallo")
        now[0] = timedelta(days=31)
        assert "automatische Assistent" in await agent.says("hallo")
    assert len(chats(gateway)) == 2


async def test_who_comes_back_is_greeted_with_the_cart(by: ByVoice, gateway: Gateway) -> None:
    someone = by("alexa")
    await someone.says("hallo")
    put_in_cart(gateway, chats(gateway)[0][1], HELMET)
    someone.started = False
    greeted = await someone.calls()
    assert "Hier ist wieder der automatische Assistent" in greeted
    assert "79 Euro 90" in greeted


async def test_after_three_things_not_understood_a_person_is_named(by: ByVoice, gateway: Gateway) -> None:
    someone = by("alexa")
    await someone.says("hallo")
    said = [await someone.means("AMAZON.FallbackIntent") for _ in range(3)]
    assert len(set(said)) == 3
    assert "Mensch" in said[-1]
    assert len(gateway.engine.turns) == 1


async def test_too_many_messages_are_asked_to_slow_down_aloud(
    build: Build, voices: dict[str, str], chain: Chain
) -> None:
    strict = build(**{**voices, "TRESEN_RATE_LIMIT": "2/minute"})
    async with strict.client() as client:
        someone = Webhook(client)
        said = [await someone.says("hallo") for _ in range(3)]
    assert said[-1].startswith("Das ging mir zu schnell.")
    assert len(strict.engine.turns) == 2


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_channel_without_its_secret_is_not_there(
    build: Build, voices: dict[str, str], chain: Chain, channel: str
) -> None:
    closed = build()
    async with closed.client() as client:
        someone = caller(client, chain, channel)
        with pytest.raises(AssertionError):
            await someone.calls()
        assert someone.last is not None
        assert someone.last.status_code == 404
    assert rows(closed) == []


async def test_a_silent_caller_is_asked_again_more_shortly_and_then_let_go(by: ByVoice, gateway: Gateway) -> None:
    gateway.engine.script = lambda turn: [
        text("Das ist ein langer Satz über Helme."),
        text("Welcher darf es sein?"),
    ]
    someone = by("phone")
    assert isinstance(someone, Phone)
    await someone.calls()
    await someone.says("helm")
    assert await someone.step() == "Welcher darf es sein?"
    assert await someone.step() == "Welcher darf es sein?"
    assert await someone.step() == "Auf Wiederhören!"
    assert len(gateway.engine.turns) == 1


async def test_the_client_in_the_documentation_is_understood(
    by: ByVoice, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Path("docs/channels.md").read_text("utf-8")
    client: dict = {}
    exec(re.search(r"```python\n(.*?)```", page, re.DOTALL)[1], client)  # type: ignore[index]  # noqa: S102
    sent: list[urllib.request.Request] = []

    def urlopen(request: urllib.request.Request) -> io.BytesIO:
        sent.append(request)
        return io.BytesIO(b"{}")

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    client["say"]("habt ihr Helme?", "kitchen", HOOK)
    (request,) = sent
    answer = await by("webhook").client.post("/voice/webhook", content=request.data, headers=dict(request.headers))
    assert answer.status_code == 200
    assert "Gehört: habt ihr Helme?" in answer.json()["speech"]
