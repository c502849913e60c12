"""Conversations in progress: the list, taking over, answering and handing back, with two people at it."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.store import audit_log, handoffs, messages, staff, takeovers
from actions.store.engine import reading, writing
from actions.store.staff import Role
from bot.review.freshness import hand_back_silent
from tests.review.conftest import CHEAP, PASSWORD, START, Browser, Room
from tests.review.talks import Said, hold, say

WAITS, TALKS, OLD, CALL = "a" * 32, "b" * 32, "c" * 32, "d" * 32


@pytest.fixture(autouse=True)
def talks(room: Room) -> None:
    with writing(room.database) as connection:
        hold(connection, OLD, Said("von gestern"), at=START - timedelta(days=1))
        hold(connection, TALKS, Said("ich suche <b>ein</b> rad"), at=START - timedelta(minutes=1))
        hold(connection, WAITS, Said("ich will einen menschen"), at=START - timedelta(minutes=4), handed_off=True)
        hold(connection, CALL, Said("hallo am telefon"), at=START - timedelta(minutes=2), channel="phone")
        asked_at = START - timedelta(minutes=4)
        handoffs.open(connection, conversation=WAITS, reason="asked", context={}, now=asked_at)
        staff.add(
            connection,
            name="brandt",
            shown_as="Herr Brandt",
            role=Role.REVIEWER,
            password=CHEAP.hash(PASSWORD),
            language="en",
        )


async def sign_in(room: Room, name: str = "reviewer") -> Browser:
    browser = room.browser()
    assert (await browser.sign_in(name)).status_code == 303
    return browser


def texts(room: Room, name: str) -> list[str]:
    """What the log says was answered, by whom."""
    with reading(room.database) as connection:
        logged = messages.history(connection, name)
    return [f"{message.answered_by}: {(message.reply or b'').decode()}" for message in logged]


async def test_who_waits_comes_first_with_how_long_and_what_is_old_is_not_there(room: Room) -> None:
    page = (await (await sign_in(room)).get("/live")).text
    assert re.findall(r'id="talk-(\w)', page) == ["a", "b", "d"]
    assert "Wartet auf einen Menschen: 4 Min." in page
    assert "ich suche &lt;b&gt;ein&lt;/b&gt; rad" in page
    assert 'hx-trigger="every 5s"' in page
    paused = (await (await sign_in(room)).get("/live?paused=1")).text
    assert 'hx-trigger="every 5s"' not in paused


async def test_the_list_is_sent_again_only_where_something_changed_and_a_new_wait_is_told(room: Room) -> None:
    browser = await sign_in(room)
    page = (await browser.get("/live")).text
    seen = re.search(r"seen=([\w.]+)", page)
    assert seen
    rows = f"/live/rows?minutes=30&seen={seen[1]}"
    headers = {"HX-Request": "true"}
    assert (await browser.get(rows, headers=headers)).status_code == 204
    with writing(room.database) as connection:
        handoffs.open(connection, conversation=TALKS, reason="asked", context={}, now=START)
    answer = await browser.get(rows, headers=headers)
    assert answer.status_code == 200
    assert 'hx-swap-oob="innerHTML">2 Gespräche warten auf einen Menschen.' in answer.text
    assert "<html" not in answer.text


async def test_the_navigation_counts_who_waits(room: Room) -> None:
    browser = await sign_in(room)
    assert 'hx-get="/console/live/waiting"' in (await browser.get("/")).text
    assert "1<span" in (await browser.get("/live/waiting")).text
    await browser.post(f"/live/{WAITS}/take")
    assert (await browser.get("/live/waiting")).text.strip() == ""


async def test_one_takes_over_answers_and_hands_back(room: Room) -> None:
    browser = await sign_in(room)
    assert (await browser.post(f"/live/{WAITS}/take")).status_code == 303
    page = (await browser.get(f"/live/{WAITS}")).text
    assert "Sie antworten" in page
    answer = await browser.post(f"/live/{WAITS}/say", sent_as="n1", text=" Guten Tag,\r\nwas gibt es? ")
    assert answer.status_code == 303
    assert (await browser.post(f"/live/{WAITS}/back")).status_code == 303
    began, said, ended = texts(room, WAITS)[1:]
    assert began.startswith("notice: ") and "Sie sprechen jetzt mit Frau Reviewer." in began
    assert said.startswith("person: ") and "Guten Tag,\\nwas gibt es?" in said
    assert ended.startswith("notice: ") and "wieder der automatische Assistent" in ended
    with reading(room.database) as connection:
        entries = [(entry.who, entry.what) for entry in audit_log.every(connection) if entry.subject == WAITS]
    assert entries == [("reviewer", "taken_over"), ("reviewer", "handed_back")]
    page = (await browser.get(f"/live/{WAITS}")).text
    assert "Frau Reviewer" in page and "Der Assistent antwortet" in page
    assert "Guten Tag," in (await browser.get(f"/c/{WAITS}")).text


async def test_a_second_person_hears_who_has_it_and_can_neither_answer_nor_hand_back(room: Room) -> None:
    first, second = await sign_in(room), await sign_in(room, "brandt")
    await first.post(f"/live/{WAITS}/take")
    answer = await second.post(f"/live/{WAITS}/take")
    assert answer.status_code == 409
    assert "Frau Reviewer has taken this conversation over already." in answer.text
    assert "Talking with Frau Reviewer" in (await second.get(f"/live/{WAITS}")).text
    before = texts(room, WAITS)
    answer = await second.post(f"/live/{WAITS}/say", sent_as="n1", text="Ich auch")
    assert answer.status_code == 409
    assert "Not sent" in answer.text and "Ich auch" in answer.text
    assert (await second.post(f"/live/{WAITS}/back")).status_code == 409
    assert texts(room, WAITS) == before


async def test_where_nobody_asked_for_a_person_it_takes_a_confirmation(room: Room) -> None:
    browser = await sign_in(room)
    assert 'name="confirm"' in (await browser.get(f"/live/{TALKS}")).text
    assert 'name="confirm"' not in (await browser.get(f"/live/{WAITS}")).text
    answer = await browser.post(f"/live/{TALKS}/take")
    assert answer.status_code == 400
    assert "Bitte bestätigen Sie" in answer.text
    assert (await browser.post(f"/live/{TALKS}/take", confirm="yes")).status_code == 303


async def test_a_call_without_a_chat_cannot_be_taken_over(room: Room) -> None:
    browser = await sign_in(room)
    answer = await browser.post(f"/live/{CALL}/take", confirm="yes")
    assert answer.status_code == 409
    with reading(room.database) as connection:
        assert takeovers.active(connection, CALL) is None


async def test_new_turns_come_once_and_the_panel_only_where_something_else_may_be_done(room: Room) -> None:
    browser = await sign_in(room)
    page = (await browser.get(f"/live/{WAITS}")).text
    newer = re.search(r'hx-get="/console(/live/\w+/turns\?[^"]+)"', page)
    assert newer
    address, headers = newer[1].replace("&amp;", "&"), {"HX-Request": "true"}
    assert (await browser.get(address, headers=headers)).status_code == 204
    with writing(room.database) as connection:
        say(connection, WAITS, Said("noch da?"), START)
    room.clock.forward(seconds=5)
    answer = (await browser.get(address, headers=headers)).text
    assert "noch da?" in answer and "ich will einen menschen" not in answer
    assert 'id="live-panel"' not in answer
    await browser.post(f"/live/{WAITS}/take")
    answer = (await browser.get(address, headers=headers)).text
    assert 'id="live-panel"' in answer and 'hx-swap-oob="outerHTML"' in answer


async def test_an_answer_by_htmx_brings_a_fresh_form_and_asks_for_what_is_newer(room: Room) -> None:
    browser = await sign_in(room)
    await browser.post(f"/live/{WAITS}/take")
    browser.headers["HX-Request"] = "true"
    answer = await browser.post(f"/live/{WAITS}/say", sent_as="n1", text="Gern.")
    assert (answer.status_code, answer.headers["hx-trigger"]) == (200, "newer")
    assert "Gern." not in answer.text and 'value="n1"' not in answer.text
    answer = await browser.post(f"/live/{WAITS}/say", sent_as="n1", text="Andere Worte")
    assert answer.headers["hx-retarget"] == "#live-panel"
    assert "Andere Worte" in answer.text and "Nicht gesendet" in answer.text


@pytest.mark.parametrize(
    ("sent_as", "text"), [("n1", ""), ("n1", " \r\n "), ("n1", "x" * 1001), ("", "hallo"), ("a b", "hallo")]
)
async def test_an_answer_that_is_none_is_refused(room: Room, sent_as: str, text: str) -> None:
    browser = await sign_in(room)
    await browser.post(f"/live/{WAITS}/take")
    assert (await browser.post(f"/live/{WAITS}/say", sent_as=sent_as, text=text)).status_code == 400


@pytest.mark.parametrize(
    "address",
    ["/live?minutes=7", "/live/rows?minutes=x", f"/live/{WAITS}/turns", f"/live/{WAITS}/turns?after=-2"],
)
async def test_what_nobody_can_have_asked_for_is_refused(room: Room, address: str) -> None:
    assert (await (await sign_in(room)).get(address)).status_code == 400


async def test_a_page_left_open_keeps_no_session_awake_and_goes_to_the_sign_in_when_it_ends(room: Room) -> None:
    browser = await sign_in(room)
    for _ in range(4):
        room.clock.forward(minutes=20)
        answer = await browser.get("/live/waiting", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers.get("hx-refresh")) == (204, "true")
    assert (await browser.get("/live")).status_code == 303


async def test_markup_in_a_persons_answer_is_shown_as_words(room: Room) -> None:
    browser = await sign_in(room)
    await browser.post(f"/live/{WAITS}/take")
    await browser.post(f"/live/{WAITS}/say", sent_as="n1", text="<script>alert(1)</script>")
    for page in (f"/live/{WAITS}", f"/c/{WAITS}"):
        assert "<script>alert" not in (await browser.get(page)).text


async def test_what_fell_silent_is_handed_back_while_the_house_runs(room: Room) -> None:
    browser = await sign_in(room)
    await browser.post(f"/live/{WAITS}/take")
    room.clock.forward(minutes=16)

    beside = asyncio.create_task(hand_back_silent(room.console, pause=3600))
    while len(texts(room, WAITS)) < 3 and not beside.done():
        await asyncio.sleep(0)
    beside.cancel()
    with reading(room.database) as connection:
        assert takeovers.active(connection, WAITS) is None
        assert connection.execute(select(takeovers.takeovers.c.ended_at)).scalar_one() is not None
