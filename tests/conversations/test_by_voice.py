"""A purchase spoken over every voice channel: the same decisions as on the web for the same words."""

import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from actions import services as selling
from actions.conversation import Incoming
from actions.settings import read_settings
from actions.store import carts, offer_log
from actions.store.engine import reading
from actions.store.offer_log import LoggedDecision
from actions.store.tables import orders
from bot.gateway.app import create_app
from bot.gateway.services import assemble
from bot.seals import Seals
from tests.conversations import transcript
from tests.conversations.rules import action_of
from tests.conversations.shopper import actions_by_name
from tests.gateway.conftest import API_KEY, Gateway, open_chat
from tests.gateway.engine import ScriptedEngine
from tests.gateway.voice.callers import HOOK, SECRET, SKILL, TOKEN
from tests.gateway.voice.certificates import Authority, Chain
from tests.gateway.voice.conftest import CHANNELS, caller, chats

PURCHASES: dict[str, list[tuple[str, str]]] = {
    "de": [
        ("ich suche ein mountainbike unter 1000 euro", "search_product"),
        ("das erste in schwarz", "choose_option"),
        ("42", "refine_search"),
        ("nehme ich", "purchase_intent"),
        ("ja", "confirm"),
        ("warum?", "ask_why"),
        ("nein danke", "deny"),
        ("gibt es etwas Besseres?", "ask_better"),
        ("nein", "deny"),
        ("zur Kasse", "checkout"),
    ],
    "en": [
        ("i'm looking for a mountain bike under 1000 euros", "search_product"),
        ("the first one in black", "choose_option"),
        ("42", "refine_search"),
        ("i'll take it", "purchase_intent"),
        ("yes", "confirm"),
        ("why?", "ask_why"),
        ("no thanks", "deny"),
        ("is there a better one?", "ask_better"),
        ("no", "deny"),
        ("checkout", "checkout"),
    ],
}
INTENTS = dict(line for lines in PURCHASES.values() for line in lines)
WORDS = {"de": ("Euro", "Warenkorb", "Kasse"), "en": ("euros", "cart", "checkout")}
SIGNS = re.compile(r"https?:|[€$*_<>]|\d[.,]\d\d €")


@pytest.fixture(scope="module")
def chain() -> Chain:
    return Authority().issue()


@asynccontextmanager
async def shop(house: selling.Services, chain: Chain, folder: Path) -> AsyncIterator[Gateway]:
    """The gateway before the real actions; only what the engine would understand is written down beforehand."""
    engine = ScriptedEngine()
    engine.script = lambda turn: acted(turn, house)
    file = folder / "chain.pem"
    file.write_bytes(chain.pem)
    settings = {
        "TRESEN_HOME": str(Path(str(house.engine.url.database)).parent),
        "TRESEN_PUBLIC_URL": "http://shop.test",
        "TRESEN_RATE_LIMIT": "1000/minute",
        "TRESEN_TWILIO_AUTH_TOKEN": TOKEN,
        "TRESEN_DIALOGFLOW_SECRET": SECRET,
        "TRESEN_VOICE_SECRET": HOOK,
        "TRESEN_ALEXA_APPLICATION_ID": SKILL,
        "TRESEN_ALEXA_TEST_CHAIN": str(file),
    }
    async with httpx.AsyncClient(transport=httpx.ASGITransport(engine.app), base_url="http://engine.test") as http:
        services = assemble(
            database=house.engine,
            engine_http=http,
            seals=Seals("only for tests"),
            api_key=API_KEY,
            settings=read_settings(settings),
            responses=Path("data/responses"),
        )
        yield Gateway(create_app(services), services, engine, house.engine)
        await services.outward_http.aclose()


def acted(turn: dict[str, Any], house: selling.Services) -> list[dict[str, Any]]:
    """What the real actions answer."""
    line, metadata = turn["message"], turn["metadata"]
    pressed = re.fullmatch(r"/([a-z_/]+)(\{.*\})", line)
    intent, entities = (pressed[1], json.loads(pressed[2])) if pressed else (INTENTS[line], {})
    incoming = Incoming(
        conversation=metadata["conversation"],
        message=metadata["message_id"],
        text="" if pressed else line,
        intent=intent,
        confidence=0.9,
        ranking=(intent,),
        guard="",
        entities=entities,
        language=turn["language"],
        channel=turn["channel"],
        typed=pressed is None,
    )
    said, _ = actions_by_name()[action_of(intent)].answer(incoming, house)
    return [{"custom": message} for message in said]


def recorded(house: selling.Services, conversation: str) -> tuple[list[LoggedDecision], dict[str, int]]:
    """The decisions of a conversation and its cart."""
    with reading(house.engine) as connection:
        lines = carts.lines(connection, conversation)
        decisions = offer_log.decisions_of(connection, conversation)
        # a question within the budget and above it is decided twice at one moment, first without an offer
        ordered = sorted(decisions, key=lambda decision: (decision.decided_at, len(decision.offered)))
        return ordered, {line.sku: line.quantity for line in lines}


def named(rows: Sequence[Any]) -> list[tuple[str, str]]:
    return [(row["kind"], row["sku"]) for row in rows]


def reasons(decision: LoggedDecision, but_for: set[str]) -> set[tuple[str, str, str]]:
    """What was withheld and why, but for those that only had to wait their turn, and some products."""
    rows = (row for row in decision.withheld if "ranked_before" not in [each["code"] for each in row["details"]])
    return {(row["kind"], row["sku"], row["reason"]) for row in rows if row["sku"] not in but_for}


