"""`tresen kpi`: figures from the log, each with what it counts."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime

import typer

from actions.store.engine import reading
from bot.commands.opening import open_shop
from bot.commands.since import Since, moment
from bot.commands.telling import AsJson, print_json
from bot.commands.told_answers import lines_of_answers, sentence
from bot.transcripts.answers import read_answers
from bot.transcripts.fatigue import Fatigue, Share, read_fatigue

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Figures, each with what it counts.")


@app.callback()
def figures() -> None:
    """Figures, each with what it counts."""


@app.command()
def answers(since: Since = "90d", as_json: AsJson = False) -> None:
    """What shoppers answer to which kind of offer, what was learnt from it, and whether that sells better."""
    start = moment(since, datetime.now(UTC))
    with reading(open_shop()) as connection:
        report = read_answers(connection, start)
    if as_json:
        print_json({**asdict(report), "sentence": sentence(report.comparison)})
        return
    for line in lines_of_answers(report):
        print(line)


@app.command()
def fatigue(since: Since = "30d", as_json: AsJson = False) -> None:
    """How much shoppers are offered and how they take it, each share with what it is a share of."""
    start = moment(since, datetime.now(UTC))
    with reading(open_shop()) as connection:
        counted = read_fatigue(connection, start)
    if as_json:
        print_json(asdict(counted))
        return
    for line in lines(counted):
        print(line)


def lines(counted: Fatigue) -> Iterator[str]:
    """The figures for people."""
    yield f"chats active since {counted.since:%Y-%m-%d %H:%M} UTC: {counted.opened} opened"
    yield f"conversations, those in which the shopper said something: {counted.conversations}"
    yield "offers in a conversation, share of conversations"
    yield from _shares(counted.offers)
    yield "how shoppers took it, share of conversations"
    yield from _shares(counted.reactions)
    yield f"offers made: {counted.offers_made} (one of several cards counts once), and what became of them"
    yield from _shares(counted.answers)


def _shares(shares: Mapping[str, Share]) -> Iterator[str]:
    for name, each in shares.items():
        part = "-" if each.share is None else f"{each.share:.1%}"
        yield f"  {name.replace('_', ' '):<15} {part:>6}  {each.count} of {each.of}"
