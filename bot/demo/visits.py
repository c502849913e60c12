"""Lets simulated shoppers visit the running house, several at a time, and counts what they did."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

import httpx

from bot.demo.mind import LEAVE, Message, Mind
from bot.demo.mouths import HouseError, Mouth, Voice, Web, order
from bot.demo.people import Person
from bot.demo.words import Words

SECONDS = 40.0
MOST = 40


@dataclass(frozen=True, slots=True)
class House:
    """Where the running house is, and the secret of its voice webhook where it has one."""

    url: str
    voice_secret: str = ""

    def client(self, place: int) -> httpx.Client:
        """A connection; on this machine each shopper's door counts for itself, as it would for real shoppers."""
        is_here = (urlsplit(self.url).hostname or "") == "127.0.0.1"
        transport = httpx.HTTPTransport(local_address=f"127.0.1.{place % 200 + 1}" if is_here else None)
        return httpx.Client(timeout=SECONDS, transport=transport, trust_env=False)


@dataclass(frozen=True, slots=True)
class Visit:
    """What one shopper did; `session` is the conversation, by voice the caller."""

    session: str
    by_voice: bool
    turns: int
    offers: int
    ordered: bool
    fault: str = ""


def visit(house: House, person: Person, words: Mapping[str, Words], opened: Callable[[str, bool], None]) -> Visit:
    """One visit from the first word to the last; `opened` is told at once which conversation it is."""
    turns, offers, ordered, fault = 0, 0, False, ""
    with house.client(person.number) as client:
        mouth = _mouth(client, house, person)
        try:
            mind, messages = Mind(person, words[person.language]), list(mouth.opens())
            if not person.by_voice:
                opened(mouth.session, False)
            while turns < MOST and (move := mind.next(messages)) != LEAVE:
                if move.orders:
                    ordered = order(client, house.url, messages)
                    break
                messages = list(mouth.says(move, uuid4()))
                if person.by_voice and not turns:
                    opened(mouth.session, True)
                turns += 1
                offers += _offers(messages)
        except HouseError as error:
            fault = str(error)
    return Visit(mouth.session, person.by_voice, turns, offers, ordered, fault)


def visit_all(
    house: House,
    people: Sequence[Person],
    words: Mapping[str, Words],
    *,
    at_once: int,
    opened: Callable[[str, bool], None],
    done: Callable[[int], None],
) -> list[Visit]:
    """All visits; `done` is told after each how many there have been."""
    visits: list[Visit] = []
    with ThreadPoolExecutor(at_once) as pool:
        for made in pool.map(lambda person: visit(house, person, words, opened), people):
            visits.append(made)
            done(len(visits))
    return visits


def summary(visits: Sequence[Visit]) -> dict[str, int]:
    """How many visits, turns, offers, orders and faults."""
    return {
        "conversations": len(visits),
        "by_voice": sum(each.by_voice for each in visits),
        "turns": sum(each.turns for each in visits),
        "offers": sum(each.offers for each in visits),
        "orders": sum(each.ordered for each in visits),
        "faults": sum(bool(each.fault) for each in visits),
    }


def _mouth(client: httpx.Client, house: House, person: Person) -> Mouth:
    if person.by_voice:
        return Voice(client, house.url, person.language, house.voice_secret, uuid4())
    return Web(client, house.url, person.language)


def _offers(messages: Sequence[Message]) -> int:
    return sum(message["type"] == "offer" for message in messages)
