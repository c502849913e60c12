"""Tells the shop's own e-mail address, telephone number and postal address from those of people."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

CONTACT = "contact"
# a country code has one to three digits, and what follows it is a number of its own
LONGEST_CODE = 3
SHORTEST_NUMBER = 7


@dataclass(frozen=True, slots=True)
class Detail:
    """A personal detail by its kind, as it stands in a text."""

    kind: str
    words: str


def statements(contact: object) -> Iterator[str]:
    """What `contact` in shop.yml says, each with its name before it: "phone: +49 30 ..." is a number to call."""
    if isinstance(contact, Mapping):
        for name, value in contact.items():
            yield from (f"{name}: {each}" for each in statements(value))
    elif contact:
        yield str(contact)


def is_own(said: Detail, own: Detail) -> bool:
    """Whether what somebody said is the shop's address or number, however it is written."""
    if said.kind != own.kind:
        return False
    if said.kind == "phone":
        return _is_same_number(said.words, own.words)
    if said.kind == "address":
        return _is_same_place(said.words, own.words)
    return said.words.casefold() == own.words.casefold()


def _is_same_place(said: str, own: str) -> bool:
    """Street and number alone are the shop's as well; what says more or less than that is somebody's."""
    words, known = (re.findall(r"\w+", each.casefold()) for each in (said, own))
    return len(words) > 1 and known[: len(words)] == words


def _is_same_number(one: str, other: str) -> bool:
    (mine, my_form), (theirs, their_form) = _number(one), _number(other)
    if my_form == their_form:
        return mine == theirs
    if {my_form, their_form} != {"international", "national"}:
        return False
    whole, rest = (mine, theirs) if my_form == "international" else (theirs, mine)
    code = len(whole) - len(rest)
    return whole.endswith(rest) and 1 <= code <= LONGEST_CODE and len(rest) >= SHORTEST_NUMBER


def _number(words: str) -> tuple[str, str]:
    """The digits that matter, and how far they reach."""
    digits = re.sub(r"[^0-9]", "", words.replace("(0)", ""))
    if words.lstrip("( ").startswith("+"):
        return digits, "international"
    if digits.startswith("00"):
        return digits[2:], "international"
    return (digits[1:], "national") if digits.startswith("0") else (digits, "local")
