"""The chat in a real browser: what is stored, what is shown, what a keyboard reaches."""

from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from actions.store import carts
from actions.store.catalogue import live_product
from actions.store.engine import reading, writing
from actions.store.facts import bump_version
from actions.store.tables import conversations, orders, products
from bot.gateway.services import utc_now
from tests.browser.conftest import House, Visit
from tests.gateway.engine import text
from tests.gateway.shop import BIKE, HELMET, LOCK

pytestmark = pytest.mark.browser

STORED = "() => [Object.keys(sessionStorage), Object.keys(localStorage), document.cookie]"
WIDTHS = "() => [document.documentElement.scrollWidth, window.innerWidth]"
XSS = '<img src=x onerror="alert(1)"><script>alert(2)</script>javascript:alert(3)'


def custom(**message: Any) -> dict[str, Any]:
    return {"custom": message}


def button(title: str, intent: str) -> dict[str, Any]:
    return {"title": title, "payload": {"intent": intent, "entities": {}}}


def offer(title: str = "", **changes: Any) -> dict[str, Any]:
    card = {"sku": HELMET, **({"title": title} if title else {})}
    message = {
        "type": "offer",
        "id": "o1",
        "kind": "cross",
        "anchor": BIKE,
        "cards": [card],
        "price_difference": {"amount": 7990, "currency": "EUR"},
        "reason": {
            "code": "curated",
            "text": "Damit fahren Sie von Anfang an sicher.",
            "evidence": {"together": 212, "anchor_orders": 950, "simulated": True},
        },
        "choices": [button("Ja, dazulegen", "confirm"), button("Nein, danke", "deny")],
    }
    return custom(**{**message, **changes})


def put_in_cart(house: House, turn: dict[str, Any], sku: str) -> None:
    with writing(house.database) as connection:
        product = live_product(connection, sku)
        assert product
        carts.put(connection, turn["metadata"]["conversation"], product, 1, now=utc_now())


def shopkeeper(house: House):
    """Answers a purchase from first look to cart."""

    def answer(turn: dict[str, Any]) -> list[dict[str, Any]]:
        said = turn["message"]
        if said.startswith("/confirm"):
            put_in_cart(house, turn, HELMET)
            return [text("Der Helm liegt dabei."), custom(type="cart", checkout=True)]
        if said.startswith("/purchase_intent"):
            put_in_cart(house, turn, BIKE)
            return [text("Das Grat liegt im Warenkorb."), offer()]
        cards = [{"sku": sku, "choices": [button("Nehme ich", "purchase_intent")]} for sku in (BIKE, HELMET, LOCK)]
        return [text("Diese drei passen."), custom(type="product_cards", cards=cards)]

    return answer


def open_chat(visit: Visit, house: House, path: str = "/") -> None:
    visit.page.goto(house.url + path)
    visit.page.get_by_role("button", name="Beratung", exact=True).click()
    expect(visit.page.get_by_text("Guten Tag, ich bin ein automatischer Assistent.")).to_be_visible()


def say(visit: Visit, words: str) -> None:
    visit.page.get_by_label("Ihre Nachricht").fill(words)
    visit.page.keyboard.press("Enter")


def test_before_the_chat_is_opened_nothing_is_stored_and_no_session_exists(visit: Visit, house: House) -> None:
    visit.page.goto(house.url)
    expect(visit.page.get_by_role("button", name="Beratung", exact=True)).to_be_visible()
    assert visit.page.evaluate(STORED) == [[], [], ""]
    assert not [url for url in visit.requests if "/api/" in url]
    with reading(house.database) as connection:
        assert connection.scalar(select(func.count()).select_from(conversations)) == 0
    visit.page.get_by_role("button", name="Beratung", exact=True).click()
    expect(visit.page.get_by_text("Guten Tag, ich bin ein automatischer Assistent.")).to_be_visible()
    assert visit.page.evaluate(STORED) == [["tresen.chat"], [], ""]


def test_from_question_to_order(visit: Visit, house: House) -> None:
    house.engine.script = shopkeeper(house)
    page = visit.page
    page.goto(f"{house.url}/p/{BIKE}")
    page.get_by_role("button", name="Frage zu diesem Produkt").click()
    expect(page.get_by_text("Sie sehen sich gerade Mountainbike Grat an")).to_be_visible()
    say(visit, "Was haben Sie denn?")
    expect(page.get_by_role("button", name="Nehme ich: Mountainbike Grat")).to_be_visible()
    visit.shoot("chat-cards")
    page.get_by_role("button", name="Nehme ich: Mountainbike Grat").click()
    shown = page.get_by_role("region", name="Passt dazu")
    for told in (
        "Helm Fichte",
        "79,90 €",
        "+ 79,90 € zusätzlich",
        "Damit fahren Sie von Anfang an sicher.",
        "In 212 von 950 Bestellungen zusammen gekauft (simulierte Bestellhistorie)",
    ):
        expect(shown).to_contain_text(told)
    visit.shoot("chat-offer")
    shown.get_by_role("button", name="Ja, dazulegen").click()
    cart = page.get_by_role("region", name="Warenkorb")
    expect(cart).to_contain_text("728,90 €")
    expect(shown.get_by_role("button", name="Nein, danke")).to_be_disabled()
    visit.shoot("chat-cart")
    cart.get_by_role("link", name="Zur Kasse").click()
    expect(page.get_by_role("heading", name="Ihre Bestellung")).to_be_visible()
    visit.shoot("checkout")
    page.get_by_role("button", name="Zahlungspflichtig bestellen").click()
    expect(page.get_by_text("Ihre Bestellnummer ist")).to_be_visible()
    visit.shoot("ordered")
    with reading(house.database) as connection:
        assert connection.scalar(select(func.count()).select_from(orders)) == 1
    assert visit.complaints == []
    assert {url.split("/")[2] for url in visit.requests} == {house.url.split("/")[2]}


