"""A purchase by voice through the real house: engine, actions and gateway, and a call that goes on in a chat."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from tests.stack.house import House, Visitor

pytestmark = pytest.mark.stack
SECRET = "stack-voice"


class Call:
    """A caller over the signed webhook."""

    def __init__(self, house: House, language: str) -> None:
        self.url = f"{house.url}/voice/webhook"
        self.language = language
        self.session = uuid4().hex
        self.client = httpx.Client(timeout=40)

    def says(self, text: str) -> str:
        document = {"id": uuid4().hex, "session": self.session, "text": text, "language": self.language}
        body, stamp = json.dumps(document).encode(), str(int(time.time()))
        signed = hmac.new(SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        headers = {"X-Tresen-Timestamp": stamp, "X-Tresen-Signature": f"sha256={signed}"}
        answer = self.client.post(self.url, content=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["speech"])


@pytest.fixture
def call(house: House) -> Iterator[Call]:
    made = Call(house, "de")
    yield made
    made.client.close()


def test_a_spoken_purchase_fills_the_cart_and_goes_on_in_the_chat(call: Call, visitor: Visitor) -> None:
    found = call.says("ich suche ein mountainbike unter 1000 euro")
    assert "automatische Assistent" in found.partition(".")[0]
    assert "Erstens" in found
    assert "€" not in found
    assert "Größe" in call.says("das erste in schwarz")
    call.says("42")
    assert call.says("nehme ich").endswith("Soll ich das in den Warenkorb legen?")
    assert "Warenkorb" in call.says("ja")
    headers = {"Authorization": f"Bearer {visitor.token}"}
    code = visitor.client.post(f"{visitor.url}/api/link", headers=headers).json()["code"]
    assert call.says(f"mein Code ist {' '.join(code)}").startswith("Verbunden.")
    assert "Kasse" in call.says("zur kasse")
    cart = visitor.client.get(f"{visitor.url}/api/cart", headers=headers).json()
    assert len(cart["lines"]) == 1
    assert call.says("tschüss").endswith("Auf Wiederhören!")
