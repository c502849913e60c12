"""The policy page: limits with their meaning, a look back before anything is kept, and the change itself."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import update

from actions.offers.campaigns import Campaign
from actions.offers.decision import Refusal
from actions.offers.limits import OfferLimits
from actions.phrases import Phrasebook
from actions.services import Services
from actions.store import audit_log, campaigns, policy
from actions.store.catalogue import Catalogue
from actions.store.engine import reading, writing
from actions.store.limit_values import PolicyError, told
from actions.store.staff import Role
from actions.store.tables import offer_decisions, products
from bot.reports.policy_preview import Preview, preview
from tests.conversations.shopper import Shopper
from tests.gateway.shop import HELMET
from tests.review.conftest import START, Browser, Room, said

PHRASES = Phrasebook.load(Path("data/responses"))
# 79.90 € less tax and cost
PROFIT = 7990 * 100 // 119 - 3995


@pytest.fixture
async def admin(room: Room) -> Browser:
    return await room.as_(Role.ADMIN)


@pytest.fixture
def chat(room: Room) -> Iterator[Services]:
    """The house that answers shoppers; it looks at the catalogue's version at every turn."""
    ticking = count()
    yield Services(room.database, Catalogue(room.database, lambda: float(next(ticking))), PHRASES, room.clock)


def buys_a_bike(chat: Services) -> Shopper:
    """Somebody who says yes to a bike, after which the helmet is offered."""
    shopper = Shopper(chat)
    shopper.says("ich suche ein mountainbike", "search_product")
    shopper.says("das erste in blau", "choose_option")
    shopper.says("46", "refine_search")
    shopper.says("nehme ich", "purchase_intent")
    shopper.says("ja", "confirm")
    return shopper


def looked_back(room: Room, **values: object) -> Preview:
    with reading(room.database) as connection:
        asked = replace(policy.own_limits(connection), **values)
        return preview(connection, asked, room.clock() - timedelta(days=30))


def reasons(found: Preview) -> dict[Refusal, int]:
    return {reason: len(hits) for reason, hits in found.withheld.items()}


async def confirm(browser: Browser, query: str):
    """Look at the preview and press its button."""
    page = (await browser.get(f"/policy/preview?{query}")).text
    form = page.split('action="/console/policy"')[1]
    values = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    del values["token"]
    return await browser.post("/policy", **values)


async def test_every_limit_stands_with_its_meaning_its_value_and_the_usual_one(room: Room, admin: Browser) -> None:
    page = (await admin.get("/policy")).text
    for field in fields(OfferLimits):
        row = said(page.split(f"<code>{field.name}</code>")[1].split("</tr>")[0])
        assert f"(üblich: {told(field.default if field.name != 'placements_off' else frozenset())})" in row
        assert len(row) > 40, field.name
    assert "Es ist keine Aktion geplant" in page


async def test_campaigns_are_listed_with_what_they_change_and_the_value_in_force(
    room: Room, admin: Browser
) -> None:
    planned = [
        Campaign(
            "sale", START - timedelta(days=1), START + timedelta(days=1), {"max_offers_kind": 1}, "Aktionstag"
        ),
        Campaign("xmas", START + timedelta(days=9), START + timedelta(days=10), {"max_choices_web": 1}),
        Campaign("old", START - timedelta(days=9), START - timedelta(days=8), {"max_choices_web": 2}),
    ]
    with writing(room.database) as connection:
        for each in planned:
            campaigns.apply(connection, each, OfferLimits(), START - timedelta(days=10))
    words = said((await admin.get("/policy")).text)
    assert re.search(r"Aktionstag läuft [^a-z]+ max_offers_kind = 1", words)
    assert re.search(r"xmas geplant [^a-z]+ max_choices_web = 1", words)
    assert re.search(r"old vorbei", words)
    assert "1 durch eine Aktion" in words


