"""The skill: what each intent tells the assistant, and what the device is told to do."""

import re

import pytest

from bot.gateway.customers import proof_of
from bot.gateway.voice.alexa_model import SkillModel, skill
from tests.gateway.conftest import API_KEY, Gateway, open_chat
from tests.gateway.shop import HELMET
from tests.gateway.test_messages import put_in_cart
from tests.gateway.voice.callers import Echo
from tests.gateway.voice.conftest import ByVoice, chats, rows
from tests.gateway.voice.test_turns import cards

INTENTS = [
    ("SearchIntent", {"query": "laufschuhe"}, "ich suche laufschuhe", "I'm looking for laufschuhe"),
    ("PriceIntent", {"query": "der helm"}, "was kostet der helm", "how much is der helm"),
    ("BuyIntent", {}, "nehme ich", "I'll take it"),
    ("CheaperIntent", {}, "gibt es das günstiger?", "is there a cheaper one?"),
    ("BetterIntent", {}, "gibt es etwas Besseres?", "is there a better one?"),
    ("AccessoryIntent", {}, "was passt dazu?", "what goes with it?"),
    ("CartIntent", {}, "zeig mir den Warenkorb", "show me my cart"),
    ("ChoiceIntent", {"choice": "das zweite"}, "das zweite", "das zweite"),
    ("AnswerIntent", {"query": "42"}, "42", "42"),
    ("AMAZON.YesIntent", {}, "ja", "yes"),
    ("AMAZON.NoIntent", {}, "nein", "no"),
    ("AMAZON.HelpIntent", {}, "hilfe", "help"),
]


@pytest.fixture
def echo(by: ByVoice) -> Echo:
    made = by("alexa")
    assert isinstance(made, Echo)
    return made


@pytest.mark.parametrize(("intent", "slots", "german", "english"), INTENTS)
async def test_an_intent_becomes_a_line_for_the_assistant(
    by: ByVoice, gateway: Gateway, intent: str, slots: dict[str, str], german: str, english: str
) -> None:
    for language in ("de", "en"):
        someone = by("alexa", language=language)
        assert isinstance(someone, Echo)
        await someone.means(intent, **slots)
    assert [turn["message"] for turn in gateway.engine.turns] == [german, english]


@pytest.mark.parametrize("intent", ["AMAZON.FallbackIntent", "SomethingIntent", "SearchIntent"])
async def test_what_was_not_understood_is_no_turn_but_a_question(echo: Echo, gateway: Gateway, intent: str) -> None:
    await echo.calls()
    assert (await echo.means(intent)).startswith("Das habe ich nicht verstanden.")
    assert gateway.engine.turns == []


@pytest.mark.parametrize("intent", ["AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent"])
async def test_stop_closes_the_session(echo: Echo, intent: str) -> None:
    await echo.calls()
    response = await echo.sends(echo.request("IntentRequest", intent=echo.intent(intent)))
    assert response["shouldEndSession"] is True
    assert "reprompt" not in response
    assert "directives" not in response
    assert not echo.heard.endswith("?")


async def test_an_open_turn_listens_for_any_answer_and_asks_again_more_shortly(
    echo: Echo, gateway: Gateway
) -> None:
    gateway.engine.script = lambda turn: [cards(HELMET)]
    response = await echo.sends(echo.request("IntentRequest", intent=echo.intent("SearchIntent", query="Helm")))
    assert response["shouldEndSession"] is False
    (directive,) = response["directives"]
    assert (directive["type"], directive["slotToElicit"]) == ("Dialog.ElicitSlot", "query")
    assert directive["updatedIntent"]["name"] == "AnswerIntent"
    again = re.sub(r"<[^>]*>", "", response["reprompt"]["outputSpeech"]["ssml"])
    assert again.endswith("?")
    assert len(again) < len(echo.heard)


async def test_a_launch_carries_no_dialog_directive(echo: Echo) -> None:
    assert "directives" not in await echo.sends(echo.request("LaunchRequest"))


@pytest.mark.parametrize(
    "kind",
    ["SessionEndedRequest", "Connections.Response", "AlexaSkillEvent.SkillDisabled", "CanFulfillIntentRequest"],
)
async def test_other_requests_are_acknowledged_without_a_word_or_a_turn(
    echo: Echo, gateway: Gateway, kind: str
) -> None:
    assert await echo.sends(echo.request(kind, reason="USER_INITIATED")) == {}
    assert rows(gateway) == []


