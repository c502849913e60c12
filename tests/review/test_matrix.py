"""The matrix page: proposals with their evidence, decisions that count at once, sentences that may not press."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import update

from actions.phrases import Phrasebook
from actions.services import Services
from actions.store import audit_log
from actions.store.catalogue import Catalogue
from actions.store.engine import reading, writing
from actions.store.facts import bump_version
from actions.store.matrix import MatrixRow, read_matrix
from actions.store.staff import Role
from actions.store.tables import affinities, affinity_items, affinity_versions, products, relations
from bot.review.matrix import AT_ONCE
from tests.conversations.shopper import Shopper
from tests.gateway.shop import HELMET, JACKET, LOCK, OIL, product_row
from tests.review.conftest import START, Browser, Room, said

KEY = {"anchor": "family:grat", "target": "family:lock-1", "kind": "often_bought_with"}
NOTHING_SEEN = "proposed|0||||"
PHRASES = Phrasebook.load(Path("data/responses"))


@pytest.fixture
async def browser(room: Room) -> Browser:
    """An editor before a history that proposes the lock, the oil and the jacket with the bike."""
    with writing(room.database) as connection:
        version = {"version": 3, "mined_at": START, "orders": 5_000, "simulated": True, "current": True}
        connection.execute(affinity_versions.insert(), version)
        items = {"grat": 950, "lock-1": 400, "oil-250": 300, "jacket-1": 200}
        connection.execute(
            affinity_items.insert(), [{"version": 3, "family": each, "orders": n} for each, n in items.items()]
        )
        pairs = {"lock-1": 212, "oil-250": 120, "jacket-1": 90}
        connection.execute(
            affinities.insert(),
            [{"version": 3, "anchor": "grat", "target": each, "together": n} for each, n in pairs.items()],
        )
    return await room.as_(Role.EDITOR)


@pytest.fixture
def chat(room: Room) -> Iterator[Services]:
    """The house that answers shoppers: it looks at the catalogue's version at every turn, and is not restarted."""
    ticking = count()
    yield Services(room.database, Catalogue(room.database, lambda: float(next(ticking))), PHRASES, room.clock)


def card_of(html: str, selector: str) -> str:
    """What the list says of the row that leads to this selector."""
    return next(said(card) for card in html.split("<li class=") if f"<code>{selector}</code>" in card)


def row_of(room: Room, key: dict[str, str]) -> MatrixRow:
    with reading(room.database) as connection:
        return next(row for row in read_matrix(connection) if row.key == tuple(key.values()))


async def decide(browser: Browser, room: Room, do: str, key: dict[str, str] = KEY, **fields: str):
    """Open the row and send its form."""
    page = (await browser.get("/matrix/row", params=key)).text
    known = unescape(re.search(r'name="seen" value="([^"]*)"', page)[1])
    return await browser.post("/matrix/row", **{**key, "seen": known, "do": do, **fields})


def accessories_offered(chat: Services) -> set[str]:
    """What a new shopper with a bike is told that goes with it, as skus."""
    shopper = Shopper(chat)
    shopper.says("ich suche ein mountainbike", "search_product")
    shopper.says("das erste in blau", "choose_option")
    shopper.says("46", "refine_search")
    shopper.says("nehme ich", "purchase_intent")
    shopper.says("ja", "confirm")
    shopper.says("was passt dazu?", "ask_accessories")
    return {offer.sku for offer in shopper.shown()}


async def test_what_waits_is_listed_with_its_evidence_and_what_would_keep_it_back(browser: Browser) -> None:
    page = (await browser.get("/matrix")).text
    lock, jacket = card_of(page, "family:lock-1"), card_of(page, "family:jacket-1")
    assert "Mountainbike Grat → Bügelschloss Eiche" in lock
    assert "212 von 950 Bestellungen mit dem Ausgangsprodukt enthielten beides (22 %), 2,8-mal" in lock
    assert "simulierte Bestellungen" in lock
    assert "zurückgehalten" not in lock
    assert "Würde auch freigegeben zurückgehalten: Nicht auf Lager (1 von 1)" in jacket
    assert "Zählung 3 vom" in said(page)
    assert HELMET not in page


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"cost": None}, "Einkaufspreis fehlt"),
        ({"cost": 2_500}, "Verdient zu wenig"),
        ({"stock": 0}, "Nicht auf Lager"),
    ],
)
async def test_the_reason_to_withhold_is_the_one_the_policy_would_give(
    room: Room, browser: Browser, change: dict[str, int | None], reason: str
) -> None:
    with writing(room.database) as connection:
        connection.execute(update(products).where(products.c.sku == LOCK).values(**change))
        bump_version(connection)
    assert f"zurückgehalten: {reason} (1 von 1)" in card_of((await browser.get("/matrix")).text, "family:lock-1")


