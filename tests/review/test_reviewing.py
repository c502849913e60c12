"""Judging conversations: what is kept, what is refused, the way back, and which conversation comes next."""

from datetime import timedelta
from typing import Any

import pytest

from actions.store import audit_log, digest_search, reviews, staff
from actions.store.digest_keys import Wanted
from actions.store.engine import reading, writing
from actions.store.reviews import Review
from actions.store.staff import Role
from bot.review.reviewing import CAUSES, SERVED
from bot.transcripts import digesting, sample
from tests.review.conftest import START, Browser, Room
from tests.review.talks import Said, hold

NAME = "c" * 32
XSS = '"><img src=x onerror=alert(1)>'


@pytest.fixture
async def browser(room: Room) -> Browser:
    with writing(room.database) as connection:
        hold(connection, NAME, Said("ich suche ein rad"), at=START)
    digesting.rebuild(room.database, room.clock())
    return await room.as_(Role.REVIEWER)


def kept(room: Room, name: str = NAME) -> Review:
    with reading(room.database) as connection:
        return reviews.get(connection, name)


def found(room: Room, *facets: tuple[str, str]) -> list[str]:
    with reading(room.database) as connection:
        return [row.conversation for row in digest_search.page(connection, Wanted(facets=facets), 50)]


async def judge(browser: Browser, room: Room, name: str = NAME, **fields: Any):
    return await browser.post(f"/c/{name}/review", **{"seen": seen(room, name), **fields})


def seen(room: Room, name: str = NAME) -> str:
    moment = kept(room, name).changed_at
    return moment.isoformat() if moment else ""


async def test_a_review_is_kept_shown_and_found(room: Room, browser: Browser) -> None:
    answer = await judge(
        browser,
        room,
        verdict="bad",
        cause=["should_not_have_offered", "tone"],
        served="partly",
        flagged="yes",
        tags="Lieferzeit,  nach  fragen , Lieferzeit",
        note="Zu früh angeboten.",
        assignee="editor",
        list="outcome=left",
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"/console/c/{NAME}?outcome=left")
    review = kept(room)
    assert (review.status, review.verdict, review.causes) == ("done", "bad", ("should_not_have_offered", "tone"))
    assert (review.served, review.flagged, review.note) == ("partly", True, "Zu früh angeboten.")
    assert review.tags == ("Lieferzeit", "nach fragen")
    for facet in (
        *(("status", "done"), ("status", "flagged"), ("verdict", "bad"), ("cause", "tone")),
        *(("tag", "nach fragen"), ("assignee", "editor")),
    ):
        assert found(room, facet) == [NAME], facet
    assert found(room, ("status", "open")) == []
    page = (await browser.get("/?tag=nach fragen&assignee=editor&verdict=bad&cause=tone")).text
    for words in ("Schlecht", "Markiert", "bei Frau Editor", "nach fragen"):
        assert words in page, words
    page = (await browser.get(f"/c/{NAME}")).text
    assert '<input type="checkbox" name="cause" value="tone" data-key="9" checked>' in page
    assert "Zu früh angeboten." in page
    assert "von Frau Reviewer" in page


async def test_personal_details_in_a_note_or_a_tag_are_not_kept(room: Room, browser: Browser) -> None:
    await judge(browser, room, note="Bitte kim@shop.test anrufen", tags="kim@shop.test, Rad", verdict="ok")
    assert (kept(room).note, kept(room).tags) == ("Bitte [E-Mail] anrufen", ("Rad", "[E-Mail]"))
    await judge(browser, room, note="Erledigt", verdict="ok")
    assert "kim@shop.test" not in str(room.everything())


