"""Who a shopper is to the shop: an id the shop vouches for, or a keyed hash of an address; never the address."""

import hashlib
import hmac
import re

from sqlalchemy import Connection

from actions.store import consents, purchases
from bot.gateway.bodies import Document, text_field
from bot.gateway.problems import ProblemError, invalid
from bot.seals import Seals

LONGEST = 80
LONGEST_ADDRESS = 254
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def customer_key(seals: Seals, named: str) -> str:
    """What is kept of a customer: the shop's own id as it is, of a mail address only a hash with our secret."""
    name = named.strip()
    return name if "@" not in name else f"mail-{seals.fingerprint('customer', name.casefold())[:40]}"


def key_of_address(seals: Seals, typed: str) -> str | None:
    """The key behind an address typed at the checkout; None where it is none."""
    address = typed.strip()
    is_one = len(address) <= LONGEST_ADDRESS and ADDRESS.fullmatch(address)
    return customer_key(seals, address) if is_one else None


def proof_of(customer: str, api_key: str) -> str:
    """What the shop's server shows for a customer who is logged in there: HMAC-SHA256 of the id with its key."""
    return hmac.new(api_key.encode(), customer.encode(), hashlib.sha256).hexdigest()


def vouched_customer(document: Document, seals: Seals, api_key: str) -> str | None:
    """The customer a new chat belongs to; 422 where the field is malformed, 403 where the shop did not sign it."""
    given = document.get("customer")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise invalid('customer must be an object like {"id": "C1042", "proof": "..."}')
    customer, proof = text_field(given, "id", limit=LONGEST), text_field(given, "proof", limit=LONGEST)
    if not customer or not customer.strip() or not proof:
        raise invalid("customer needs an id and a proof")
    if not hmac.compare_digest(proof.encode(), proof_of(customer, api_key).encode()):
        raise ProblemError(403, "customer-not-proven", "the shop's server must sign the id of its customer")
    return customer_key(seals, customer)


def known_purchases(connection: Connection, document: Document, seals: Seals) -> frozenset[str]:
    """The models the `customer` of an offers request has, where they consented.

    The word on record counts; where there is none, the shop may say that it holds the consent ("consented").
    """
    consented = document.get("consented", False)
    if not isinstance(consented, bool):
        raise invalid("consented must be true or false")
    customer = text_field(document, "customer", limit=LONGEST)
    if not customer or not customer.strip():
        return frozenset()
    key = customer_key(seals, customer)
    recorded = consents.last_word(connection, customer=key)
    if consented and recorded is None:
        return purchases.families_bought(connection, customer=key)
    return purchases.owned_families(connection, customer=key)
