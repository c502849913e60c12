"""The log of what was done, as people read it: every event in words, in the language of the reader."""

import asyncio
import contextlib
import re
from html import unescape
from pathlib import Path

import pytest
import yaml
from sqlalchemy import text

from actions.store import audit_log
from actions.store.engine import writing
from actions.store.staff import Role
from bot.review.anchoring import keep_anchored
from bot.transcripts.speaking import HANDED_BACK, TAKEN_OVER
from tests.architecture.repository import ROOT
from tests.review.conftest import START, Room

TEXTS = yaml.safe_load((ROOT / "bot/review/texts/shell.yml").read_text("utf-8"))
TEXTS_OF_THE_PAGE = yaml.safe_load((ROOT / "bot/review/texts/reviewing.yml").read_text("utf-8"))
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


@pytest.mark.parametrize(
    ("language", "missing", "unreadable"),
    [("de", "Am Ende fehlt etwas", "lässt sich nicht lesen"), ("en", "missing at the end", "cannot be read")],
)
async def test_the_page_says_that_entries_were_cut_off(
    room: Room, language: str, missing: str, unreadable: str
) -> None:
    admin = await room.as_(Role.ADMIN)
    await admin.post("/language", language=language, next="/console/")
    whole = TEXTS_OF_THE_PAGE["audit_whole"][language]
    with writing(room.database) as connection:
        audit_log.add(connection, who="anna", what="exported", subject="x", details={}, now=START)
    assert room.console.anchor.advance(room.database) is None
    assert whole in (await admin.get("/audit?verify=1")).text
    with writing(room.database) as connection:
        connection.execute(text("DROP TRIGGER audit_log_no_delete"))
        connection.execute(text("DELETE FROM audit_log WHERE id = (SELECT max(id) FROM audit_log)"))
    page = unescape((await admin.get("/audit?verify=1")).text)
    assert (missing in page, whole in page) == (True, False)
    room.console.anchor.file.write_text("?")
    page = unescape((await admin.get("/audit?verify=1")).text)
    assert (unreadable in page, whole in page) == (True, False)


async def test_while_the_house_runs_the_last_entry_is_written_down_and_a_cut_is_logged(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    await room.as_(Role.ADMIN)
    anchor = room.console.anchor
    task = asyncio.create_task(keep_anchored(room.database, anchor, pause=0))
    async with asyncio.timeout(20):
        while anchor.read() is None:
            await asyncio.sleep(0)
        with writing(room.database) as connection:
            connection.execute(text("DROP TRIGGER audit_log_no_delete"))
            connection.execute(text("DELETE FROM audit_log"))
        while not caplog.messages:
            await asyncio.sleep(0)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert caplog.messages == [f"the audit log was cut off: it held entry {anchor.read().number}"]
