"""Reads days and moments as shops, shop systems and spreadsheets write them."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from actions.store.importing.values import text

MONTHS = (
    *(("jan", "januar", "jänner", "january"), ("feb", "februar", "feber", "february")),
    *(("mär", "märz", "mrz", "maerz", "mar", "march"), ("apr", "april"), ("mai", "may")),
    *(("jun", "juni", "june"), ("jul", "juli", "july"), ("aug", "august"), ("sep", "sept", "september")),
    *(("okt", "oktober", "oct", "october"), ("nov", "november"), ("dez", "dezember", "dec", "december")),
)
BY_NAME = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}
# 2026-05-03, 2026/5/3 and 20260503; 03.05.2026 and 3.5.26; 3. Mai 2026; May 3, 2026
FORMS = (
    re.compile(r"(?P<year>\d{4})(?P<mark>[-/]?)(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})(?!\d)"),
    re.compile(r"(?P<day>\d{1,2})\.?\s+(?P<month>[^\W\d]+)\.?,?\s+(?P<year>\d{4})(?!\d)"),
    re.compile(r"(?P<month>[^\W\d]+)\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})(?!\d)"),
)
DAY_ALONE = len("2026-05-03")
BEFORE_TIME = re.compile(r"^(?:T|[\s,@]*(?:um\s+|at\s+)?)")
OFFSET = re.compile(r"\s+([+-]\d{2}:?\d{2})$")
EXAMPLES = "2026-05-03, 2026-05-03 14:30, 03.05.2026 14:30 or 3. Mai 2026"


def written_moment(source: str) -> date | datetime:
    """The day where the text names no time, else the moment, with its offset where it names one; ValueError."""
    if len(source) > DAY_ALONE:
        # as most programs write it, and far quicker
        with suppress(ValueError):
            return datetime.fromisoformat(source)
    with suppress(ValueError):
        return _in_words(source)
    raise ValueError(f"{source!r} is not a date and time; write it like {EXAMPLES}")


def iso_day(value: Any) -> str:
    """The day of what the text names, as 2026-05-03; ValueError."""
    source = text(value)
    try:
        return written_moment(source).isoformat()[:10]
    except ValueError:
        raise ValueError(f"{source!r} is not a date; write it like 2026-05-03 or 03.05.2026") from None


def moment_reader(time_zone: str = "UTC", form: str = "") -> Callable[[Any], datetime]:
    """A function that reads moments, also days, or `form` (strptime); without an offset they are of `time_zone`."""
    zone = UTC if time_zone == "UTC" else ZoneInfo(time_zone)
    expected = f"of the form {form}" if form else f"a date and time; write it like {EXAMPLES}"

    @cache
    def from_text(source: str) -> datetime:
        moment = datetime.strptime(source, form) if form else written_moment(source)
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, datetime.min.time())
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)

    def read(value: Any) -> datetime:
        if isinstance(value, datetime):
            return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
        source = text(value)
        if not source:
            raise ValueError("is missing")
        try:
            return from_text(source)
        except (ValueError, OverflowError):
            raise ValueError(f"{source!r} is not {expected}") from None

    return read


def _in_words(source: str) -> date | datetime:
    found = next(filter(None, (form.match(source) for form in FORMS)), None)
    if found is None:
        raise ValueError("no form that is known")
    day = _day(found)
    rest = source[found.end() :].strip()
    return _at(day, rest) if rest else day


def _day(found: re.Match[str]) -> date:
    """Of a year of two digits the century is this one."""
    year, month = found["year"], found["month"]
    number = int(month) if month.isdigit() else BY_NAME.get(month.casefold(), 0)
    return date(int(year) if len(year) == 4 else 2000 + int(year), number, int(found["day"]))


def _at(day: date, rest: str) -> datetime:
    clock = BEFORE_TIME.sub("", rest).removesuffix("Uhr").strip()
    clock = f"0{clock}" if clock[1:2] == ":" else clock
    clock = OFFSET.sub(r"\1", f"{clock.removesuffix(' UTC')}+00:00" if clock.endswith(" UTC") else clock)
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}")
