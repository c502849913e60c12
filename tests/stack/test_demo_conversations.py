"""Simulated shoppers talk to the real house, are labelled, and real ones stay what they are."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from actions.store.engine import open_engine, reading
from actions.store.tables import conversations, messages, orders
from tests.stack.house import House, Visitor

pytestmark = pytest.mark.stack


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house of their own: what they buy is missing from no other test's shelf."""
    made = House.build(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def visitor(house: House) -> Iterator[Visitor]:
    """Somebody real beside them."""
    came = Visitor(house.url, "de")
    came.comes_in()
    yield came
    came.client.close()


def test_simulated_shoppers_talk_are_labelled_and_spread_into_the_past(house: House, visitor: Visitor) -> None:
    visitor.says("hallo")
    command = [str(Path(sys.executable).with_name("tresen")), "demo", "conversations"]
    options = ["--count", "12", "--seed", "5", "--days", "30", "--json"]
    done = subprocess.run([*command, *options], env=house.environment, capture_output=True, check=True)
    told = json.loads(done.stdout)
    assert (told["conversations"], told["faults"]) == (12, 0)
    assert told["turns"] > 30
    engine = open_engine(f"sqlite:///{house.home / 'core.db'}")
    with reading(engine) as connection:
        rows = connection.execute(select(conversations).where(conversations.c.simulated)).all()
        said = connection.scalars(select(messages.c.text)).all()
        placed = connection.scalars(select(orders.c.placed_at)).all()
        real = connection.execute(select(conversations).where(conversations.c.id == visitor.session)).one()
    engine.dispose()
    assert len(rows) == 12
    assert len({row.started_at.date() for row in rows}) > 4
    assert {row.channel for row in rows} <= {"web", "voice"}
    assert not real.simulated and all(row.active_at < real.started_at for row in rows)
    assert len(placed) >= told["orders"]
    assert not any("@example.org" in line for line in said)