async def bought_on_the_web(gateway: Gateway, language: str) -> str:
    async with gateway.client() as client:
        chat = await open_chat(client, language=language)
        for line, _ in PURCHASES[language]:
            await chat.say(line)
    return chat.session


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_spoken_purchase_is_decided_as_on_the_web(
    house: selling.Services, chain: Chain, tmp_path: Path, channel: str, language: str
) -> None:
    async with shop(house, chain, tmp_path) as gateway:
        written = await bought_on_the_web(gateway, language)
        async with gateway.client() as client:
            someone = caller(client, chain, channel, language=language)
            heard = [await someone.calls()]
            heard += [await someone.says(line) for line, _ in PURCHASES[language]]
    spoken = next(each for kind, each in chats(gateway) if kind != "web")
    on_the_web, web_cart = recorded(house, written)
    by_voice, voice_cart = recorded(house, spoken)
    assert len(by_voice) == len(on_the_web) >= 2
    beside: set[str] = set()
    for voice, web in zip(by_voice, on_the_web, strict=True):
        assert named(voice.offered) == named(web.offered)[:1]
        assert (voice.stage, voice.anchor, voice.asked_for) == (web.stage, web.anchor, web.asked_for)
        assert named(voice.eligible or ()) == named(web.eligible or ())
        assert reasons(voice, beside) == reasons(web, beside)
        # what lay beside the first offer was declined with it on the web, and was never named by voice
        assert {sku for _, sku in named(web.withheld)} & beside <= {sku for _, sku in named(voice.withheld)}
        beside |= {sku for _, sku in named(web.offered)[1:]}
    assert voice_cart == web_cart
    assert len(voice_cart) == 1
    for speech in heard:
        assert speech.strip().endswith("?")
        assert len(speech) <= 800
        assert not SIGNS.search(speech)
    for word in WORDS[language]:
        assert any(word in speech for speech in heard), word
    said = ["", *(line for line, _ in PURCHASES[language])]
    transcript.keep(channel, language, list(zip(said, heard, strict=True)), by_voice, on_the_web)


@pytest.mark.parametrize("language", ["de", "en"])
async def test_every_voice_says_the_same_words(
    house: selling.Services, chain: Chain, tmp_path: Path, language: str
) -> None:
    heard: dict[str, list[str]] = {}
    async with shop(house, chain, tmp_path) as gateway, gateway.client() as client:
        for channel in CHANNELS:
            someone = caller(client, chain, channel, language=language)
            heard[channel] = [await someone.calls()]
            heard[channel] += [await someone.says(line) for line, _ in PURCHASES[language]]
    assert {channel: words for channel, words in heard.items() if words != heard["phone"]} == {}


async def test_a_spoken_purchase_in_words(house: selling.Services, chain: Chain, tmp_path: Path) -> None:
    async with shop(house, chain, tmp_path) as gateway, gateway.client() as client:
        someone = caller(client, chain, "phone")
        await someone.calls()
        heard = {line: await someone.says(line) for line, _ in PURCHASES["de"]}
    found = heard["ich suche ein mountainbike unter 1000 euro"]
    assert re.search(r"Erstens: .+ für \d+ Euro.* Zweitens: .+ für \d+ Euro", found)
    assert heard["nehme ich"].endswith("Soll ich das in den Warenkorb legen?")
    offered = heard["ja"]
    assert "Im Warenkorb" in offered or "Liegt im Warenkorb" in offered
    assert offered.count("?") == 1
    assert "Kasse" in heard["zur Kasse"]


async def test_no_word_by_voice_concludes_an_order(house: selling.Services, chain: Chain, tmp_path: Path) -> None:
    async with shop(house, chain, tmp_path) as gateway, gateway.client() as client:
        someone = caller(client, chain, "alexa")
        for line, _ in PURCHASES["de"][:5]:
            await someone.says(line)
        await someone.says("nein danke")
        INTENTS["ja, kostenpflichtig bestellen"] = "checkout"
        said = await someone.says("ja, kostenpflichtig bestellen")
    assert "Bestellen können Sie im Shop an der Kasse" in said
    with reading(house.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(orders)) == 0


async def test_a_no_on_the_web_holds_on_the_phone(house: selling.Services, chain: Chain, tmp_path: Path) -> None:
    async with shop(house, chain, tmp_path) as gateway, gateway.client() as client:
        chat = await open_chat(client, language="de")
        for line, _ in PURCHASES["de"][:5]:
            await chat.say(line)
        refused = [offer["sku"] for d in recorded(house, chat.session)[0] for offer in d.offered]
        await chat.say("nein danke")
        code = (await client.post("/api/link", headers=chat.headers)).json()["code"]
        someone = caller(client, chain, "phone")
        await someone.calls()
        await someone.says(f"Code {code}")
        INTENTS["was passt dazu?"] = "ask_accessories"
        await someone.says("was passt dazu?")
        assert "Kasse" in await someone.says("zur Kasse")
    decisions, cart = recorded(house, chat.session)
    assert refused
    assert len(cart) == 1
    later = [offer["sku"] for decision in decisions[1:] for offer in decision.offered]
    assert later
    assert set(later) & set(refused[:1]) == set()
