"""Words meet whatever way they are typed, and numbers are read in both languages."""

from decimal import Decimal

import pytest

from actions.understanding.numerals import figure, merge_numbers, spelt
from actions.understanding.spelling import fold, make, stem_of, tokenise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Größe", "groesse"),
        ("grün", "gruen"),
        ("grün", "grun"),
        ("Schlösser", "Schloss"),
        ("Räder", "Rad"),
        ("Fahrrädern", "fahrrad"),
        ("Jacken", "jacke"),
        ("Helme", "helm"),
        ("rotes", "rot"),
        ("blauer", "blau"),
        ("blaues", "blau"),
        ("weiß", "weiss"),
        ("helmets", "helmet"),
        ("boxes", "box"),
        ("accessories", "accessory"),
        ("men's", "men"),
        ("men’s", "men"),
        ("kabellos", "kabellose"),
        ("ÜBERSCHUHE", "ueberschuh"),
    ],
)
def test_spellings_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem_of(one) == stem_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("neue", "neun"), ("blue", "Bluse"), ("Tasche", "Tasse"), ("Hose", "Haus"), ("rot", "Rute"), ("blau", "blue")],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem_of(one) != stem_of(other)


def test_a_negation_in_english_stays_one_word() -> None:
    assert make("don't").word == make("dont").word == "dont"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", "1200"),
        ("1.200", "1200"),
        ("1,200", "1200"),
        ("1.200,50", "1200.50"),
        ("1,200.50", "1200.50"),
        ("12,5", "12.5"),
        ("1.2", "1.2"),
        ("0,75", "0.75"),
        ("1'500", "1500"),
        ("1.234.567", "1234567"),
    ],
)
def test_figures_are_read_with_german_and_english_marks(text: str, value: str) -> None:
    assert figure(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "abc", "1e9", "99999999999999999999", "٣"])
def test_what_is_no_plain_figure_has_no_value(text: str) -> None:
    assert figure(text) is None


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("zwei", 2),
        ("zwölf", 12),
        ("fünfzig", 50),
        ("einundzwanzig", 21),
        ("hundert", 100),
        ("zweihundert", 200),
        ("zweihundertfünfzig", 250),
        ("tausend", 1000),
        ("eintausendfünfhundert", 1500),
        ("anderthalbtausend", 1500),
        ("zweieinhalbtausend", 2500),
        ("twelve", 12),
        ("fifty", 50),
    ],
)
def test_number_words_are_read(word: str, value: int) -> None:
    assert spelt(fold(word)) == value


@pytest.mark.parametrize("word", ["ein", "eine", "a", "neue", "tausendsassa", "hundertmal", "rot"])
def test_other_words_are_no_numbers(word: str) -> None:
    assert spelt(fold(word)) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two hundred and fifty", 250),
        ("twenty five", 25),
        ("a thousand", 1000),
        ("2 tausend", 2000),
        ("zwei hundert", 200),
    ],
)
def test_numbers_of_several_words_become_one(text: str, value: int) -> None:
    tokens = merge_numbers(tokenise(text, keep=lambda _run: False))
    assert [token.number for token in tokens] == [value]


def test_letters_and_figures_part_unless_the_catalogue_knows_them_as_one() -> None:
    assert [t.word for t in tokenise("28zoll MP3", keep={"mp3"}.__contains__)] == ["28", "zoll", "mp3"]
