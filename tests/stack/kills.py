"""Kills engine, actions and gateway in mid-turn while shoppers buy, and counts what was lost or doubled."""

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from uuid import uuid4

import httpx
import psutil
from sqlalchemy import func, select

from actions.store.engine import open_engine, reading
from actions.store.tables import cart_lines, messages, offers, orders
from tests.stack.house import House, Visitor

RETRY_FOR = 120
DIALOGUE = (
    "ich suche ein mountainbike unter 1500 euro",
    "das erste",
    "was kostet das?",
    "habt ihr auch helme?",
    "zeig mir den warenkorb",
)


@dataclass
class Count:
    """What the clients saw and what the database holds."""

    kills: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    answered: int = 0
    retries: int = 0
    fallbacks: int = 0
    messages: int = 0
    lost: int = 0
    answers_changed: int = 0
    doubled_lines: int = 0
    doubled_offers: int = 0
    doubled_orders: int = 0
    wrong_quantities: int = 0
    conversations: int = 0


def run_kills(house: House, *, kills: int, clients: int, seed: int = 7) -> Count:
    """Let `clients` shoppers buy while one of the three processes is killed `kills` times; then count."""
    count, stop, lock = Count(), threading.Event(), threading.Lock()
    threads = [
        threading.Thread(target=_shop, args=(house, count, lock, stop, seed + number)) for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    chance = random.Random(seed)
    for number in range(kills):
        # only a house that answers has turns to be killed in
        house.wait_ready()
        time.sleep(chance.uniform(0.3, 1.2))
        _kill(house, count, ("engine", "actions", "gateway")[number % 3])
    house.wait_ready()
    time.sleep(2)
    stop.set()
    for thread in threads:
        thread.join()
    _count_rows(house, count)
    return count


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


def _shop(house: House, count: Count, lock: threading.Lock, stop: threading.Event, seed: int) -> None:
    chance = random.Random(seed)
    while not stop.is_set():
        visitor = Visitor(house.url)
        _until_it_works(visitor.comes_in, count, lock)
        for text in DIALOGUE:
            _say(visitor, text, count, lock)
            if text == "das erste":
                _buy(visitor, count, lock)
            if stop.is_set() and chance.random() < 0.5:
                break
        visitor.client.close()
        with lock:
            count.conversations += 1


def _buy(visitor: Visitor, count: Count, lock: threading.Lock) -> None:
    """Press through variant questions to the read-back, and say yes once."""
    for _ in range(4):
        buttons = {choice["title"]: choice for choice in visitor.choices()}
        for title in ("Ja, in den Warenkorb", "Nehme ich"):
            if title in buttons:
                _press(visitor, buttons[title]["payload"], count, lock)
                break
        else:
            if not buttons:
                return
            _press(visitor, next(iter(buttons.values()))["payload"], count, lock)
        if visitor.cart:
            return


def _say(visitor: Visitor, text: str, count: Count, lock: threading.Lock) -> None:
    _send(visitor, {"id": str(uuid4()), "text": text}, count, lock)


def _press(visitor: Visitor, payload: str, count: Count, lock: threading.Lock) -> None:
    _send(visitor, {"id": str(uuid4()), "payload": payload}, count, lock)


def _send(visitor: Visitor, body: dict[str, str], count: Count, lock: threading.Lock) -> None:
    with lock:
        count.sent += 1
    answer = _until_it_works(lambda: visitor.posts(body), count, lock)
    if answer is None:
        with lock:
            count.lost += 1
        return
    again = _until_it_works(lambda: visitor.posts(body), count, lock)
    visitor.last = answer.json()
    with lock:
        count.answered += 1
        count.answers_changed += again is not None and again.content != answer.content


def _until_it_works[T](call: object, count: Count, lock: threading.Lock) -> T | None:
    give_up = time.monotonic() + RETRY_FOR
    while time.monotonic() < give_up:
        try:
            answer = call()  # type: ignore[operator]
        except (httpx.HTTPError, ValueError):
            answer = None
        status = getattr(answer, "status_code", 200)
        if answer is not None and status == 200:
            return answer
        with lock:
            count.retries += 1
        time.sleep(0.3)
    return None


def _count_rows(house: House, count: Count) -> None:
    engine = open_engine(f"sqlite:///{house.home / 'core.db'}")
    with reading(engine) as connection:
        unanswered = select(func.count()).where(messages.c.state == "received")
        count.lost += connection.scalar(unanswered) or 0
        honest = select(func.count()).where(messages.c.state == "engine_error")
        count.fallbacks = connection.scalar(honest) or 0
        count.messages = connection.scalar(select(func.count()).where(messages.c.client_id != "welcome")) or 0
        count.doubled_lines = _doubled(connection, cart_lines.c.conversation, cart_lines.c.sku)
        count.doubled_offers = _doubled(connection, offers.c.decision, offers.c.sku)
        count.doubled_orders = _doubled(connection, orders.c.key)
        count.wrong_quantities = connection.scalar(select(func.count()).where(cart_lines.c.quantity != 1)) or 0


def _doubled(connection: object, *columns: object) -> int:
    groups = select(*columns).group_by(*columns).having(func.count() > 1).subquery()  # type: ignore[call-overload]
    return connection.scalar(select(func.count()).select_from(groups)) or 0  # type: ignore[attr-defined]