def test_yes_and_no_are_equally_easy(visit: Visit, house: House) -> None:
    house.engine.script = lambda turn: [offer()]
    open_chat(visit, house)
    say(visit, "ja")
    yes = visit.page.get_by_role("button", name="Ja, dazulegen")
    no = visit.page.get_by_role("button", name="Nein, danke")
    expect(yes).to_be_visible()
    look = "e => { const s = getComputedStyle(e); return [s.color, s.backgroundColor, s.fontSize, s.fontWeight] }"
    assert yes.evaluate(look) == no.evaluate(look)
    first, second = yes.bounding_box(), no.bounding_box()
    assert first and second
    assert abs(first["width"] - second["width"]) < 8
    assert (first["y"], first["height"]) == (second["y"], second["height"])


@pytest.mark.parametrize(
    "message",
    [
        custom(type="text", text=XSS),
        custom(type="choices", choices=[button(XSS, "confirm")]),
        custom(
            type="product_cards",
            cards=[{"sku": HELMET, "title": XSS, "benefit": XSS, "url": "javascript:alert(1)"}],
        ),
        custom(type="comparison", skus=[BIKE], rows=[{"attribute": XSS, "values": [XSS]}]),
        custom(type="handoff", reference=XSS),
        offer(XSS, reason={"code": "curated", "text": XSS, "evidence": {}}),
    ],
)
def test_no_message_brings_its_own_code(visit: Visit, house: House, message: dict[str, Any]) -> None:
    house.engine.script = lambda turn: [message, text("Ende")]
    open_chat(visit, house)
    say(visit, XSS)
    expect(visit.page.get_by_text("Ende", exact=True)).to_be_visible()
    assert visit.page.locator("#tresen-chat script, #tresen-chat img[src='x'], #tresen-chat [onerror]").count() == 0
    assert visit.page.locator("#tresen-chat a[href^='javascript']").count() == 0
    visit.page.reload()
    expect(visit.page.get_by_text("Ende", exact=True)).to_be_visible()
    assert visit.complaints == []


def test_a_poisoned_catalogue_brings_no_code_to_the_pages(visit: Visit, house: House) -> None:
    with writing(house.database) as connection:
        poison = {"title_de": XSS, "brand": XSS, "description_de": XSS, "benefit_de": XSS, "colour": XSS}
        connection.execute(products.update().where(products.c.sku == LOCK).values(**poison))
        bump_version(connection)
    for path in ("/", f"/p/{LOCK}", "/?category=%3Cscript%3E", f"/p/{XSS}"):
        visit.page.goto(house.url + path)
        assert visit.page.locator("img[src='x'], [onerror], script:not([src])").count() == 0
    assert [said for said in visit.complaints if "404" not in said] == []


def test_the_chat_fits_a_narrow_phone(phone: Visit, house: House) -> None:
    house.engine.script = lambda turn: [
        text("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2),
        custom(type="product_cards", cards=[{"sku": BIKE, "title": "W" * 80}, {"sku": HELMET}]),
        custom(
            type="comparison",
            skus=[BIKE, HELMET, LOCK],
            rows=[{"attribute": "Gewicht", "values": ["14,4 kg", "300 g", "1,2 kg"]}],
        ),
        offer("Fahrradhelm mit einem wirklich sehr langen Namen"),
        custom(type="choices", choices=[button("Ein langer Knopf mit vielen Wörtern darin", "confirm")] * 3),
    ]
    for path in ("/", f"/p/{BIKE}", "/?category=bikes"):
        phone.page.goto(house.url + path)
        assert phone.page.evaluate(WIDTHS) == [320, 320]
    open_chat(phone, house)
    say(phone, "Was gibt es?")
    expect(phone.page.get_by_role("button", name="Nein, danke")).to_be_visible()
    assert phone.page.evaluate(WIDTHS) == [320, 320]
    inner = "e => [e.scrollWidth, e.clientWidth]"
    scroll, client = phone.page.locator("#tresen-chat .scroll").evaluate(inner)
    assert scroll == client
    box = phone.page.locator("#tresen-chat .panel").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 320, "height": 640}
    phone.shoot("phone-chat")
    assert phone.complaints == []


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
    visit.page.get_by_role("button", name="Chat löschen").click()
    visit.page.get_by_role("button", name="Löschen", exact=True).click()
    expect(visit.page.get_by_role("dialog")).to_be_hidden()
    assert visit.page.evaluate(STORED) == [[], [], ""]
    with reading(house.database) as connection:
        assert connection.scalar(select(func.count()).select_from(conversations)) == 0


def test_a_chat_that_ended_elsewhere_goes_on_in_a_new_one(visit: Visit, house: House) -> None:
    open_chat(visit, house)
    say(visit, "eins")
    expect(visit.page.get_by_text("Gehört: eins")).to_be_visible()
    with writing(house.database) as connection:
        connection.execute(conversations.delete())
    say(visit, "zwei")
    expect(visit.page.get_by_text("Der vorige Chat ist abgelaufen")).to_be_visible()
    expect(visit.page.get_by_text("Gehört: zwei")).to_be_visible()
