"""How much shoppers are offered and how they take it: every share with what it is a share of."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from actions.store.tables import conversations, messages, offers

# what became of an offer of several cards: the first of these that holds for one of them
ANSWERS = ("accepted", "declined", "ignored", "shown")
TIRED = 3
WELCOME = "welcome"
STOP = "stop_offers"


@dataclass(frozen=True, slots=True)
class Share:
    """A count, what it is counted among, and the part it makes; None where there is nothing to count among."""

    count: int
    of: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Fatigue:
    """Figures over the chats active since a moment in which the shopper said something.

    An offer of several cards counts once. Shares in `offers` and `reactions` are of these conversations, shares in
    `answers` of the offers made in them; "shown" is an offer nobody has reacted to yet.
    """

    since: datetime
    opened: int
    conversations: int
    offers_made: int
    offers: Mapping[str, Share]
    reactions: Mapping[str, Share]
    answers: Mapping[str, Share]


def read_fatigue(connection: Connection, since: datetime) -> Fatigue:
    """Count from the log."""
    c = conversations.c
    columns = (c.id, c.opted_out, c.refusals, c.negative_mood)
    opened = connection.execute(select(*columns).where(c.active_at >= since)).all()
    made = _offers_made(connection)
    spoke = set(
        connection.scalars(select(messages.c.conversation).where(messages.c.client_id != WELCOME).distinct())
    )
    # who wants offers again has still said once that they did not
    wishes = select(messages.c.conversation).where(messages.c.nlu["intent"].as_string() == STOP)
    stopped = set(connection.scalars(wishes.distinct()))
    talks = [row for row in opened if row.id in spoke or row.id in made]
    answered = {row.id: made.get(row.id, []) for row in talks}
    all_answers = Counter(answer for answers in answered.values() for answer in answers)
    number = Counter(min(len(answers), 2) for answers in answered.values())
    total = sum(all_answers.values())
    return Fatigue(
        since=since,
        opened=len(opened),
        conversations=len(talks),
        offers_made=total,
        offers={name: _share(number[n], len(talks)) for n, name in enumerate(("none", "one", "two_or_more"))},
        reactions={name: _share(count, len(talks)) for name, count in _reactions(talks, answered, stopped).items()},
        answers={name: _share(all_answers[name], total) for name in ANSWERS},
    )


def _offers_made(connection: Connection) -> dict[str, list[str]]:
    """What became of each offer, by conversation."""
    columns = (offers.c.conversation, offers.c.decision, offers.c.state)
    states: dict[tuple[str, str], set[str]] = defaultdict(set)
    for conversation, decision, state in connection.execute(select(*columns)).tuples():
        states[conversation, decision].add(state)
    made: dict[str, list[str]] = defaultdict(list)
    for (conversation, _), found in states.items():
        made[conversation].append(next(answer for answer in ANSWERS if answer in found))
    return dict(made)


def _reactions(talks: Iterable[Any], answers: Mapping[str, list[str]], stopped: set[str]) -> dict[str, int]:
    counted = dict.fromkeys(("declined_one", "two_noes", "ignored_three", "opted_out", "complained"), 0)
    for row in talks:
        counted["declined_one"] += "declined" in answers[row.id]
        counted["two_noes"] += row.refusals >= 2
        counted["ignored_three"] += answers[row.id].count("ignored") >= TIRED
        counted["opted_out"] += bool(row.opted_out) or row.id in stopped
        counted["complained"] += bool(row.negative_mood)
    return counted


def _share(count: int, among: int) -> Share:
    return Share(count, among, count / among if among else None)
