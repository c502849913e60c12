"""What a shopper sees: cards, offers, cart and order; no code from messages; a narrow phone."""

from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from actions.store.engine import reading, writing
from actions.store.facts import bump_version
from actions.store.tables import orders, products
from tests.browser.conftest import Enter, House, Visit
from tests.browser.talk import button, custom, offer, open_chat, put_in_cart, say, several, shopkeeper
from tests.gateway.engine import text
from tests.gateway.shop import BIKE, HELMET, LOCK

pytestmark = pytest.mark.browser

WIDTHS = "() => [document.documentElement.scrollWidth, window.innerWidth]"
XSS = '<img src=x onerror="alert(1)"><script>alert(2)</script>javascript:alert(3)'


def test_from_question_to_order(visit: Visit, house: House) -> None:
    house.engine.script = shopkeeper(house)
    page = visit.page
    page.goto(f"{house.url}/p/{BIKE}")
    page.get_by_role("button", name="Frage zu diesem Produkt").click()
    expect(page.get_by_text("Sie sehen sich gerade Mountainbike Grat an")).to_be_visible()
    say(visit, "Was haben Sie denn?")
    expect(page.get_by_role("button", name="Nehme ich: Mountainbike Grat")).to_be_visible()
    card = page.locator("#tresen-chat .card").first
    expect(card).to_contain_text("inkl. MwSt., zzgl. Versand")
    picture = card.get_by_role("img", name="Abbildung: Mountainbike Grat")
    assert picture.evaluate("e => e.decode().then(() => e.naturalWidth)") > 0
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
    badge = page.get_by_role("link", name="Warenkorb: 2 Artikel, 728,90 €")
    expect(badge).to_be_visible()
    visit.shoot("checkout")
    page.get_by_role("button", name="Zahlungspflichtig bestellen").click()
    expect(page.get_by_text("Ihre Bestellnummer ist")).to_be_visible()
    visit.shoot("ordered")
    page.get_by_role("link", name="Zurück zum Shop").click()
    expect(page.get_by_role("heading", name="Gut beraten. Gut unterwegs.")).to_be_visible()
    expect(badge).to_be_hidden()
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
    ("kind", "amounts", "lines"),
    [
        ("cross", (7990, 5990, 2990), ("+ 79,90 € zusätzlich", "+ 59,90 € zusätzlich", "+ 29,90 € zusätzlich")),
        ("up", (25000, 15000), ("+ 250,00 € mehr als Ihre Auswahl", "+ 150,00 € mehr als Ihre Auswahl")),
        ("down", (-80000, -130000), ("800,00 € weniger als Ihre Auswahl", "1.300,00 € weniger als Ihre Auswahl")),
    ],
)
def test_each_of_several_offers_shows_what_it_changes_and_why(
    visit: Visit, house: House, kind: str, amounts: tuple[int, ...], lines: tuple[str, ...]
) -> None:
    house.engine.script = lambda turn: [several(kind, *amounts)]
    open_chat(visit, house)
    say(visit, "ja")
    cards = visit.page.locator("#tresen-chat section.offer .card")
    expect(cards).to_have_count(len(lines))
    for place, line in enumerate(lines):
        expect(cards.nth(place).locator(".difference")).to_have_text(line)
        expect(cards.nth(place).locator(".why")).to_contain_text(f"Grund {place + 1}.")
        expect(cards.nth(place).get_by_role("button", name="Ja, gern dazu")).to_be_enabled()
    assert visit.page.get_by_role("button", name="Nein, danke").count() == 1
    assert visit.complaints == []


@pytest.mark.parametrize(("width", "height"), [(360, 700), (1280, 800)])
@pytest.mark.parametrize("many", [True, False])
def test_yes_and_no_of_an_offer_are_in_view_without_scrolling(
    enter: Enter, house: House, width: int, height: int, many: bool
) -> None:
    words = "Unser Team hat Faltschloss Riegelow Falter zu Mountainbike Tannhorn Grat 2 ausgesucht, es klappert."

    def answer(turn: dict[str, Any]) -> list[dict[str, Any]]:
        put_in_cart(house, turn, BIKE)
        reason = {"code": "curated", "text": words, "evidence": {}}
        offered = several("cross", 7990, 5990, words=words) if many else offer(reason=reason)
        return [text("Liegt im Warenkorb. " * 5), text("Dazu passt ein Helm. " * 12), offered]

    house.engine.script = answer
    visit = enter(width, height)
    open_chat(visit, house)
    say(visit, "Das Grat bitte")
    expect(visit.page.get_by_role("link", name="Zur Kasse")).to_be_visible()
    for name in ("Ja, gern dazu: Helm Fichte" if many else "Ja, dazulegen", "Nein, danke"):
        expect(visit.page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    expect(visit.page.get_by_role("region", name="Passt dazu").get_by_text("Passt dazu")).to_be_in_viewport(ratio=1)
    visit.shoot(f"offer-{'several' if many else 'one'}-{width}")


def test_a_comparison_wider_than_a_phone_says_so_and_keeps_what_a_row_is_about(enter: Enter, house: House) -> None:
    rows = [
        {"attribute": "Rahmenmaterial", "values": ["Aluminium", "Carbon", "Stahl"]},
        {"attribute": "Bremse", "values": ["Scheibenbremse", "Scheibenbremse", "Felgenbremse"]},
    ]
    house.engine.script = lambda turn: [custom(type="comparison", skus=[BIKE, HELMET, LOCK], rows=rows)]
    visit = enter(360, 700, reduced_motion="reduce")
    page = visit.page
    open_chat(visit, house)
    say(visit, "Vergleich")
    onward, back = (page.get_by_role("button", name=name) for name in ("Weitere Produkte", "Vorige Produkte"))
    expect(onward).to_be_enabled()
    expect(back).to_be_disabled()
    onward.click()
    expect(back).to_be_enabled()
    onward.click()
    expect(onward).to_be_disabled()
    expect(page.get_by_role("rowheader", name="Rahmenmaterial")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("cell", name="Felgenbremse")).to_be_in_viewport(ratio=1)
    visit.shoot("comparison-phone")


def test_a_comparison_that_fits_has_no_arrows(visit: Visit, house: House) -> None:
    rows = [{"attribute": "Gewicht", "values": ["14,4 kg", "300 g"]}]
    house.engine.script = lambda turn: [custom(type="comparison", skus=[BIKE, HELMET], rows=rows)]
    open_chat(visit, house)
    say(visit, "Vergleich")
    expect(visit.page.get_by_role("region", name="Vergleich")).to_be_visible()
    assert visit.page.get_by_role("button", name="Weitere Produkte").count() == 0


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
        several("cross", 7990, 5990, words=XSS),
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
    scroll, client = phone.page.get_by_role("log").evaluate(inner)
    assert scroll == client
    box = phone.page.locator("#tresen-chat .panel").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 320, "height": 640}
    phone.shoot("phone-chat")
    assert phone.complaints == []
