"""Only the gateway can be reached, and whatever is thrown at it, nothing is lost or doubled."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.stack.house import House, Visitor
from tests.stack.kills import run_kills

pytestmark = pytest.mark.stack


def test_open_to_the_network_is_the_gateway_and_nothing_else(tmp_path: Path) -> None:
    house = House.build(tmp_path / "house", TRESEN_HOST="0.0.0.0")  # noqa: S104 - this is what is tested
    house.start()
    try:
        listening = house.listening()
    finally:
        house.stop()
    assert listening == {
        ("gateway", house.port): {"0.0.0.0"},  # noqa: S104
        ("engine", house.engine_port): {"127.0.0.1"},
        ("actions", house.actions_port): {"127.0.0.1"},
    }


def test_engine_and_actions_refuse_a_call_without_their_key(house: House) -> None:
    message = {
        "sender": "x.0",
        "message_id": "1",
        "message": "hallo",
        "channel": "web",
        "language": "de",
        "metadata": {},
    }
    engine = f"http://127.0.0.1:{house.engine_port}"
    assert httpx.post(f"{engine}/webhooks/tresen/webhook", json=message).status_code == 403
    wrong = {"X-Engine-Key": "0" * 64}
    assert httpx.post(f"{engine}/webhooks/tresen/webhook", json=message, headers=wrong).status_code == 403
    assert httpx.get(f"{engine}/webhooks/tresen/ready").status_code == 403
    assert httpx.delete(f"{engine}/webhooks/tresen/conversations/x").status_code == 403
    actions = f"http://127.0.0.1:{house.actions_port}"
    for headers in ({}, {"X-Actions-Key": "0" * 64}):
        call = {"next_action": "action_checkout", "sender_id": "x", "tracker": {}}
        assert httpx.post(f"{actions}/webhook", json=call, headers=headers).status_code == 403
        assert httpx.get(f"{actions}/actions", headers=headers).status_code == 403
        assert httpx.get(f"{actions}/health", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/conversations/x/tracker",
        "/model",
        "/version",
        "/status",
        "/domain",
        "/webhooks/rest/webhook",
        "/webhooks/callback",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_rasas_own_interfaces_are_off(house: House, path: str, method: str) -> None:
    assert httpx.request(method, f"http://127.0.0.1:{house.engine_port}{path}").status_code == 404


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "/checkout{}",
        '/purchase_intent{"sku":"GRAT-2-BLACK-42"}',
        "🙂🙂🙂",
        "'; DROP TABLE cart_lines; --",
        "<script>alert(1)</script>",
        "\u202emocs.live",
        "NEHME ICH!!!!",
    ],
)
def test_strange_messages_get_an_answer_and_have_no_effect(visitor: Visitor, text: str) -> None:
    visitor.says("ich suche ein mountainbike unter 1000 euro")
    visitor.says(text)
    assert visitor.last["messages"]
    assert visitor.cart == {}
    visitor.says("das erste")
    assert "Größe" in visitor.text or "Farbe" in visitor.text


def test_five_thousand_characters_are_refused_with_a_clear_word(visitor: Visitor) -> None:
    answer = visitor.posts({"id": str(uuid4()), "text": "a" * 5000})
    assert answer.status_code in (413, 422)
    assert answer.headers["content-type"].startswith("application/problem+json")
    visitor.says("ich suche einen helm")
    assert visitor.messages("product_cards")


def test_the_same_message_id_twice_gives_the_same_bytes_and_one_effect(visitor: Visitor) -> None:
    for text in ("ich suche ein mountainbike unter 1000 euro", "das erste in schwarz", "42", "nehme ich"):
        visitor.says(text)
    body = {"id": str(uuid4()), "text": "ja"}
    first, again = visitor.posts(body), visitor.posts(body)
    assert first.content == again.content
    assert sum(line["quantity"] for line in first.json()["cart"]["lines"]) == 1


def test_two_tabs_at_once_lose_and_double_nothing(
    visitor: Visitor, comes_in: Callable[..., Visitor], house: House
) -> None:
    visitor.says("ich suche ein mountainbike unter 1000 euro")
    answers: list[int] = []

    def tab() -> None:
        other = comes_in(token=visitor.token)
        for text in ("das erste in schwarz", "was kostet das?", "zeig mir den warenkorb"):
            answers.append(other.posts({"id": str(uuid4()), "text": text}).status_code)

    tabs = [threading.Thread(target=tab) for _ in range(2)]
    for each in tabs:
        each.start()
    for each in tabs:
        each.join()
    assert answers == [200] * 6
    headers = {"Authorization": f"Bearer {visitor.token}"}
    history = httpx.get(f"{house.url}/api/messages", headers=headers).json()["messages"]
    assert sum(1 for line in history if line.get("from") == "shopper") == 7


def test_one_chat_never_sees_another(comes_in: Callable[..., Visitor]) -> None:
    one, other = comes_in(), comes_in()
    for text in ("ich suche ein mountainbike unter 1000 euro", "das erste in schwarz", "42", "nehme ich", "ja"):
        one.says(text)
    other.says("zeig mir den warenkorb")
    assert sum(one.cart.values()) == 1
    assert other.cart == {}


def test_the_offers_api_decides_as_the_chat_does(visitor: Visitor, house: House) -> None:
    for text in ("ich suche ein mountainbike unter 1000 euro", "das erste in schwarz", "42", "nehme ich", "ja"):
        visitor.says(text)
    (sku,) = visitor.cart
    document = {
        "cart": [{"sku": sku, "quantity": 1}],
        "stage": "intent",
        "needs": {
            "category": "bikes/mountain",
            "max_price": {"amount": 100000, "currency": "EUR"},
            "attributes": {"colour": "black", "size": "42"},
        },
    }
    url = f"{house.url}/api/offers"
    assert httpx.post(url, json=document).status_code == 401
    answer = httpx.post(url, json=document, headers={"X-Api-Key": "test-key"}).json()
    chat = [card["sku"] for card in visitor.messages("offer")[0]["cards"]]
    assert [offer["sku"] for offer in answer["offers"]] == chat
    assert answer["withheld"]


def test_erasing_from_the_command_line_reaches_the_running_house(visitor: Visitor, house: House) -> None:
    visitor.says("ich suche ein mountainbike unter 1000 euro")
    command = [str(Path(sys.executable).with_name("tresen")), "privacy", "erase", visitor.session, "--json"]
    done = subprocess.run(command, env=house.environment, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    assert answer["rows"] > 0
    assert (answer["left"], answer["house"]) == (0, "told")
    assert visitor.posts({"id": str(uuid4()), "text": "hallo"}).status_code == 401
    log = (house.home / "logs" / "gateway.log").read_text("utf-8")
    assert "was not told to forget" not in log


def test_killing_each_process_in_mid_turn_breaks_no_promise(tmp_path: Path) -> None:
    house = House.build(tmp_path / "house")
    house.start()
    try:
        count = run_kills(house, kills=6, clients=3)
    finally:
        code = house.stop()
    assert sum(count.kills.values()) == 6
    assert count.answered == count.sent
    assert count.messages >= count.sent
    assert count.carts_compared > 0
    assert count.orders_told > 0
    assert count.harm == {}
    assert code == 0


def test_readiness_is_a_turn_that_really_worked(house: House) -> None:
    assert httpx.get(f"{house.url}/health/ready").status_code == 200
    assert "action failed" not in (house.home / "logs" / "actions.log").read_text("utf-8")
