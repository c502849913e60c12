"""Account linking: a token of the merchant's own server that names a customer and proves it."""

import hmac

from bot.gateway.customers import LONGEST, customer_key, proof_of
from bot.seals import Seals


def customer_of_token(token: object, seals: Seals, api_key: str) -> str | None:
    """The customer of a token "<id>.<proof>"; None for no token and for one the shop did not sign."""
    if not isinstance(token, str):
        return None
    customer, _, proof = token.rpartition(".")
    if not customer.strip() or len(customer) > LONGEST:
        return None
    proved = hmac.compare_digest(proof.encode("utf-8", "replace"), proof_of(customer, api_key).encode())
    return customer_key(seals, customer) if proved else None
