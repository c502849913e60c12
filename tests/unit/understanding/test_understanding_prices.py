"""The budget is read from what people type, in both languages, and only where a number is money."""

import pytest
from understanding_shops import bikes

LIMITS = [
    # German
    ("unter 800", None, 800),
    ("lieber unter 800 euro", None, 800),
    ("bis 500", None, 500),
    ("bis zu 500€", None, 500),
    ("max. 1.200 €", None, 1200),
    ("max 1.2k", None, 1200),
    ("maximal 1500,- euro", None, 1500),
    ("höchstens fünfzig euro", None, 50),
    ("hoechstens 50", None, 50),
    ("nicht mehr als 300", None, 300),
    ("nicht über 80", None, 80),
    ("nichts über 100", None, 100),
    ("nicht teurer als 250 euro", None, 250),
    ("weniger als 90 €", None, 90),
    ("unter tausend", None, 1000),
    ("unter zweieinhalbtausend euro", None, 2500),
    ("günstiger als 600", None, 600),
    ("mein budget liegt bei 800", None, 800),
    ("budget 700", None, 700),
    ("mein Budget: 700 Euro", None, 700),
    ("500 euro hab ich", None, 500),
    ("ein fahrrad für 500 euro", None, 500),
    ("helm 60€", None, 60),
    ("mehr als 500 gebe ich nicht aus", None, 500),
    ("800 euro oder weniger", None, 800),
    ("1000 euro maximum", None, 1000),
    ("80 cent", None, 0.8),
    ("79,90 €", None, 79.9),
    ("ab 300", 300, None),
    ("mindestens 300 euro", 300, None),
    ("über 1000 euro", 1000, None),
    ("mehr als 1000 €", 1000, None),
    ("nicht unter 100", 100, None),
    ("500 euro aufwärts", 500, None),
    ("zwischen 50 und 100 Euro", 50, 100),
    ("zwischen fünfzig und hundert", 50, 100),
    ("von 50 bis 100", 50, 100),
    ("50-100 euro", 50, 100),
    ("600€-900€", 600, 900),
    ("zw. 600 und 900 €", 600, 900),
    ("darf max 500 kosten", None, 500),
    ("ich will keine 1000 euro ausgeben", None, 1000),
    ("50 bis 100 €", 50, 100),
    ("1-2k", 1000, 2000),
    ("ab 500 bis 900 euro", 500, 900),
    ("über 500 aber unter 900", 500, 900),
    ("so um die 700 euro", 595, 805),
    ("ca. 600€", 510, 690),
    ("etwa 1000", 850, 1150),
    # English
    ("under 800", None, 800),
    ("up to 1.5k", None, 1500),
    ("at most 60 euros", None, 60),
    ("no more than 200", None, 200),
    ("not more than two hundred euros", None, 200),
    ("less than 80 bucks", None, 80),
    ("cheaper than 90", None, 90),
    ("anything below 50?", None, 50),
    ("under a thousand", None, 1000),
    ("my budget is 450", None, 450),
    ("I can spend 300 euros", None, 300),
    ("nothing over 100", None, 100),
    ("€75 max", None, 75),
    ("$99", None, 99),
    ("a bike for 500 euros", None, 500),
    ("500 or less", None, 500),
    ("at least 300", 300, None),
    ("over 1000 euros", 1000, None),
    ("from 200 upwards", 200, None),
    ("between 500 and 1000 euros", 500, 1000),
    ("from 50 to 100", 50, 100),
    ("over 500 but under 900", 500, 900),
    ("around 700", 595, 805),
    ("about 600 euros", 510, 690),
]


@pytest.mark.parametrize(("text", "lowest", "highest"), LIMITS)
def test_a_budget_is_read(text: str, lowest: float | None, highest: float | None) -> None:
    understood = bikes().understand(text)
    cents = [None if limit is None else round(limit * 100) for limit in (lowest, highest)]
    assert [understood.min_price, understood.max_price] == cents


@pytest.mark.parametrize(
    "text",
    [
        "größe 50",
        "27 gänge",
        "zwei helme",
        "nummer 2",
        "das zweite",
        "unter 15 kg",
        "mindestens 100 km reichweite",
        "schlauch 28 zoll",
        "socken 38",
        "fels 2",
        "in 2 wochen",
        "für 4 personen",
        "1.200 euro ist mir zu viel",
        "2 stück",
        "ab 18 jahren",
        "number two",
        "option 3",
        "size 54 please",
        "20 inch bike",
        "I'll take two",
        "500 euros is too much",
    ],
)
def test_a_number_that_is_no_limit_of_money_sets_no_budget(text: str) -> None:
    understood = bikes().understand(text)
    assert (understood.min_price, understood.max_price) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "egal was es kostet",
        "der preis ist egal",
        "Geld spielt keine Rolle",
        "ohne Preislimit",
        "das budget ist offen",
        "budget is not a problem",
        "money is no object",
        "price doesn't matter",
        "I don't care about the price",
        "regardless of the price",
    ],
)
def test_a_budget_is_lifted_in_words(text: str) -> None:
    assert "price" in bikes().understand(text).lifted


def test_the_price_words_are_not_searched_for() -> None:
    assert bikes().understand("ein mountainbike zwischen 500 und 900 euro bitte").words == ()
