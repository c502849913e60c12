"""Turns written sentences into what can be said aloud: no addresses, no markup, prices and units in words."""

import re
import unicodedata

from actions.offers.products import Money
from actions.wording import spoken

CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP", "EUR": "EUR", "USD": "USD", "GBP": "GBP"}
SIGN = "|".join(map(re.escape, CURRENCIES))
AMOUNT = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{2})?|\d+(?:[.,]\d{2})?"
PRICE = re.compile(rf"(?<![\w.,])(?:(?:{SIGN})\s?(?:{AMOUNT})|(?:{AMOUNT})\s?(?:{SIGN}))(?![\w])")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
ADDRESS = re.compile(r"\b(?:[a-z][a-z0-9+.-]*://|www\.)\S*[^\s.,;:!?)]", re.IGNORECASE)
MAIL = re.compile(r"([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)")
MARKUP = re.compile(r"[*_#`~<>|\\^{}=]+|(?<!\w)-(?=\s)")
QUOTES = re.compile("[„“”‚‘«»\"]|(?<!\\w)['’]|['’](?!\\w)")
THOUSANDS = {
    "de": re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.])"),
    "en": re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])"),
}
BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
DASH = re.compile(r"\s+[–—-]\s+|\s*[–—]\s+|\s+[–—]")
ENUMERATION = re.compile(r"\s*[·;•]\s*")
NEW_LINE = re.compile(r"\s*\n\s*")
MANY_COMMAS = re.compile(r"(?:\s*,)+(?=\s*[.,:!?])|^\s*,\s*")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W_a-zäöüß])")
UNITS = {
    "de": {"kg": "Kilogramm", "g": "Gramm", "km/h": "Stundenkilometer", "km": "Kilometer", "cm": "Zentimeter",
           "mm": "Millimeter", "m": "Meter", "l": "Liter", "ml": "Milliliter", "Wh": "Wattstunden", "W": "Watt",
           "Nm": "Newtonmeter", "Ah": "Amperestunden", "V": "Volt", "h": "Stunden"},
    "en": {"kg": "kilograms", "g": "grams", "km/h": "kilometres an hour", "km": "kilometres", "cm": "centimetres",
           "mm": "millimetres", "m": "metres", "l": "litres", "ml": "millilitres", "Wh": "watt hours", "W": "watts",
           "Nm": "newton metres", "Ah": "ampere hours", "V": "volts", "h": "hours"},
}  # fmt: skip
UNIT = re.compile(r"(?<![\w-])(\d+(?:[.,]\d+)*)\s?(km/h|kg|km|cm|mm|ml|Wh|Nm|Ah|g|m|l|W|V|h)\b(?![-/])")
SIGNS = {
    "de": {"×": " mal ", "→": " zu ", "&": " und ", "+": " plus ", "≥": " ab ", "≤": " bis ", "€": " Euro ",
           "$": " Dollar ", "£": " Pfund "},
    "en": {"×": " times ", "→": " to ", "&": " and ", "+": " plus ", "≥": " from ", "≤": " up to ", "€": " euros ",
           "$": " dollars ", "£": " pounds "},
}  # fmt: skip
MAIL_WORDS = {"de": (" ät ", " Punkt "), "en": (" at ", " dot ")}


def speakable(text: str, language: str) -> str:
    """The text as a voice says it, on one line; "" where nothing of it can be said."""
    said = NEW_LINE.sub(". ", unicodedata.normalize("NFC", text).strip())
    said = TAG.sub(" ", LINK.sub(r"\1", said))
    said = ADDRESS.sub(" ", said)
    said = MAIL.sub(lambda found: _mail(found, language), said)
    said = PRICE.sub(lambda found: price_in_words(found[0], language), said)
    said = THOUSANDS[language].sub(lambda found: re.sub(r"\D", "", found[0]), said)
    said = UNIT.sub(lambda found: f"{found[1]} {UNITS[language][found[2]]}", said)
    for sign, word in SIGNS[language].items():
        said = said.replace(sign, word)
    said = BRACKETS.sub(r", \1, ", said)
    said = ENUMERATION.sub(", ", DASH.sub(", ", said))
    said = QUOTES.sub("", MARKUP.sub(" ", said))
    said = "".join(sign for sign in said if is_said(sign))
    return _tidied(said)


def without_brackets(text: str) -> str:
    """A sentence without what stands in brackets."""
    return BRACKETS.sub("", text)


def sentences(text: str) -> list[str]:
    """The sentences of a text that can be said, each with a full stop, a question or an exclamation mark."""
    parts = (part.strip(" ,:") for part in SENTENCE.split(text))
    return [part if part[-1] in ".!?" else f"{part}." for part in parts if re.search(r"\w", part)]


def price_in_words(price: str, language: str) -> str:
    """ "1.249,90 €" or "€1,249.90" as "1249 Euro 90" or "1249 euros 90"."""
    currency = next(code for sign, code in CURRENCIES.items() if sign in price)
    number = re.sub(r"[^\d.,]", "", price)
    whole, mark, rest = number, "", ""
    if len(number) > 2 and number[-3] in ".,":
        whole, mark, rest = number[:-3], number[-3], number[-2:]
    digits = re.sub(r"\D", "", whole)
    return spoken(Money(int(digits) * 100 + (int(rest) if mark else 0), currency), language)


def is_said(sign: str) -> bool:
    """False for emoji, pictures and everything else that has no sound."""
    return unicodedata.category(sign) not in {"So", "Sk", "Cs", "Co", "Cn", "Cf", "Cc", "Mn", "Me"} or sign == " "


def _mail(found: re.Match[str], language: str) -> str:
    at, dot = MAIL_WORDS[language]
    return f"{found[1]}{at}{found[2].replace('.', dot)}"


def _tidied(said: str) -> str:
    one_line = MANY_COMMAS.sub("", re.sub(r"\s+", " ", said))
    one_line = re.sub(r"\s+([.,:!?])", r"\1", one_line)
    one_line = re.sub(r"([.!?])(?:\s*[.,:])+", r"\1", one_line)
    return re.sub(r"\s+", " ", one_line).strip(" ,")
