"""What outlasts a page: two tabs, a lost connection, a reload, a house that is still starting, a slow machine."""

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from starlette.responses import JSONResponse

from actions.store.engine import reading
from actions.store.tables import conversations
from tests.browser.conftest import House, Visit, watched
from tests.browser.talk import open_chat, say, shopkeeper
from tests.gateway.shop import BIKE

pytestmark = pytest.mark.browser


def second_tab(context: BrowserContext, house: House) -> Visit:
    visit = watched(context.new_page())
    visit.page.goto(house.url)
    return visit


def lines(page: Page) -> list[str]:
    return page.locator("#tresen-chat .entry .bubble").all_inner_texts()


def count_conversations(house: House) -> int:
    with reading(house.database) as connection:
        return len(connection.execute(conversations.select()).all())


def test_two_tabs_are_one_chat_and_both_show_it(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    say(visit, "Von links")
    expect(visit.page.get_by_text("Gehört: Von links")).to_be_visible()
    other = second_tab(visit.page.context, house)
    other.page.get_by_role("button", name="Beratung", exact=True).click()
    expect(other.page.get_by_text("Gehört: Von links")).to_be_visible()
    say(other, "Von rechts")
    expect(visit.page.get_by_text("Gehört: Von rechts")).to_be_visible()
    expect(other.page.get_by_text("Gehört: Von rechts")).to_be_visible()
    assert lines(visit.page) == lines(other.page)
    assert count_conversations(house) == 1


def test_who_is_typing_keeps_words_and_focus_while_the_other_tab_goes_on_in_another_language(
    visit: Visit, house: House
) -> None:
    open_chat(visit, house)
    say(visit, "Hallo")
    other = second_tab(visit.page.context, house)
    other.page.get_by_role("button", name="Beratung", exact=True).click()
    expect(other.page.get_by_text("Gehört: Hallo")).to_be_visible()
    box = visit.page.get_by_label("Ihre Nachricht")
    box.press_sequentially("Ich suche")
    other.page.get_by_role("button", name="EN", exact=True).click()
    other.page.get_by_label("Your message").fill("Hello")
    other.page.keyboard.press("Enter")
    expect(visit.page.get_by_text("Gehört: Hello")).to_be_visible()
    box = visit.page.get_by_label("Your message")
    expect(box).to_be_focused()
    expect(visit.page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    visit.page.keyboard.type(" Helme")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_text("Gehört: Ich suche Helme")).to_be_visible()
    expect(box).to_have_text("")
    assert (visit.complaints, other.complaints) == ([], [])


def test_a_chat_deleted_in_one_tab_is_gone_in_the_other(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    other = second_tab(visit.page.context, house)
    other.page.get_by_role("button", name="Beratung", exact=True).click()
    expect(other.page.get_by_role("log")).to_contain_text("Guten Tag")
    other.page.get_by_role("button", name="Weitere Möglichkeiten").click()
    other.page.get_by_role("button", name="Chat löschen").click()
    other.page.get_by_role("button", name="Löschen", exact=True).click()
    expect(visit.page.get_by_role("dialog")).to_be_hidden()
    assert count_conversations(house) == 0
    visit.page.get_by_role("button", name="Beratung", exact=True).click()
    say(visit, "Neu hier")
    expect(visit.page.get_by_text("Gehört: Neu hier")).to_be_visible()
    assert visit.complaints == []


def test_the_cart_badge_of_every_tab_follows_the_chat(visit: Visit, house: House) -> None:
    house.engine.script = shopkeeper(house)
    other = second_tab(visit.page.context, house)
    badge = other.page.get_by_role("link", name="Warenkorb: 1 Artikel, 649,00 €")
    open_chat(visit, house)
    say(visit, "Was haben Sie denn?")
    visit.page.get_by_role("button", name="Nehme ich: Mountainbike Grat").click()
    expect(badge).to_be_visible()
    other.page.reload()
    expect(badge).to_be_visible()
    badge.click()
    expect(other.page.get_by_role("heading", name="Ihre Bestellung")).to_be_visible()


def test_what_was_written_without_a_connection_survives_a_reload_and_is_sent_once(
    visit: Visit, house: House
) -> None:
    open_chat(visit, house)
    page = visit.page
    page.route("**/api/messages", lambda route: route.abort())
    say(visit, "Noch da?")
    say(visit, "Hallo?")
    expect(page.get_by_text("Keine Verbindung.")).to_be_visible()
    page.reload()
    page.unroute("**/api/messages")
    expect(page.get_by_text("Gehört: Noch da?")).to_be_visible()
    expect(page.get_by_text("Gehört: Hallo?")).to_be_visible()
    assert [turn["message"] for turn in house.engine.turns] == ["Noch da?", "Hallo?"]
    assert lines(page)[1:] == ["Noch da?", "Hallo?", "Gehört: Noch da?", "Gehört: Hallo?"]


def test_an_answer_that_breaks_off_is_shown_once(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    cut = []

    def cut_first(route: Route) -> None:
        answer = route.fetch()
        whole = answer.text()
        if not cut:
            cut.append(whole)
            whole = whole.splitlines(keepends=True)[0]
        route.fulfill(response=answer, body=whole)

    visit.page.route("**/api/messages", cut_first)
    say(visit, "Hallo")
    expect(visit.page.get_by_text("Gehört: Hallo")).to_be_visible()
    say(visit, "Und nun?")
    expect(visit.page.get_by_text("Gehört: Und nun?")).to_be_visible()
    assert lines(visit.page)[1:] == ["Hallo", "Gehört: Hallo", "Und nun?", "Gehört: Und nun?"]


def test_a_draft_is_still_there_after_a_reload(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    visit.page.get_by_label("Ihre Nachricht").press_sequentially("Ich suche")
    visit.page.reload()
    expect(visit.page.get_by_label("Ihre Nachricht")).to_have_text("Ich suche")


def test_a_button_that_was_pressed_reads_as_its_title_after_a_reload(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    visit.page.get_by_role("button", name="Versand und Lieferung").click()
    expect(visit.page.get_by_text("Gehört: /faq/shipping")).to_be_visible()
    visit.page.reload()
    expect(visit.page.locator("#tresen-chat .entry.shopper .bubble")).to_have_text("Versand und Lieferung")


def test_a_person_is_one_press_away_at_any_time(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    say(visit, "Hallo")
    expect(visit.page.get_by_text("Gehört: Hallo")).to_be_visible()
    visit.page.get_by_role("button", name="Weitere Möglichkeiten").click()
    visit.page.get_by_role("button", name="Mit einem Menschen sprechen").click()
    expect(visit.page.get_by_text("Gehört: /human_handoff")).to_be_visible()


@pytest.mark.parametrize("engine_start", [60.0])
def test_while_the_house_starts_the_shopper_is_asked_for_a_moment_and_then_answered(
    visit: Visit, house: House
) -> None:
    house.engine.fault_forever = lambda turn: JSONResponse({"error": "NotReady"}, 503)
    open_chat(visit, house)
    say(visit, "Schon wach?")
    expect(visit.page.get_by_text("Einen Moment bitte, der Assistent ist gleich da.")).to_be_visible()
    house.engine.fault_forever = None
    expect(visit.page.get_by_text("Gehört: Schon wach?")).to_be_visible()
    expect(visit.page.get_by_text("Einen Moment bitte")).to_be_hidden()
    assert lines(visit.page)[1:] == ["Schon wach?", "Gehört: Schon wach?"]


def test_a_slow_machine_shows_the_whole_greeting(visit: Visit, house: House) -> None:
    session = visit.page.context.new_cdp_session(visit.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 12})
    visit.page.goto(f"{house.url}/p/{BIKE}")
    visit.page.get_by_role("button", name="Frage zu diesem Produkt").click()
    expect(visit.page.get_by_text("Was möchten Sie dazu wissen?")).to_be_visible(timeout=30_000)
    expect(visit.page.get_by_label("Ihre Nachricht")).to_be_focused()
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    assert len(lines(visit.page)) == 2


def test_without_storage_the_chat_works_and_ends_with_the_page(visit: Visit, house: House) -> None:
    visit.page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    open_chat(visit, house)
    say(visit, "Hallo")
    expect(visit.page.get_by_text("Gehört: Hallo")).to_be_visible()
    assert visit.complaints == []
