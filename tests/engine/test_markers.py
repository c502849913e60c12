"""Conversations played with the real actions, judged by Rasa's markers from the slots the answers set."""

import json
import subprocess
from pathlib import Path

import pytest

from actions.dialogue import buying, offering
from actions.offers import eligibility, timing
from actions.offers.situation import Stage
from actions.services import Services
from tests.conversations.conftest import filled_shop, house, lexicon_of_the_shop
from tests.conversations.rules import action_of
from tests.conversations.shopper import Shopper

__all__ = ["filled_shop", "house", "lexicon_of_the_shop"]
ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-rasa/bin/python"
BUYS = (("grat 2 in schwarz 42 nehme ich", "purchase_intent"), ("ja", "confirm"))
TALKS = {
    "buys and is offered something": (*BUYS, ("nein danke", "deny")),
    "asks before buying": (
        ("zeig mir das grat 2", "search_product"),
        ("was passt dazu?", "ask_accessories"),
        *BUYS,
    ),
    "wants no offers": (("keine werbung bitte", "stop_offers"), *BUYS),
    "complains": (("ich bin sehr unzufrieden", "complaint"), *BUYS),
    "finds it too dear": (
        ("ein schwarzes rennrad in 54 für höchstens 1500 euro", "search_product"),
        ("zeig mir das tempo 2", "search_product"),
        ("das ist mir zu teuer", "object_price"),
        ("ja", "confirm"),
    ),
}
pytestmark = pytest.mark.engine


def events(house: Services, said: tuple[tuple[str, str], ...]) -> list[dict]:
    """A conversation as Rasa's tracker holds it."""
    shopper, told = Shopper(house), [{"event": "action", "name": "action_listen"}]
    for text, intent in said:
        shopper.says(text, intent)
        told += [
            {"event": "user", "text": text, "parse_data": {"intent": {"name": intent}, "entities": []}},
            {"event": "action", "name": action_of(intent)},
            *shopper.slots,
            {"event": "action", "name": "action_listen"},
        ]
    return told


def marks(talks: list[list[dict]], folder: Path) -> dict[str, int]:
    file = folder / "talks.json"
    file.write_text(json.dumps(talks), "utf-8")
    command = [str(PYTHON), "tests/engine/inside/marking.py", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_played_conversations_have_no_mark_and_offers_were_made(house: Services, tmp_path: Path) -> None:
    talks = [events(house, said) for said in TALKS.values()]
    set_to_true = [e["name"] for talk in talks for e in talk if e["event"] == "slot" and e["value"] is True]
    assert {"more_offered", "less_offered", "offers_ended", "purchase_confirmed"} <= set(set_to_true)
    assert set(marks(talks, tmp_path).values()) == {0}


def test_an_assistant_that_breaks_its_promises_is_marked(
    house: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_back = buying.read_back

    def presses(turn, product, *more, **named) -> None:
        read_back(turn, product, *more, **named)
        turn.reach(Stage.INTENT)
        offering.propose_next(turn, product)

    forgotten = (timing.order_came_first, timing.shopper_wants_offers, timing.mood_allows_it)
    kept = {kind: tuple(r for r in rules if r not in forgotten) for kind, rules in eligibility.RULES.items()}
    monkeypatch.setattr(eligibility, "RULES", kept)
    monkeypatch.setattr(buying, "read_back", presses)
    found = marks([events(house, TALKS[name]) for name in ("wants no offers", "complains")], tmp_path)
    assert found["offered_before_the_yes"] == 2
    assert found["offered_after_the_end"] >= 2
