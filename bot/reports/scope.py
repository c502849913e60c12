"""Which conversations a figure is about: those last active in a period, of all shoppers or of real ones only."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlencode

# before the first conversation and after the last
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Scope:
    """From `start` until just before `end`; `real_only` leaves out simulated shoppers."""

    start: datetime
    end: datetime
    real_only: bool = False

    def query(self, **filters: str) -> str:
        """The query string of the console's list of these conversations."""
        filters = {**self._span(), **filters, "shoppers": "real" if self.real_only else ""}
        return urlencode({name: value for name, value in filters.items() if value})

    def _span(self) -> dict[str, str]:
        """Whole days are written as days of the clock on the wall here, as people do; any other span in moments."""
        if self == self.ever():
            return {}
        first, end = self.start.astimezone(), self.end.astimezone()
        if first.time() == end.time() == time():
            return {"from": f"{first:%Y-%m-%d}", "to": f"{end - timedelta(days=1):%Y-%m-%d}"}
        return {"from": _written(first), "to": _written(end)}

    def since(self, moment: datetime) -> "Scope":
        """The same without what was last active before a moment."""
        return Scope(max(self.start, moment), self.end, self.real_only)

    def ever(self) -> "Scope":
        """The same shoppers, whenever they came."""
        return Scope(EARLIEST, LATEST, self.real_only)


def _written(moment: datetime) -> str:
    """A moment as it stands in an address."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
