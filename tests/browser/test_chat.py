"""The chat in a real browser: what is stored, what a keyboard reaches, what a lost connection does."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from actions.store.engine import reading, writing
from actions.store.tables import conversations
from bot.privacy import holds
from bot.privacy.holds import Hold
from bot.seals import utc_now
from tests.browser.conftest import Enter, House, Visit
from tests.browser.talk import STORED, open_chat, say
from tests.gateway.shop import BIKE

pytestmark = pytest.mark.browser


def test_before_the_chat_is_opened_nothing_is_stored_and_no_session_exists(visit: Visit, house: House) -> None:
    visit.page.goto(house.url)
    expect(visit.page.get_by_role("button", name="Beratung", exact=True)).to_be_visible()
    assert visit.page.evaluate(STORED) == [[], [], ""]
    assert not [url for url in visit.requests if "/api/" in url]
    with reading(house.database) as connection:
        assert connection.scalar(select(func.count()).select_from(conversations)) == 0
    visit.page.get_by_role("button", name="Beratung", exact=True).click()
    expect(visit.page.get_by_text("Guten Tag, ich bin ein automatischer Assistent.")).to_be_visible()
    assert visit.page.evaluate(STORED) == [["tresen.chat"], ["tresen.chat"], ""]


def test_a_reload_brings_the_conversation_back(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    say(visit, "Guten Morgen")
    expect(visit.page.get_by_text("Gehört: Guten Morgen")).to_be_visible()
    visit.page.goto(f"{house.url}/p/{BIKE}")
    expect(visit.page.get_by_text("Gehört: Guten Morgen")).to_be_visible()
    assert visit.page.locator("#tresen-chat .entry.shopper").all_inner_texts()[0].endswith("Guten Morgen")
    assert visit.page.get_by_text("Guten Tag, ich bin ein automatischer Assistent.").count() == 1


def test_the_keyboard_reaches_everything_and_escape_gives_the_focus_back(visit: Visit, house: House) -> None:
    page = visit.page
    page.goto(house.url)
    launcher = page.get_by_role("button", name="Beratung", exact=True)
    launcher.focus()
    page.keyboard.press("Enter")
    box = page.get_by_label("Ihre Nachricht")
    expect(box).to_be_focused()
    page.keyboard.type("eins")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("zwei")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Gehört: eins")).to_be_visible()
    assert house.engine.turns[-1]["message"] == "eins\nzwei"
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(launcher).to_be_focused()
    opener = page.get_by_role("button", name="Jetzt fragen")
    opener.click()
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_on_a_touch_screen_no_keyboard_covers_what_is_to_be_read(enter: Enter, house: House) -> None:
    visit = enter(360, 700, is_mobile=True)
    log = visit.page.get_by_role("log")
    open_chat(visit, house)
    expect(log).to_be_focused()
    visit.page.get_by_role("button", name="Versand und Lieferung").click()
    expect(visit.page.get_by_text("Gehört: /faq/shipping")).to_be_visible()
    expect(log).to_be_focused()
    visit.page.get_by_label("Ihre Nachricht").fill("Danke")
    visit.page.get_by_role("button", name="Senden").click()
    expect(visit.page.get_by_text("Gehört: Danke")).to_be_visible()
    assert visit.complaints == []


def test_screen_readers_hear_answers_and_whose_they_are(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    log = visit.page.get_by_role("log", name="Unterhaltung")
    expect(log).to_have_attribute("aria-live", "polite")
    say(visit, "Hallo")
    expect(log).to_contain_text("Sie: Hallo")
    expect(log).to_contain_text("Assistent: Gehört: Hallo")
    expect(visit.page.get_by_role("dialog", name="Beratung · Radhaus")).to_be_visible()


def test_switching_to_english_speaks_english_from_then_on(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    visit.page.get_by_role("button", name="EN", exact=True).click()
    expect(visit.page.get_by_role("dialog", name="Advice · Radhaus")).to_be_visible()
    visit.page.get_by_label("Your message").fill("Hello")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_text("Gehört: Hello")).to_be_visible()
    assert house.engine.turns[-1]["language"] == "en"


def test_the_chat_follows_the_language_of_the_page(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    visit.page.get_by_role("link", name="EN", exact=True).click()
    expect(visit.page.get_by_role("dialog", name="Advice · Radhaus")).to_be_visible()
    visit.page.get_by_label("Your message").fill("Hello")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_text("Gehört: Hello")).to_be_visible()
    assert house.engine.turns[-1]["language"] == "en"


def test_words_written_while_the_chat_still_opens_wait_for_it(visit: Visit, house: House) -> None:
    held = []
    visit.page.route("**/api/sessions", lambda route: held.append(route))  # noqa: PLW0108
    visit.page.goto(house.url)
    visit.page.get_by_role("button", name="Beratung", exact=True).click()
    say(visit, "Schon da?")
    expect(visit.page.get_by_text("Schon da?", exact=True)).to_be_visible()
    held.pop().continue_()
    expect(visit.page.get_by_text("Gehört: Schon da?")).to_be_visible()
    lines = visit.page.locator("#tresen-chat .entry .bubble").all_inner_texts()
    assert lines == ["Guten Tag, ich bin ein automatischer Assistent.", "Schon da?", "Gehört: Schon da?"]
    assert visit.complaints == []


def test_the_notice_of_a_lost_connection_hides_nothing_of_the_message_that_waits(
    enter: Enter, house: House
) -> None:
    visit = enter(360, 640)
    open_chat(visit, house)
    for number in range(4):
        say(visit, f"Zeile {number} " * 9)
        expect(visit.page.get_by_text(f"Gehört: Zeile {number}")).to_be_visible()
    visit.page.context.set_offline(True)
    say(visit, "Passt das auch für Kinder, die noch nicht so groß sind?")
    expect(visit.page.get_by_text("Keine Verbindung.")).to_be_visible()
    expect(visit.page.get_by_text("Passt das auch für Kinder")).to_be_in_viewport(ratio=1)
    visit.shoot("offline-phone")


def test_a_lost_connection_keeps_the_message_and_sends_it_once(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    visit.page.context.set_offline(True)
    say(visit, "Noch da?")
    expect(visit.page.get_by_text("Keine Verbindung.")).to_be_visible()
    expect(visit.page.get_by_text("Noch da?", exact=True)).to_be_visible()
    visit.page.context.set_offline(False)
    expect(visit.page.get_by_text("Gehört: Noch da?")).to_be_visible()
    expect(visit.page.get_by_text("Keine Verbindung.")).to_be_hidden()
    assert [turn["message"] for turn in house.engine.turns] == ["Noch da?"]


def test_an_answer_lost_on_the_way_is_fetched_again_with_the_same_id(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    lost = []

    def lose_first(route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    visit.page.route("**/api/messages", lose_first)
    say(visit, "Nehme ich")
    expect(visit.page.get_by_text("Gehört: Nehme ich")).to_be_visible()
    assert len(house.engine.turns) == 1
    assert len(lost) == 1


def test_an_erased_chat_is_gone_here_and_there(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    say(visit, "Mein Geheimnis")
    expect(visit.page.get_by_text("Gehört: Mein Geheimnis")).to_be_visible()
    visit.page.get_by_role("button", name="Weitere Möglichkeiten").click()
    visit.page.get_by_role("button", name="Chat löschen").click()
    visit.page.get_by_role("button", name="Löschen", exact=True).click()
    expect(visit.page.get_by_role("dialog")).to_be_hidden()
    assert visit.page.evaluate(STORED) == [[], [], ""]
    with reading(house.database) as connection:
        assert connection.scalar(select(func.count()).select_from(conversations)) == 0


def test_a_chat_that_must_be_kept_says_so_and_stays(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    say(visit, "Streit um ein Rad")
    expect(visit.page.get_by_text("Gehört: Streit um ein Rad")).to_be_visible()
    with writing(house.database) as connection:
        (chat,) = connection.scalars(select(conversations.c.id)).all()
        holds.place(connection, Hold(chat, "dispute", "kim", utc_now()))
    visit.page.get_by_role("button", name="Weitere Möglichkeiten").click()
    visit.page.get_by_role("button", name="Chat löschen").click()
    visit.page.get_by_role("button", name="Löschen", exact=True).click()
    expect(visit.page.get_by_text("muss vorerst aufbewahrt werden")).to_be_visible()
    say(visit, "noch da?")
    expect(visit.page.get_by_text("Gehört: noch da?")).to_be_visible()


def test_a_chat_that_ended_elsewhere_goes_on_in_a_new_one(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    say(visit, "eins")
    expect(visit.page.get_by_text("Gehört: eins")).to_be_visible()
    with writing(house.database) as connection:
        connection.execute(conversations.delete())
    say(visit, "zwei")
    expect(visit.page.get_by_text("Der vorige Chat ist abgelaufen")).to_be_visible()
    expect(visit.page.get_by_text("Gehört: zwei")).to_be_visible()
