"""Which conversations a figure is about: those last active in a period."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Scope:
    """From `start` until just before `end`."""

    start: datetime
    end: datetime

    def query(self, **filters: str) -> str:
        """The query string of the console's list of the conversations behind a figure; its days are whole ones."""
        last = self.end - timedelta(microseconds=1)
        chosen = {name: value for name, value in filters.items() if value}
        return urlencode({"from": f"{self.start:%Y-%m-%d}", "to": f"{last:%Y-%m-%d}", **chosen})
