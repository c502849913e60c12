"""What holds for every route of the console: its role, the form token, where forms come from, and harmless GETs."""

import re
from html import unescape

import pytest

from actions.store.engine import writing
from actions.store.staff import Role
from bot.review.page import Page
from bot.review.registry import PAGES
from bot.transcripts import digesting
from tests.review.conftest import START, URL, Room
from tests.review.talks import Said, hold

READS = [page for page in PAGES if page.method == "GET"]
WRITES = [page for page in PAGES if page.method != "GET"]
NAME = "c" * 32
LANGUAGE = re.compile(r'name="next" value="([^"]*)">\s*<button class="quiet" name="language"')
VALUES = {"name": "console.css", "conversation": NAME}


@pytest.fixture(autouse=True)
def talk(room: Room) -> None:
    """A conversation for the routes that show one."""
    with writing(room.database) as connection:
        hold(connection, NAME, Said(), at=START)
    digesting.rebuild(room.database, room.clock())


def address(page: Page) -> str:
    """The page's path with something in the places of its parameters."""
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: VALUES.get(found[1], "x"), page.path)


def name(page: Page) -> str:
    return f"{page.method} {page.path}"


def test_every_entry_reads_or_writes_and_names_what_is_there(room: Room) -> None:
    assert {page.method for page in PAGES} == {"GET", "POST"}
    assert len({(page.path, page.method) for page in PAGES}) == len(PAGES)
    for page in PAGES:
        assert not page.title or page.title in room.console.rendering.texts


def test_only_the_sign_in_and_its_files_are_for_everybody() -> None:
    open_to_all = {name(page) for page in PAGES if page.role is None}
    assert open_to_all == {"GET /sign-in", "POST /sign-in", "GET /static/{name:path}"}


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.word if role is not None else "nobody")
async def test_a_route_is_open_to_its_role_and_those_above_and_closed_below(room: Room, role: Role | None) -> None:
    for page in PAGES:
        if page.role is None or page.path == "/sign-out":
            continue
        browser = room.browser() if role is None else await room.as_(role)
        answer = await (browser.get(address(page)) if page.method == "GET" else browser.post(address(page)))
        if role is None:
            assert answer.status_code == (303 if page.method == "GET" else 401), name(page)
        elif role < page.role:
            assert answer.status_code == 403, name(page)
        else:
            assert answer.status_code not in (401, 403, 500), name(page)


