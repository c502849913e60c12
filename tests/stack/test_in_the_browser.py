"""A whole purchase in a real browser on the running house, in German on a telephone and in English on a desktop."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ARTEFACTS, browser
from tests.stack.house import House

__all__ = ["browser"]
pytestmark = [pytest.mark.stack, pytest.mark.browser]


ANDROID = "Mozilla/5.0 (Linux; Android 16; Pixel 9) Chrome/140.0 Mobile Safari/537.36"


@pytest.fixture
def telephone(browser: Browser) -> Iterator[Page]:
    size = {"width": 360, "height": 740}
    context = browser.new_context(viewport=size, has_touch=True, is_mobile=True, user_agent=ANDROID)
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


SEND = {"Ihre Nachricht": "Senden", "Your message": "Send"}


def say(page: Page, label: str, text: str) -> None:
    """Type a line, send it, and wait until it is answered."""
    answers = page.locator("#tresen-chat .entry.assistant")
    before = answers.count()
    page.get_by_label(label).fill(text)
    page.get_by_role("button", name=SEND[label], exact=True).click()
    expect(answers).not_to_have_count(before, timeout=30_000)


def shoot(page: Page, name: str) -> None:
    """Keep a picture for people."""
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png")


def test_a_purchase_in_german_on_a_telephone(telephone: Page, house: House) -> None:
    page = telephone
    page.goto(house.url)
    page.get_by_role("button", name="Beratung", exact=True).click()
    expect(page.get_by_text("automatische Assistent")).to_be_visible()
    say(page, "Ihre Nachricht", "hallo, ich suche ein mountainbike unter 1000 euro")
    expect(page.get_by_text("Das habe ich für Sie gefunden")).to_be_visible()
    say(page, "Ihre Nachricht", "das erste in schwarz")
    page.get_by_role("button", name="42", exact=True).click()
    page.get_by_role("button", name="Nehme ich", exact=True).last.click()
    expect(page.get_by_text("Nur zur Sicherheit")).to_be_visible()
    page.get_by_role("button", name="Ja, in den Warenkorb").click()
    expect(page.get_by_text("liegt im Warenkorb").first).to_be_visible()
    shoot(page, "house-offer-phone")
    page.get_by_role("button", name="Nein danke").last.click()
    say(page, "Ihre Nachricht", "zur kasse")
    page.get_by_role("link", name="Zur Kasse").last.click()
    order = page.get_by_role("button", name="Zahlungspflichtig bestellen")
    expect(order).to_be_visible()
    shoot(page, "house-checkout-phone")
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide
    order.click()
    expect(page.get_by_text("Bestell").first).to_be_visible()
    shoot(page, "house-ordered-phone")


def test_a_purchase_in_english_on_a_desktop(desktop: Page, house: House) -> None:
    page = desktop
    page.goto(f"{house.url}/?lang=en")
    page.get_by_role("button", name="Advice", exact=True).click()
    expect(page.get_by_text("automated assistant").first).to_be_visible()
    say(page, "Your message", "I'm looking for a road bike under 1500 euros in black")
    expect(page.get_by_text("Here's what I found")).to_be_visible()
    page.get_by_role("button", name="I'll take it").first.click()
    page.get_by_role("button", name="54", exact=True).click()
    page.get_by_role("button", name="Yes, add it").last.click()
    expect(page.get_by_text("In your cart:").first).to_be_visible()
    shoot(page, "house-offer-desktop")
    say(page, "Your message", "no thanks")
    say(page, "Your message", "to the checkout please")
    page.get_by_role("link", name="Checkout").last.click()
    expect(page.get_by_role("button", name="Order with obligation to pay")).to_be_visible()
