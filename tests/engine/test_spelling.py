"""A slip of the finger or a missing umlaut does not hide what is meant; unknown names stay as they are."""

import pytest

from bot.engine.spelling import Spelling, folded

LINES = [
    "ich suche einen helm für den weg",
    "größe für den helm",
    "in den warenkorb bitte",
    "den warenkorb bitte zeigen",
]


@pytest.fixture
def spelling() -> Spelling:
    return Spelling.learn(LINES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("groesse", "größe"),
        ("grosse fur den helm", "größe für den helm"),
        ("warenkob bitte", "warenkorb bitte"),
        ("warenkkorb", "warenkorb"),
        ("warenkrob", "warenkorb"),
        ("warenkarb", "warenkorb"),
    ],
)
def test_a_known_word_is_found_again(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.mended(typed) == meant


@pytest.mark.parametrize("name", ["velaro", "helmut kohl", "x200", "hel", "war"])
def test_a_word_that_is_not_one_slip_away_stays(spelling: Spelling, name: str) -> None:
    assert spelling.mended(name) == name


def test_a_word_seen_once_is_nothing_to_mend_towards(spelling: Spelling) -> None:
    assert spelling.mended("zeigan") == "zeigan"


def test_of_two_near_words_the_commoner_is_meant() -> None:
    spelling = Spelling({"rahmen": 9, "rahmel": 2})
    assert spelling.mended("rahmet") == "rahmen"


def test_a_saved_spelling_mends_the_same(spelling: Spelling, tmp_path) -> None:
    spelling.save(tmp_path / "words.json")
    assert Spelling.load(tmp_path / "words.json").mended("warenkob fuer") == "warenkorb für"


def test_all_ways_to_write_an_umlaut_fold_alike() -> None:
    assert folded("größe") == folded("groesse") == folded("grosse")


def test_names_that_no_line_holds_are_told_apart_from_everyday_words() -> None:
    spelling = Spelling.learn(["ich suche ein schönes rad", "räder für die straße"])
    assert spelling.unheard("ich suche ein canyon rad") == ["canyon"]
    assert spelling.unheard("schoenes rad fuer die strasse 42") == []