async def test_every_step_can_be_taken_back_to_the_beginning(room: Room, browser: Browser) -> None:
    states = [kept(room)]
    for fields in ({"verdict": "ok"}, {"verdict": "bad", "cause": ["tone"]}, {"note": "doch nicht", "tags": "x"}):
        room.clock.forward(minutes=1)
        await judge(browser, room, **fields)
        states.append(kept(room))
    for expected in reversed(states[:-1]):
        assert (await browser.post(f"/c/{NAME}/undo")).status_code == 303
        now = kept(room)
        assert [getattr(now, name) for name in reviews.JUDGED] == [
            getattr(expected, name) for name in reviews.JUDGED
        ]
        assert found(room, ("status", expected.status)) == [NAME]
        assert found(room, ("tag", "x")) == []
    assert (await browser.post(f"/c/{NAME}/undo")).status_code == 303
    assert kept(room) == Review(NAME)
    with reading(room.database) as connection:
        told = [(entry.who, entry.what, entry.subject) for entry in audit_log.every(connection)]
    assert told[1:] == [("reviewer", "reviewed", NAME)] * 3 + [("reviewer", "review_undone", NAME)] * 3


async def test_the_same_again_is_no_step(room: Room, browser: Browser) -> None:
    for _ in range(2):
        await judge(browser, room, verdict="good")
    with reading(room.database) as connection:
        assert len(reviews.steps(connection, NAME)) == 1
        assert [entry.what for entry in audit_log.every(connection)] == ["signed_in", "reviewed"]


async def test_nobody_overwrites_what_they_have_not_seen(room: Room, browser: Browser) -> None:
    stale = seen(room)
    colleague = await room.as_(Role.EDITOR)
    await judge(colleague, room, verdict="good")
    answer = await browser.post(f"/c/{NAME}/review", seen=stale, verdict="bad")
    assert answer.status_code == 409
    assert "Inzwischen hat jemand anderes" in answer.text
    assert kept(room).verdict == "good"


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "great"},
        {"cause": ["because"]},
        {"served": "maybe"},
        {"tags": "x" * 41},
        {"tags": ",".join(str(number) for number in range(11))},
        {"tags": "a\x07b"},
        {"note": "x" * 4001},
        {"assignee": "nobody"},
    ],
)
async def test_what_a_review_cannot_hold_is_refused(room: Room, browser: Browser, fields: dict[str, Any]) -> None:
    assert (await judge(browser, room, **fields)).status_code == 400
    assert kept(room) == Review(NAME)


async def test_a_conversation_that_is_gone_cannot_be_judged(room: Room, browser: Browser) -> None:
    for path in ("/c/nobody/review", "/c/nobody/undo"):
        assert (await browser.post(path, verdict="good", seen="")).status_code == 404


async def test_notes_tags_and_names_are_shown_as_text(room: Room, browser: Browser) -> None:
    with writing(room.database) as connection:
        connection.execute(staff.staff.update().values(shown_as=XSS))
    await judge(browser, room, verdict="ok", tags=XSS, note=XSS, assignee="admin")
    viewer = await room.as_(Role.VIEWER)
    for reader in (browser, viewer):
        for path in ("/", "/filters", f"/c/{NAME}", "/queue"):
            page = (await reader.get(path)).text
            assert "<img" not in page, path
    assert (
        XSS.replace('"', "&#34;").replace(">", "&gt;").replace("<", "&lt;") in (await viewer.get(f"/c/{NAME}")).text
    )


async def test_a_viewer_reads_reviews_and_has_no_form(room: Room, browser: Browser) -> None:
    await judge(browser, room, verdict="ok", note="Gut gemeint.", tags="x")
    page = (await (await room.as_(Role.VIEWER)).get(f"/c/{NAME}")).text
    assert "Gut gemeint." in page
    assert f"/c/{NAME}/review" not in page


def test_every_verdict_cause_and_rubric_has_words(room: Room) -> None:
    texts = room.console.rendering.texts
    assert {f"cause_{cause}" for cause in CAUSES} | {f"served_{one}" for one in SERVED} <= set(texts)


