"""Thirteen conversations whose every figure can be worked out by hand, and two that must not count.

Margins, net of 19 % tax: BIKE 119,00 -> 100,00 - 60,00 = 40,00; BETTER 238,00 -> 200,00 - 130,00 = 70,00;
CHEAPER 59,50 -> 50,00 - 40,00 = 10,00; HELMET 23,80 -> 20,00 - 8,00 = 12,00; the cost of LOCK is unknown.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from shopfloor import stock_up
from sqlalchemy import Connection

from actions.store.tables import (
    conversations,
    messages,
    offer_decisions,
    offers,
    orders,
    past_order_lines,
    returned_lines,
    reviews,
    takeovers,
)

START, END = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
MIDDLE = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
PRICES = {"BIKE": 11_900, "BETTER": 23_800, "CHEAPER": 5_950, "HELMET": 2_380, "LOCK": 1_190}
COSTS = {"BIKE": 6_000, "BETTER": 13_000, "CHEAPER": 4_000, "HELMET": 800, "LOCK": None}


class Log:
    """Writes conversations as the house would have written them, in few words."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def talk(self, name: str, *said: tuple[str, int], **more: Any) -> None:
        """A conversation with one message for each intent and its milliseconds; 0 is a turn that failed."""
        usual = {"language": "de", "channel": "web", "stage": "browse", "memory": {}, "refusals": 0, "turns": 0}
        flags = {"opted_out": False, "negative_mood": False, "handed_off": False, "consent": "service"}
        moments = {"started_at": MIDDLE, "active_at": MIDDLE}
        self.connection.execute(conversations.insert(), {**usual, **flags, **moments, "id": name, **more})
        self._message(name, 0, "welcome", None, None)
        for position, (intent, ms) in enumerate(said, 1):
            self._message(name, position, f"m{position}", intent, ms)

    def _message(self, chat: str, position: int, client: str, intent: str | None, ms: int | None) -> None:
        error = "engine-down" if ms == 0 else None
        outcome = {"state": "engine_error" if error else "answered", "error": error}
        row = {
            "id": f"{chat}{position}",
            "conversation": chat,
            "client_id": client,
            "position": position,
            "received_at": MIDDLE,
            "text": "",
            "digest": "d",
            "nlu": {"intent": intent} if intent else None,
            "engine_ms": ms or None,
        }
        self.connection.execute(messages.insert(), {**row, **outcome})

    def offer(
        self, chat: str, kind: str, *cards: tuple[str, str, str], placement: str | None = "chat", **more: Any
    ) -> None:
        """One offer of several cards: sku, what became of it, the code of its reason."""
        row = {"id": f"D{chat}", "conversation": chat, "message": None, "decided_at": MIDDLE, "policy_version": "p"}
        decided = {"stage": "intent", "offered": [], "withheld": [], "placement": placement, **more}
        self.connection.execute(offer_decisions.insert(), {**row, **decided})
        for sku, state, code in cards:
            difference = PRICES[sku] - (0 if kind == "cross" else PRICES["BIKE"])
            row = {"id": f"O{chat}{sku}", "decision": f"D{chat}", "conversation": chat, "kind": kind, "sku": sku}
            terms = {"anchor": "BIKE", "price": PRICES[sku], "price_difference": difference, "currency": "EUR"}
            known = {"reason": {"code": code}, "state": state, "shown_at": MIDDLE}
            self.connection.execute(offers.insert(), {**row, **terms, **known})

    def order(self, chat: str, *lines: tuple[str, int, bool], state: str = "placed", **more: Any) -> None:
        """Lines of sku, quantity and whether an offer put it there."""
        documents = [
            {"sku": sku, "quantity": count, "price": PRICES[sku], "offer": f"O{chat}{sku}" if offered else None}
            for sku, count, offered in lines
        ]
        usual = {"id": f"R{chat}", "conversation": chat, "key": f"K{chat}", "number": f"N-{chat}", "state": state}
        money = {"lines": documents, "total": 0, "shipping": 0, "currency": "EUR", "created_at": MIDDLE}
        self.connection.execute(orders.insert(), {**usual, **money, **more})

    def back(self, chat: str, sku: str, quantity: int) -> None:
        row = {"order": f"R{chat}", "sku": sku, "quantity": quantity, "returned_at": END + timedelta(days=3)}
        self.connection.execute(returned_lines.insert(), row)

    def review(self, chat: str, status: str) -> None:
        row = {"conversation": chat, "status": status, "causes": [], "flagged": False, "tags": [], "note": ""}
        self.connection.execute(reviews.insert(), {**row, "changed_at": MIDDLE})

    def answered_by_person(self, chat: str, *, after: int) -> None:
        """Somebody takes over and answers that many seconds after they were asked for."""
        answered_at = MIDDLE + timedelta(seconds=after)
        row = {"conversation": chat, "asked_at": MIDDLE, "since": answered_at, "said_at": answered_at}
        self.connection.execute(takeovers.insert(), {**row, "answered_at": answered_at})

    def past(self, number: str, customer: str, *skus: str, at: datetime) -> None:
        bought = {"order_id": number, "ordered_at": at, "customer": customer, "quantity": 1}
        rows = [{**bought, "sku": sku, "price": PRICES[sku]} for sku in skus]
        self.connection.execute(past_order_lines.insert(), rows)


