"""Passwords of the staff: argon2id hashes, and the same work whether or not somebody of that name exists."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher()
SHORTEST = 10
LONGEST = 200


def is_long_enough(password: str) -> bool:
    """Whether a password may be set; beyond the longest, hashing would only cost."""
    return SHORTEST <= len(password) <= LONGEST


def is_right(hasher: PasswordHasher, known: str | None, password: str) -> bool:
    """Whether the password is the one behind the hash; for nobody another one is tried, and it is wrong."""
    try:
        hasher.verify(known or _nobodys(hasher), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return known is not None


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    return hasher.hash("nobody has this password")
