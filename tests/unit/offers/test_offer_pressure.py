"""Words that press are found, honest ones are not, and of a text only the sentences that press are left out."""

import pytest

from actions.offers.pressure import PRESSURE, Pressure, pressure_in, without_pressure
from actions.offers.products import Words

PRESSES = {
    "false urgency": (
        "Nur noch heute zu diesem Preis!",
        "NUR HEUTE",
        "nur bis Sonntag",
        "Letzte Chance!",
        "Nur solange der Vorrat reicht",
        "Greifen Sie schnell zu!",
        "Das Angebot läuft bald ab.",
        "Der Countdown läuft.",
        "Only today!",
        "Hurry!",
        "while stocks last",
        "Don’t miss it",
        "Offer ends tonight",
    ),
    "scarcity": (
        "nur noch 2 Stück",
        "Nur noch\u00a02 Stück",
        "nur noch {left} Stück",
        "nur noch wenige Exemplare",
        "Nur noch zwei da!",
        "noch 2 auf Lager",
        "Fast ausverkauft",
        "only 3 left",
        "Just two left!",
        "2 left in stock",
        "almost gone",
        "selling fast",
    ),
    "price claim": (
        "Jetzt 20 % günstiger",
        "20 % Rabatt",
        "statt 99,90 €",
        "Ein Schnäppchen",
        "30 % off",
        "was €99",
    ),
    "guilt": ("Es wäre schade, darauf zu verzichten.",),
    "fear": ("Das werden Sie bereuen.",),
    "flattery": ("Eine kluge Wahl!",),
    "confirmshaming": ("Nein, ich verzichte auf Sicherheit",),
    "preselection": ("Ich habe es bereits für Sie hinzugefügt.",),
    "crowd without count": ("Unser Bestseller", "Zwölf Personen sehen sich das gerade an."),
    "superlative claim": ("Zum besten Preis",),
    "machine as human": ("Ich bin ein Mitarbeiter",),
}
HONEST = (
    "Ein Küchenwecker mit Countdown-Timer",
    "und nur noch ein Kettenblatt mit zwölf Gängen",
    "Regen läuft einfach ab.",
    "Mit einem geladenen Akku verpassen Sie kein Bild.",
    "Reduziert Vibrationen um 30 %",
    "20 % leichter als das Vorgängermodell",
    "20 % günstiger im Verbrauch",
    "Acht Gänge statt sieben",
    "Nicht nur heute, sondern jeden Tag",
    "Nur bis 30 °C waschbar",
    "Samstags nur bis 16 Uhr",
    "Ein Klassiker, der nie enttäuscht",
    "Only one size available",
    "Works with the left hand only",
    "For those in a hurry",
    "Built for going fast",
    "Von {product} habe ich nur noch {left} da.",
)


@pytest.mark.parametrize(("label", "text"), [(label, text) for label, texts in PRESSES.items() for text in texts])
def test_a_word_that_presses_is_found_under_its_name(label: str, text: str) -> None:
    assert [found.label for found in pressure_in(text)] == [label]
    assert without_pressure(text) == ""


def test_every_kind_of_pressure_has_an_example() -> None:
    assert set(PRESSES) == set(PRESSURE)


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_sentence_passes_as_it_stands(text: str) -> None:
    assert pressure_in(text) == ()
    assert without_pressure(text) == text


def test_the_words_are_told_as_they_were_written() -> None:
    (found,) = pressure_in("Jetzt zugreifen: NUR NOCH\n 3 Stück!")[1:]
    assert found == Pressure("scarcity", "NUR NOCH 3 Stück")
    assert str(found) == "scarcity: 'NUR NOCH 3 Stück'"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Nur noch heute: 20 % Rabatt! Hält das Rad sauber.", "Hält das Rad sauber."),
        ("Keeps the bike clean. Hurry, only 3 left!", "Keeps the bike clean."),
        ("Passt z. B. an Räder. Fast ausverkauft!!! Hält 3.5 bar.", "Passt z. B. an Räder. Hält 3.5 bar."),
        ("fast ausverkauft, aber leicht. und schön", ""),
    ],
)
def test_only_the_sentences_that_press_are_left_out(text: str, left: str) -> None:
    assert without_pressure(text) == left


def test_what_is_lost_in_one_language_is_said_in_neither() -> None:
    words = Words("Nur noch 2 Stück!", "Keeps you dry.")
    assert words.honest() == Words()
    assert (words.said("de"), words.said("en")) == ("", "")
    partly = Words("Nur noch 2 Stück! Hält trocken.", "Keeps you dry.")
    assert (partly.said("de"), partly.said("en")) == ("Hält trocken.", "Keeps you dry.")
    assert Words("", "Keeps you dry.").said("de") == "Keeps you dry."
