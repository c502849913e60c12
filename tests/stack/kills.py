"""Kills engine, actions and gateway in mid-turn while shoppers buy and order, and compares what they were told
with what the database holds: unique keys alone forbid some doubles, a promise that was not kept they do not see."""

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import psutil

from tests.stack.accounts import Accounts, Count, Told
from tests.stack.house import House, Visitor

RETRY_FOR = 120
DIALOGUE = (
    "ich suche ein mountainbike unter 1500 euro",
    "das erste",
    "was kostet das?",
    "habt ihr auch helme?",
    "zeig mir den warenkorb",
)


def run_kills(house: House, *, kills: int, clients: int, seed: int = 7) -> Count:
    """Let `clients` shoppers buy while one of the three processes is killed `kills` times; then count."""
    count, crowd, accounts = Count(), Crowd(house), Accounts(house.home)
    accounts.open()
    with ThreadPoolExecutor(clients) as threads:
        shopping = [threads.submit(crowd.shop, seed + number) for number in range(clients)]
        try:
            _kill_in_turn(house, count, random.Random(seed), kills)
        finally:
            crowd.stop.set()
        for each in shopping:
            each.result()
    crowd.report(count)
    accounts.settle(count, crowd.told)
    return count


def _kill_in_turn(house: House, count: Count, chance: random.Random, kills: int) -> None:
    for number in range(kills):
        # only a house that answers has turns to be killed in
        house.wait_ready()
        time.sleep(chance.uniform(0.3, 1.2))
        _kill(house, count, ("engine", "actions", "gateway")[number % 3])
    house.wait_ready()
    time.sleep(2)


def _kill(house: House, count: Count, name: str) -> None:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        part = house.parts().get(name)
        if part is not None:
            try:
                part.kill()
            except psutil.NoSuchProcess:
                continue
            count.kills[name] += 1
            return
        time.sleep(0.1)


class Crowd:
    """Shoppers who try again until they are answered, and remember what they were told."""

    def __init__(self, house: House) -> None:
        self.stop = threading.Event()
        self.told: dict[str, Told] = {}
        self._house = house
        self._seen: Counter[str] = Counter()
        self._lock = threading.Lock()

    def report(self, count: Count) -> None:
        """Add what was seen."""
        for name, number in self._seen.items():
            setattr(count, name, getattr(count, name) + number)

    def shop(self, seed: int) -> None:
        """One shopper after another, every second of whom orders."""
        chance = random.Random(seed)
        while not self.stop.is_set():
            visitor = Visitor(self._house.url)
            welcome = self._insist(visitor.knocks, lambda answer: answer.status_code == 201)
            if welcome is not None:
                visitor.is_in(welcome.json())
                self._talk(visitor, chance)
                self._note("conversations")
            visitor.client.close()

    def _talk(self, visitor: Visitor, chance: random.Random) -> None:
        told = self.told[visitor.session] = Told()
        for text in DIALOGUE:
            self._send(visitor, {"text": text})
            if text == "das erste":
                self._buy(visitor)
            if self.stop.is_set() and chance.random() < 0.5:
                break
        if visitor.cart and chance.random() < 0.5:
            self._order(visitor, told)
        told.cart = visitor.cart

    def _buy(self, visitor: Visitor) -> None:
        """Press through variant questions to the read-back, and say yes once."""
        for _ in range(4):
            buttons = {choice["title"]: choice for choice in visitor.choices()}
            wanted = [buttons[title] for title in ("Ja, in den Warenkorb", "Nehme ich") if title in buttons]
            if not buttons:
                return
            self._send(visitor, {"payload": (wanted or list(buttons.values()))[0]["payload"]})
            if visitor.cart:
                return

    def _order(self, visitor: Visitor, told: Told) -> None:
        """Follow the link, press the button, and press it again as an impatient shopper would."""
        address, wanted = visitor.last["cart"]["checkout_url"], visitor.cart
        page = self._insist(lambda: visitor.client.get(address), lambda answer: answer.status_code == 200)
        form = dict(re.findall(r'name="(token|order)" value="([^"]+)"', page.text)) if page else {}
        if "order" not in form:
            self._note("lost")
            return
        for _ in range(2):
            clicked = self._insist(
                lambda: visitor.client.post(f"{self._house.url}/checkout", data=form),
                lambda answer: answer.status_code == 303,
            )
            if clicked is None:
                self._note("lost")
                return
            told.orders[parse_qs(urlsplit(clicked.headers["location"]).query)["order"][0]] = wanted
        self._send(visitor, {"text": "zeig mir den warenkorb"})

    def _send(self, visitor: Visitor, content: dict[str, str]) -> None:
        body = {"id": str(uuid4()), **content}
        self._note("sent")
        answer = self._insist(lambda: visitor.posts(body), lambda given: given.status_code == 200)
        if answer is None:
            self._note("lost")
            return
        again = self._insist(lambda: visitor.posts(body), lambda given: given.status_code == 200)
        visitor.last = answer.json()
        self._note("answered")
        if again is not None and again.content != answer.content:
            self._note("answers_changed")

    def _insist(
        self, call: Callable[[], httpx.Response], is_done: Callable[[httpx.Response], bool]
    ) -> httpx.Response | None:
        give_up = time.monotonic() + RETRY_FOR
        while time.monotonic() < give_up:
            try:
                answer = call()
            except httpx.HTTPError:
                pass
            else:
                if is_done(answer):
                    return answer
            self._note("retries")
            time.sleep(0.3)
        return None

    def _note(self, name: str) -> None:
        with self._lock:
            self._seen[name] += 1
