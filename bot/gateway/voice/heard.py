"""What a platform has heard, in one shape for all of them."""

from dataclasses import dataclass

from bot.gateway.voice.commands import Act
from bot.seals import Seals


@dataclass(frozen=True, slots=True)
class Heard:
    """One request: who and which request it is are keyed hashes, the platform's own ids end at the door.

    `keys` were pressed on a phone; `begins` marks the first request of a session; `customer` is one the shop
    vouches for; `language` None leaves the conversation's as it is.
    """

    channel: str
    caller: str
    request: str
    text: str = ""
    keys: str = ""
    language: str | None = None
    act: Act = Act.SAY
    begins: bool = False
    customer: str | None = None


def hashed(seals: Seals, purpose: str, platform_id: str) -> str:
    """What is kept of a platform's id: the same for the same id, and nothing anybody could read or search."""
    return seals.fingerprint(f"voice.{purpose}", platform_id)
