"""Marking words in the console in a real browser: with the mouse, word by word with the keyboard, and undone."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from actions.store import label_corrections, staff
from actions.store.engine import reading, writing
from actions.store.label_corrections import Annotation
from actions.store.staff import Role
from bot.transcripts import digesting
from tests.browser.conftest import Enter, House, Visit
from tests.browser.test_accessible import violations
from tests.browser.test_console import CHEAP, PASSWORD, sign_in
from tests.review.talks import Said, hold

pytestmark = pytest.mark.browser

TALK = "a" * 32
TEXT = "🚲 zeig mir [rote] Helme, bitte"


@pytest.fixture
def talk(house: House) -> House:
    """A house with a reviewer and one conversation."""
    now = datetime.now(UTC)
    with writing(house.database) as connection:
        for name, language in (("anna", "de"), ("ben", "en")):
            staff.add(
                connection,
                name=name,
                shown_as=name.title(),
                role=Role.REVIEWER,
                password=CHEAP.hash(PASSWORD),
                language=language,
            )
        hold(connection, TALK, Said(TEXT, intent="ask_availability"), at=now)
    digesting.rebuild(house.database, now)
    return house


def kept(house: House) -> list[tuple[str, tuple[Annotation, ...]]]:
    with reading(house.database) as connection:
        return [(each.intent, each.annotations) for each in label_corrections.in_state(connection, "proposed")]


def chosen(page: Page) -> str:
    return page.locator("#words-0").evaluate("each => each.value.slice(each.selectionStart, each.selectionEnd)")


def test_words_are_marked_and_unmarked_by_keyboard_alone(visit: Visit, talk: House) -> None:
    page = visit.page
    sign_in(page, talk, "anna")
    page.goto(f"{talk.url}/console/c/{TALK}")
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.keyboard.type("search_product")
    page.keyboard.press("Tab")
    expect(page.locator("#words-0")).to_be_focused()
    steps = {"ArrowRight": "zeig", "Shift+ArrowRight": "zeig mir", "ArrowLeft": "zeig"}
    for key, words in steps.items():
        page.keyboard.press(key)
        assert chosen(page) == words, key
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert chosen(page) == "Helme"
    page.keyboard.press("Enter")
    page.keyboard.type("categories")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Diese Art gibt es nicht.")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.type("y")
    page.keyboard.press("Tab")
    page.keyboard.type("helmets")
    page.keyboard.press("Enter")
    marks = page.get_by_role("list", name="Markierte Stellen")
    expect(marks).to_contain_text("Helme: category = helmets")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.type("value")
    page.keyboard.press("Enter")
    expect(marks.get_by_role("listitem")).to_have_count(2)
    page.keyboard.press("Delete")
    expect(marks.get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="Vorschlagen").press("Enter")
    expect(page.locator(".entity").first).to_contain_text("Helme category = helmets")
    assert kept(talk) == [("search_product", (Annotation(18, 23, "category", "helmets"),))]
    assert visit.complaints == []


@pytest.mark.parametrize(("width", "person"), [(1280, "anna"), (320, "ben")])
def test_words_are_marked_with_the_mouse_and_axe_finds_nothing(
    enter: Enter, talk: House, width: int, person: str
) -> None:
    visit = enter(width, 860, reduced_motion="reduce")
    page = visit.page
    sign_in(page, talk, person)
    page.goto(f"{talk.url}/console/c/{TALK}")
    page.locator("details.label > summary").click()
    page.locator("#words-0").dblclick(position={"x": 45, "y": 18})
    assert chosen(page).strip() in ("zeig", "mir"), "some word under the mouse"
    page.locator("#words-0").evaluate("each => each.setSelectionRange(13, 17)")
    page.locator("#entity-0").fill("value")
    page.locator("[data-mark]").click()
    field = page.locator("#annotated-0")
    expect(field).to_have_value(r"🚲 zeig mir \[[rote](value)\] Helme, bitte")
    field.fill(r"🚲 zeig mir \[[rote](value)\] [Helme](category), bitte")
    expect(page.locator("[data-marks] li")).to_have_count(2)
    page.locator("[data-marks] li").first.get_by_role("button").click()
    expect(field).to_have_value(r"🚲 zeig mir \[rote\] [Helme](category), bitte")
    assert violations(page) == []
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= window
    visit.shoot(f"console-marking-{width}-{person}")
    page.locator("details.label form button:not([type=button], [name=do])").click()
    page.wait_for_url("**/c/*#turn-0")
    assert kept(talk) == [("ask_availability", (Annotation(18, 23, "category"),))]
    assert visit.complaints == []