async def test_a_floor_just_above_what_it_earned_would_have_withheld_it_and_one_just_at_it_not(
    room: Room, chat: Services, admin: Browser
) -> None:
    talks = [buys_a_bike(chat) for _ in range(3)]
    assert [offer.sku for talk in talks for offer in talk.shown()] == [HELMET] * 3
    assert reasons(looked_back(room, min_profit_cross=PROFIT)) == {}
    found = looked_back(room, min_profit_cross=PROFIT + 1)
    assert (found.offers, found.judged, reasons(found)) == (3, 3, {Refusal.MARGIN: 3})
    assert {hit.conversation for hit in found.withheld[Refusal.MARGIN]} == {talk.conversation for talk in talks}
    page = (await admin.get(f"/policy/preview?min_profit_cross={PROFIT + 1}")).text
    assert "wären 100 % der Angebote der letzten 30 Tage zurückgehalten worden (3 von 3)" in said(page)
    assert all(f'href="/console/c/{talk.conversation}' in page for talk in talks)
    assert "Verdient zu wenig (3)" in said(page)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"placements_off": frozenset({"chat"})}, Refusal.PLACEMENT_OFF),
        ({"order_first": "strict"}, Refusal.ORDER_FIRST),
        ({"high_ticket": 60_000}, Refusal.WRONG_STAGE),
        ({"max_offers_conversation": 0}, Refusal.FREQUENCY_CAP),
        ({"max_offers_kind": 0}, Refusal.FREQUENCY_CAP),
        ({"refusals_end_offers": 0}, Refusal.FREQUENCY_CAP),
        ({"handling_cost": PROFIT}, Refusal.MARGIN),
        ({"max_choices_web": 0}, Refusal.NOT_AMONG_BEST),
    ],
)
def test_what_the_preview_says_is_what_the_same_shopper_meets_under_those_limits(
    room: Room, chat: Services, values: dict[str, object], reason: Refusal
) -> None:
    assert buys_a_bike(chat).shown() != []
    assert reasons(looked_back(room, **values)) == {reason: 1}
    with writing(room.database) as connection:
        for name, value in values.items():
            policy.set_value(connection, name, sorted(value) if isinstance(value, frozenset) else value)
    later = buys_a_bike(chat)
    assert later.shown() == []
    withheld = {each["sku"]: each["reason"] for made in later.decisions() for each in made.withheld}
    assert withheld[HELMET] == reason.value


@pytest.mark.parametrize(
    "values",
    [
        {"max_choices_web": 1},
        {"use_mined": True},
        {"min_evidence": 10_000},
        {"min_profit_gain_up": 99_999},
        {"max_price_step": 1.01},
        {"high_ticket": 64_901},
        {"learn_from_answers": True},
        {"shipping_cost": 0},
    ],
)
def test_limits_that_have_nothing_to_do_with_an_offer_leave_it_alone(
    room: Room, chat: Services, values: dict[str, object]
) -> None:
    buys_a_bike(chat)
    found = looked_back(room, **values)
    assert (found.offers, found.judged, reasons(found)) == (1, 1, {})


def test_what_was_not_recorded_is_counted_as_not_judged_and_not_as_kept(room: Room, chat: Services) -> None:
    buys_a_bike(chat)
    assert looked_back(room, holdout=0.5).not_judged == 1
    with writing(room.database) as connection:
        connection.execute(update(offer_decisions).values(placement=None, policy_version="unknown"))
    for values in ({"placements_off": frozenset({"chat"})}, {"max_offers_kind": 0}, {"holdout": 0.1}):
        found = looked_back(room, **values)
        assert (found.offers, found.judged, found.hits) == (1, 0, 0), values
    found = looked_back(room, min_profit_cross=PROFIT + 1)
    assert (found.judged, found.by_todays_cost, reasons(found)) == (1, 1, {Refusal.MARGIN: 1})
    with writing(room.database) as connection:
        connection.execute(update(products).where(products.c.sku == HELMET).values(cost=None))
    assert looked_back(room, min_profit_cross=PROFIT + 1).not_judged == 1


def test_only_the_last_thirty_days_count(room: Room, chat: Services) -> None:
    buys_a_bike(chat)
    room.clock.forward(days=31)
    found = looked_back(room, min_profit_cross=PROFIT + 1)
    assert (found.offers, found.hits) == (0, 0)


async def test_looking_keeps_nothing_and_saving_keeps_what_was_looked_at(
    room: Room, chat: Services, admin: Browser
) -> None:
    buys_a_bike(chat)
    before = room.everything()
    await admin.get("/policy/preview?min_profit_cross=9000&holdout=10%25")
    assert room.everything() == before
    answer = await confirm(admin, "min_profit_cross=9000&holdout=10%25")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/policy")
    with reading(room.database) as connection:
        own, entries = policy.own_limits(connection), list(audit_log.every(connection))
    assert (own.min_profit_cross, own.holdout) == (9000, 0.1)
    assert (entries[-1].who, entries[-1].what) == ("admin", "policy_changed")
    assert entries[-1].details == {"min_profit_cross": "100 → 9000", "holdout": "0.0 → 0.1"}
    assert buys_a_bike(chat).shown() == []


