"""A person answers in the chat: one browser shops, another is the console, and both see it without reloading."""

import re
from typing import Any

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Page, expect

from actions.store import handoffs, staff, takeovers
from actions.store.engine import reading, writing
from actions.store.staff import Role
from bot.seals import utc_now
from tests.browser.conftest import Enter, House, Visit, watched
from tests.browser.talk import custom, open_chat, say
from tests.browser.test_accessible import violations
from tests.gateway.engine import text

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"
SOON = 5_000
TOLD = "Sie sprechen jetzt mit Frau Keller."
BACK = "Jetzt antwortet wieder der automatische Assistent."


@pytest.fixture
def keller(house: House, enter: Enter) -> Visit:
    """Frau Keller, signed in to the console in a browser of her own."""
    with writing(house.database) as connection:
        staff.add(
            connection,
            name="keller",
            shown_as="Frau Keller",
            role=Role.REVIEWER,
            password=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD),
            language="de",
        )
    visit = enter(locale="de-DE")
    visit.page.goto(f"{house.url}/console/live")
    visit.page.get_by_label("Name").fill("keller")
    visit.page.get_by_label("Passwort").fill(PASSWORD)
    visit.page.get_by_role("button", name="Anmelden").click()
    expect(visit.page.get_by_role("heading", name="Laufende Gespräche")).to_be_visible()
    return visit


@pytest.fixture(autouse=True)
def handing_over(house: House) -> None:
    """The assistant calls a person when it is asked for one."""

    def answer(turn: dict[str, Any]) -> list[dict[str, Any]]:
        if "Menschen" not in turn["message"]:
            return [text(f"Gehört: {turn['message']}")]
        with writing(house.database) as connection:
            reference = handoffs.open(
                connection,
                conversation=turn["metadata"]["conversation"],
                reason="asked",
                context={},
                now=utc_now(),
            )
        return [text("Ich gebe Sie weiter."), custom(type="handoff", reference=reference)]

    house.engine.script = answer


