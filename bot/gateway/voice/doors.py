"""What the doors of the voice channels have in common: their keys, their limit, and how a caller is turned away."""

from dataclasses import dataclass
from typing import Self

from actions.settings import Settings
from bot.gateway.problems import ProblemError

LARGEST = 64 * 1024
NO_STORE = {"Cache-Control": "no-store"}
LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class VoiceKeys:
    """The secret of each channel; a channel without one is not there."""

    phone: str = ""
    dialogflow: str = ""
    webhook: str = ""

    @classmethod
    def read(cls, settings: Settings) -> Self:
        """The keys of a house."""
        return cls(
            phone=settings["TRESEN_TWILIO_AUTH_TOKEN"],
            dialogflow=settings["TRESEN_DIALOGFLOW_SECRET"],
            webhook=settings["TRESEN_VOICE_SECRET"],
        )


def need_channel(key: str) -> None:
    """ProblemError (404) where a channel has no secret."""
    if not key:
        raise ProblemError(404, "not-found", "this shop does not speak on that channel")


def language_of(tag: object) -> str | None:
    """ "de" or "en" of a tag like "de-DE"; None where it is another language or none."""
    language = tag[:2].casefold() if isinstance(tag, str) else ""
    return language if language in LANGUAGES else None


def spoken_text(value: object, limit: int = 1000) -> str:
    """What was recognised as one line; "" where it is no text."""
    if not isinstance(value, str):
        return ""
    printable = "".join(sign if sign.isprintable() else " " for sign in value[:limit])
    return " ".join(printable.split())
