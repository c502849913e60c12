"""Signing in: who gets in, who has to wait, and that nothing tells a known name from an unknown one."""

import re

import pytest
from sqlalchemy import select

from actions.store import audit_log, staff
from actions.store.console_tables import sign_in_failures, staff_sessions
from actions.store.engine import reading, writing
from actions.store.staff import Role
from bot.review import account, gate, passwords
from tests.review.conftest import CHEAP, PASSWORD, Room


def plain(page: str) -> str:
    """The page without what differs from one to the next: the token and the name that was typed."""
    return re.sub(r'value="[^"]*"', "", page)


async def test_a_right_password_opens_a_session_that_is_kept_as_a_hash(room: Room) -> None:
    browser = room.browser()
    answer = await browser.sign_in("Viewer ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/")
    assert "Frau Viewer" in (await browser.get("/")).text
    cookie = browser.client.cookies[gate.COOKIE]
    with reading(room.database) as connection:
        (kept,) = connection.scalars(select(staff_sessions.c.key))
    assert kept not in cookie
    assert len(kept) == 64


async def test_the_cookie_is_for_the_console_only_and_for_no_script(room: Room) -> None:
    answer = await room.browser().sign_in("viewer")
    cookie = next(each for each in answer.headers.get_list("set-cookie") if each.startswith(gate.COOKIE))
    assert all(part in cookie for part in ("HttpOnly", "Path=/console", "SameSite=lax"))
    assert "Secure" not in cookie


async def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back(room: Room) -> None:
    browser = room.browser()
    answer = await browser.get("/?channel=web")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/console/sign-in?next=%2Fconsole%2F%3Fchannel%3Dweb",
    )
    page = await browser.get("/sign-in?next=/console/?channel=web")
    assert 'value="/console/?channel=web"' in page.text
    answer = await browser.post("/sign-in", name="viewer", password=PASSWORD, next="/console/?channel=web")
    assert answer.headers["location"] == "/console/?channel=web"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.test/",
        "//evil.test",
        "/console/\\evil",
        "javascript:alert(1)",
        "/console/\r\nX: y",
        "/checkout",
    ],
)
async def test_nobody_is_led_elsewhere(room: Room, wanted: str) -> None:
    browser = room.browser()
    await browser.get("/sign-in")
    answer = await browser.post("/sign-in", name="viewer", password=PASSWORD, next=wanted)
    assert answer.headers["location"] == "/console/"


async def test_an_unknown_name_gets_the_same_answer_after_the_same_work(room: Room, monkeypatch) -> None:
    verified = []
    monkeypatch.setattr(
        passwords, "is_right", lambda hasher, known, given: bool(verified.append(known is None)) or False
    )
    answers = []
    for name in ("viewer", "nobody"):
        browser = room.browser()
        await browser.get("/sign-in")
        answers.append(await browser.post("/sign-in", name=name, password="not the password"))
    assert [answer.status_code for answer in answers] == [401, 401]
    assert plain(answers[0].text) == plain(answers[1].text)
    assert verified == [False, True]


def test_nobodys_password_is_never_right() -> None:
    assert not passwords.is_right(CHEAP, None, "nobody has this password")
    assert passwords.is_right(CHEAP, CHEAP.hash("x" * 200), "x" * 200)
    assert not passwords.is_right(CHEAP, CHEAP.hash("x" * 200), "x" * 201)


async def fail(room: Room, times: int, name: str = "viewer", address: str = "192.0.2.1") -> list[int]:
    """Try a wrong password so often; returns the answers' codes."""
    browser = room.browser(address)
    return [(await browser.sign_in(name, "wrong password")).status_code for _ in range(times)]


@pytest.mark.parametrize("name", ["viewer", "nobody"])
async def test_after_five_failures_an_account_has_to_wait_whether_it_exists_or_not(room: Room, name: str) -> None:
    assert await fail(room, 6, name) == [401] * 5 + [429]
    elsewhere = room.browser("192.0.2.99")
    answer = await elsewhere.sign_in(name)
    assert answer.status_code == 429
    assert "in 1 Min. noch einmal" in answer.text


async def test_an_address_that_tries_many_names_has_to_wait(room: Room) -> None:
    for name in ("a", "b", "c", "d", "e"):
        assert await fail(room, 1, name) == [401]
    assert (await room.browser().sign_in("viewer")).status_code == 429
    assert (await room.browser("192.0.2.99").sign_in("viewer")).status_code == 303


async def test_the_wait_doubles_ends_and_never_exceeds_a_quarter_of_an_hour(room: Room) -> None:
    await fail(room, 5)
    for seconds in (30, 60, 120, 240, 480, 900, 900):
        room.clock.forward(seconds=seconds - 1)
        assert await fail(room, 1) == [429]
        room.clock.forward(seconds=1)
        assert await fail(room, 1) == [401]
    room.clock.forward(minutes=15)
    assert (await room.browser().sign_in("viewer")).status_code == 303
    with reading(room.database) as connection:
        assert connection.scalars(select(sign_in_failures.c.closed_until)).all() == [None]


