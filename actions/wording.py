"""Prices, quantities and names as the shopper reads or hears them."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor

from babel.numbers import format_currency

from actions.offers.products import Money, Product

SPOKEN_UNITS = {
    "EUR": {"de": ("Euro", "Euro"), "en": ("euro", "euros")},
    "USD": {"de": ("Dollar", "Dollar"), "en": ("dollar", "dollars")},
    "GBP": {"de": ("Pfund", "Pfund"), "en": ("pound", "pounds")},
}
LOCALES = {"de": "de_DE", "en": "en_GB"}


@lru_cache(maxsize=4096)
def written(money: Money, language: str) -> str:
    """Return "79,90 €" in German and "€79.90" in English, with an ordinary space as people type it."""
    exact = Decimal(money.amount).scaleb(-2)
    return format_currency(exact, money.currency, locale=LOCALES[language]).replace("\u00a0", " ")


def spoken(money: Money, language: str) -> str:
    """Return "79 Euro 90" in German and "79 euros 90" in English."""
    major, minor = divmod(abs(money.amount), 100)
    one, many = SPOKEN_UNITS.get(money.currency, {}).get(language, (money.currency, money.currency))
    unit = one if major == 1 else many
    return f"{major} {unit} {minor:02d}" if minor else f"{major} {unit}"


def money_document(money: Money, language: str) -> dict[str, object]:
    """The Money shape of the message contract."""
    return {"amount": money.amount, "currency": money.currency, "text": written(money, language)}


def listed(items: Sequence[str], language: str, *, last: str = "and") -> str:
    """Join "A, B und C"; `last` "or" joins with oder/or; what holds commas itself is parted by semicolons."""
    word = {("de", "and"): "und", ("en", "and"): "and", ("de", "or"): "oder", ("en", "or"): "or"}[(language, last)]
    if len(items) < 2:
        return "".join(items)
    between = "; " if any(", " in item for item in items) else ", "
    return f"{between.join(items[:-1])} {word} {items[-1]}"


def base_unit(product: Product) -> str:
    """What its unit price is for: "l" where the content is in ml; empty without a content."""
    if product.content is None:
        return ""
    return {"ml": "l", "g": "kg"}.get(product.content.unit, product.content.unit)


def unit_price(product: Product) -> Money | None:
    """The price of one litre, kilogram or piece where a content is recorded, rounded half up."""
    if product.content is None or product.content.amount <= 0:
        return None
    factor = {"ml": 1000, "g": 1000}.get(product.content.unit, 1)
    exact = product.price.amount * factor / Fraction(str(product.content.amount))
    return Money(floor(exact + Fraction(1, 2)), product.price.currency)
