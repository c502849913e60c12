"""Messages in and out: the contract's shapes, buttons, language, history."""

import json
from dataclasses import replace

import httpx
import pytest
from sqlalchemy import select

from actions.offers.situation import Stage
from actions.store import carts, conversations
from actions.store.catalogue import live_product
from actions.store.engine import reading, writing
from actions.store.tables import messages
from bot.gateway.services import utc_now
from tests.gateway.conftest import Chat, Gateway, open_chat
from tests.gateway.engine import text
from tests.gateway.shop import BIKE, HELMET, LOCK


def put_in_cart(gateway: Gateway, conversation: str, sku: str, quantity: int = 1) -> None:
    with writing(gateway.database) as connection:
        product = live_product(connection, sku)
        assert product
        carts.put(connection, conversation, product, quantity, now=utc_now())


async def test_an_answer_has_the_contracts_shape(chat: Chat, gateway: Gateway) -> None:
    answer = await chat.say("Haben Sie Helme?", id="m-1")
    assert answer == {
        "id": "m-1",
        "messages": [{"type": "text", "text": "Gehört: Haben Sie Helme?"}],
        "cart": {"lines": [], "total": {"amount": 0, "currency": "EUR", "text": "0,00 €"}},
        "language": "de",
        "stage": "browse",
    }
    assert gateway.engine.keys == {""}


async def test_the_engine_hears_the_conversation_the_message_and_the_language(chat: Chat, gateway: Gateway) -> None:
    await chat.say("Hello", language="en")
    (turn,) = gateway.engine.turns
    assert turn["sender"] == f"{chat.session}.0"
    assert turn["language"] == "en"
    assert turn["channel"] == "web"
    assert turn["metadata"]["conversation"] == chat.session
    assert turn["metadata"]["payload"] is False
    with reading(gateway.database) as connection:
        assert connection.scalar(select(messages.c.id).where(messages.c.text == "Hello")) == turn["message_id"]


async def test_trackers_stay_short_by_a_new_sender_every_forty_turns(chat: Chat, gateway: Gateway) -> None:
    for _ in range(41):
        await chat.say("weiter")
    assert {turn["sender"] for turn in gateway.engine.turns} == {f"{chat.session}.0", f"{chat.session}.1"}


async def test_cards_get_picture_link_and_sealed_buttons(chat: Chat, gateway: Gateway) -> None:
    card = {
        "sku": BIKE,
        "title": "Mountainbike Grat",
        "price": {"amount": 64900, "currency": "EUR", "text": "649,00 €"},
        "benefit": "Ein Rad für beides.",
        "choices": [{"title": "Ansehen", "payload": {"intent": "choose_option", "entities": {"family": "grat"}}}],
    }
    gateway.engine.script = lambda turn: [{"custom": {"type": "product_cards", "cards": [card]}}]
    (message,) = (await chat.say("Zeig mir Räder"))["messages"]
    (shown,) = message["cards"]
    sealed = shown["choices"][0].pop("payload")
    assert shown == {
        "sku": BIKE,
        "title": "Mountainbike Grat",
        "price": {"amount": 64900, "currency": "EUR", "text": "649,00 €"},
        "benefit": "Ein Rad für beides.",
        "image": "http://shop.test/img/bike-mountain.svg?tint=blue",
        "url": f"http://shop.test/p/{BIKE}",
        "choices": [{"title": "Ansehen"}],
    }
    assert "grat" not in sealed.split(".")[-1]


async def test_a_card_that_names_only_its_sku_is_completed_from_the_catalogue(chat: Chat, gateway: Gateway) -> None:
    gateway.engine.script = lambda turn: [{"custom": {"type": "product_cards", "cards": [{"sku": HELMET}]}}]
    (message,) = (await chat.say("Helm?", language="en"))["messages"]
    (card,) = message["cards"]
    assert (card["title"], card["price"]["text"], card["benefit"]) == (
        "Fichte helmet",
        "€79.90",
        "Comfortable even on long rides.",
    )
    assert card["url"] == f"http://shop.test/p/{HELMET}?lang=en"