async def test_signing_in_again_and_again_is_no_failure(room: Room) -> None:
    for _ in range(12):
        assert (await room.browser().sign_in("viewer")).status_code == 303


async def test_failures_are_kept_without_name_and_address_and_forgotten_after_an_hour(room: Room) -> None:
    await fail(room, 1, "nobody", "192.0.2.7")
    written = str(room.everything()["sign_in_failures"]) + str(room.everything()["audit_log"])
    assert "nobody" not in written
    assert "192.0.2.7" not in written
    room.clock.forward(hours=2)
    await fail(room, 1, "other", "192.0.2.8")
    assert len(room.everything()["sign_in_failures"]) == 2


async def test_success_and_failure_are_in_the_audit_log(room: Room) -> None:
    await fail(room, 1)
    await room.browser().sign_in("viewer")
    with reading(room.database) as connection:
        assert [(e.who, e.what) for e in audit_log.every(connection)] == [
            ("", "sign_in_failed"),
            ("viewer", "signed_in"),
        ]
        assert audit_log.first_broken(connection) is None


async def test_who_has_to_wait_does_not_fill_the_log(room: Room) -> None:
    await fail(room, 30)
    assert len(room.everything()["audit_log"]) == 5


async def test_a_session_ends_when_it_is_idle_too_old_or_signed_out(room: Room) -> None:
    browser = await room.as_(Role.VIEWER)
    for _ in range(13):
        room.clock.forward(minutes=55)
        assert (await browser.get("/")).status_code == 200
    room.clock.forward(minutes=55)
    assert (await browser.get("/")).status_code == 303, "twelve hours are over"
    browser = await room.as_(Role.VIEWER)
    room.clock.forward(minutes=61)
    assert (await browser.get("/")).status_code == 303, "nobody was there for an hour"
    browser = await room.as_(Role.VIEWER)
    kept = dict(browser.client.cookies)
    await browser.post("/sign-out")
    browser.client.cookies.update(kept)
    assert (await browser.get("/")).status_code == 303, "signed out, whatever the browser kept"


async def test_a_new_password_and_a_removal_end_every_session(room: Room) -> None:
    browser = await room.as_(Role.VIEWER)
    with writing(room.database) as connection:
        person = staff.named(connection, "viewer")
        assert person is not None
        staff.set_password(connection, person.id, CHEAP.hash("another password"))
    assert (await browser.get("/")).status_code == 303
    assert (await room.browser().sign_in("viewer")).status_code == 401
    browser = room.browser()
    assert (await browser.sign_in("viewer", "another password")).status_code == 303
    with writing(room.database) as connection:
        staff.remove(connection, person.id)
    assert (await browser.get("/")).status_code == 303
    assert (await room.browser("192.0.2.2").sign_in("viewer", "another password")).status_code == 401


async def test_guessed_and_foreign_keys_open_nothing(room: Room) -> None:
    await room.as_(Role.ADMIN)
    with reading(room.database) as connection:
        (kept,) = connection.scalars(select(staff_sessions.c.key))
    seals = room.console.seals
    guesses = [
        "",
        "x" * 40,
        kept,
        seals.close_dated(gate.SESSION, kept),
        seals.close_dated(gate.SESSION, gate.new_key()),
        seals.close_dated("another purpose", gate.new_key()),
        seals.close_dated(gate.SESSION, [kept]),
        seals.close_dated(gate.SESSION, None),
    ]
    for guess in guesses:
        browser = room.browser()
        browser.client.cookies.set(gate.COOKIE, guess, domain="shop.test", path="/console")
        assert (await browser.get("/")).status_code == 303, guess


async def test_where_nobody_may_sign_in_yet_the_page_names_the_command(room: Room) -> None:
    with writing(room.database) as connection:
        connection.execute(staff.staff.delete())
    page = await room.browser().get("/sign-in")
    assert "tresen console add-user" in page.text
    assert "tresen console add-user" not in account.SIGN_IN


async def test_the_language_is_the_persons_own_and_before_that_the_browsers(room: Room) -> None:
    browser = room.browser()
    assert 'lang="en"' in (await browser.get("/sign-in", headers={"Accept-Language": "en-GB,de;q=0.5"})).text[:40]
    assert 'lang="de"' in (await browser.get("/sign-in?lang=de", headers={"Accept-Language": "en"})).text[:40]
    await browser.sign_in("viewer")
    assert (await browser.post("/language", language="en", next="/console/?channel=web")).headers["location"] == (
        "/console/?channel=web"
    )
    assert 'lang="en"' in (await browser.get("/")).text[:40]
    assert (await browser.post("/language", language="fr")).status_code == 400
