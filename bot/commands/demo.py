"""`tresen demo`: simulated shoppers, so that console and figures show something at first look."""

import random
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import httpx
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import Engine

from actions.folders import RESPONSES
from actions.phrases import Phrasebook
from actions.settings import Settings, read_settings
from actions.store.engine import reading, writing
from bot.commands.house import EVERY_ADDRESS
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, fail, log, print_json, say
from bot.demo.mouths import HouseError
from bot.demo.past import began, conversation_of, draw_shifts, label, on_their_way, shift
from bot.demo.people import draw_people
from bot.demo.visits import House, summary, visit_all
from bot.demo.words import read_words
from bot.gateway.voice.heard import hashed
from bot.seals import house_seals

SECONDS = 15
DELIVERED_WITHIN = 30.0
SELDOM = 100
app = typer.Typer(no_args_is_help=True, add_completion=False, help="Simulated shoppers for a first look.")
Count = Annotated[int, typer.Option(min=1, max=100_000, help="How many conversations.")]
Seed = Annotated[int, typer.Option(help="The same seed draws the same shoppers.")]
Days = Annotated[
    float, typer.Option(min=0, max=3650, help="Spread them over so many past days; 0 leaves them now.")
]
AtOnce = Annotated[int, typer.Option("--at-once", min=1, max=32, help="How many talk at the same time.")]


@app.callback()
def room() -> None:
    """Simulated shoppers for a first look."""


class Labels:
    """Labels conversations while they are being held, from several threads."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._seals = house_seals(settings.home, settings.values)
        self._lock = threading.Lock()
        self.conversations: list[str] = []

    def __call__(self, session: str, by_voice: bool) -> None:
        """Label the conversation; HouseError where the house keeps its record elsewhere."""
        with self._lock, writing(self._engine) as connection:
            caller = hashed(self._seals, "webhook", session)
            conversation = conversation_of(connection, caller) if by_voice else session
            if conversation is None or not label(connection, conversation):
                raise HouseError("the house that answers keeps its record elsewhere; give both the same settings")
            self.conversations.append(conversation)


@app.command("conversations")
def converse(
    count: Count = 500, seed: Seed = 1, days: Days = 0, at_once: AtOnce = 6, as_json: AsJson = False
) -> None:
    """Have simulated shoppers talk to the running house; the record labels their conversations as simulated."""
    settings, engine = read_settings(), open_shop()
    house = running_house(settings)
    people = draw_people(count, seed, voice=bool(house.voice_secret))
    labels, start = Labels(engine, settings), time.monotonic()
    with bar() as progress:
        task = progress.add_task("conversations", total=count)

        def done(so_far: int) -> None:
            progress.update(task, completed=so_far)
            if progress.disable and so_far % SELDOM == 0:
                say(f"{so_far} of {count} conversations")

        words = read_words(Phrasebook.load(RESPONSES))
        visits = visit_all(house, people, words, at_once=at_once, opened=labels, done=done)
    seconds = round(time.monotonic() - start, 1)
    if not labels.conversations:
        raise fail(next((each.fault for each in visits if each.fault), "No conversation came about."))
    if days:
        spread(engine, labels.conversations, days, seed)
    document = {**summary(visits), "seconds": seconds, "days": days, "seed": seed}
    if as_json:
        print_json(document)
        return
    say(", ".join(f"{value} {name.replace('_', ' ')}" for name, value in document.items()) + ".")
    for sentence in sorted({each.fault for each in visits if each.fault}):
        say(f"A visit broke off: {sentence}.")


def running_house(settings: Settings) -> House:
    """The house of these settings; one line and exit code 1 where none is ready."""
    host = "127.0.0.1" if settings.host in EVERY_ADDRESS else settings.host
    url = f"http://{host}:{settings.port}"
    try:
        with httpx.Client(trust_env=False, timeout=SECONDS) as client:
            is_ready = client.get(f"{url}/health/ready").status_code == 200
    except httpx.HTTPError:
        is_ready = False
    if not is_ready:
        raise fail(f"No house is ready at {url}: start it with `tresen run` and the same settings.")
    return House(url, settings["TRESEN_VOICE_SECRET"])


def bar() -> Progress:
    """A bar where somebody watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=log, transient=True, disable=not log.is_terminal)


def spread(engine: Engine, chats: Sequence[str], days: float, seed: int) -> None:
    """Wait until every order has arrived, then move the conversations into the past."""
    give_up = time.monotonic() + DELIVERED_WITHIN
    while time.monotonic() < give_up:
        with reading(engine) as connection:
            if not on_their_way(connection, chats):
                break
        time.sleep(0.5)
    with writing(engine) as connection:
        started = began(connection, chats)
        shift(connection, draw_shifts(started, days, datetime.now(UTC), random.Random(f"{seed} days")))
