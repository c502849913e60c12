"""The pages of figures: every number with its sentence and a link, a period in the address, charts with tables."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

import bot.review
from actions.store import policy
from actions.store.engine import writing
from actions.store.facts import write_facts
from actions.store.staff import Role
from actions.store.tables import conversations, offer_decisions, offers, orders
from bot.reports.facts import DIMENSIONS
from bot.review.filters import read_filters
from bot.transcripts import digesting
from tests.review.conftest import START, Browser, Room, said
from tests.review.talks import Said, hold, say

VENDOR = Path(bot.review.__file__).parent / "vendor"
CHART = re.compile(r"data-chart='([^']*)'")


@pytest.fixture
async def browser(room: Room) -> Browser:
    return await room.as_(Role.VIEWER)


def sold(room: Room, name: str = "a" * 32, at: datetime = START) -> None:
    """A conversation in which an extra was taken and ordered."""
    with writing(room.database) as connection:
        hold(connection, name, Said("ich nehme das rad", intent="purchase_intent"), at=at)
        connection.execute(conversations.update().where(conversations.c.id == name).values(stage="ordered"))
        decision = {"id": f"d{name[1:]}", "conversation": name, "message": None, "decided_at": at}
        made = {"policy_version": "p", "stage": "intent", "offered": [], "withheld": [], "placement": "chat"}
        connection.execute(offer_decisions.insert(), {**decision, **made})
        offer = {"id": f"o{name[1:]}", "decision": decision["id"], "conversation": name, "kind": "cross"}
        terms = {"sku": "HELM", "anchor": "RAD", "price": 5_000, "price_difference": 5_000, "currency": "EUR"}
        known = {"reason": {"code": "curated"}, "state": "accepted", "shown_at": at}
        connection.execute(offers.insert(), {**offer, **terms, **known})
        line = {"sku": "HELM", "quantity": 1, "price": 5_000, "offer": offer["id"]}
        order = {"id": f"r{name[1:]}", "conversation": name, "key": name, "number": name[:8], "state": "placed"}
        money = {"lines": [line], "total": 5_000, "shipping": 0, "currency": "EUR", "created_at": at}
        connection.execute(orders.insert(), {**order, **money})


async def test_each_number_stands_with_its_sentence_its_basis_and_its_conversations(room: Room, browser) -> None:
    sold(room)
    page = (await browser.get("/figures")).text
    words = said(page)
    assert (
        "Cross-Selling-Quote beeinflusst 100,0 % 1 von 1 Bestellung enthält mindestens ein Zusatzangebot" in words
    )
    assert "Durchschnittlicher Bestellwert 50,00 €" in words
    links = [unescape(link) for link in re.findall(r'href="/console/\?([^"]+)"', page)]
    assert any(link.endswith("figure=cross_rate") for link in links)
    for link in links:
        answer = await browser.get(f"/?{link}")
        assert answer.status_code == 200, link


async def test_every_link_is_a_filter_of_the_list_and_finds_the_conversation(room: Room, browser) -> None:
    sold(room)
    digesting.rebuild(room.database, room.clock())
    page = (await browser.get("/figures?by=rule")).text
    links = {unescape(link) for link in re.findall(r'href="/console/\?([^"]+)"', page)}
    assert len(links) >= 4
    for link in links:
        assert read_filters(dict(parse_qsl(link))).misread == (), link
        assert "a" * 32 in (await browser.get(f"/?{link}")).text, link


async def test_english_people_read_english(room: Room, browser) -> None:
    sold(room)
    await browser.post("/language", language="en", next="/console/")
    words = said((await browser.get("/figures")).text)
    assert "Cross-selling rate influenced 100.0% 1 of 1 order holds at least one extra" in words


async def test_a_period_is_an_address_and_what_lies_outside_does_not_count(room: Room, browser) -> None:
    sold(room)
    sold(room, "b" * 32, START - timedelta(days=10))
    whole = said((await browser.get("/figures")).text)
    assert "2 von 2 Bestellungen" in whole
    day = START.astimezone().strftime("%Y-%m-%d")
    assert "1 von 1 Bestellung enthält" in said((await browser.get(f"/figures?from={day}&to={day}")).text)
    assert "noch keine Zahl" in said((await browser.get("/figures?from=2024-01-01&to=2024-01-31")).text)


@pytest.mark.parametrize("by", DIMENSIONS)
@pytest.mark.parametrize("split", ["", "new", "returning"])
async def test_every_way_to_sort_apart_is_served(room: Room, browser, by: str, split: str) -> None:
    sold(room)
    assert (await browser.get(f"/figures?by={by}&split={split}")).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "from=yesterday",
        "from=2026-13-01",
        "to=0001-01-01",
        "from=2026-11-02&to=2026-11-01",
        "from=2001-01-01",
        "by=colour",
        "split=old",
        "shoppers=nobody",
        "from=%00",
    ],
)
async def test_an_address_that_is_none_is_refused(browser, query: str) -> None:
    assert (await browser.get(f"/figures?{query}")).status_code == 400


async def test_each_chart_has_its_data_and_a_table_that_says_the_same(room: Room, browser) -> None:
    sold(room)
    page = (await browser.get("/figures")).text
    course, parts = (json.loads(unescape(found)) for found in CHART.findall(page))
    assert (course["kind"], course["series"][0]["values"], course["series"][1]["values"]) == (
        "course",
        [50.0],
        [100.0],
    )
    assert parts["labels"] == ["Zusatz"]
    assert [each["values"] for each in parts["series"]] == [[100.0], [0.0], [0.0], [0.0]]
    assert page.count("<canvas") == 2
    assert "02.11. 1 1 50,00 € 100,0" in said(page)
    assert course["labels"] == ["02.11."]
    assert 'style="' not in page
    assert "<script>" not in page


async def test_what_offers_cause_is_told_only_with_a_hold_out(room: Room, browser) -> None:
    sold(room)
    assert "Ohne Vergleichsgruppe lässt sich das nicht sagen" in said((await browser.get("/figures")).text)
    with writing(room.database) as connection:
        connection.execute(conversations.update().values(arm="offers"))
    words = said((await browser.get("/figures")).text)
    assert "1 Gespräch mit ungefragten Angeboten , 1 Bestellung Ab 30 Gesprächen auf jeder Seite" in words


async def test_an_invented_history_is_called_so(room: Room, browser) -> None:
    with writing(room.database) as connection:
        write_facts(connection, {"simulated_orders": True})
    assert "Die Bestellhistorie ist simuliert" in said((await browser.get("/figures")).text)


async def test_words_of_the_record_are_escaped(room: Room, browser) -> None:
    sold(room)
    hostile = "'\"><script>alert(1)</script>"
    with writing(room.database) as connection:
        connection.execute(offers.update().values(reason={"code": hostile}))
    page = (await browser.get("/figures?by=rule")).text
    assert "<script>alert" not in page
    (_, parts) = (json.loads(unescape(found)) for found in CHART.findall(page))
    assert parts["labels"] == [hostile]


async def test_assumptions_are_labelled_and_can_be_changed(room: Room, browser) -> None:
    words = said((await browser.get("/figures/roi")).text)
    assert "Besuche des Shops im Monat 8.000 10.000 12.000 Annahme" in words
    page = (await browser.get("/figures/roi")).text
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    typed = {name: value for name, value in fields.items() if "_" in name and value != "measured"}
    answer = await browser.get("/figures/roi", params={**typed, "visits_likely": "50000"})
    assert "8.000 50.000 12.000 Annahme" in said(answer.text)


async def test_what_is_measured_is_called_so_and_what_cannot_be_reckoned_is_said(room: Room, browser) -> None:
    sold(room, at=START - timedelta(hours=1))
    page = (await browser.get("/figures/roi")).text
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    typed = {name: value for name, value in fields.items() if "_" in name and value != "measured"}
    words = said((await browser.get("/figures/roi", params={**typed, "average_order": "measured"})).text)
    assert "Warenwert einer Bestellung 50,00 € 50,00 € 50,00 € gemessen" in words
    answer = await browser.get("/figures/roi", params={**typed, "uplift": "measured"})
    assert answer.status_code == 400
    assert "So lässt sich nicht rechnen: uplift ist noch nicht gemessen" in said(answer.text)
    assert (await browser.get("/figures/roi?visits_low=1")).status_code == 400


async def test_the_policy_is_drawn_with_the_limits_in_force(room: Room, browser) -> None:
    with writing(room.database) as connection:
        policy.set_value(connection, "min_profit_cross", 345)
    page = (await browser.get("/figures/policy")).text
    assert page.count("<svg") == 3
    assert "min_profit_cross = 345" in page
    assert 'style="' not in page


@pytest.mark.parametrize("name", ["vendor.json", "chart.js.json"])
def test_a_vendored_library_is_the_published_one(name: str) -> None:
    told = json.loads((VENDOR / name).read_text("utf-8"))
    assert hashlib.sha256((VENDOR / told["file"]).read_bytes()).hexdigest() == told["sha256"]
    assert told["version"] in told["file"]


async def test_who_hesitated_and_left_is_listed_without_those_who_ordered_after_all(room: Room, browser) -> None:
    sold(room)
    with writing(room.database) as connection:
        say(connection, "a" * 32, Said("hm", intent="hesitate"), START + timedelta(seconds=5))
        hold(connection, "b" * 32, Said("zu teuer", intent="object_price"), at=START)
        hold(connection, "c" * 32, Said("hallo", intent="greet"), at=START)
    digesting.rebuild(room.database, room.clock())
    page = (await browser.get("/figures")).text
    assert "Von 2 Gesprächen mit Zögern endete 1 ohne Bestellung" in said(page)
    (link,) = [link for link in linked(page) if link.endswith("figure=hesitated_and_left")]
    listed = (await browser.get(f"/?{link}")).text
    assert [name for name in "abc" if name * 32 in listed] == ["b"]


async def test_the_days_of_the_course_are_written_as_the_language_does(room: Room, browser) -> None:
    sold(room)
    sold(room, "b" * 32, START - timedelta(days=10))
    await browser.post("/language", language="en", next="/console/")
    page = (await browser.get("/figures")).text
    assert next(charts(page))["labels"] == ["23 Oct", "2 Nov"]
    assert "2 Nov 1 1 €50.00 100.0" in said(page)
    sold(room, "c" * 32, START - timedelta(days=400))
    page = (await browser.get("/figures?from=2025-01-01")).text
    assert next(charts(page))["labels"] == ["22 Sep 2025", "19 Oct 2026", "2 Nov 2026"]
    assert "22 Sep 2025 1 1 €50.00 100.0" in said(page)


async def test_every_number_of_the_tables_leads_to_its_conversations_in_words_people_use(
    room: Room, browser
) -> None:
    sold(room)
    with writing(room.database) as connection:
        connection.execute(conversations.update().values(arm="offers", customer="C1"))
        connection.execute(orders.update().values(customer="C1"))
        hold(connection, "b" * 32, Said("hallo", intent="greet"), at=START, arm="holdout", stage="intent")
    digesting.rebuild(room.database, room.clock())
    lists = {}
    for link in linked((await browser.get("/figures")).text):
        page = (await browser.get(f"/?{link}")).text
        chips = [unescape(chip) for chip in re.findall(r"Gezählt in: <bdi>([^<]*)</bdi>", page)]
        lists[chips[0]] = [name for name in "ab" if f"/c/{name * 32}" in page]
    assert lists["Gespräche, in denen jemand geschrieben hat, mit ungefragten Angeboten"] == ["a"]
    assert lists["Gespräche, in denen jemand geschrieben hat, Vergleichsgruppe"] == ["b"]
    assert lists["Gespräche, in denen jemand geschrieben hat, 02.11.2026"] == ["a", "b"]
    assert lists["Abbruchquote, Kein Grund genannt"] == ["b"]
    assert lists["Umsatz je Kunde, erste Bestellung November 2026"] == ["a"]
    assert lists["Umsatz je Kunde"] == lists["Gezeigte Angebote, Zusatz"] == ["a"]
    assert len(lists) == 30


async def test_a_figure_can_be_chosen_among_the_filters_and_its_part_stays_chosen(browser) -> None:
    form = (await browser.get("/filters?figure=cross_rate")).text
    assert '<option value="cross_rate" selected>Cross-Selling-Quote</option>' in form
    form = (await browser.get("/filters?figure=conversion:kind.up&from=2026-03-01T12:30:00Z")).text
    assert '<option value="conversion:kind.up" selected>Gekaufte Angebote, Höherwertig</option>' in form
    assert 'type="text" id="f-from" name="from" value="2026-03-01T12:30:00Z"' in form


@pytest.mark.parametrize(
    "query",
    ["figure=all", "figure=order_rate:kind.up", "from=2026-03-01T12:30:00", "to=2026-03-01T25:00:00Z"],
)
async def test_a_figure_or_moment_that_is_none_lists_nothing(browser, query: str) -> None:
    assert (await browser.get(f"/?{query}")).status_code == 400


def linked(page: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="/console/\?([^"]+)"', page)]


def charts(page: str) -> Iterator[dict]:
    return (json.loads(unescape(found)) for found in CHART.findall(page))