@pytest.mark.parametrize("page", WRITES, ids=name)
async def test_a_form_without_our_token_or_from_elsewhere_changes_nothing(room: Room, page: Page) -> None:
    browser = await room.as_(Role.ADMIN)
    before, ours, headers = room.everything(), browser.token, dict(browser.headers)
    stranger = await room.as_(Role.EDITOR)
    sessions = room.everything()["staff_sessions"]
    for token in ("", "x", stranger.token):
        browser.token = token
        assert (await browser.post(address(page), name="viewer", language="en")).status_code == 403, token
    browser.token = ours
    for foreign in (
        {"Origin": "http://evil.test"},
        {"Origin": "http://evil.test", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": headers["Origin"], "Sec-Fetch-Site": "same-site"},
        {},
    ):
        browser.headers = foreign
        assert (await browser.post(address(page), name="viewer", language="en")).status_code == 403, foreign
    after = room.everything()
    for table in ("staff_sessions", "audit_log"):
        del before[table]
    assert {table: after[table] for table in before} == before
    assert after["staff_sessions"] == sessions


@pytest.mark.parametrize("page", READS, ids=name)
async def test_reading_changes_nothing(room: Room, page: Page) -> None:
    browser = await room.as_(Role.ADMIN)
    before = room.everything()
    room.clock.forward(minutes=5)
    for headers in ({}, {"HX-Request": "true"}):
        assert (await browser.get(address(page), headers=headers)).status_code < 500
    assert (await room.browser().get(address(page))).status_code < 500
    assert room.everything() == before


@pytest.mark.parametrize("page", PAGES, ids=name)
async def test_no_route_answers_another_method(room: Room, page: Page) -> None:
    browser = await room.as_(Role.ADMIN)
    methods = {each.method for each in PAGES if each.path == page.path}
    for method in {"GET", "POST", "PUT", "DELETE", "PATCH"} - methods:
        answer = await browser.client.request(method, f"/console{address(page)}", headers=browser.headers)
        assert answer.status_code == 405, method


@pytest.mark.parametrize("page", WRITES, ids=name)
@pytest.mark.parametrize("referer", ["", "/labels?after=1", "/language", f"/c/{NAME}/label"])
async def test_a_page_answered_to_a_form_leads_in_the_other_language_to_a_page_that_is_there(
    room: Room, page: Page, referer: str
) -> None:
    browser = await room.as_(Role.ADMIN)
    if referer:
        browser.headers["Referer"] = f"{URL}/console{referer}"
    answer = await browser.post(address(page), language="klingon", format="no such")
    if "text/html" not in answer.headers.get("content-type", ""):
        assert answer.status_code in (200, 204, 303), name(page)
        return
    switched = LANGUAGE.search(answer.text)
    if switched is None:
        # nobody is signed in: the links lead to the same address, which is a page
        assert 'href="?lang=en' in answer.text
        assert (await browser.get(f"{address(page)}?lang=en")).status_code in (200, 303)
        return
    lead = await browser.post("/language", language="en", next=unescape(switched[1]))
    shown = await browser.get(lead.headers["location"].removeprefix("/console"))
    assert shown.status_code not in (405, 500), (name(page), lead.headers["location"])
    if referer == "/labels?after=1":
        assert lead.headers["location"] == "/console/labels?after=1"
        assert '<html lang="en">' in shown.text


@pytest.mark.parametrize(
    ("referer", "leads_to"),
    [
        (f"{URL}/console/c/{NAME}?language=de", f"/console/c/{NAME}?language=de"),
        (f"http://evil.test/console/c/{NAME}", f"/console/c/{NAME}"),
        (f"{URL}/elsewhere", f"/console/c/{NAME}"),
        ("not an address", f"/console/c/{NAME}"),
        ("http://[", f"/console/c/{NAME}"),
    ],
)
async def test_after_a_refused_label_the_other_language_shows_the_conversation(
    room: Room, referer: str, leads_to: str
) -> None:
    browser = await room.as_(Role.REVIEWER)
    browser.headers["Referer"] = referer
    answer = await browser.post(f"/c/{NAME}/label", position="0", intent="no such intent")
    assert answer.status_code == 400
    assert unescape(LANGUAGE.search(answer.text)[1]) == leads_to


@pytest.mark.parametrize(
    "path",
    [
        "..%2fvisit.py",
        "../visit.py",
        "%2e%2e/__init__.py",
        "/etc/passwd",
        "console.css%00",
        "..\\visit.py",
        "",
        "x",
    ],
)
async def test_static_files_are_those_of_the_folder_and_no_others(room: Room, path: str) -> None:
    assert (await room.browser().get(f"/static/{path}")).status_code == 404


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {"Content-Type": "application/json"}, 415),
        (b"x" * 70_000, {}, 413),
        (b"name=\xff", {}, 400),
        (b"name=%ff", {}, 400),
        (b"name=a%00b", {}, 400),
        (b"&".join(b"a=b" for _ in range(200)), {}, 400),
    ],
)
async def test_a_form_that_is_none_is_refused(
    room: Room, body: bytes, headers: dict[str, str], status: int
) -> None:
    browser = room.browser()
    sent = {"Content-Type": "application/x-www-form-urlencoded", **browser.headers, **headers}
    answer = await browser.client.post("/console/sign-in", content=body, headers=sent)
    assert answer.status_code == status


async def test_an_unknown_page_says_so_in_words(room: Room) -> None:
    answer = await room.browser().get("/no/such/page")
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.text
    assert answer.headers["cache-control"] == "no-store"