async def test_a_button_comes_back_as_the_intent_it_stands_for(chat: Chat, gateway: Gateway) -> None:
    buttons = [{"title": "Ja, gern", "payload": {"intent": "confirm", "entities": {"offer": "o1"}}}]
    gateway.engine.script = lambda turn: [{"custom": {"type": "choices", "choices": buttons}}]
    sealed = (await chat.say("Helm?"))["messages"][0]["choices"][0]["payload"]
    answer = await chat.post(payload=sealed)
    assert answer.status_code == 200
    pressed = gateway.engine.turns[-1]
    assert pressed["message"] == '/confirm{"offer": "o1"}'
    assert pressed["metadata"]["payload"] is True
    history = (await chat.client.get("/api/messages", headers=chat.headers)).json()["messages"]
    assert [line["text"] for line in history if line["from"] == "shopper"] == ["Helm?", "Ja, gern"]


async def test_buttons_of_rasa_responses_are_sealed_too(chat: Chat, gateway: Gateway) -> None:
    said = {"text": "Wie kann ich helfen?", "buttons": [{"title": "Versand", "payload": "/faq/shipping"}]}
    gateway.engine.script = lambda turn: [said]
    first, second = (await chat.say("Hallo"))["messages"]
    assert first == {"type": "text", "text": "Wie kann ich helfen?"}
    await chat.post(payload=second["choices"][0]["payload"])
    assert gateway.engine.turns[-1]["message"] == "/faq/shipping{}"


@pytest.mark.parametrize("typed", ["/confirm", "/restart", " /admin{}", "\n//confirm", "/ / /deny", "///"])
async def test_typed_commands_are_never_obeyed(chat: Chat, gateway: Gateway, typed: str) -> None:
    await chat.say(typed)
    assert not gateway.engine.turns[-1]["message"].strip().startswith("/")
    assert gateway.engine.turns[-1]["metadata"]["payload"] is False


async def test_forged_and_foreign_payloads_are_refused_without_a_turn(client, gateway: Gateway) -> None:
    mine, theirs = await open_chat(client), await open_chat(client)
    foreign = theirs.opened["messages"][-1]["choices"][0]["payload"]
    own = mine.opened["messages"][-1]["choices"][0]["payload"]
    forged = [
        foreign,
        # not the last letter: base64 leaves two of its bits unread
        own[:-2] + ("A" if own[-2] != "A" else "B") + own[-1],
        "/confirm",
        '/confirm{"offer":"x"}',
        mine.token,
        "",
    ]
    for payload in forged:
        answer = await mine.post(payload=payload)
        assert answer.status_code == 422, payload
        assert answer.headers["content-type"] == "application/problem+json"
    assert gateway.engine.turns == []


async def test_the_cart_message_is_filled_from_the_store(chat: Chat, gateway: Gateway) -> None:
    put_in_cart(gateway, chat.session, BIKE)
    put_in_cart(gateway, chat.session, LOCK, 2)
    gateway.engine.script = lambda turn: [{"custom": {"type": "cart", "checkout": True}}]
    answer = await chat.say("Warenkorb")
    (cart,) = answer["messages"]
    assert [(line["sku"], line["quantity"], line["price"]["amount"]) for line in cart["lines"]] == [
        (BIKE, 1, 64900),
        (LOCK, 2, 2990),
    ]
    assert cart["lines"][0]["title"] == "Mountainbike Grat (blau, Größe 46)"
    assert cart["total"] == {"amount": 70880, "currency": "EUR", "text": "708,80 €"}
    assert cart["checkout_url"].startswith("http://shop.test/checkout?token=")
    assert answer["cart"]["total"] == cart["total"]
    asked = (await chat.client.get("/api/cart", headers=chat.headers)).json()
    # the link is signed anew, with the time of the question
    assert {**asked, "checkout_url": ""} == {**answer["cart"], "checkout_url": ""}


