"""How long what is kept: the merchant's settings as numbers."""

from dataclasses import dataclass

from actions.settings import Settings


@dataclass(frozen=True, slots=True)
class Periods:
    """Days after the last activity, days after a message, hours, and days after a line was logged."""

    transcript_days: float = 90
    original_days: float = 30
    engine_hours: float = 24
    log_days: float = 14

    @classmethod
    def read(cls, settings: Settings) -> "Periods":
        """The periods in force."""
        return cls(
            float(settings["TRESEN_TRANSCRIPT_DAYS"]),
            float(settings["TRESEN_ORIGINAL_DAYS"]),
            float(settings["TRESEN_ENGINE_HOURS"]),
            float(settings["TRESEN_LOG_DAYS"]),
        )
