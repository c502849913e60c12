"""Which conversations a figure is about: those last active in a period, of all shoppers or of real ones only."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Scope:
    """From `start` until just before `end`; `real_only` leaves out simulated shoppers."""

    start: datetime
    end: datetime
    real_only: bool = False

    def query(self, **filters: str) -> str:
        """The query string of the console's list of the conversations behind a figure; its days are whole ones."""
        last = self.end - timedelta(microseconds=1)
        filters = {**filters, "shoppers": "real" if self.real_only else ""}
        chosen = {name: value for name, value in filters.items() if value}
        return urlencode({"from": f"{self.start:%Y-%m-%d}", "to": f"{last:%Y-%m-%d}", **chosen})

    def ever(self) -> "Scope":
        """The same shoppers, whenever they came."""
        return Scope(datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC), self.real_only)
