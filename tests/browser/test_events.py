"""What a page is told: GA4's names and fields, where a product was met, and once each."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import House, Visit
from tests.browser.talk import custom, offer, open_chat, put_in_cart, say, shopkeeper
from tests.gateway.engine import text
from tests.gateway.shop import BIKE, HELMET, LOCK

pytestmark = pytest.mark.browser

LISTEN = """
window.seen = [];
for (const name of ["view_item_list", "select_item", "add_to_cart", "remove_from_cart"])
  window.addEventListener(name, (event) => window.seen.push([name, event.detail]));
"""


def seen(visit: Visit) -> list[tuple[str, dict[str, Any]]]:
    return [(name, detail) for name, detail in visit.page.evaluate("window.seen")]


def test_a_purchase_tells_the_page_what_was_seen_chosen_and_put_in_the_cart(visit: Visit, house: House) -> None:
    house.engine.script = shopkeeper(house)
    visit.page.add_init_script(LISTEN)
    open_chat(visit, house)
    say(visit, "Was haben Sie denn?")
    visit.page.get_by_role("button", name="Nehme ich: Mountainbike Grat").click()
    visit.page.get_by_role("button", name="Ja, dazulegen").click()
    expect(visit.page.get_by_role("region", name="Warenkorb")).to_contain_text("728,90 €")
    told = seen(visit)
    assert [(name, detail["item_list_id"], detail["value"]) for name, detail in told] == [
        ("view_item_list", "assistant_search", pytest.approx(649 + 79.9 + 59.9, abs=30)),
        ("select_item", "assistant_search", 649),
        ("view_item_list", "assistant_cross", 79.9),
        ("add_to_cart", "assistant_search", 649),
        ("select_item", "assistant_cross", 79.9),
        ("add_to_cart", "assistant_cross", 79.9),
    ]
    assert [item["item_id"] for item in told[0][1]["items"]] == [BIKE, HELMET, LOCK]
    assert [item["index"] for item in told[0][1]["items"]] == [0, 1, 2]
    assert told[-1][1] == {
        "item_list_id": "assistant_cross",
        "currency": "EUR",
        "value": 79.9,
        "items": [
            {
                "item_id": HELMET,
                "item_name": "Helm Fichte",
                "item_list_id": "assistant_cross",
                "price": 79.9,
                "currency": "EUR",
                "quantity": 1,
            }
        ],
    }
    pushed = visit.page.evaluate("window.dataLayer.map((each) => each.event)")
    assert pushed == [name for name, _ in told]
    assert visit.complaints == []


@pytest.mark.parametrize("kind", ["cross", "up", "down"])
def test_every_kind_of_offer_has_its_own_list(visit: Visit, house: House, kind: str) -> None:
    def answer(turn: dict[str, Any]) -> list[dict[str, Any]]:
        if turn["message"].startswith("/confirm"):
            put_in_cart(house, turn, HELMET)
            return [text("Gern."), custom(type="cart")]
        return [offer(kind=kind)]

    house.engine.script = answer
    visit.page.add_init_script(LISTEN)
    open_chat(visit, house)
    say(visit, "ja")
    visit.page.get_by_role("button", name="Ja, dazulegen").click()
    expect(visit.page.get_by_role("region", name="Warenkorb")).to_be_visible()
    assert [(name, detail["item_list_id"]) for name, detail in seen(visit)] == [
        (name, f"assistant_{kind}") for name in ("view_item_list", "select_item", "add_to_cart")
    ]


def test_a_reload_and_a_no_tell_nothing_new(visit: Visit, house: House) -> None:
    house.engine.script = shopkeeper(house)
    visit.page.add_init_script(LISTEN)
    open_chat(visit, house)
    say(visit, "Was haben Sie denn?")
    visit.page.get_by_role("button", name="Nehme ich: Mountainbike Grat").click()
    expect(visit.page.get_by_role("region", name="Passt dazu")).to_be_visible()
    visit.page.reload()
    expect(visit.page.get_by_role("region", name="Passt dazu")).to_be_visible()
    assert seen(visit) == []
