"""The one line on a shop of another address, under a strict policy: what is asked of whom, when, and how much."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import House, Visit, watched
from tests.browser.merchant import Merchant, open_for_business
from tests.browser.talk import STORED, say, shopkeeper

pytestmark = pytest.mark.browser

LOADER_BYTES = 8_000
OPENED_BYTES = 140_000


@pytest.fixture
def merchant() -> Iterator[Merchant]:
    with open_for_business() as merchant:
        yield merchant


@pytest.fixture
def shop_origins(merchant: Merchant) -> str:
    return merchant.url


@pytest.fixture
def shop(merchant: Merchant, house: House) -> Merchant:
    merchant.assistant = house.url
    return merchant


def paths(visit: Visit, house: House) -> list[str]:
    """What was asked of the assistant."""
    return [urlsplit(url).path for url in visit.requests if url.startswith(house.url)]


def test_before_the_button_is_pressed_there_is_one_small_request_and_nothing_stored(
    visit: Visit, shop: Merchant, house: House
) -> None:
    sizes = []
    visit.page.on("requestfinished", lambda request: sizes.append((request.url, request.sizes())))
    visit.page.goto(shop.url)
    expect(visit.page.get_by_role("button", name="Beratung", exact=True)).to_be_visible()
    visit.page.wait_for_load_state("networkidle")
    assert paths(visit, house) == ["/widget.js"]
    assert [size["responseBodySize"] <= LOADER_BYTES for url, size in sizes if "widget" in url] == [True]
    assert visit.page.evaluate(STORED) == [[], [], ""]


def test_a_purchase_on_a_page_of_another_address_asks_nobody_else(
    visit: Visit, shop: Merchant, house: House
) -> None:
    house.engine.script = shopkeeper(house)
    sizes = []
    visit.page.on("requestfinished", lambda request: sizes.append((request.url, request.sizes())))
    page = visit.page
    page.goto(shop.url)
    page.get_by_role("button", name="Fragen Sie uns").click()
    expect(page.get_by_role("log")).to_contain_text("Guten Tag")
    page.wait_for_load_state("networkidle")
    fetched = [size["responseBodySize"] for url, size in sizes if "/widget/" in url]
    assert sum(fetched) <= OPENED_BYTES
    asked = paths(visit, house)
    modules = {path for path in asked if path.startswith("/widget/")}
    assert (len(modules), len(fetched), len(asked)) == (13, 13, 15)
    assert {*asked} == {"/widget.js", *modules, "/api/sessions"}
    say(visit, "Was haben Sie denn?")
    page.get_by_role("button", name="Nehme ich: Mountainbike Grat").click()
    page.get_by_role("button", name="Ja, dazulegen").click()
    cart = page.get_by_role("region", name="Warenkorb")
    expect(cart).to_contain_text("728,90 €")
    visit.shoot("embedded")
    assert {url.rpartition("/img/")[0] for url in visit.requests if "/img/" in url} == {house.url}
    assert {f"http://{urlsplit(url).netloc}" for url in visit.requests} == {shop.url, house.url}
    assert visit.page.evaluate(STORED) == [["tresen.chat"], ["tresen.chat"], ""]
    assert page.context.cookies() == []
    assert visit.complaints == []
    cart.get_by_role("link", name="Zur Kasse").click()
    expect(page.get_by_role("heading", name="Ihre Bestellung")).to_be_visible()


def test_a_shops_style_sheet_sets_colours_shape_and_place(visit: Visit, shop: Merchant, house: House) -> None:
    shop.accent = ""
    shop.css = """#tresen-chat { --tresen-accent: rgb(90 20 120); --tresen-on-accent: rgb(255 250 240);
        --tresen-font: serif; --tresen-radius: 3px; --tresen-side: 44px; --tresen-bottom: 66px;
        --tresen-layer: 7 }"""
    shop.options = ' data-position="left" data-theme="dark" data-shop="Radladen Nord"'
    page = visit.page
    page.goto(shop.url)
    style = "(e, name) => getComputedStyle(e)[name]"
    launcher = page.locator("#tresen-chat .launcher")
    assert [launcher.evaluate(style, name) for name in ("left", "bottom", "zIndex", "fontFamily")] == [
        *("44px", "66px", "7", "serif")
    ]
    launcher.click()
    dialog = page.get_by_role("dialog", name="Beratung · Radladen Nord")
    expect(page.get_by_role("log")).to_contain_text("Guten Tag")
    assert [dialog.evaluate(style, name) for name in ("left", "bottom", "zIndex", "borderRadius")] == [
        *("44px", "66px", "7", "3px")
    ]
    header = dialog.locator("header")
    assert [header.evaluate(style, name) for name in ("backgroundColor", "color")] == [
        *("rgb(90, 20, 120)", "rgb(255, 250, 240)")
    ]
    assert dialog.evaluate(style, "colorScheme") == "dark"
    assert page.locator("#tresen-chat .bubble").first.evaluate(style, "fontFamily") == "serif"
    visit.shoot("themed")


def test_where_a_page_enforces_trusted_types_the_chat_opens_on_a_page_of_its_own(
    visit: Visit, shop: Merchant, house: House
) -> None:
    shop.stricter = "; require-trusted-types-for 'script'"
    shop.options = ' data-consent="required"'
    visit.page.goto(shop.url)
    with visit.page.context.expect_page() as opened:
        visit.page.get_by_role("button", name="Fragen Sie uns").click()
    chat = watched(opened.value)
    assert chat.page.url == f"{house.url}/chat?lang=de&accent=%230b57a4&consent=required"
    chat.page.get_by_role("button", name="Einverstanden").click()
    expect(chat.page.get_by_role("log")).to_contain_text("Guten Tag")
    say(chat, "Klingel")
    expect(chat.page.get_by_role("log")).to_contain_text("Gehört: Klingel")
    assert visit.page.get_by_role("dialog").count() == 0
    assert chat.complaints == []


def test_a_site_that_was_not_named_gets_a_button_that_says_it_does_not_work(
    visit: Visit, shop: Merchant, house: House
) -> None:
    with open_for_business() as other:
        other.assistant = house.url
        visit.page.goto(other.url)
        visit.page.get_by_role("button", name="Beratung", exact=True).click()
        expect(visit.page.get_by_role("button", name="Keine Verbindung. Noch einmal?")).to_be_visible()
        assert visit.page.get_by_role("dialog").count() == 0
    assert [said for said in visit.complaints if "blocked by CORS policy" in said]
    assert "/api/sessions" not in paths(visit, house)


def test_the_chat_page_lives_in_a_frame_of_the_shop_and_links_leave_it(
    visit: Visit, shop: Merchant, house: House
) -> None:
    house.engine.script = shopkeeper(house)
    shop.body = f'<iframe src="{house.url}/chat?lang=de" title="Beratung" width="400" height="600"></iframe>'
    visit.page.goto(f"{shop.url}/framed")
    chat = visit.page.frame_locator("iframe")
    expect(chat.get_by_role("log")).to_contain_text("Guten Tag")
    chat.get_by_label("Ihre Nachricht").fill("Was haben Sie denn?")
    chat.get_by_role("button", name="Senden").click()
    chat.get_by_role("button", name="Nehme ich: Mountainbike Grat").click()
    expect(chat.get_by_role("link", name="Zur Kasse").first).to_have_attribute("target", "_top")
    assert chat.get_by_role("button", name="Chat schließen").count() == 0
    assert visit.complaints == []


def test_another_site_cannot_frame_the_chat_page(visit: Visit, shop: Merchant, house: House) -> None:
    with open_for_business() as other:
        other.assistant = house.url
        other.body = f'<iframe src="{house.url}/chat" title="Beratung"></iframe>'
        visit.page.goto(f"{other.url}/framed")
        expect(visit.page.get_by_role("heading", name="Radladen")).to_be_visible()
        visit.page.wait_for_load_state("networkidle")
    assert [said for said in visit.complaints if "frame-ancestors" in said]


def test_where_consent_is_required_nothing_is_sent_or_stored_before_it(
    visit: Visit, shop: Merchant, house: House
) -> None:
    shop.options = ' data-consent="required" data-privacy="/datenschutz"'
    page = visit.page
    page.goto(shop.url)
    page.get_by_role("button", name="Beratung", exact=True).click()
    dialog = page.get_by_role("dialog", name="Beratung")
    expect(dialog).to_contain_text("Was Sie schreiben und Ihr Warenkorb werden beim Shop gespeichert")
    expect(dialog.get_by_role("link", name="Datenschutz")).to_have_attribute("href", "/datenschutz")
    page.wait_for_load_state("networkidle")
    assert not [path for path in paths(visit, house) if path.startswith("/api/")]
    assert page.evaluate(STORED) == [[], [], ""]
    visit.shoot("consent")
    dialog.get_by_role("button", name="Nein, danke").click()
    expect(dialog).to_be_hidden()
    assert page.evaluate(STORED) == [[], [], ""]
    page.get_by_role("button", name="Beratung", exact=True).click()
    dialog.get_by_role("button", name="Einverstanden").click()
    expect(page.get_by_role("log")).to_contain_text("Guten Tag")
    say(visit, "Klingel")
    expect(page.get_by_role("log")).to_contain_text("Klingel")
    page.wait_for_load_state("networkidle")
    assert "/api/messages" in paths(visit, house)
    page.reload()
    expect(page.get_by_role("log")).to_contain_text("Guten Tag")


def test_the_menu_gives_a_code_for_the_phone_where_the_shop_can_be_called(
    visit: Visit, shop: Merchant, house: House
) -> None:
    shop.options = " data-voice"
    page = visit.page
    page.goto(shop.url)
    page.get_by_role("button", name="Beratung", exact=True).click()
    expect(page.get_by_role("log")).to_contain_text("Guten Tag")
    page.get_by_role("button", name="Weitere Möglichkeiten").click()
    page.get_by_role("button", name="Am Telefon oder Sprachassistenten weiter").click()
    expect(page.get_by_role("log")).to_contain_text(re.compile(r"Ihr Code: \d{3} \d{3}\. .* 10 Minuten"))
    assert "/api/link" in paths(visit, house)
    visit.shoot("code")


def test_the_gate_speaks_english_too_and_saying_no_is_as_easy_as_saying_yes(
    visit: Visit, shop: Merchant, house: House
) -> None:
    shop.options = ' data-consent="required"'
    page = visit.page
    page.goto(shop.url)
    page.get_by_role("button", name="Beratung", exact=True).click()
    page.get_by_role("button", name="EN", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("what you write and your cart are kept by the shop")
    look = "e => { const s = getComputedStyle(e); return [s.color, s.backgroundColor, s.fontSize, s.fontWeight] }"
    yes, no = (page.get_by_role("button", name=name) for name in ("I agree", "No, thanks"))
    assert yes.evaluate(look) == no.evaluate(look)
    first, second = yes.bounding_box(), no.bounding_box()
    assert first and second
    assert (first["width"], first["height"]) == (second["width"], second["height"])