async def test_an_approved_row_is_offered_in_the_next_chat_and_a_rejected_one_is_not(
    room: Room, browser: Browser, chat: Services
) -> None:
    assert accessories_offered(chat) == {HELMET}
    answer = await decide(browser, room, "approve", benefit_de="So steht das Rad sicher.", rank="2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/matrix")
    assert accessories_offered(chat) == {HELMET, LOCK}
    assert (await decide(browser, room, "reject")).status_code == 303
    assert accessories_offered(chat) == {HELMET}
    assert "family:lock-1" not in (await browser.get("/matrix")).text
    assert "family:lock-1" in (await browser.get("/matrix?state=rejected")).text


async def test_a_decision_is_kept_with_its_day_its_owner_and_an_entry_in_the_log(
    room: Room, browser: Browser
) -> None:
    await decide(browser, room, "approve", benefit_de="Schützt das Rad.", benefit_en="Keeps it safe.", rank="7")
    row = row_of(room, KEY)
    assert (row.state, row.rank, row.provenance.value) == ("approved", 7, "mined")
    assert (row.benefit.de, row.benefit.en) == ("Schützt das Rad.", "Keeps it safe.")
    assert (row.dated, row.owner, row.confidence) == ("2026-11-02", "Frau Editor", 0.2232)
    room.clock.forward(days=1)
    await (second := await room.as_(Role.EDITOR)).get("/matrix")
    await decide(second, room, "save", owner="Werkstatt")
    row = row_of(room, KEY)
    assert (row.state, row.dated, row.owner, row.rank) == ("approved", "2026-11-03", "Werkstatt", 7)
    with reading(room.database) as connection:
        entries = [each for each in audit_log.every(connection) if each.what.startswith("matrix_")]
    assert [(each.who, each.what) for each in entries] == [
        ("editor", "matrix_approved"),
        ("editor", "matrix_changed"),
    ]
    assert entries[0].subject == "family:grat -> family:lock-1 (often_bought_with)"
    assert entries[0].details == {"state": "approved", "changed": ["rank", "benefit", "owner"], "rank": 7}


async def test_saving_what_was_not_changed_writes_nothing(room: Room, browser: Browser) -> None:
    key = {"anchor": "family:grat", "target": f"sku:{HELMET}", "kind": "accessory"}
    before = room.everything()
    assert (await decide(browser, room, "save", key, rank="1")).status_code == 303
    assert room.everything() == before


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"benefit_de": "Nur noch heute zu haben!"}, "„Nur noch heute“ drängt zur Eile"),
        ({"benefit_en": "Only 3 left in stock."}, "left in stock“ macht knapp"),
        ({"benefit_de": "Der beste Preis weit und breit."}, "„beste Preis“ ist ein Superlativ ohne Beleg"),
        ({"benefit_de": "Damit schützt du dein Rad."}, "„du“ duzt; der Laden sagt Sie"),
        ({"benefit_de": "Siehe https://evil.test"}, "„https:“ lässt sich nicht vorlesen"),
        ({"rank": "-1"}, "„-1“ ist keine Zahl von 0 bis 999"),
        ({"benefit_en": "x" * 241}, "ist länger als 240 Zeichen"),
        ({"owner": "x" * 81}, "ist länger als 80 Zeichen"),
    ],
)
async def test_a_sentence_that_presses_is_refused_with_its_reason_and_nothing_is_kept(
    room: Room, browser: Browser, fields: dict[str, str], words: str
) -> None:
    before = room.everything()["relations"]
    for do in ("approve", "save"):
        answer = await decide(browser, room, do, **fields)
        assert answer.status_code == 400
        assert words in said(answer.text)
        assert all(value[:200] in unescape(answer.text) for value in fields.values())
    assert room.everything()["relations"] == before


async def test_a_pressing_sentence_of_a_feed_is_not_approved_unread_but_may_be_rejected(
    room: Room, browser: Browser
) -> None:
    key = {"anchor": "family:grat", "target": f"sku:{OIL}", "kind": "accessory"}
    row = {
        **key,
        "match": {},
        "rank": 0,
        "benefit_de": "Letzte Chance!",
        "benefit_en": "",
        "owner": "",
        "dated": "",
    }
    with writing(room.database) as connection:
        connection.execute(
            relations.insert(), {**row, "provenance": "feed", "state": "proposed", "owner": "", "dated": ""}
        )
        bump_version(connection)
    answer = await decide(browser, room, "approve", key)
    assert (answer.status_code, row_of(room, key).state) == (400, "proposed")
    assert (await decide(browser, room, "reject", key)).status_code == 303
    assert row_of(room, key).state == "rejected"
    assert (await decide(browser, room, "reopen", key)).status_code == 303
    assert row_of(room, key).state == "proposed"


