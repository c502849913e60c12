"""What leaves the console or is uncovered in it: exports, originals, and the log of both."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
import yaml
from sqlalchemy import text

from actions.store import audit_log
from actions.store.engine import reading, writing
from actions.store.spreadsheets import safe
from actions.store.staff import Role
from bot.transcripts import digesting, originals
from bot.transcripts.exporting import COLUMNS
from bot.transcripts.originals import OriginalSeal
from tests.review.conftest import START, Room
from tests.review.talks import Said, decide, hold

NAME = "c" * 32


@pytest.fixture
def talks(room: Room) -> None:
    with writing(room.database) as connection:
        ids = hold(connection, NAME, Said("=1+1"), Said('zwei, "drei"\nvier'), at=START)
        decide(connection, NAME, ids[1], START, state="declined")
        hold(connection, "d" * 32, Said("hello"), at=START + timedelta(hours=1), language="en")
    digesting.rebuild(room.database, room.clock())


async def exported(room: Room, form: str, **filters: str) -> str:
    browser = await room.as_(Role.EDITOR)
    answer = await browser.post("/export", format=form, **filters)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="conversations-2026-11-02.{form}"'
    return answer.text


async def test_a_csv_holds_what_is_listed_and_no_formula(room: Room, talks: None) -> None:
    content = await exported(room, "csv")
    assert content.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["conversation"] for row in rows] == ["d" * 32, NAME]
    assert rows[1]["first_words"] == "'=1+1"
    assert rows[1]["offers"] == "cross:declined:1"
    assert (rows[1]["confidence"], rows[1]["started_at"]) == ("0.97", "2026-11-02T08:59:40+00:00")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\uff1d"])
def test_every_beginning_of_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert safe(f"{sign}cmd|' /C calc'!A0") == f"'{sign}cmd|' /C calc'!A0"
    assert safe(f"a{sign}") == f"a{sign}"
    assert safe("") == ""


@pytest.mark.parametrize("gap", [";", "; ", "\t", "\r\n", "\n "])
def test_what_a_german_spreadsheet_takes_for_the_next_cell_begins_no_formula_either(gap: str) -> None:
    assert safe(f"rot{gap}=1+1").count("'") == 1
    assert re.search(r"[;\t\r\n] *=", safe(f"rot{gap}=1+1")) is None
    assert safe("Helm; Schloss, -10 % = gut") == "Helm; Schloss, -10 % = gut"


async def test_json_lines_hold_what_was_said(room: Room, talks: None) -> None:
    lines = [json.loads(line) for line in (await exported(room, "jsonl", language="de")).splitlines()]
    assert [line["conversation"] for line in lines] == [NAME]
    assert [turn["said"] for turn in lines[0]["turns"]] == ["=1+1", 'zwei, "drei"\nvier']
    assert lines[0]["turns"][0]["answers"] == ["Das habe ich gefunden."]


async def test_personal_data_does_not_leave(room: Room) -> None:
    with writing(room.database) as connection:
        hold(connection, NAME, Said("kim@shop.test", answer="Danke, kim@shop.test"), at=START)
    digesting.rebuild(room.database, room.clock())
    for form in ("csv", "jsonl"):
        content = await exported(room, form)
        assert "kim@shop.test" not in content
        assert "[E-Mail]" in content


async def test_every_export_is_written_down_without_the_words_searched(room: Room, talks: None) -> None:
    await exported(room, "csv", q="geheim", outcome="left")
    with reading(room.database) as connection:
        entry = audit_log.latest(connection, 1)[0]
    assert (entry.who, entry.what, entry.subject) == ("editor", "exported", "csv")
    assert entry.details == {"q": "…", "outcome": "left"}


@pytest.mark.parametrize("fields", [{"format": "xlsx"}, {"format": "csv", "outcome": "won"}, {}])
async def test_what_cannot_be_exported_is_refused_and_not_written_down(room: Room, fields: dict[str, str]) -> None:
    browser = await room.as_(Role.EDITOR)
    assert (await browser.post("/export", **fields)).status_code == 400
    with reading(room.database) as connection:
        assert [entry.what for entry in audit_log.every(connection)] == ["signed_in"]


@pytest.fixture
def sealed(room: Room) -> str:
    """A message whose e-mail address was replaced before it was stored; returns its id."""
    with writing(room.database) as connection:
        (message,) = hold(connection, NAME, Said("ich bin [E-Mail]"), at=START)
        seal = OriginalSeal.of_house(room.console.seals)
        originals.keep(connection, message, "ich bin <b>kim@shop.test</b>", seal)
    return message


async def test_an_original_is_shown_to_an_admin_and_that_is_written_down(room: Room, sealed: str) -> None:
    admin = await room.as_(Role.ADMIN)
    assert "Original zeigen" in (await admin.get(f"/c/{NAME}")).text
    page = (await admin.post(f"/c/{NAME}/reveal", position="0")).text
    assert "ich bin &lt;b&gt;kim@shop.test&lt;/b&gt;" in page
    with reading(room.database) as connection:
        entry = audit_log.latest(connection, 1)[0]
    assert (entry.who, entry.what, entry.subject, entry.details) == ("admin", "revealed", NAME, {"position": 0})
    assert "kim@shop.test" not in str(room.everything()["audit_log"])


async def test_nobody_else_sees_the_button_or_the_original(room: Room, sealed: str) -> None:
    editor = await room.as_(Role.EDITOR)
    assert "Original zeigen" not in (await editor.get(f"/c/{NAME}")).text
    assert (await editor.post(f"/c/{NAME}/reveal", position="0")).status_code == 403


@pytest.mark.parametrize(("name", "position", "status"), [(NAME, "1", 404), (NAME, "x", 400), ("d" * 32, "0", 404)])
async def test_where_there_is_no_original_nothing_is_written_down(
    room: Room, sealed: str, name: str, position: str, status: int
) -> None:
    admin = await room.as_(Role.ADMIN)
    assert (await admin.post(f"/c/{name}/reveal", position=position)).status_code == status
    with reading(room.database) as connection:
        assert [entry.what for entry in audit_log.every(connection)] == ["signed_in"]


async def test_the_log_is_read_by_admins_and_shows_where_it_was_changed(room: Room) -> None:
    admin = await room.as_(Role.ADMIN)
    for _ in range(3):
        await room.as_(Role.VIEWER)
    page = (await admin.get("/audit?verify=1")).text
    assert "Die Kette ist unversehrt." in page
    assert page.count("<td>angemeldet</td>") == 4
    assert (await admin.get("/audit?before=2")).text.count("<td>angemeldet</td>") == 1
    assert (await admin.get("/audit?before=x")).status_code == 400
    with writing(room.database) as connection:
        connection.execute(text("DROP TRIGGER audit_log_no_update"))
        connection.execute(text("UPDATE audit_log SET who = 'nobody' WHERE id = 2"))
    assert "Ab Eintrag 2" in (await admin.get("/audit?verify=1")).text


async def test_one_click_makes_a_conversation_a_test_and_the_log_says_so(room: Room, talks: None) -> None:
    with writing(room.database) as connection:
        hold(connection, "e" * 32, Said("ich bin kim@example.com", intent="greet", action="action_greet"), at=START)
    browser = await room.as_(Role.EDITOR)
    assert 'value="rasa-test"' in (await browser.get(f"/c/{'e' * 32}")).text
    story = await browser.post(f"/c/{'e' * 32}/test", format="rasa-test")
    assert story.headers["content-disposition"] == 'attachment; filename="rasa-test-eeeeeeee.yml"'
    assert yaml.safe_load(story.text)["stories"] == [
        {
            "story": "conversation eeeeeeee",
            "steps": [{"user": "ich bin E-Mail", "intent": "greet"}, {"action": "action_greet"}],
        }
    ]
    golden = await browser.post(f"/c/{'e' * 32}/test", format="golden")
    assert yaml.safe_load(golden.text)["turns"][0]["says"] == "ich bin [E-Mail]"
    with reading(room.database) as connection:
        last = audit_log.latest(connection, 2)
    assert [(each.what, each.subject, dict(each.details)) for each in last] == [
        ("exported", "e" * 32, {"format": "golden"}),
        ("exported", "e" * 32, {"format": "rasa-test"}),
    ]
    assert (await browser.post(f"/c/{NAME}/test", format="x")).status_code == 400
    assert (await browser.post(f"/c/{'0' * 32}/test", format="golden")).status_code == 404