@pytest.fixture
def week(room: Room) -> list[str]:
    """A hundred conversations of last week and five of this one; the clock stands on a Wednesday."""
    room.clock.forward(days=9)
    names = [f"{number:032x}" for number in range(1, 106)]
    with writing(room.database) as connection:
        for number, name in enumerate(names):
            last_week = room.clock() - timedelta(days=7, minutes=number)
            hold(connection, name, Said(f"nummer {number}"), at=last_week if number < 100 else room.clock())
    digesting.rebuild(room.database, room.clock())
    return names


def test_the_sample_is_twenty_of_last_week_and_the_same_all_week(room: Room, week: list[str]) -> None:
    with reading(room.database) as connection:
        drawn = sample.sample_of_week(connection, room.clock())
        assert sample.sample_of_week(connection, room.clock() + timedelta(days=3)) == drawn
        assert len(drawn) == len(set(drawn)) == 20
        assert set(drawn) <= set(week[:100])
        assert drawn != sorted(drawn)
        assert sample.sample_of_week(connection, room.clock() + timedelta(days=7)) != drawn


def test_no_conversation_is_likelier_than_another_to_be_drawn(room: Room, week: list[str]) -> None:
    drawn = dict.fromkeys(week[:100], 0)
    for shift in range(200):
        lots = sorted(week[:100], key=lambda name: sample._lot(START + timedelta(days=7 * shift), name))
        for name in lots[:20]:
            drawn[name] += 1
    assert 15 < min(drawn.values()) <= max(drawn.values()) < 70, "40 each, within four standard deviations and some"


async def test_flagged_ones_come_first_then_the_sample_then_the_latest(room: Room, week: list[str]) -> None:
    browser = await room.as_(Role.REVIEWER)
    await judge(browser, room, week[50], flagged="yes")
    with reading(room.database) as connection:
        waiting = sample.queue(connection, room.clock())
    assert [row.conversation for row in waiting["flagged"]] == [week[50]]
    assert {row.conversation for row in waiting["sample"]} <= set(week[:100]) - {week[50]}
    assert [row.conversation for row in waiting["latest"]][:5] == [*reversed(week[100:])]
    page = (await browser.get("/queue")).text
    assert page.index("Markiert (1)") < page.index("Stichprobe") < page.index("Zuletzt")
    answer = await browser.get("/queue/next")
    assert answer.headers["location"] == f"/console/c/{week[50]}"


async def test_save_and_next_leads_through_the_queue_and_leaves_colleagues_theirs(
    room: Room, week: list[str]
) -> None:
    browser = await room.as_(Role.REVIEWER)
    with reading(room.database) as connection:
        order = [row.conversation for part in sample.queue(connection, room.clock()).values() for row in part]
    await judge(browser, room, order[1], assignee="admin")
    answer = await judge(browser, room, order[0], verdict="good", onward="next")
    assert answer.headers["location"] == f"/console/c/{order[2]}"
    answer = await browser.get(f"/queue/next?after={order[2]}")
    assert answer.headers["location"] == f"/console/c/{order[3]}"


async def test_where_nothing_waits_the_queue_says_so(room: Room, browser: Browser) -> None:
    await judge(browser, room, verdict="good")
    assert (await browser.get("/queue/next")).headers["location"] == "/console/queue"
    assert (await browser.get("/queue")).text.count("Hier wartet nichts.") == 3


async def test_a_review_survives_a_new_digest_and_goes_with_its_conversation(room: Room, browser: Browser) -> None:
    await judge(browser, room, verdict="good", tags="lob")
    room.clock.forward(minutes=1)
    with writing(room.database) as connection:
        connection.exec_driver_sql("UPDATE conversation_digests SET fingerprint = ''")
    digesting.rebuild(room.database, room.clock())
    assert found(room, ("tag", "lob"), ("status", "done")) == [NAME]
    with writing(room.database) as connection:
        connection.exec_driver_sql("DELETE FROM conversations")
    assert room.everything()["reviews"] == []
    assert room.everything()["review_steps"] == []
