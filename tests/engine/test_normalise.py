"""However a shopper dresses a line, the models read the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.normalise import normalise


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("DAS IST MIR ZU TEUER", "das ist mir zu teuer"),
        ("Jaaaa 👍🏽!!!", "ja ja !"),
        ("neeeein", "nein"),
        ("hallooo", "hallo"),
        ("tollll", "toll"),
        ("fu\u0308r", "für"),
        ("don’t", "don't"),
        ("  a\u00a0 b\t\nc ", "a b c"),
        ("👍", "ja"),
        ("👎", "nein"),
        ("🤷‍♂️", "weiß nicht"),
        ("\u202eabc\u200b", "abc"),
        ("🦄", ""),
    ],
)
def test_a_line_is_read_without_its_dress(typed: str, read: str) -> None:
    assert normalise(typed) == read


def test_a_price_keeps_its_zeros() -> None:
    assert normalise("unter 1000 €") == "unter 1000 €"


@given(st.text(max_size=200))
def test_reading_twice_changes_nothing_more_and_leaves_no_control_sign(typed: str) -> None:
    once = normalise(typed)
    assert once == once.strip()
    assert all(sign == " " or sign.isprintable() for sign in once)