async def test_nobody_overwrites_what_they_have_not_seen(room: Room, browser: Browser) -> None:
    await browser.get("/matrix")
    await decide(browser, room, "approve", rank="4")
    stale = await browser.post("/matrix/row", **KEY, seen=NOTHING_SEEN, do="reject")
    assert stale.status_code == 409
    assert "Inzwischen hat jemand anderes diese Zeile geändert" in stale.text
    assert row_of(room, KEY).state == "approved"


async def test_filters_name_the_state_the_source_and_the_starting_product(room: Room, browser: Browser) -> None:
    def rows(html: str) -> set[str]:
        return set(re.findall(r"→ <code>([^<]+)</code>", html))

    async def found(query: str) -> set[str]:
        return rows((await browser.get(f"/matrix?{query}")).text)

    counted = {"family:lock-1", "family:oil-250", "family:jacket-1"}
    assert await found("") == counted
    assert await found("state=approved") == {f"sku:{HELMET}"}
    assert await found("state=all") == {*counted, f"sku:{HELMET}"}
    assert await found("state=all&provenance=merchant") == {f"sku:{HELMET}"}
    assert await found("provenance=feed") == set()
    assert await found("anchor=mountainBIKE") == counted
    assert await found("anchor=regenjacke") == set()
    for misread in ("state=x", "provenance=x", "after=x", f"anchor={'x' * 121}"):
        assert (await browser.get(f"/matrix?{misread}")).status_code == 400, misread


async def test_pages_follow_one_another_without_gap_or_repetition(room: Room, browser: Browser) -> None:
    names = [f"PUMP-{n:03}" for n in range(2 * AT_ONCE)]
    row = {"match": {}, "rank": 0, "benefit_de": "", "benefit_en": "", "owner": "", "dated": ""}
    with writing(room.database) as connection:
        connection.execute(products.insert(), [product_row(name, 1_900) for name in names])
        connection.execute(
            relations.insert(),
            [
                {**row, "anchor": f"sku:{name}", "target": f"sku:{JACKET}", "kind": "accessory"}
                | {"provenance": "feed", "state": "proposed"}
                for name in names
            ],
        )
        bump_version(connection)
    met, page, pages = [], (await browser.get("/matrix?state=all")).text, 1
    met += re.findall(r"<p class=\"soft\"><code>([^<]+)</code> → <code>([^<]+)</code>", page)
    while more := re.search(r'<p class="more"><a class="button" href="/console([^"]+)"', page):
        page, pages = (await browser.get(unescape(more[1]))).text, pages + 1
        met += re.findall(r"<p class=\"soft\"><code>([^<]+)</code> → <code>([^<]+)</code>", page)
    assert pages == 3
    assert len(met) == len(set(met)) == 2 * AT_ONCE + 4
    assert met == sorted(met)


async def test_what_the_merchant_wrote_is_shown_and_not_run(room: Room, browser: Browser) -> None:
    attack = '"><script>alert(1)</script>'
    with writing(room.database) as connection:
        connection.execute(update(relations).values(benefit_de=attack, owner=attack))
        connection.execute(update(products).where(products.c.sku == HELMET).values(title_de=attack))
        bump_version(connection)
    key = {"anchor": "family:grat", "target": f"sku:{HELMET}", "kind": "accessory"}
    for answer in (await browser.get("/matrix?state=all"), await browser.get("/matrix/row", params=key)):
        assert "<script>alert" not in answer.text
        assert "&lt;script&gt;alert" in answer.text


async def test_a_row_that_is_not_there_is_not_made_by_a_form(room: Room, browser: Browser) -> None:
    await browser.get("/matrix")
    for key in (
        {**KEY, "target": "family:no-such"},
        {**KEY, "kind": "x"},
        {"anchor": "", "target": "", "kind": ""},
        {**KEY, "anchor": "x" * 201},
    ):
        answer = await browser.post("/matrix/row", **key, seen=NOTHING_SEEN, do="approve")
        assert answer.status_code == 404, key


async def test_an_unknown_button_is_refused(room: Room, browser: Browser) -> None:
    await browser.get("/matrix")
    answer = await browser.post("/matrix/row", **KEY, seen=NOTHING_SEEN, do="drop")
    assert answer.status_code == 400


async def test_the_day_of_a_decision_is_written_as_days_are_in_the_language_of_the_page(
    room: Room, browser: Browser
) -> None:
    await decide(browser, room, "approve", benefit_de="Schützt das Rad.", benefit_en="Keeps it safe.", rank="7")
    page = (await browser.get("/matrix?state=approved")).text
    assert "02.11.2026" in page
    assert "2026-11-02" not in re.sub(r"<[^>]+>", " ", page)
    await browser.post("/language", language="en", next="/console/")
    assert "02 Nov 2026" in (await browser.get("/matrix?state=approved")).text