def ask_for_a_person(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    say(visit, "Einen Menschen bitte")
    expect(visit.page.get_by_text("Ich gebe Sie weiter.")).to_be_visible()


def take_over(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Einen Menschen bitte")).click()
    page.get_by_role("button", name="Gespräch übernehmen").click()
    expect(page.get_by_role("heading", name="Sie antworten")).to_be_visible()


def answer(page: Page, words: str, shown: str = "") -> None:
    page.get_by_label("Ihre Antwort").fill(words)
    page.get_by_role("button", name="Senden").click()
    expect(page.get_by_role("listitem").filter(has_text=shown or words)).to_be_visible(timeout=SOON)


def test_a_person_takes_over_answers_and_hands_back_and_nobody_reloads(
    visit: Visit, keller: Visit, house: House
) -> None:
    shop, desk = visit.page, keller.page
    ask_for_a_person(visit, house)
    expect(desk.get_by_text("Wartet auf einen Menschen: gerade eben")).to_be_visible(timeout=10_000)
    expect(desk.get_by_role("link", name=re.compile(r"Live\s+1\s+warten"))).to_be_visible(timeout=20_000)
    assert violations(desk) == []
    keller.shoot("live-list")
    take_over(desk)
    expect(shop.get_by_text(TOLD)).to_be_visible(timeout=SOON)
    expect(shop.get_by_text("Sie sprechen mit Frau Keller", exact=True)).to_be_visible()
    asked = len(house.engine.turns)
    say(visit, "Mein Rad quietscht")
    expect(desk.get_by_role("listitem").filter(has_text="Mein Rad quietscht")).to_be_visible(timeout=SOON)
    assert len(house.engine.turns) == asked
    answer(desk, "Bringen Sie es gern vorbei, 0171 2345678.", shown="Bringen Sie es gern vorbei")
    expect(shop.get_by_text("Bringen Sie es gern vorbei, 0171 2345678.")).to_be_visible(timeout=SOON)
    expect(desk.get_by_label("Ihre Antwort")).to_have_value("")
    expect(desk.get_by_label("Ihre Antwort")).to_be_focused()
    expect(shop.locator("#tresen-chat .deep-chat-loading-message-bubble")).to_have_count(0)
    assert violations(desk) == []
    assert violations(shop) == []
    visit.shoot("person-in-the-chat")
    keller.shoot("live-answering")
    desk.get_by_role("button", name="An den Assistenten zurückgeben").click()
    expect(shop.get_by_text(BACK)).to_be_visible(timeout=SOON)
    expect(shop.get_by_text("Automatischer Assistent", exact=True)).to_be_visible()
    say(visit, "Und Helme?")
    expect(shop.get_by_text("Gehört: Und Helme?")).to_be_visible()
    shown = shop.locator("#tresen-chat .entry .bubble").all_inner_texts()
    shop.reload()
    expect(shop.get_by_text("Gehört: Und Helme?")).to_be_visible()
    assert shop.locator("#tresen-chat .entry .bubble").all_inner_texts() == shown
    assert len(shown) == len(set(shown))
    assert (visit.complaints, keller.complaints) == ([], [])


def test_a_second_tab_shows_a_persons_answer_once_and_in_its_place(
    visit: Visit, keller: Visit, house: House
) -> None:
    ask_for_a_person(visit, house)
    other = watched(visit.page.context.new_page())
    # the second page asks for news before its chat is opened
    with other.page.expect_response(re.compile("after=")):
        other.page.goto(house.url)
    other.page.get_by_role("button", name="Beratung", exact=True).click()
    expect(other.page.get_by_text("Ich gebe Sie weiter.")).to_be_visible()
    expect(keller.page.get_by_text("Einen Menschen bitte")).to_be_visible(timeout=10_000)
    take_over(keller.page)
    answer(keller.page, "Guten Tag!")
    for page in (visit.page, other.page):
        page.bring_to_front()
        expect(page.get_by_text("Guten Tag!", exact=True)).to_be_visible(timeout=SOON)
    say(other, "Danke")
    expect(other.page.get_by_label("Ihre Nachricht")).to_have_text("")
    expect(keller.page.get_by_role("listitem").filter(has_text="Danke")).to_be_visible(timeout=SOON)
    visit.page.bring_to_front()
    expect(visit.page.get_by_text("Danke", exact=True)).to_be_visible(timeout=SOON)
    for page in (visit.page, other.page):
        lines = page.locator("#tresen-chat .entry .bubble").all_inner_texts()[-3:]
        assert [lines[0].startswith(TOLD), *lines[1:]] == [True, "Guten Tag!", "Danke"]
    assert (visit.complaints, other.complaints) == ([], [])


def test_an_answer_that_comes_while_the_chat_is_closed_shows_on_its_button_also_on_another_page(
    visit: Visit, keller: Visit, house: House
) -> None:
    shop = visit.page
    ask_for_a_person(visit, house)
    shop.get_by_role("button", name="Chat schließen").click()
    shop.get_by_role("link", name="EN", exact=True).click()
    expect(keller.page.get_by_text("Einen Menschen bitte")).to_be_visible(timeout=10_000)
    take_over(keller.page)
    answer(keller.page, "Guten Tag!")
    launcher = shop.locator("#tresen-chat .launcher")
    expect(launcher).to_have_attribute("data-unread", "1", timeout=SOON)
    expect(shop.get_by_text("New answer from Frau Keller")).to_be_attached()
    assert violations(shop) == []
    visit.shoot("unread-badge")
    launcher.click()
    expect(shop.get_by_text("Guten Tag!", exact=True)).to_be_visible()
    expect(launcher).not_to_have_attribute("data-unread", "1")
    shop.get_by_label("Your message").fill("Thank you")
    shop.keyboard.press("Enter")
    expect(keller.page.get_by_role("listitem").filter(has_text="Thank you")).to_be_visible(timeout=SOON)


def test_an_answer_that_came_while_the_chat_was_closed_is_in_view_once_it_is_open(
    visit: Visit, keller: Visit, house: House
) -> None:
    shop = visit.page
    open_chat(visit, house)
    for number in range(4):
        say(visit, f"Frage {number}: " + "Und was sagen Sie dazu? " * 12)
        expect(shop.get_by_text(f"Gehört: Frage {number}:")).to_be_visible()
    say(visit, "Einen Menschen bitte")
    expect(shop.get_by_text("Ich gebe Sie weiter.")).to_be_visible()
    shop.get_by_role("button", name="Chat schließen").click()
    take_over(keller.page)
    answer(keller.page, "Guten Tag!")
    launcher = shop.locator("#tresen-chat .launcher")
    expect(launcher).to_have_attribute("data-unread", "1", timeout=SOON)
    launcher.click()
    expect(shop.get_by_text("Guten Tag!", exact=True)).to_be_in_viewport()
    assert visit.complaints == []


def test_a_chat_in_which_nobody_is_awaited_asks_for_no_news(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    say(visit, "Hallo")
    expect(visit.page.get_by_text("Gehört: Hallo")).to_be_visible()
    visit.page.wait_for_timeout(2_500)
    assert not [url for url in visit.requests if "after=" in url]
    with reading(house.database) as connection:
        assert takeovers.held(connection) == {}
