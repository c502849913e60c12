"""Figures in words and numbers as people write them, German and English."""

from babel.numbers import format_decimal, format_percent

from actions.offers.products import Money
from actions.wording import LOCALES, written
from bot.agreement import Number
from bot.reports.figures import Basis, Figure, Unit
from bot.reports.rounding import half_up
from bot.reports.titles import REASONS, WORDINGS, Wording

PERCENT = {"de": "0.0 %", "en": "0.0%"}
NOTHING = {"de": "noch keine Zahl", "en": "no figure yet"}
BASIS = {
    Basis.COUNTED: {"de": "gezählt", "en": "counted"},
    Basis.INFLUENCED: {"de": "beeinflusst", "en": "influenced"},
    Basis.CAUSED: {"de": "verursacht", "en": "caused"},
}
# shares of an amount of money
MONEY_PARTS = frozenset({"return_rate"})


def title(figure: Figure, language: str) -> str:
    """What the figure is called."""
    return _wording(figure).title(language)


def sentence(figure: Figure, language: str, currency: str) -> str:
    """Of what the figure is a part."""
    wording = _wording(figure)
    money = figure.unit is Unit.MONEY or figure.name in MONEY_PARTS
    n = _amount(figure.numerator, figure.unit, currency, language, money=money)
    d = _amount(figure.denominator, Unit.SHARE, currency, language, money=figure.name in MONEY_PARTS)
    # of one, none is one as well: "0 of 1 order was cancelled"
    agreeing = 1 if figure.denominator == 1 else figure.numerator
    parts = {"n": Number(agreeing, n), "d": Number(figure.denominator, d)}
    return (wording.of_en if language == "en" else wording.of_de).format(**parts)


def value(figure: Figure, language: str, currency: str) -> str:
    """The figure as people write it, with its interval where there is one."""
    if figure.value is None:
        return NOTHING[language]
    told = _value(figure.value, figure.unit, currency, language)
    if figure.low is None or figure.high is None:
        return told
    until = {"de": "bis", "en": "to"}[language]
    low, high = (_value(each, figure.unit, currency, language) for each in (figure.low, figure.high))
    return f"{told} ({low} {until} {high})"


def _wording(figure: Figure) -> Wording:
    return WORDINGS.get(figure.name) or REASONS[figure.name]


def _value(number: float, unit: Unit, currency: str, language: str) -> str:
    if unit is Unit.SHARE:
        return str(format_percent(half_up(number, 3), PERCENT[language], locale=LOCALES[language]))
    return _amount(number, unit, currency, language, money=unit is Unit.MONEY)


def _amount(number: float, unit: Unit, currency: str, language: str, *, money: bool) -> str:
    if money:
        return written(Money(int(half_up(number)), currency), language)
    plain = str(format_decimal(half_up(number), locale=LOCALES[language]))
    return f"{plain} {unit.value}" if unit in (Unit.MILLISECONDS, Unit.SECONDS) else plain
