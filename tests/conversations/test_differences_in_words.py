"""What one product has more or less than another is said as people would, from labels and values alone."""

from collections.abc import Callable

import pytest

from actions.dialogue import differing
from actions.dialogue.naming import Namer
from actions.dialogue.reply import Reply
from actions.offers.decision import Difference
from actions.services import Services
from tests.conversations.shopper import Shopper


class Told:
    """As much of a turn as naming needs."""

    def __init__(self, house: Services, language: str) -> None:
        self.names = Namer(house.catalogue.snapshot(), language, house.phrases)
        self.reply = Reply(house.phrases, language)


@pytest.mark.parametrize(
    ("attribute", "offered", "anchor", "german", "english"),
    [
        (
            "fork",
            "air suspension fork",
            "suspension fork",
            "Luftfedergabel statt Federgabel",
            "air suspension fork instead of suspension fork",
        ),
        ("frame", "carbon", "steel", "Carbon statt Stahl (Rahmen)", "carbon instead of steel (frame)"),
        ("weight_kg", "11.4", "13.2", "Gewicht 11,4 statt 13,2 kg", "weight 11.4 instead of 13.2 kg"),
        ("gears", "12", "9", "Gänge 12 statt 9", "gears 12 instead of 9"),
        ("reflective", "yes", "no", "reflektierend", "reflective"),
        ("reflective", "no", "yes", "nicht reflektierend", "not reflective"),
        ("visor", "none", "adjustable", "ohne Visier", "without visor"),
        ("visor", "adjustable", "none", "mit Visier (verstellbar)", "with visor (adjustable)"),
        ("visor", "", "adjustable", "Visier ohne Angabe", "visor not stated"),
        ("seats", "2", "", "Sitze 2", "seats 2"),
        ("bell_tone", "two tones", "one tone", "two tones statt one tone", "two tones instead of one tone"),
    ],
)
def test_a_difference_is_said_as_people_say_it(
    house: Services, attribute: str, offered: str, anchor: str, german: str, english: str
) -> None:
    row = Difference(attribute, anchor, offered)
    assert [differing.in_words(Told(house, language), [row]) for language in ("de", "en")] == [german, english]


def test_the_tier_is_said_only_where_nothing_else_differs(house: Services) -> None:
    tier, frame = Difference("tier", "1", "2"), Difference("frame", "steel", "carbon")
    told = Told(house, "de")
    assert differing.in_words(told, [tier, frame]) == "Carbon statt Stahl (Rahmen)"
    assert differing.in_words(told, [tier]) == "Mittelklasse statt Einstieg"
    assert differing.in_words(told, []) == ""


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Rahmen Carbon statt Stahl"), ("en", "carbon instead of steel for the frame")],
)
def test_a_voice_says_the_first_difference_without_brackets(house: Services, language: str, said: str) -> None:
    rows = [Difference("tier", "1", "2"), Difference("frame", "steel", "carbon"), Difference("gears", "9", "12")]
    assert differing.first_spoken(Told(house, language), rows) == said


@pytest.mark.parametrize(
    ("language", "line", "variant", "others"),
    [
        (
            "de",
            "ich nehme den immerrund schlauch 29 av",
            "29 Zoll, breit, Autoventil",
            "24 Zoll, mittel, Autoventil",
        ),
        (
            "en",
            "i'll take the immerrund tube 29 av",
            "29 inch, wide, Schrader valve",
            "24 inch, medium, Schrader valve",
        ),
    ],
)
def test_a_size_that_is_recorded_in_catchwords_is_told_in_words(
    comes_in: Callable[..., Shopper], language: str, line: str, variant: str, others: str
) -> None:
    shopper = comes_in(language=language)
    shopper.says(line, "purchase_intent")
    assert f"; {others}; " in shopper.text
    shopper.presses(variant)
    assert f"({variant})" in shopper.text
    assert "schrader" not in shopper.text
