"""For everybody: axe finds nothing, a keyboard is enough, and answers are announced once."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from actions.store.engine import reading
from actions.store.tables import orders
from tests.browser.conftest import Enter, House, Visit
from tests.browser.talk import every_type, open_chat, say, shopkeeper
from tests.gateway.shop import BIKE

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
# every time the log is made silent or spoken again, with whether the old answer was in it by then
WATCH_LIVE = """
window.live = [];
const plain = Element.prototype.setAttribute;
Element.prototype.setAttribute = function (name, value) {
  if (name === "aria-live") window.live.push([value, this.textContent.includes("Gehört")]);
  return plain.call(this, name, value);
};
"""
WORDS = {
    "de": {"open": "Beratung", "field": "Ihre Nachricht", "more": "Weitere Möglichkeiten", "erase": "Chat löschen"},
    "en": {"open": "Advice", "field": "Your message", "more": "More options", "erase": "Delete chat"},
}


def violations(page: Page) -> list[tuple[str, Any]]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], node["target"], node["failureSummary"]) for each in found for node in each["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(enter: Enter, house: House, width: int, language: str, scheme: Any) -> None:
    house.engine.script = lambda turn: every_type()
    visit = enter(width, 860 if width > 600 else 640, color_scheme=scheme, reduced_motion="reduce")
    page, words = visit.page, WORDS[language]
    page.goto(f"{house.url}/p/{BIKE}?lang={language}")
    assert violations(page) == []
    page.get_by_role("button", name=words["open"], exact=True).click()
    expect(page.get_by_role("log")).to_be_visible()
    assert violations(page) == []
    page.get_by_label(words["field"]).fill("Was gibt es?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("4711-AB")).to_be_visible()
    assert violations(page) == []
    visit.shoot(f"axe-{width}-{language}-{scheme}")
    page.get_by_role("button", name=words["more"]).click()
    page.get_by_role("button", name=words["erase"]).click()
    assert violations(page) == []
    assert visit.complaints == []


def test_axe_finds_nothing_on_the_chat_page_and_at_its_gate(visit: Visit, house: House) -> None:
    page = visit.page
    page.goto(f"{house.url}/chat?consent=required")
    expect(page.get_by_role("button", name="Einverstanden")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Einverstanden").click()
    expect(page.get_by_role("log")).to_contain_text("Guten Tag")
    assert violations(page) == []
    visit.shoot("chat-page")


@pytest.mark.parametrize("accent", ["#0b57a4", "#ffd400", "#7fd1ae", "#e0115f", "#111111", "#f5f5f5"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_any_colour_of_a_shop_can_be_read(enter: Enter, house: House, accent: str, scheme: Any) -> None:
    house.engine.script = lambda turn: every_type()
    visit = enter(color_scheme=scheme, reduced_motion="reduce")
    visit.page.goto(f"{house.url}/chat?accent=%23{accent[1:]}")
    expect(visit.page.get_by_role("log")).to_contain_text("Guten Tag")
    say(visit, "Was gibt es?")
    expect(visit.page.get_by_text("4711-AB")).to_be_visible()
    assert violations(visit.page) == []


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on the button or link of this name."""
    wanted = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).last
    expect(wanted).to_be_visible()
    seen = []
    for _ in range(80):
        if wanted.evaluate("e => e.getRootNode().activeElement === e"):
            return
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    raise AssertionError(f"{name!r} is not reached by the keyboard: {seen[-10:]}")


def test_a_keyboard_is_enough_for_a_whole_purchase(visit: Visit, house: House) -> None:
    house.engine.script = shopkeeper(house)
    page = visit.page
    page.goto(f"{house.url}/p/{BIKE}")
    tab_to(page, "Frage zu diesem Produkt")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Ihre Nachricht")).to_be_focused()
    page.keyboard.type("Was haben Sie denn?")
    page.keyboard.press("Enter")
    tab_to(page, "Nehme ich: Mountainbike Grat")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Ihre Nachricht")).to_be_focused()
    tab_to(page, "Ja, dazulegen")
    page.keyboard.press("Space")
    expect(page.get_by_role("region", name="Warenkorb")).to_contain_text("728,90 €")
    tab_to(page, "Zur Kasse")
    page.keyboard.press("Enter")
    tab_to(page, "Zahlungspflichtig bestellen")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ihre Bestellnummer ist")).to_be_visible()
    with reading(house.database) as connection:
        assert connection.scalar(select(func.count()).select_from(orders)) == 1


def test_the_menu_and_questions_close_before_the_window_does(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    page = visit.page
    more = page.get_by_role("button", name="Weitere Möglichkeiten")
    more.click()
    expect(page.get_by_role("button", name="Mit einem Menschen sprechen").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    more.click()
    page.get_by_role("button", name="Chat löschen").click()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Beratung", exact=True)).to_be_focused()


def test_an_answer_is_in_the_log_once_and_what_was_said_before_is_not_announced(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    log = visit.page.get_by_role("log", name="Unterhaltung")
    expect(log).to_have_attribute("aria-live", "polite")
    say(visit, "Hallo")
    expect(log).to_contain_text("Assistent: Gehört: Hallo")
    assert log.inner_text().count("Gehört: Hallo") == 1
    assert visit.page.get_by_text("Gehört: Hallo").count() == 1
    visit.page.add_init_script(WATCH_LIVE)
    visit.page.reload()
    expect(log).to_contain_text("Assistent: Gehört: Hallo")
    visit.page.wait_for_function("() => window.live.at(-1)?.[0] === 'polite'")
    states = visit.page.evaluate("window.live")
    assert states[0][0] == "off"
    assert [was_there for value, was_there in states if value == "polite"] == [True]


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_where_the_system_asks_for_calm(enter: Enter, house: House, motion: Any, moves: bool) -> None:
    visit = enter(reduced_motion=motion)
    open_chat(visit, house)
    held: list[Any] = []
    visit.page.route("**/api/messages", lambda route: held.append(route))  # noqa: PLW0108
    say(visit, "Hallo")
    # what shows that an answer is being written moves
    expect(visit.page.locator("#tresen-chat .deep-chat-loading-message-bubble")).to_be_visible()
    moving = "e => e.shadowRoot.getAnimations({ subtree: true }).length"
    both = [visit.page.locator(f"#tresen-chat{inside}").evaluate(moving) for inside in ("", " deep-chat")]
    assert (sum(both) > 0) is moves
    held.pop().continue_()
    expect(visit.page.get_by_text("Gehört: Hallo")).to_be_visible()
    expect(visit.page.locator("#tresen-chat .deep-chat-loading-message-bubble")).to_have_count(0)