@pytest.mark.parametrize(
    ("name", "value", "german", "english"),
    [
        ("min_profit_cross", "-1", "Kleiner als null geht nicht", "It is not below zero"),
        ("min_profit_cross", "viel", "Es ist eine ganze Zahl", "It is a whole number"),
        ("holdout", "60%", "Höchstens erlaubt ist 0.5", "It is at most 0.5"),
        ("order_first", "never", "Erlaubt sind: intent, strict", "Allowed are: intent, strict"),
        ("use_mined", "maybe", "Erlaubt sind true und false", "Allowed are true and false"),
        ("placements_off", "kitchen", "Erlaubt sind: chat, product, cart", "Allowed are: chat, product, cart"),
        ("max_price_step", "inf", "Es ist eine Zahl", "It is a number"),
        ("max_price_step", "viel", "Es ist eine Zahl", "It is a number"),
    ],
)
async def test_a_value_that_cannot_be_is_refused_in_the_language_of_the_page(
    room: Room, admin: Browser, name: str, value: str, german: str, english: str
) -> None:
    with writing(room.database) as connection, pytest.raises(PolicyError):
        policy.set_value(connection, name, value)
    before = room.everything()["policy_values"]
    with reading(room.database) as connection:
        version = policy.own_limits(connection).version
    for language, opening in (
        ("de", f"{name} kann nicht „{value}“ sein. {german}"),
        ("en", f"{name} cannot be “{value}”. {english}"),
    ):
        await admin.post("/language", language=language, next="/console/policy")
        looked = await admin.client.get("/console/policy/preview", params={name: value})
        saved = await admin.post("/policy", seen=version, **{name: value})
        for answer in (looked, saved):
            assert answer.status_code == 400
            assert opening in said(answer.text)
            assert f'value="{value}"' in answer.text or name in ("order_first", "use_mined")
    assert room.everything()["policy_values"] == before


async def test_the_page_as_it_opens_can_be_looked_at_without_a_change(room: Room, admin: Browser) -> None:
    page = (await admin.get("/policy")).text
    typed = dict(re.findall(r'<input name="(\w+)" value="([^"]*)"', page))
    typed |= dict(re.findall(r'<select name="(\w+)".*?value="(\w+)" selected', page))
    assert typed.keys() == {field.name for field in fields(OfferLimits)}
    assert typed["placements_off"] == "none"
    answer = await admin.client.get("/console/policy/preview", params=typed)
    assert (answer.status_code, "Alle Werte sind, wie sie waren" in answer.text) == (200, True)


async def test_the_page_tells_which_limits_each_version_names(room: Room, admin: Browser) -> None:
    assert "Frühere Stände" not in said((await admin.get("/policy")).text)
    for value in ("9000", "8000"):
        await confirm(admin, f"min_profit_cross={value}")
    page = said((await admin.get("/policy")).text)
    _, _, versions = page.partition("Frühere Stände")
    assert versions.index("min_profit_cross : 8000 statt 9000") < versions.index(
        "min_profit_cross : 9000 statt 100"
    )
    await admin.post("/language", language="en", next="/console/policy")
    assert "min_profit_cross : 8000 instead of 9000" in said((await admin.get("/policy")).text)


async def test_nobody_overwrites_limits_they_have_not_seen(room: Room, admin: Browser) -> None:
    await admin.get("/policy/preview?min_profit_cross=9000")
    with writing(room.database) as connection:
        policy.set_value(connection, "min_profit_cross", 300)
    answer = await admin.post("/policy", seen=OfferLimits().version, min_profit_cross="9000")
    assert answer.status_code == 409
    with reading(room.database) as connection:
        assert policy.own_limits(connection).min_profit_cross == 300


async def test_an_editor_may_look_and_is_told_who_may_change(room: Room) -> None:
    browser = await room.as_(Role.EDITOR)
    page = said((await browser.get("/policy/preview?min_profit_cross=9000")).text)
    assert "Ändern darf die Werte nur die Verwaltung" in page
    assert "Werte speichern" not in page
    assert "In den letzten 30 Tagen wurde nichts angeboten" in page


async def test_typing_nothing_new_says_so(room: Room, admin: Browser) -> None:
    answer = await admin.get("/policy/preview?min_profit_cross=100")
    assert (answer.status_code, "Alle Werte sind, wie sie waren" in answer.text) == (200, True)
