"""After a comparison one trait can be asked for by itself, and "of all" means the whole range."""

from collections.abc import Callable

import pytest

from tests.conversations.shopper import Shopper


@pytest.fixture
def compares(comes_in: Callable[..., Shopper]) -> Callable[[str], Shopper]:
    """A shopper who has two mountain bikes side by side."""

    def two_of_them(language: str) -> Shopper:
        shopper = comes_in(language=language)
        shopper.says("mountainbikes", "search_product")
        wanted = {"de": "vergleich das erste und das zweite", "en": "compare the first and the second"}
        shopper.says(wanted[language], "compare")
        assert [m["type"] for m in shopper.messages].count("comparison") == 1
        return shopper

    return two_of_them


@pytest.mark.parametrize(
    ("language", "text", "intent", "told"),
    [
        ("de", "der unterschied im gewicht?", "compare", ("13,2 kg", "11,4 kg", "Der Unterschied: 1,8 kg")),
        ("de", "und der preisunterschied?", "ask_price", ("899,00 €", "1.299,00 €", "Der Unterschied: 400,00 €")),
        ("de", "und das gewicht?", "out_of_scope", ("13,2 kg", "11,4 kg", "Der Unterschied: 1,8 kg")),
        ("en", "the difference in weight?", "compare", ("13.2 kg", "11.4 kg", "The difference: 1.8 kg")),
        ("en", "what about the frame?", "nlu_fallback", ("aluminium", "carbon")),
    ],
)
def test_the_difference_in_one_trait_is_told_without_the_whole_table(
    compares: Callable[[str], Shopper], language: str, text: str, intent: str, told: tuple[str, ...]
) -> None:
    shopper = compares(language)
    shopper.says(text, intent)
    assert {m["type"] for m in shopper.messages} == {"text"}
    assert [fact for fact in told if fact not in shopper.text] == []


def test_a_trait_in_which_both_are_alike_is_told_without_a_difference(compares: Callable[[str], Shopper]) -> None:
    shopper = compares("de")
    shopper.says("und im federweg?", "out_of_scope")
    assert shopper.text.count("120 mm") == 2
    assert "Unterschied" not in shopper.text


def test_the_difference_without_a_trait_is_the_whole_table_again(compares: Callable[[str], Shopper]) -> None:
    shopper = compares("de")
    shopper.says("und was ist jetzt der unterschied?", "compare")
    assert [m["type"] for m in shopper.messages].count("comparison") == 1


@pytest.mark.parametrize(
    ("language", "text", "all_of_them", "shown"),
    [
        ("de", "was ist das billigste von allen?", "Von allem, was wir davon auf Lager haben", "Von den gezeigten"),
        ("en", "which is the cheapest of all?", "Of everything we have in stock", "Of those shown"),
    ],
)
def test_the_cheapest_of_all_is_not_said_to_be_the_cheapest_of_those_shown(
    comes_in: Callable[..., Shopper], language: str, text: str, all_of_them: str, shown: str
) -> None:
    shopper = comes_in(language=language)
    shopper.says("e-bikes", "search_product")
    shopper.says(text, "ask_cheaper")
    assert all_of_them in shopper.text
    assert shown not in shopper.text
    shopper.says("welches ist das leichteste?" if language == "de" else "which is the lightest?", "compare")
    assert all_of_them not in shopper.text
