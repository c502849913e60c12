"""What a shopper wrote where the log holds placeholders: kept sealed, revealed to whoever has the house's key."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, select

from actions.store.bulk import insert_new
from actions.store.tables import message_originals
from bot.seals import Seals

NONCE = 12
PURPOSE = "message.original"


@dataclass(frozen=True, slots=True)
class OriginalSeal:
    """Seals texts with AES-256-GCM; a sealed text opens for the message it belongs to and for no other."""

    key: bytes

    @classmethod
    def of_house(cls, seals: Seals) -> "OriginalSeal":
        """With the key that only this purpose has."""
        return cls(seals.key(PURPOSE))

    def close(self, message_id: str, text: str) -> bytes:
        """The sealed text, its nonce in front."""
        nonce = os.urandom(NONCE)
        return nonce + AESGCM(self.key).encrypt(nonce, text.encode(), message_id.encode())

    def open(self, message_id: str, sealed: bytes) -> str | None:
        """The text; None where another key or another message sealed it."""
        try:
            return AESGCM(self.key).decrypt(sealed[:NONCE], sealed[NONCE:], message_id.encode()).decode()
        except (InvalidTag, ValueError):
            return None


def keep(connection: Connection, message_id: str, text: str, seal: OriginalSeal) -> None:
    """Keep what was replaced in a message, once."""
    insert_new(
        connection,
        message_originals,
        [{"message": message_id, "sealed": seal.close(message_id, text)}],
        ["message"],
    )


def sealed_among(connection: Connection, message_ids: Sequence[str]) -> frozenset[str]:
    """Those of these messages in which something was replaced."""
    column = message_originals.c.message
    return frozenset(connection.scalars(select(column).where(column.in_(list(message_ids)))))


def reveal(connection: Connection, message_id: str, seal: OriginalSeal) -> str | None:
    """The message as it was written; None where nothing was replaced, or the key is no longer the same.

    The caller writes down who looked.
    """
    column = message_originals.c.sealed
    sealed = connection.scalar(select(column).where(message_originals.c.message == message_id))
    return None if sealed is None else seal.open(message_id, bytes(sealed))
