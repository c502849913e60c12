"""How simulated shoppers reach the house: the web's chat interface, the signed voice webhook, and the checkout."""

import hashlib
import hmac
import json
import re
import time
from collections.abc import Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

import httpx

from bot.demo.mind import Message, Move

WAITING = 30
HIDDEN = re.compile(r'name="(token|order)" value="([^"]*)"')


class HouseError(Exception):
    """The house did not answer as it should; the visit ends there."""


class Mouth(Protocol):
    """One shopper's way in."""

    session: str

    def opens(self) -> Sequence[Message]:
        """Begin; the first messages."""

    def says(self, move: Move, message_id: UUID) -> Sequence[Message]:
        """The answer to one move."""


def posted(client: httpx.Client, url: str, **request: Any) -> httpx.Response:
    """POST, waiting as long as the house asks to where it limits how fast one may come."""
    for _ in range(WAITING):
        try:
            answer = client.post(url, **request)
        except httpx.HTTPError as error:
            raise HouseError(f"no answer from {urlsplit(url).path}: {type(error).__name__}") from error
        if answer.status_code not in (429, 503):
            break
        time.sleep(min(float(answer.headers.get("retry-after", 1)), 10))
    if answer.status_code >= 400:
        raise HouseError(f"{urlsplit(url).path} answered {answer.status_code}")
    return answer


class Web:
    """The chat interface."""

    def __init__(self, client: httpx.Client, url: str, language: str) -> None:
        self.session = ""
        self._client = client
        self._url = url
        self._language = language
        self._headers: dict[str, str] = {}

    def opens(self) -> Sequence[Message]:
        """POST /api/sessions"""
        opened = posted(self._client, f"{self._url}/api/sessions", json={"language": self._language}).json()
        self.session = opened["session"]
        self._headers = {"Authorization": f"Bearer {opened['token']}"}
        return list(opened["messages"])

    def says(self, move: Move, message_id: UUID) -> Sequence[Message]:
        """POST /api/messages"""
        said = {"payload": move.payload} if move.payload else {"text": move.text}
        body = {"id": str(message_id), **said}
        answer = posted(self._client, f"{self._url}/api/messages", json=body, headers=self._headers)
        return list(answer.json()["messages"])


class Voice:
    """The signed webhook; `session` names the caller here, the conversation is the house's secret."""

    def __init__(self, client: httpx.Client, url: str, language: str, secret: str, caller: UUID) -> None:
        self.session = f"demo-{caller}"
        self._client = client
        self._url = f"{url}/voice/webhook"
        self._language = language
        self._secret = secret

    def opens(self) -> Sequence[Message]:
        """A caller is greeted with the answer to their first words."""
        return []

    def says(self, move: Move, message_id: UUID) -> Sequence[Message]:
        """POST /voice/webhook"""
        document = {
            "id": str(message_id),
            "session": self.session,
            "text": move.text,
            "language": self._language,
        }
        body, stamp = json.dumps(document).encode(), str(int(time.time()))
        signed = hmac.new(self._secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        headers = {"X-Tresen-Timestamp": stamp, "X-Tresen-Signature": f"sha256={signed}"}
        return list(posted(self._client, self._url, content=body, headers=headers).json()["messages"])


def order(client: httpx.Client, url: str, messages: Sequence[Message]) -> bool:
    """Order at the checkout that the last answer leads to; False where it leads to none, or there is nothing."""
    carts = (message.get("checkout_url") for message in messages if message["type"] == "cart")
    link = next((found for found in carts if found), None)
    if link is None:
        return False
    parts = urlsplit(str(link))
    try:
        page = client.get(f"{url}{parts.path}?{parts.query}")
    except httpx.HTTPError as error:
        raise HouseError(f"no checkout: {type(error).__name__}") from error
    form = dict(HIDDEN.findall(page.text))
    if set(form) != {"token", "order"}:
        return False
    return posted(client, f"{url}{parts.path}", data=form).status_code == 303
