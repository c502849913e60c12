"""The log of what was done, as people read it: every event in words, in the language of the reader."""

import re
from html import unescape
from pathlib import Path

import pytest
import yaml

from actions.store import audit_log
from actions.store.engine import writing
from actions.store.staff import Role
from bot.transcripts.speaking import HANDED_BACK, TAKEN_OVER
from tests.architecture.repository import ROOT
from tests.review.conftest import START, Room

TEXTS = yaml.safe_load((ROOT / "bot/review/texts/shell.yml").read_text("utf-8"))
WRITTEN = re.compile(r'(?:write_down\(connection, |note\(connection, |add\(connection, who=[\w."]+, what=)"(\w+)"')
# put together where they are written: a decision on a proposal, and the state of a row of the matrix
COMPOSED = {
    *("label_accepted", "label_rejected"),
    *("matrix_changed", "matrix_approved", "matrix_rejected", "matrix_proposed"),
    *(TAKEN_OVER, HANDED_BACK),
}


def written() -> set[str]:
    """Every event that the source writes down."""
    sources = [path for part in ("bot", "actions") for path in Path(ROOT / part).rglob("*.py")]
    return COMPOSED | {event for path in sources for event in WRITTEN.findall(path.read_text("utf-8"))}


def test_every_event_has_words_in_both_languages() -> None:
    assert {"signed_in", "sign_in_failed", "user_added", "exported", "policy_changed", "reviewed"} <= written()
    assert written() == {name.removeprefix("did_") for name in TEXTS if name.startswith("did_")}


@pytest.mark.parametrize("language", ["de", "en"])
async def test_the_log_tells_events_in_words_and_one_it_does_not_know_by_its_code(
    room: Room, language: str
) -> None:
    admin = await room.as_(Role.ADMIN)
    await admin.post("/language", language=language, next="/console/")
    with writing(room.database) as connection:
        for what in (*sorted(written()), "done_by_another_version"):
            audit_log.add(connection, who="anna", what=what, subject="x", details={}, now=START)
    cells = re.findall(r"<td>([^<]*)</td>", unescape((await admin.get("/audit")).text))
    assert {TEXTS[f"did_{what}"][language] for what in written()} <= set(cells)
    assert "done_by_another_version" in cells
    assert not written() & set(cells)
