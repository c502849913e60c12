"""Customers by pseudonym: who it is cannot be read from it, that it is the same one can."""

import hashlib
import hmac
from collections.abc import Callable

PURPOSE = "tresen.customer:"
LENGTH = 32

Pseudonym = Callable[[str], str]


def pseudonyms(secret: str) -> Pseudonym:
    """A function from an e-mail address or a customer number to its pseudonym, the same as long as the key is."""

    def pseudonym(identity: str) -> str:
        plain = f"{PURPOSE}{identity.strip().casefold()}"
        digest = hmac.new(secret.encode(), plain.encode(), hashlib.sha256).hexdigest()
        return f"c-{digest[:LENGTH]}"

    return pseudonym


def no_pseudonyms(_identity: str) -> str:
    """Where there is no key, nothing that may name a person is taken in."""
    raise ValueError("names a person, and there is no key to hide who it is")


def own_customer(pseudonym: Pseudonym) -> Pseudonym:
    """For files that are meant to hold pseudonyms already: only an e-mail address is replaced."""

    def customer(name: str) -> str:
        return pseudonym(name) if "@" in name else name

    return customer
