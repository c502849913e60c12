"""Reads recorded attribute values: lists, numbers with units, and whether a value meets a wish."""

import re
from decimal import Decimal

from actions.offers.products import Product

OWN_FIELDS = {"brand": "brand", "model": "model", "colour": "colour", "color": "colour", "size": "size"}
NOTHING_THERE = frozenset({"", "none", "no", "false", "without", "keine", "kein", "nein", "ohne"})
UNITS = {
    "tb": ("gb", 1000),
    "kg": ("g", 1000),
    "l": ("ml", 1000),
    "m": ("mm", 1000),
    "cm": ("mm", 10),
    "kw": ("w", 1000),
    "kwh": ("wh", 1000),
}
NOT = "!"
_BETWEEN = re.compile(r"[|;]|(?<!\d),|,(?!\d)")
_SPAN = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:-|–|to|bis)\s*(\d+(?:[.,]\d+)?)")
_MEASURE = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*(\D.*)?")


def attribute(product: Product, name: str) -> str:
    """The recorded value of an attribute, of brand, model, colour or size; empty where nothing is recorded."""
    key = name.strip().casefold()
    recorded = next((value for other, value in product.attributes.items() if other.casefold() == key), "")
    return recorded or str(getattr(product, OWN_FIELDS.get(key, ""), ""))


def listed(text: str) -> tuple[str, ...]:
    """The parts of a value that may list several ("trail|commute", "26;28"), normalised; "1,5 kg" is one part."""
    parts = (" ".join(part.split()).casefold() for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def measure(text: str) -> tuple[Decimal, str] | None:
    """Number and unit of "32 GB" or "1,5 kg", in the smallest unit known; None where it is no number."""
    found = _MEASURE.fullmatch(text.strip().casefold())
    if found is None:
        return None
    unit, factor = UNITS.get((found[2] or "").strip(), ((found[2] or "").strip(), 1))
    return Decimal(found[1].replace(",", ".")) * factor, unit


def span(text: str) -> tuple[Decimal, Decimal] | None:
    """The ends of "6 to 8" or "36-39", both included; None where a value is no span of numbers."""
    found = _SPAN.fullmatch(text.strip().casefold())
    if found is None:
        return None
    low, high = (Decimal(end.replace(",", ".")) for end in found.groups())
    return (low, high) if low < high else None


def is_there(value: str) -> bool:
    """False for a recorded nothing ("none", "no") and for no record at all."""
    return value.strip().casefold() not in NOTHING_THERE


def satisfies(recorded: str, wanted: str) -> bool:
    """Whether a recorded value meets a wish.

    Commas part wishes that must all be met, bars alternatives of which one must be; ">=32 GB" and "<=15 kg" compare
    numbers of the same unit; "!black" is what it must not be; a recorded span ("6 to 8") meets a number within it.
    A wish that cannot be compared, or of which nothing is recorded, is not met.
    """
    values = listed(recorded)
    wishes = [listed(wish) for wish in re.split(r"(?<!\d),|,(?!\d)", wanted) if wish.strip()]
    return all(_one_is_met(values, choices) for choices in wishes)


def _one_is_met(values: tuple[str, ...], choices: tuple[str, ...]) -> bool:
    return any(
        choice[1:] not in values if choice[:1] == NOT else any(_meets(value, choice) for value in values)
        for choice in choices
    )


def _meets(value: str, wish: str) -> bool:
    if wish[:2] not in (">=", "<="):
        return value == wish or _is_within(value, wish) or _equal(value, wish)
    have, limit = measure(value), measure(wish[2:])
    if have is None or limit is None or limit[1] not in ("", have[1]):
        return False
    return have[0] >= limit[0] if wish[0] == ">" else have[0] <= limit[0]


def _equal(value: str, wish: str) -> bool:
    have = measure(value)
    return have is not None and have == measure(wish)


def _is_within(value: str, wish: str) -> bool:
    ends, asked = span(value), measure(wish)
    return ends is not None and asked is not None and not asked[1] and ends[0] <= asked[0] <= ends[1]
