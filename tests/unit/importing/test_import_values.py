"""Reading single values the way shops write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.store.importing.values import (
    decimal,
    decimal_mark,
    flag,
    minor_units,
    pairs,
    parts,
    slug,
    text,
    whole,
)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("79.90", "79.90"),
        ("79,90", "79.90"),
        ("79,9", "79.9"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("0,125", "0.125"),
        ("€ 79.90", "79.90"),
        ("79,90 €", "79.90"),
        ("13.0863", "13.0863"),
        ("-5", "-5"),
        (79.9, "79.9"),
        (12, "12"),
    ],
)
def test_numbers_are_read_as_people_and_programs_write_them(written, number):
    assert decimal(written) == Decimal(number)


@pytest.mark.parametrize("written", ["abc", "", "12 34", "1.2.3,4,5", "--", "1-2", "12,34,56", "about 12 euros"])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValueError, match="is not a number"):
        decimal(written)


@pytest.mark.parametrize("written", ["1,499", "1.499", "€ 1.499"])
def test_an_amount_that_may_be_two_is_refused(written):
    with pytest.raises(ValueError, match="fraction or thousands"):
        minor_units(written, "EUR")


@pytest.mark.parametrize("written", ["1.000", "1,000"])
def test_a_count_that_may_be_one_or_a_thousand_is_refused(written):
    with pytest.raises(ValueError, match="fraction or thousands; write thousands without a mark"):
        whole(written)


def test_the_mark_a_file_writes_before_decimals_settles_three_places():
    assert minor_units("12.605", "EUR", mark=".") == 1_261
    assert minor_units("4,125", "EUR", mark=",") == 413
    assert whole("1.000", mark=".") == 1
    for written, mark in (("1,499", "."), ("1.499", ","), ("1.499", "")):
        with pytest.raises(ValueError, match="fraction or thousands"):
            minor_units(written, "EUR", mark=mark)


@pytest.mark.parametrize(
    ("prices", "mark"),
    [
        (["79.90", "4.125", "", None], "."),
        (["79,9", "1.234,50"], ","),
        (["12.60504", "5"], "."),
        ([4.125], "."),
        (["4.125", "1,499", "7"], ""),
        (["79.90", "79,90"], ""),
    ],
)
def test_the_mark_before_decimals_is_learnt_from_prices_that_leave_no_doubt(prices, mark):
    assert decimal_mark(prices) == mark


def test_an_amount_beyond_all_money_and_a_count_beyond_all_goods_are_refused():
    with pytest.raises(ValueError, match="larger than any amount"):
        minor_units("9" * 20, "EUR")
    with pytest.raises(ValueError, match="larger than any count"):
        whole("9" * 12)


@pytest.mark.parametrize(
    ("amount", "currency", "minor", "expected"),
    [
        ("79,90", "EUR", False, 7_990),
        ("13.0863", "EUR", False, 1_309),
        ("0.005", "EUR", False, 1),
        ("7990", "EUR", True, 7_990),
        ("1500", "JPY", False, 1_500),
        (0.1 + 0.2, "EUR", False, 30),
    ],
)
def test_amounts_become_minor_units_of_their_currency(amount, currency, minor, expected):
    assert minor_units(amount, currency, minor=minor) == expected


def test_no_amount_is_below_zero():
    with pytest.raises(ValueError, match="below zero"):
        minor_units("-1", "EUR")


@given(st.integers(0, 10**10))
def test_every_amount_survives_being_written_in_german_and_in_english(cents):
    euros, rest = divmod(cents, 100)
    english = f"{euros:,}.{rest:02}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert minor_units(english, "EUR") == minor_units(german, "EUR") == cents


@given(st.floats(0, 10**8, allow_nan=False).map(lambda number: round(number, 2)))
def test_floats_of_parquet_files_lose_no_cent(euros):
    assert minor_units(euros, "EUR") == round(Decimal(repr(euros)) * 100)


def test_whole_numbers_are_whole():
    assert [whole("3"), whole(3.0), whole("0")] == [3, 3, 0]
    with pytest.raises(ValueError, match="not a whole number"):
        whole("2.5")
    with pytest.raises(ValueError, match="below 1"):
        whole("0", least=1)


def test_yes_and_no_in_two_languages():
    assert [flag(word) for word in ("yes", "Ja", "1", "x", "true")] == [True] * 5
    assert [flag(word) for word in ("no", "Nein", "0", "", "false")] == [False] * 5
    with pytest.raises(ValueError, match="neither yes nor no"):
        flag("maybe")


def test_lists_and_pairs_as_shops_write_them():
    assert parts(" rot | blau ||") == ["rot", "blau"]
    assert parts(["rot", None, "blau"]) == ["rot", "blau"]
    assert pairs("frame=aluminium | use=trail,leisure") == {"frame": "aluminium", "use": "trail,leisure"}
    assert pairs({"frame": "aluminium", "gears": 21, "fork": None}) == {"frame": "aluminium", "gears": "21"}
    for wrong in ("frame", "=x", "frame="):
        with pytest.raises(ValueError, match="key=value"):
            pairs(wrong)


def test_nothing_is_empty_text_and_numbers_lose_their_point_zero():
    assert [text(value) for value in (None, float("nan"), " a ", 12.0, 1.5)] == ["", "", "a", "12", "1.5"]


def test_words_become_keys():
    assert [slug(words) for words in ("Mountain Bikes", "MP4&MP3", "Räder & Größen", " Cell phones ")] == [
        "mountain-bikes",
        "mp4-mp3",
        "raeder-groessen",
        "cell-phones",
    ]
