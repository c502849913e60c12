"""The list: what a row says, filters as the address, a page at a time, and values nobody understands."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from actions.store.engine import writing
from actions.store.staff import Role
from bot.review.filters import CHOICES, EVERY, NAMED, read_filters, read_place, write_place
from bot.transcripts import digesting
from tests.gateway.shop import BIKE, HELMET
from tests.review.conftest import START, Browser, Room
from tests.review.talks import Said, decide, hold, order, put_into_cart

XSS = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}'


@pytest.fixture
async def browser(room: Room) -> Browser:
    """A viewer before three conversations: an order, one with an offer taken, one with a fault."""
    with writing(room.database) as connection:
        hold(connection, "a" * 32, Said("ich suche ein citybike"), at=START)
        order(connection, "a" * 32, START)
        ids = hold(connection, "b" * 32, Said("nehm ich", intent="purchase_intent"), at=START + timedelta(hours=1))
        decide(connection, "b" * 32, ids[0], START, state="accepted")
        put_into_cart(connection, "b" * 32, START)
        hold(
            connection,
            "c" * 32,
            Said("what is this", intent="nlu_fallback", confidence=0.31),
            Said("hello?", error="engine_timeout"),
            at=START + timedelta(days=1),
            language="en",
            channel="phone",
        )
    digesting.rebuild(room.database, room.clock())
    return await room.as_(Role.VIEWER)


async def listed(browser: Browser, query: str) -> str:
    """The first letters of the conversations on the page, newest first."""
    answer = await browser.get(f"/?{query}")
    assert answer.status_code == 200, answer.text
    return "".join(part[0] for part in answer.text.split('href="/console/c/')[1:])


async def test_a_row_says_what_became_of_the_conversation(browser: Browser) -> None:
    page = (await browser.get("/")).text
    assert await listed(browser, "") == "cba"
    for words in (
        *("ich suche ein citybike", "Bestellt", "nehm ich", "Im Warenkorb", "Zusatz: angenommen"),
        *("what is this", "1× nicht verstanden", "1× Fehler", "Sicherheit ab 31 %", "Ohne Warenkorb beendet"),
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=citybike", "a"),
        ("q=CITY", "a"),
        ("q=4711aaa", "a"),
        ("channel=phone", "c"),
        ("language=en", "c"),
        ("outcome=ordered", "a"),
        ("outcome=cart", "b"),
        ("intent=purchase_intent", "b"),
        ("action=action_search_products", "cba"),
        ("offer=cross", "b"),
        ("offer=cross.accepted", "b"),
        ("offer=cross.declined", ""),
        (f"sku={HELMET}", "b"),
        (f"sku={BIKE}", "ba"),
        ("refusal=margin", "b"),
        ("policy=ce7617e7d70f", "b"),
        ("model=c9dc6fc30a9b", "cba"),
        ("below=40", "c"),
        ("below=100", "cba"),
        ("mark=error", "c"),
        ("mark=fallback", "c"),
        ("from=2026-11-03", "c"),
        ("to=2026-11-02", "ba"),
        ("from=2026-11-02&to=2026-11-02&outcome=cart", "b"),
        ("outcome=ordered&language=en", ""),
        ("outcome=&q=", "cba"),
        ("utm_source=x", "cba"),
    ],
)
async def test_every_filter_is_a_part_of_the_address(browser: Browser, query: str, expected: str) -> None:
    assert await listed(browser, query) == expected


async def test_a_filter_in_force_can_be_taken_off_and_is_carried_along(browser: Browser) -> None:
    page = (await browser.get("/?outcome=ordered&q=citybike")).text
    assert 'href="/console/?q=citybike"' in page
    assert 'href="/console/?outcome=ordered"' in page
    assert f'href="/console/c/{"a" * 32}?q=citybike&amp;outcome=ordered"' in page
    assert '<input type="hidden" name="outcome" value="ordered">' in page


@pytest.mark.parametrize(
    "query",
    [
        "outcome=won",
        "language=fr",
        "offer=side.accepted",
        "refusal=because",
        "mark=1",
        "below=abc",
        "below=0",
        "below=101",
        "below=²",
        "below=" + "9" * 5000,
        "from=yesterday",
        "from=2026-02-30",
        "to=0001-01-01",
        "to=9999-99-99",
        "intent=" + quote("a'; DROP TABLE messages; --"),
        "sku=" + "x" * 121,
        "q=" + "x" * 121,
        "tag=%07",
        "before=x",
        "before=2026-11-02T09:00:00~1",
        "before=2026-11-02T09:00:00%2B00:00~-1",
        "before=0001-01-01T00:00:00%2B14:00~1",
        "before=2026-11-02T09:00:00%2B00:00~99999999999999999999",
    ],
)
async def test_a_value_nobody_understands_is_said_and_nothing_is_listed(browser: Browser, query: str) -> None:
    answer = await browser.get(f"/?{query}")
    assert answer.status_code == 400
    assert "kann die Konsole nichts anfangen" in answer.text
    assert "/console/c/" not in answer.text


async def test_every_filter_has_a_name_a_field_and_words_for_its_choices(room: Room, browser: Browser) -> None:
    form = (await browser.get("/filters?outcome=cart")).text
    for name in EVERY:
        assert f"filter_{name}" in room.console.rendering.texts
        assert f'name="{name}"' in form
    assert set(EVERY) == {"q", "from", "to", "figure", "below", *CHOICES, *NAMED}
    assert '<option value="cart" selected>Im Warenkorb</option>' in form
    assert '<option value="purchase_intent">' in form
    for name in ("outcome", "refusal", "mark", "status", "verdict"):
        for value in CHOICES[name]:
            assert f"{name}_{value}" in room.console.rendering.texts


async def test_pages_follow_each_other_without_gap_or_double(room: Room) -> None:
    with writing(room.database) as connection:
        for number in range(120):
            hold(connection, f"{number:032}", Said("gleich"), at=START + timedelta(minutes=number // 7))
    digesting.rebuild(room.database, room.clock())
    browser, seen, address = await room.as_(Role.VIEWER), [], "/"
    while address:
        page = (await browser.get(address, headers={"HX-Request": "true"} if seen else {})).text
        seen += [part[:32] for part in page.split('href="/console/c/')[1:]]
        more = page.partition('<li class="more"><a class="button" data-row href="/console')[2]
        address = more.partition('"')[0].replace("&amp;", "&")
        assert ("<html" in page) == (len(seen) == 50)
        with writing(room.database) as connection:
            hold(connection, f"n{len(seen):031}", Said("neu"), at=START + timedelta(days=len(seen)))
        digesting.refresh(room.database, room.clock(), START)
    assert seen == sorted(seen, key=lambda name: (int(name) // 7, seen.index(name) * -1), reverse=True)
    assert len(seen) == len(set(seen)) == 120


async def test_what_shoppers_wrote_is_text_and_nothing_else(room: Room) -> None:
    with writing(room.database) as connection:
        hold(connection, "e" * 32, Said(XSS), at=START)
    digesting.rebuild(room.database, room.clock())
    browser = await room.as_(Role.VIEWER)
    for path in (
        "/",
        f"/?q={quote('img')}",
        f"/filters?q={quote(XSS)}",
        f"/?tag={quote(XSS)}",
        f"/?outcome={quote(XSS)}",
    ):
        page = (await browser.get(path)).text
        assert "<img" not in page
        assert "<script>alert" not in page
    assert "{{7*7}}" in (await browser.get("/")).text


def test_a_place_in_the_list_survives_being_written() -> None:
    place = read_place(write_place(START, 7))
    assert place is not None
    assert (place.active_at, place.number) == (START, 7)
    assert read_filters({"outcome": " cart ", "x": "y"}).query == "outcome=cart"


async def test_a_simulated_conversation_is_called_so_in_the_list_and_on_its_page(
    browser: Browser, room: Room
) -> None:
    assert await listed(browser, "shoppers=simulated") == ""
    with writing(room.database) as connection:
        hold(connection, "d" * 32, Said("guten tag"), at=START + timedelta(days=2), simulated=True)
    digesting.rebuild(room.database, room.clock())
    assert await listed(browser, "shoppers=simulated") == "d"
    assert (await browser.get("/?shoppers=simulated")).text.count(">Simuliert</span>") == 1
    assert ">Simuliert</span>" in (await browser.get(f"/c/{'d' * 32}")).text
    assert ">Simuliert</span>" not in (await browser.get(f"/c/{'a' * 32}")).text
