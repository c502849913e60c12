"""What somebody must reach on a console page is in view, on a phone and on a small laptop."""

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import Enter, House
from tests.browser.test_console import TALK, shop, sign_in

__all__ = ["shop"]

pytestmark = pytest.mark.browser

PHONE, LAPTOP = (390, 844), (1280, 720)


def opened(enter: Enter, house: House, size: tuple[int, int], path: str) -> Page:
    page = enter(*size).page
    sign_in(page, house, "anna")
    page.goto(f"{house.url}/console{path}")
    return page


def across(found: Locator) -> list[tuple[float, float]]:
    """Where each begins and ends from left to right."""
    boxes = [each.bounding_box() for each in found.all()]
    return [(box["x"], box["x"] + box["width"]) for box in boxes if box]


def test_every_value_of_the_policy_can_be_typed_on_a_phone_and_no_name_is_broken(enter: Enter, shop: House) -> None:
    page = opened(enter, shop, PHONE, "/policy")
    fields = across(page.locator("table.limits :is(input, select)"))
    assert len(fields) > 20
    assert all(begins >= 0 and ends <= PHONE[0] for begins, ends in fields)
    names = page.locator("table.limits th code").evaluate_all(
        "all => all.map(each => each.getClientRects().length)"
    )
    assert set(names) == {1}
    words = page.locator("#about-min_profit_cross").bounding_box()
    assert words is not None
    assert words["width"] > 250


def test_the_three_cases_of_an_assumption_are_beside_each_other_on_a_phone(enter: Enter, shop: House) -> None:
    page = opened(enter, shop, PHONE, "/figures/roi")
    fields = across(page.locator("table.cases").first.locator("input[type=number]"))
    assert len(fields) >= 36
    assert all(begins >= 0 and ends <= PHONE[0] for begins, ends in fields)
    lefts = {round(begins) for begins, _ in fields}
    assert len(lefts) == 3


def test_note_and_save_of_a_review_are_in_view_on_a_small_laptop(enter: Enter, shop: House) -> None:
    page = opened(enter, shop, LAPTOP, f"/c/{TALK}")
    panel = page.locator(".judge").bounding_box()
    assert panel is not None
    for found in (page.locator("#note"), page.locator(".judge .actions button.main")):
        box = found.bounding_box()
        assert box is not None
        assert panel["y"] <= box["y"]
        assert box["y"] + box["height"] <= min(panel["y"] + panel["height"], LAPTOP[1])


def test_the_buttons_above_a_conversation_keep_off_its_first_words(enter: Enter, shop: House) -> None:
    page = opened(enter, shop, LAPTOP, f"/c/{TALK}")
    buttons, first = page.locator(".talk > form.take").bounding_box(), page.locator(".bubble").first.bounding_box()
    assert buttons is not None
    assert first is not None
    assert first["y"] - (buttons["y"] + buttons["height"]) >= 8