async def test_unknown_properties_do_no_harm(echo: Echo, gateway: Gateway) -> None:
    asked = echo.request("IntentRequest", intent=echo.intent("SearchIntent", query="Helm"), novelty={"deep": [1]})
    asked["context"]["Viewport"] = {"shape": "ROUND"}
    asked["request"]["intent"]["slots"]["query"]["resolutions"] = {"resolutionsPerAuthority": []}
    asked["request"]["intent"]["slots"]["other"] = None
    asked["session"]["attributes"] = {"old": True}
    await echo.sends(asked)
    assert len(gateway.engine.turns) == 1


@pytest.mark.parametrize("broken", ["session", "context", "both"])
async def test_a_request_that_names_no_user_is_refused_and_no_fault(
    echo: Echo, gateway: Gateway, broken: str
) -> None:
    asked = echo.request("LaunchRequest")
    asked["session"]["user"] = None if broken != "context" else asked["session"]["user"]
    asked["context"]["System"]["user"] = [] if broken != "session" else asked["context"]["System"]["user"]
    assert (await echo.post(asked)).status_code == (422 if broken == "both" else 200)


async def test_the_card_shows_products_with_prices_and_the_cart_with_its_link(echo: Echo, gateway: Gateway) -> None:
    gateway.engine.script = lambda turn: [cards(HELMET)]
    response = await echo.sends(echo.request("IntentRequest", intent=echo.intent("SearchIntent", query="Helm")))
    assert response["card"]["title"] == "Helm Fichte"
    assert "79,90 €" in response["card"]["text"]
    put_in_cart(gateway, chats(gateway)[0][1], HELMET)
    gateway.engine.script = lambda turn: [{"custom": {"type": "cart"}}]
    response = await echo.sends(echo.request("IntentRequest", intent=echo.intent("CartIntent")))
    assert "http://shop.test/checkout?token=" in response["card"]["text"]
    assert "http" not in echo.heard


async def test_a_linked_account_goes_on_in_the_customers_own_chat(by: ByVoice, client, gateway: Gateway) -> None:
    customer = {"id": "C1042", "proof": proof_of("C1042", API_KEY)}
    chat = await open_chat(client, customer=customer)
    put_in_cart(gateway, chat.session, HELMET)
    known = by("alexa", token=f"C1042.{proof_of('C1042', API_KEY)}")
    assert "79 Euro 90" in await known.calls()
    await known.says("hallo")
    assert gateway.engine.turns[-1]["metadata"]["conversation"] == chat.session


async def test_a_token_the_shop_did_not_sign_makes_nobody_a_customer(by: ByVoice, client, gateway: Gateway) -> None:
    chat = await open_chat(client, customer={"id": "C1042", "proof": proof_of("C1042", API_KEY)})
    for token in ("C1042", "C1042.", "C1042.0000", "." + proof_of("", API_KEY)):
        stranger = by("alexa", token=token)
        await stranger.says("hallo")
        assert gateway.engine.turns[-1]["metadata"]["conversation"] != chat.session


def test_there_is_a_model_for_every_locale_and_no_other() -> None:
    assert skill().locales == ("de-DE", "en-US", "en-GB")
    with pytest.raises(KeyError):
        skill().document("fr-FR")


@pytest.mark.parametrize("locale", skill().locales)
def test_the_model_keeps_amazons_rules(locale: str) -> None:
    model = SkillModel.load().document(locale)["interactionModel"]["languageModel"]
    samples = [sample for intent in model["intents"] for sample in intent["samples"]]
    assert len(samples) == len({sample.casefold() for sample in samples})
    for intent in model["intents"]:
        types = {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        for sample in intent["samples"]:
            named = re.findall(r"{(\w+)}", sample)
            assert set(named) <= set(types)
            assert len(named) <= 1
            # a search query needs words around it, and no sample may hold a digit or a sign
            if named and types[named[0]] == "AMAZON.SearchQuery":
                assert re.sub(r"{\w+}", "", sample).strip()
            assert re.fullmatch(r"[^\W\d_]?[\w'{} .-]*", sample), sample
            assert not re.search(r"\d", sample)
    assert re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)+", model["invocationName"])
    queries = [s for s in samples if "{query}" in s]
    assert len(queries) >= 40


def test_every_intent_of_ours_says_something_in_both_languages() -> None:
    source = skill().source
    for name, intent in source["intents"].items():
        assert set(intent["says"]) == set(intent["samples"]) == {"de", "en"}, name
        slot = intent.get("slot")
        slots = {slot: {"name": slot, "value": "x"}} if slot else {}
        assert all(skill().line(name, slots, language) for language in ("de", "en"))
