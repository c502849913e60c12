"""Fills a console with 200,000 conversations and times a page of the list, each filter and the search.

`python -m benchmarks.console [--conversations 200000] [--url postgresql://...]` prints one line a question: the
median and the slowest of so many pages, and how many rows a page held. Conversations are drawn from the shares of
a usual shop; none of them was held.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import batched
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from actions.store import digest_search, digests, reviews
from actions.store.digest_keys import Place, Wanted
from actions.store.digests import Digest
from actions.store.engine import migrate, open_engine, reading, writing
from actions.store.tables import conversations

END = datetime(2026, 11, 1, tzinfo=UTC)
PAGE = 50
ROUNDS = 15
INTENTS = [f"intent_{number}" for number in range(80)]
ACTIONS = [f"action_{number}" for number in range(40)]
REASONS = [f"reason_{number}" for number in range(25)]
OUTCOMES = ("left", "cart", "checkout", "ordered", "handed_off", "silent", "cancelled")
SHARES = (55, 15, 8, 12, 5, 4, 1)
SAID = (
    "ich suche ein fahrrad für die stadt bitte mit korb und licht unter tausend euro haben sie auch helme "
    "größe blau schwarz rot kinder damen herren schloss pumpe reifen versand kosten danke ja nein gern zeigen"
)


def main() -> None:
    """Fill where there is nothing yet, then measure."""
    options = argparse.ArgumentParser(description="times the review console over very many conversations")
    options.add_argument("--conversations", type=int, default=200_000)
    options.add_argument("--url", default=f"sqlite:///{Path(tempfile.gettempdir()) / 'tresen-console.db'}")
    given = options.parse_args()
    engine = open_engine(given.url)
    migrate(engine)
    fill(engine, given.conversations)
    with reading(engine) as connection:
        for name, wanted, before in questions(connection):
            times, rows = timed(lambda w=wanted, b=before: len(digest_search.page(connection, w, PAGE, b)))
            print(
                f"{name:<44} median {statistics.median(times):6.1f} ms  slowest {max(times):6.1f} ms  {rows} rows"
            )
        times, rows = timed(
            lambda: sum(len(digest_search.values_of(connection, kind)) for kind in digests.RECORDED)
        )
        print(f"{'choices of every filter':<44} median {statistics.median(times):6.1f} ms  {rows} values")


def timed(work: Callable[[], int]) -> tuple[list[float], int]:
    """How long the work takes, each time in milliseconds, and what it returned."""
    times, result = [], 0
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        result = work()
        times.append((time.perf_counter() - begun) * 1000)
    return times, result


def questions(connection: Connection) -> Iterator[tuple[str, Wanted, Place | None]]:
    """What people ask of the list, from the usual to the awkward."""
    rare = connection.scalar(text("SELECT value FROM digest_facets WHERE kind = 'sku' ORDER BY value DESC LIMIT 1"))
    middle = Place(END - timedelta(days=45), 0)
    yield "the list", Wanted(), None
    yield "the list, a page far back", Wanted(), middle
    yield "a month", Wanted(since=END - timedelta(days=60), until=END - timedelta(days=30)), None
    for kind, value in (
        *(("channel", "web"), ("channel", "alexa"), ("language", "en"), ("outcome", "ordered")),
        *(("outcome", "cancelled"), ("intent", INTENTS[0]), ("intent", INTENTS[-1]), ("action", ACTIONS[-1])),
        *(("offer", "cross.accepted"), ("offer", "down.declined"), ("sku", "SKU-1"), ("sku", str(rare))),
        *(("refusal", REASONS[0]), ("policy", "v1"), ("model", "m1"), ("mark", "error"), ("mark", "repeat")),
    ):
        yield f"{kind} {value}", Wanted(facets=((kind, value),)), None
    yield "confidence below 0.2", Wanted(below=0.2), None
    yield "confidence below 0.9", Wanted(below=0.9), None
    yield "a common word", Wanted(words="fahrrad"), None
    yield "a common word, a page far back", Wanted(words="fahrrad"), middle
    yield "two common words", Wanted(words="fahrrad korb"), None
    yield "the beginning of words", Wanted(words="fa"), None
    yield "a rare word", Wanted(words="wort17"), None
    yield "nothing", Wanted(words="gibtesnicht"), None
    yield "ordered, in English", Wanted(facets=(("outcome", "ordered"), ("language", "en"))), None
    three = (("outcome", "cancelled"), ("language", "en"), ("mark", "error"))
    yield "cancelled, in English, with an error", Wanted(facets=three), None
    yield "a common word among the ordered", Wanted(facets=(("outcome", "ordered"),), words="helme"), None
    never = (("channel", "web"), ("channel", "alexa"))
    yield "two common ones that never meet", Wanted(facets=never), None


def fill(engine: Engine, wanted: int) -> None:
    """Write conversations and their digests where there are none."""
    with reading(engine) as connection:
        if connection.scalar(text("SELECT count(*) FROM conversation_digests")) >= wanted:
            return
    begun, chance = time.perf_counter(), random.Random(7)
    for numbers in batched(range(wanted), 5_000):
        with writing(engine) as connection:
            made = [digest(number, wanted, chance) for number in numbers]
            rows = [
                {
                    **{"id": one.conversation, "language": one.language, "channel": one.channel},
                    **{"stage": "browse", "started_at": one.started_at, "active_at": one.active_at, "memory": {}},
                    **{"consent": "service"},
                }
                for one in made
            ]
            connection.execute(conversations.insert(), rows)
            for some in batched(made, 500):
                digests.write(connection, some, END)
                reviews.write_facets(connection, [one.conversation for one in some])
    print(f"{wanted} conversations written in {time.perf_counter() - begun:.0f} s")


def digest(number: int, of: int, chance: random.Random) -> Digest:
    """A conversation as it might have been."""
    at = END - timedelta(days=90) * ((of - number) / of)
    outcome = chance.choices(OUTCOMES, SHARES)[0]
    words = [*chance.choices(SAID.split(), k=chance.randint(4, 25)), f"wort{chance.randint(0, 20_000)}"]
    turns, kind = chance.randint(1, 14), chance.choice(("cross", "up", "down"))
    state = chance.choices(("accepted", "declined", "ignored"), (10, 30, 60))[0]
    offers = ((kind, state, 1),) if chance.random() < 0.35 else ()
    channel = "alexa" if number % 20 == 0 else "web"
    language = "en" if chance.random() < 0.2 else "de"
    sure, error, repeat = round(chance.betavariate(6, 1), 4), chance.random() < 0.005, chance.random() < 0.02
    facets = {("channel", channel), ("language", language), ("outcome", outcome)}
    facets |= {("policy", f"v{number * 5 // of}"), ("model", f"m{number * 8 // of}")}
    facets |= {("intent", chance.choice(INTENTS[: chance.randint(1, 80)])) for _ in range(turns)}
    facets |= {("action", chance.choice(ACTIONS[: chance.randint(1, 40)])) for _ in range(turns)}
    facets |= {("sku", f"SKU-{int(chance.paretovariate(0.6)) % 5_000}") for _ in range(turns)}
    facets |= {("mark", "error")} if error else set()
    facets |= {("mark", "repeat")} if repeat else set()
    if offers:
        facets |= {("offer", kind), ("offer", f"{kind}.{state}")}
        facets |= {("refusal", chance.choice(REASONS)) for _ in range(6)}
    return Digest(
        conversation=f"{number:032x}",
        started_at=at - timedelta(minutes=turns),
        active_at=at,
        channel=channel,
        language=language,
        first_words=" ".join(words)[:120],
        turns=turns,
        outcome=outcome,
        offers=offers,
        confidence=sure,
        fallbacks=int(sure < 0.3),
        repeats=int(repeat),
        errors=int(error),
        handed_off=outcome == "handed_off",
        fingerprint="-",
        facets=frozenset(facets),
        words=" ".join(words),
    )


if __name__ == "__main__":
    main()
