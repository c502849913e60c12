"""Strings only this server can have issued: tokens, button payloads, hand-off links, form keys."""

import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from itsdangerous import BadData, URLSafeSerializer

SIGNER = {"key_derivation": "hmac", "digest_method": hashlib.sha256}


def utc_now() -> datetime:
    """The clock of the house."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a dated seal held, and how long ago it was closed."""

    value: Any
    age: timedelta


def new_conversation_id() -> str:
    """128 random bits in hex."""
    return secrets.token_hex(16)


class Seals:
    """Signs values for a purpose; a seal made for one purpose opens for no other."""

    def __init__(self, secret: str, clock: Callable[[], datetime] = utc_now) -> None:
        self._secret = secret
        self._clock = clock

    def close(self, purpose: str, value: Any) -> str:
        """Return `value` (JSON) as an opaque URL-safe string."""
        return self._serializer(purpose).dumps(value)

    def open(self, purpose: str, sealed: str) -> Any:
        """Return the value, or None where the string was not issued for this purpose."""
        try:
            return self._serializer(purpose).loads(sealed)
        except (BadData, ValueError, RecursionError):
            return None

    def close_dated(self, purpose: str, value: Any) -> str:
        """The same, with the moment in it."""
        return self.close(f"{purpose}.dated", [int(self._clock().timestamp()), value])

    def open_dated(self, purpose: str, sealed: str) -> Opened | None:
        """Return the value with its age, or None where the string was not issued for this purpose."""
        content = self.open(f"{purpose}.dated", sealed)
        if not isinstance(content, list):
            return None
        closed, value = content
        return Opened(value, self._clock() - datetime.fromtimestamp(closed, UTC))

    def fingerprint(self, purpose: str, text: str) -> str:
        """A hash that nobody can compute or search without the secret; the same text always gives the same one."""
        return hmac.new(self._secret.encode(), f"tresen.{purpose}:{text}".encode(), hashlib.sha256).hexdigest()

    def key(self, purpose: str) -> bytes:
        """256 bits for a cipher, of this secret and for this purpose alone (HKDF with SHA-256)."""
        return HKDF(hashes.SHA256(), 32, salt=None, info=f"tresen.{purpose}".encode()).derive(self._secret.encode())

    def _serializer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret, salt=f"tresen.{purpose}", signer_kwargs=SIGNER)


def house_seals(home: Path, environment: Mapping[str, str] = os.environ) -> Seals:
    """The seals of this house: with TRESEN_SECRET where it is given, else with the key in its home."""
    return Seals(environment.get("TRESEN_SECRET") or read_or_make_key(home / "secret.key"))


def read_or_make_key(file: Path) -> str:
    """Return the key kept in `file`, making it (mode 0600) where there is none; safe among several processes."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(32))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink()
    return file.read_text("utf-8").strip()
