"""Fills a record with 200,000 conversations and times the figures of a month and of all of it.

`python -m benchmarks.figures [--conversations 200000] [--url postgresql://...]` prints seconds and the memory the
process took. Conversations are drawn from the shares of a usual shop; none of them was held.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import batched
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from actions.store.engine import migrate, open_engine, reading, writing
from actions.store.tables import conversations, messages, offer_decisions, offers, orders, products
from bot.reports.document import document
from bot.reports.reading import read_facts
from bot.reports.scope import Scope

END = datetime(2026, 11, 1, tzinfo=UTC)
DAYS = 90
INTENTS = ("search_product", "ask_price", "confirm", "nlu_fallback", "hesitate", "stop_offers", "greet")
SHARES = (40, 20, 15, 4, 6, 1, 14)
SKUS = [f"SKU-{number}" for number in range(500)]
TURNS = 6


def main() -> None:
    """Fill where there is nothing yet, then measure."""
    options = argparse.ArgumentParser(description="times the figures over very many conversations")
    options.add_argument("--conversations", type=int, default=200_000)
    options.add_argument("--url", default=f"sqlite:///{Path(tempfile.gettempdir()) / 'tresen-figures.db'}")
    given = options.parse_args()
    engine = open_engine(given.url)
    migrate(engine)
    with reading(engine) as connection:
        empty = not connection.scalar(select(func.count()).select_from(conversations))
    if empty:
        fill(engine, given.conversations)
    for days in (30, DAYS + 1):
        scope = Scope(END - timedelta(days=days), END + timedelta(days=1))
        begun, worked = time.perf_counter(), time.process_time()
        with reading(engine) as connection:
            facts = read_facts(connection, scope)
        document(facts, scope)
        seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
        counted = f"{facts.talks.talks} conversations, {facts.talks.orders} orders"
        print(f"{days} days: {counted}: {seconds:.1f} s, {cpu:.1f} CPU s")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


def fill(engine: Engine, wanted: int) -> None:
    """Write conversations of six messages, a third with an offer, an eighth with an order."""
    chance, begun = random.Random(7), time.perf_counter()
    with writing(engine) as connection:
        connection.execute(products.insert(), [product(sku) for sku in SKUS])
    for numbers in batched(range(wanted), 5_000):
        with writing(engine) as connection:
            write(connection, [talk(number, wanted, chance) for number in numbers], chance)
    print(f"{wanted} conversations of {TURNS} messages written in {time.perf_counter() - begun:.0f} s")


def product(sku: str) -> dict[str, Any]:
    """A product of 50 euros that earns 12."""
    words = ("title", "description", "benefit", "running_cost", "not_included")
    texts = {f"{word}_{language}": "" for word in words for language in ("de", "en")}
    usual = {"brand": "", "model": "", "colour": "", "size": "", "attributes": {}, "rating_count": 0}
    money = {"price": 5_000, "currency": "EUR", "tax_percent": 19, "cost": 3_000, "stock": 5}
    return {**texts, **usual, **money, "sku": sku, "family": sku, "category": "c"}


def talk(number: int, of: int, chance: random.Random) -> dict[str, Any]:
    """A conversation as it might have been."""
    at = END - timedelta(days=DAYS) * ((of - number) / of)
    stage = chance.choices(("browse", "consider", "intent", "checkout", "ordered"), (40, 25, 15, 8, 12))[0]
    return {
        **{"id": f"{number:032}", "language": "en" if chance.random() < 0.2 else "de", "stage": stage},
        **{"channel": "alexa" if number % 20 == 0 else "web", "memory": {}, "consent": "service"},
        **{"started_at": at, "active_at": at, "customer": f"C{number % 60_000}" if number % 3 == 0 else None},
        "arm": "holdout" if chance.random() < 0.1 else "offers",
    }


def write(connection: Connection, talks: list[dict[str, Any]], chance: random.Random) -> None:
    """The conversations with what hangs below them."""
    connection.execute(conversations.insert(), talks)
    connection.execute(messages.insert(), [line for each in talks for line in said(each, chance)])
    offered = [each for each in talks if each["arm"] == "offers" and chance.random() < 0.35]
    connection.execute(offer_decisions.insert(), [decision(each) for each in offered])
    made = [offer(each, chance) for each in offered]
    connection.execute(offers.insert(), made)
    taken = {each["conversation"]: each for each in made if each["state"] == "accepted"}
    connection.execute(orders.insert(), [order(each, taken) for each in talks if each["stage"] == "ordered"])


def said(each: dict[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    """Its messages."""
    for place, intent in enumerate(chance.choices(INTENTS, SHARES, k=TURNS)):
        row = {
            "id": f"{each['id'][6:]}{place:06}",
            "conversation": each["id"],
            "client_id": f"m{place}",
            "text": "",
        }
        more = {"position": place, "received_at": each["active_at"], "digest": "d", "state": "answered"}
        yield {**row, **more, "nlu": {"intent": intent}, "engine_ms": chance.randint(15, 900)}


def decision(each: dict[str, Any]) -> dict[str, Any]:
    """One decision with an offer."""
    row = {"id": f"d{each['id'][1:]}", "conversation": each["id"], "message": None, "decided_at": each["active_at"]}
    return {**row, "policy_version": "v", "stage": "intent", "offered": [], "withheld": [], "placement": "chat"}


def offer(each: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The offer of it."""
    kind, sku = chance.choice(("cross", "up", "down")), chance.choice(SKUS)
    state = chance.choices(("accepted", "declined", "ignored"), (15, 30, 55))[0]
    row = {"id": f"o{each['id'][1:]}", "decision": f"d{each['id'][1:]}", "conversation": each["id"], "kind": kind}
    money = {"price": 5_000, "price_difference": 5_000 if kind == "cross" else 500, "currency": "EUR"}
    known = {"reason": {"code": "curated"}, "state": state, "shown_at": each["active_at"], "anchor": SKUS[0]}
    return {**row, **money, **known, "sku": sku}


def order(each: dict[str, Any], taken: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Its order, with what was taken."""
    extra = taken.get(each["id"])
    lines = [{"sku": SKUS[0], "quantity": 1, "price": 5_000, "offer": None}]
    lines += [{"sku": extra["sku"], "quantity": 1, "price": 5_000, "offer": extra["id"]}] if extra else []
    row = {"id": each["id"], "conversation": each["id"], "customer": each["customer"], "key": each["id"]}
    money = {"lines": lines, "total": 5_000, "shipping": 0, "currency": "EUR", "created_at": each["active_at"]}
    return {**row, **money, "number": each["id"][-12:], "state": "placed"}


if __name__ == "__main__":
    main()
