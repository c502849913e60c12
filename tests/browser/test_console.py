"""The review console in a real browser: axe finds nothing, a keyboard is enough, nothing inline, no JavaScript."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, expect

from actions.store import label_corrections, reviews, staff
from actions.store.engine import reading, writing
from actions.store.staff import Role
from bot.review.registry import PAGES
from bot.transcripts import digesting
from tests.browser.conftest import Enter, House, Visit
from tests.browser.test_accessible import violations
from tests.gateway.shop import HELMET
from tests.review.talks import Said, decide, hand_over, hold, order, put_into_cart

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
TALK, LONG = "a" * 32, "b" * 32
XSS = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
WORDS = {
    "de": {"behind": "Hintergrund", "withheld": "Verdient zu wenig", "filters": "Filter", "title": "Gespräche"},
    "en": {"behind": "Behind it", "withheld": "Earns too little", "filters": "Filters", "title": "Conversations"},
}
# pages that show more than what the navigation leads to
BESIDES = {
    "matrix-rows": "/matrix?state=all",
    "matrix-row": f"/matrix/row?anchor=family:grat&target=sku:{HELMET}&kind=accessory",
    "policy-refused": "/policy/preview?min_profit_cross=viel",
    "policy-preview": "/policy/preview?min_profit_cross=9000",
    "labels-training": "/labels/diff?part=training",
    "labels-holdout": "/labels/diff?part=holdout",
}


@pytest.fixture
def shop(house: House) -> Iterator[House]:
    """A house with two people and some conversations that show everything a page can show."""
    now = datetime.now(UTC)
    with writing(house.database) as connection:
        for name, language in (("anna", "de"), ("ben", "en")):
            staff.add(
                connection,
                name=name,
                shown_as=name.title(),
                role=Role.ADMIN,
                password=CHEAP.hash(PASSWORD),
                language=language,
            )
        ids = hold(
            connection,
            TALK,
            Said("Ich suche ein Rad für die Stadt"),
            Said("Ja, das nehme ich", intent="purchase_intent", confidence=0.48),
            Said(XSS, intent="nlu_fallback", error="engine_timeout"),
            at=now,
        )
        decide(
            connection, TALK, ids[1], now, state="declined", withheld=[("LOCK-1", "margin"), ("LOCK-2", "margin")]
        )
        for position, intent in ((0, "search_product"), (2, "object_price")):
            label_corrections.propose(
                connection, conversation=TALK, message=ids[position], intent=intent, by=None, now=now
            )
        label_corrections.decide(connection, 1, accept=True, by=None, now=now)
        put_into_cart(connection, TALK, now)
        order(connection, TALK, now, parcel="dead")
        hand_over(connection, TALK, now)
        hold(connection, LONG, *(Said(f"Zeile {number}") for number in range(70)), at=now - timedelta(hours=1))
        for number in range(60):
            ids = hold(connection, f"{number:032}", Said(f"Frage {number}"), at=now - timedelta(days=1 + number))
            if number % 3 == 0:
                decide(connection, f"{number:032}", ids[0], now, skus=(HELMET,), state="accepted")
    digesting.rebuild(house.database, now)
    yield house


def sign_in(page: Page, house: House, name: str) -> None:
    page.goto(f"{house.url}/console/")
    page.locator("#name").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{house.url}/console/")


@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [(1280, "de", "light"), (1280, "en", "dark"), (320, "de", "dark"), (320, "en", "light")],
)
def test_axe_finds_nothing(enter: Enter, shop: House, width: int, language: str, scheme: Any) -> None:
    visit = enter(width, 860 if width > 600 else 640, color_scheme=scheme, reduced_motion="reduce")
    page, words = visit.page, WORDS[language]

    def judge(name: str) -> None:
        assert violations(page) == [], name
        wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide <= window, name
        visit.shoot(f"console-{name}-{width}-{language}-{scheme}")

    page.goto(f"{shop.url}/console/sign-in?lang={language}")
    judge("sign-in")
    sign_in(page, shop, "anna" if language == "de" else "ben")
    judge("list")
    page.get_by_text(words["filters"], exact=True).first.click()
    expect(page.locator("select#f-outcome")).to_be_visible()
    judge("filters")
    page.goto(f"{shop.url}/console/c/{TALK}")
    for fold in page.locator("details.behind > summary").all():
        fold.click()
    page.get_by_text(words["withheld"]).first.click()
    judge("timeline")
    for place in (each.path for each in PAGES if each.title and each.path != "/"):
        page.goto(f"{shop.url}/console{place}")
        judge(place.strip("/").replace("/", "-"))
    for name, place in BESIDES.items():
        page.goto(f"{shop.url}/console{place}")
        judge(name)
    page.goto(f"{shop.url}/console/audit?verify=1")
    judge("verified")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    judge("keys")
    page.goto(f"{shop.url}/console/c/nobody")
    judge("refused")
    errors = [said for said in visit.complaints if not re.search("40[04]", said)]
    assert errors == []


def test_a_keyboard_is_enough_to_find_read_and_judge(visit: Visit, shop: House) -> None:
    page = visit.page
    sign_in(page, shop, "anna")
    rows = page.locator("a[data-row]")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("e")
    page.wait_for_url(f"**/c/{TALK}")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("#turn-1 details.behind:not(.label)")).to_have_attribute("open", "")
    page.keyboard.press("3")
    page.keyboard.press("4")
    expect(page.get_by_label("Schlecht")).to_be_checked()
    expect(page.get_by_label("Hätte nichts anbieten sollen")).to_be_checked()
    page.get_by_label("Notiz").fill("j k 1 e n")
    expect(page.get_by_label("Schlecht")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("n")
    page.wait_for_url(re.compile(rf"/console/c/(?!{TALK})"))
    with reading(shop.database) as connection:
        review = reviews.get(connection, TALK)
    assert (review.verdict, review.causes, review.note) == ("bad", ("should_not_have_offered",), "j k 1 e n")
    assert visit.complaints == []


def test_a_keyboard_is_enough_to_undo_search_and_ask_for_help(visit: Visit, shop: House) -> None:
    page = visit.page
    with writing(shop.database) as connection:
        reviews.save(connection, reviews.Review(TALK, verdict="bad", status="done"), by=1, now=datetime.now(UTC))
    sign_in(page, shop, "anna")
    rows = page.locator("a[data-row]")
    page.goto(f"{shop.url}/console/c/{TALK}")
    expect(page.get_by_label("Schlecht")).to_be_checked()
    page.keyboard.press("z")
    page.wait_for_load_state()
    expect(page.get_by_label("Noch kein Urteil")).to_be_checked()
    page.keyboard.press("u")
    page.wait_for_url(f"{shop.url}/console/")
    page.keyboard.press("/")
    expect(page.locator("input[type=search]")).to_be_focused()
    page.keyboard.type("Frage 17")
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("öffnen")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert visit.complaints == []


def test_older_conversations_and_turns_come_on_demand_and_no_script_of_a_shopper_runs(
    visit: Visit, shop: House
) -> None:
    page = visit.page
    sign_in(page, shop, "anna")
    rows = page.locator("a.row")
    expect(rows).to_have_count(50)
    page.get_by_role("link", name="Ältere Gespräche laden").click()
    expect(rows).to_have_count(62)
    page.goto(f"{shop.url}/console/c/{LONG}")
    turns = page.locator("li.turn")
    expect(turns).to_have_count(50)
    page.get_by_role("link", name="Frühere Beiträge laden").click()
    expect(turns).to_have_count(70)
    page.goto(f"{shop.url}/console/c/{TALK}")
    expect(page.locator("#turn-2 .shopper bdi")).to_have_text(XSS)
    assert visit.complaints == []
    assert {request for request in visit.requests if not request.startswith(shop.url)} == set()


def test_everything_works_without_javascript(browser: Browser, shop: House) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, shop, "ben")
    page.get_by_role("link", name="Load older conversations").click()
    expect(page.locator("a.row")).to_have_count(12)
    page.goto(f"{shop.url}/console/filters")
    page.get_by_label("Outcome").select_option("ordered")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator("a.row")).to_have_count(1)
    page.locator("a.row").click()
    page.get_by_label("Good").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Good")).to_be_checked()
    page.get_by_role("button", name="Undo last change").click()
    expect(page.get_by_label("No verdict yet")).to_be_checked()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    context.close()
