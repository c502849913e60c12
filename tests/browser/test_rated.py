"""A shopper rates the advice: from the menu, and asked once after the order."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from actions.store.engine import reading, writing
from actions.store.tables import conversations
from tests.browser.conftest import House, Visit
from tests.browser.talk import open_chat, say, shopkeeper

pytestmark = pytest.mark.browser


def stars(house: House) -> list[int | None]:
    with reading(house.database) as connection:
        return list(connection.scalars(select(conversations.c.rating)))


def question(page: Page):
    return page.get_by_role("group", name="Wie war die Beratung?")


def test_the_menu_takes_a_rating_and_another_one(visit: Visit, house: House) -> None:
    house.engine.script = shopkeeper(house)
    open_chat(visit, house)
    page = visit.page
    expect(question(page)).to_be_hidden()
    for name, given in (("4 von 5 Sternen", 4), ("2 von 5 Sternen", 2)):
        page.get_by_role("button", name="Weitere Möglichkeiten").click()
        page.get_by_role("button", name="Wie war die Beratung?").click()
        expect(page.get_by_role("button", name="1 von 5 Sternen")).to_be_focused()
        page.get_by_role("button", name="3 von 5 Sternen").hover()
        visit.shoot("chat-rating")
        page.get_by_role("button", name=name).click()
        expect(page.get_by_text("Vielen Dank!")).to_be_visible()
        expect(question(page)).to_be_hidden()
        assert stars(house) == [given]
    assert visit.complaints == []


@pytest.mark.parametrize(("answer", "kept"), [("5 von 5 Sternen", 5), ("Nicht bewerten", None)])
def test_after_the_order_it_is_asked_once(visit: Visit, house: House, answer: str, kept: int | None) -> None:
    house.engine.script = shopkeeper(house)
    open_chat(visit, house)
    page = visit.page
    say(visit, "Hallo")
    expect(question(page)).to_be_hidden()
    with writing(house.database) as connection:
        connection.execute(conversations.update().values(stage="ordered"))
    page.reload()
    expect(question(page)).to_be_visible()
    page.get_by_role("button", name=answer).click()
    expect(question(page)).to_be_hidden()
    page.reload()
    expect(page.get_by_role("log")).to_contain_text("Hallo")
    expect(question(page)).to_be_hidden()
    assert stars(house) == [kept]


def test_in_the_other_language_it_asks_in_that(visit: Visit, house: House) -> None:
    house.engine.script = shopkeeper(house)
    open_chat(visit, house)
    visit.page.get_by_role("button", name="EN", exact=True).click()
    visit.page.get_by_role("button", name="More options").click()
    visit.page.get_by_role("button", name="How was the advice?").click()
    expect(visit.page.get_by_role("group", name="How was the advice?")).to_be_visible()
    visit.page.get_by_role("button", name=re.compile("^3 of 5 stars")).click()
    expect(visit.page.get_by_text("Thank you!")).to_be_visible()