async def test_an_offer_keeps_kind_reason_difference_and_both_answers(chat: Chat, gateway: Gateway) -> None:
    offer = {
        "type": "offer",
        "id": "o1",
        "kind": "cross",
        "anchor": BIKE,
        "cards": [{"sku": HELMET}],
        "price_difference": {"amount": 7990, "currency": "EUR"},
        "reason": {"code": "curated", "text": "Damit fahren Sie sicher.", "evidence": {"together": 30}},
        "choices": [
            {"title": "Ja, gern", "payload": {"intent": "confirm", "entities": {}}},
            {"title": "Nein, danke", "payload": {"intent": "deny", "entities": {}}},
        ],
    }
    gateway.engine.script = lambda turn: [{"custom": offer}]
    (shown,) = (await chat.say("ja"))["messages"]
    assert (shown["id"], shown["kind"], shown["anchor"]) == ("o1", "cross", BIKE)
    assert shown["price_difference"]["text"] == "79,90 €"
    assert shown["reason"] == offer["reason"]
    assert [choice["title"] for choice in shown["choices"]] == ["Ja, gern", "Nein, danke"]


async def test_each_card_of_an_offer_keeps_its_own_difference_and_reason(chat: Chat, gateway: Gateway) -> None:
    grounds = [
        {
            "price_difference": {"amount": amount, "currency": "EUR"},
            "reason": {"code": code, "text": code, "evidence": {}},
        }
        for amount, code in ((7990, "curated"), (2990, "bought_together"))
    ]
    cards = [{"sku": sku, **each} for sku, each in zip((HELMET, LOCK), grounds, strict=True)]
    offer = {"type": "offer", "id": "o1", "kind": "cross", "anchor": BIKE, "cards": cards, **grounds[0]}
    gateway.engine.script = lambda turn: [{"custom": offer}]
    (shown,) = (await chat.say("ja"))["messages"]
    assert [card["price_difference"]["text"] for card in shown["cards"]] == ["79,90 €", "29,90 €"]
    assert [card["reason"] for card in shown["cards"]] == [each["reason"] for each in grounds]
    gateway.engine.script = lambda turn: [{"custom": {**offer, "cards": [{**cards[0], "reason": "because"}]}}]
    assert [each["type"] for each in (await chat.say("noch eins"))["messages"]] == ["text"]


async def test_a_comparison_names_the_products(chat: Chat, gateway: Gateway) -> None:
    rows = [{"attribute": "Gänge", "values": ["18", "–"]}]
    said = {"type": "comparison", "skus": [BIKE, HELMET], "rows": rows}
    gateway.engine.script = lambda turn: [{"custom": said}]
    (shown,) = (await chat.say("vergleiche"))["messages"]
    assert shown["titles"] == ["Mountainbike Grat", "Helm Fichte"]
    assert shown["rows"] == rows


async def test_spoken_words_pass_and_inner_names_do_not(chat: Chat, gateway: Gateway) -> None:
    said = {"type": "text", "text": "79,90 €", "spoken": "79 Euro 90", "response": "utter_price", "secret": 1}
    gateway.engine.script = lambda turn: [{"custom": said}]
    assert (await chat.say("Preis?"))["messages"] == [{"type": "text", "text": "79,90 €", "spoken": "79 Euro 90"}]


async def test_what_breaks_the_contract_is_left_out_and_the_rest_is_said(chat: Chat, gateway: Gateway) -> None:
    broken = [
        {"custom": {"type": "fireworks"}},
        {"custom": {"type": "text", "text": 5}},
        {"custom": {"type": "product_cards", "cards": []}},
        {"custom": {"type": "product_cards", "cards": [{"sku": "GONE"}]}},
        {"custom": {"type": "comparison", "skus": [BIKE], "rows": [{"attribute": "a", "values": ["1", "2"]}]}},
        {"custom": {"type": "offer", "kind": "side", "id": "x"}},
        {"custom": {"type": "choices", "choices": [{"title": "x", "payload": "hello"}]}},
        {"custom": ["no", "mapping"]},
        {"custom": {"type": "handoff"}},
    ]
    gateway.engine.script = lambda turn: [*broken, text("Das geht.")]
    assert (await chat.say("?"))["messages"] == [{"type": "text", "text": "Das geht."}]


