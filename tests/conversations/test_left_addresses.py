"""Where a person has taken over, an address the shopper leaves reaches that person."""

import pytest

from actions.store.engine import reading
from actions.store.tables import handoffs
from tests.conversations.shopper import Shopper


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("meine mail ist jo@example.org", "meine mail ist [E-Mail]"),
        ("ruft mich an: 030 / 123 45 67", "ruft mich an: [Telefon]"),
    ],
)
def test_an_address_is_passed_on_with_the_case(shopper: Shopper, line: str, kept: str) -> None:
    shopper.says("mein paket kam kaputt an!", "complaint")
    reference = shopper.messages[-1]["reference"]
    shopper.says(line, "out_of_scope", message="with-the-address")
    assert shopper.text == f"Danke, das gebe ich zu Ihrem Vorgang {reference} weiter."
    with reading(shopper.house.engine) as connection:
        (row,) = connection.execute(handoffs.select()).all()
    assert (row.context["added"], row.context["added_in"]) == ([kept], ["with-the-address"])


def test_without_a_case_an_address_is_not_kept(shopper: Shopper) -> None:
    shopper.says("meine mail ist jo@example.org", "out_of_scope")
    with reading(shopper.house.engine) as connection:
        assert connection.execute(handoffs.select()).all() == []
    assert "weiter" not in shopper.text


def test_a_price_range_is_said_with_both_its_ends(shopper: Shopper) -> None:
    shopper.says("radtasche um die 50 euro", "search_product")
    assert "42,50 € bis 57,50 €" in shopper.text