SAID: Sequence[tuple[str, int]] = (("purchase_intent", 10),)


def write_log(connection: Connection) -> None:
    """What the tests count."""
    stock_up(connection, *({"sku": sku, "price": PRICES[sku], "cost": COSTS[sku]} for sku in PRICES))
    log = Log(connection)
    # a: returning customer, an extra taken and ordered
    log.talk("a", *SAID, stage="ordered", customer="C1", arm="offers", rating=5)
    log.offer("a", "cross", ("HELMET", "accepted", "curated"))
    log.order("a", ("BIKE", 1, False), ("HELMET", 1, True), customer="C1")
    # b: new customer, an extra declined; orders something whose cost nobody knows
    log.talk("b", *SAID, stage="ordered", customer="C2", arm="offers", rating=4)
    log.offer("b", "cross", ("HELMET", "declined", "curated"))
    log.order("b", ("BIKE", 1, False), ("LOCK", 1, False), customer="C2")
    # c: the better model taken and ordered, in English
    log.talk("c", *SAID, stage="ordered", language="en", arm="offers")
    log.offer("c", "up", ("BETTER", "accepted", "next_tier"))
    log.order("c", ("BETTER", 1, True))
    # d and e: held out; one orders, one hesitates over the price and leaves after the yes
    log.talk("d", *SAID, stage="ordered", arm="holdout")
    log.order("d", ("BIKE", 1, False))
    log.talk("e", *SAID, stage="intent", arm="holdout")
    log.offer("e", "down", hesitation="price_sensitivity")
    # f: hesitates and orders the cheaper one on offer, by voice
    log.talk("f", ("object_price", 10), stage="ordered", channel="alexa")
    log.offer("f", "down", ("CHEAPER", "accepted", "cheaper_fits"))
    log.order("f", ("CHEAPER", 1, True))
    # g: hesitates, declines the cheaper one and leaves
    log.talk("g", ("hesitate", 10), stage="consider", language="en", rating=2)
    log.offer("g", "down", ("CHEAPER", "declined", "cheaper_fits"))
    # h: two cards, one taken; two helmets ordered, one sent back
    log.talk("h", *SAID, stage="ordered")
    log.offer("h", "cross", ("HELMET", "accepted", "curated"), ("LOCK", "ignored", "bought_together"))
    log.order("h", ("BIKE", 1, False), ("HELMET", 2, True))
    log.back("h", "HELMET", 1)
    # i: an extra taken, ordered and sent back altogether
    log.talk("i", ("purchase_intent", 20), stage="after")
    log.offer("i", "cross", ("LOCK", "accepted", "curated"), placement=None)
    log.order("i", ("BIKE", 1, False), ("LOCK", 1, True))
    log.back("i", "LOCK", 1)
    # j: an extra taken, the order cancelled
    log.talk("j", ("purchase_intent", 20), stage="ordered")
    log.offer("j", "cross", ("HELMET", "accepted", "curated"))
    log.order("j", ("BIKE", 1, False), ("HELMET", 1, True), state="cancel_asked")
    # k: not understood twice, complains, wants no offers, wants them again
    lost = ("nlu_fallback", 20)
    log.talk("k", lost, lost, ("complaint", 20), ("stop_offers", 20), negative_mood=True)
    # l: an extra passed over, a turn that failed, a person asked for, who answered
    log.talk("l", ("ask_price", 100), ("human_handoff", 0), language="en", handed_off=True)
    log.answered_by_person("l", after=90)
    log.offer("l", "cross", ("HELMET", "ignored", "bought_together"))
    # o: at the checkout, an offer nobody has reacted to
    log.talk("o", ("checkout", 20), stage="checkout")
    log.offer("o", "cross", ("HELMET", "shown", "curated"))
    # a was judged, b is only noted
    log.review("a", "done")
    log.review("b", "open")
    # these two do not count: nothing was said, and too long ago
    log.talk("m")
    log.talk("n", *SAID, stage="ordered", active_at=START - timedelta(days=1))
    log.order("n", ("BIKE", 1, False))
    # C1 has bought before; the shop's history holds the order of today once more
    log.past("P-1", "C1", "BIKE", at=datetime(2026, 1, 10, tzinfo=UTC))
    log.past("N-a", "C1", "BIKE", "HELMET", at=MIDDLE)