async def test_language_and_stage_of_the_answer_are_those_of_the_store(chat: Chat, gateway: Gateway) -> None:
    def switch(turn: dict) -> list[dict]:
        with writing(gateway.database) as connection:
            conversation = conversations.get(connection, chat.session)
            assert conversation
            conversations.save(connection, replace(conversation, language="en", stage=Stage.INTENT), utc_now())
        return [text("Sure.")]

    gateway.engine.script = switch
    answer = await chat.say("English please")
    assert (answer["language"], answer["stage"]) == ("en", "intent")


async def test_a_message_tells_which_page_the_shopper_has_come_to(chat: Chat, gateway: Gateway) -> None:
    await chat.say("Und dieses?", page={"sku": HELMET})
    with reading(gateway.database) as connection:
        conversation = conversations.get(connection, chat.session)
    assert conversation and conversation.memory["page_sku"] == HELMET


async def test_ndjson_gives_one_message_a_line(chat: Chat, gateway: Gateway) -> None:
    gateway.engine.script = lambda turn: [text("eins"), text("zwei\nzeilig")]
    headers = {**chat.headers, "Accept": "application/x-ndjson"}
    answer = await chat.client.post("/api/messages", json={"id": "a", "text": "Hallo"}, headers=headers)
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert [json.loads(line)["text"] for line in answer.text.splitlines()] == ["eins", "zwei\nzeilig"]


async def test_ndjson_can_end_with_what_the_answer_has_beside_its_messages(chat: Chat) -> None:
    headers = {**chat.headers, "Accept": "application/x-ndjson; end=true, application/json"}
    answer = await chat.client.post("/api/messages", json={"id": "a", "text": "Hallo"}, headers=headers)
    whole = await chat.post(id="a", text="Hallo")
    said, end = map(json.loads, answer.text.splitlines())
    assert whole.json() == {"messages": [said], **{name: end[name] for name in end if name != "type"}}
    assert end["type"] == "end"


async def test_a_person_can_be_asked_for_at_any_time(chat: Chat, gateway: Gateway) -> None:
    await chat.say("Hallo")
    later = (await chat.client.get("/api/messages", headers=chat.headers)).json()["person"]
    for person in (chat.opened["person"], later):
        assert person["title"] == "Mit einem Menschen sprechen"
        await chat.post(payload=person["payload"])
        assert gateway.engine.turns[-1]["message"] == "/human_handoff{}"


async def test_history_tells_who_said_what_in_order(chat: Chat) -> None:
    await chat.say("eins")
    await chat.say("zwei")
    history = (await chat.client.get("/api/messages", headers=chat.headers)).json()
    assert [(line["from"], line.get("text")) for line in history["messages"]][2:] == [
        ("shopper", "eins"),
        ("assistant", "Gehört: eins"),
        ("shopper", "zwei"),
        ("assistant", "Gehört: zwei"),
    ]
    assert set(history) == {
        *("messages", "cart", "language", "stage", "person"),
        *("speaking", "waiting", "position"),
    }


async def test_sql_and_script_text_is_kept_as_text(chat: Chat, gateway: Gateway) -> None:
    nasty = "'; DROP TABLE messages; -- <script>alert(1)</script> \u202e{{7*7}}"
    answer = await chat.say(nasty)
    assert answer["messages"][0]["text"] == f"Gehört: {nasty}"
    with reading(gateway.database) as connection:
        assert nasty in connection.scalars(select(messages.c.text)).all()


async def test_every_response_forbids_inline_script_and_framing(client: httpx.AsyncClient) -> None:
    for path in ("/", "/api/cart", "/health/live", "/nowhere", "/img/helmets.svg"):
        headers = (await client.get(path)).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
