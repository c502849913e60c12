"""Reads when something begins and ends: days by the shop's clocks, or exact moments; all of it becomes UTC."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

ONE_DAY = timedelta(days=1)


def beginning(written: str, zone: tzinfo) -> datetime:
    """The moment written, or the first of the day written; ValueError where it is neither."""
    day = _day(written)
    return _moment(written, zone) if day is None else _midnight(day, zone)


def ending(written: str, zone: tzinfo) -> datetime:
    """The moment written, or the first after the day written."""
    day = _day(written)
    return _moment(written, zone) if day is None else _midnight(day + ONE_DAY, zone)


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    _check_year(day)
    return day


def _moment(written: str, zone: tzinfo) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise ValueError(f"{written!r} is no day like 2026-12-24 and no moment like 2026-12-24 18:00") from None
    _check_year(moment)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def _check_year(day: date) -> None:
    """Others are slips of the pen, and calendars of other zones end with year 1 and 9999."""
    if not 2000 <= day.year < 3000:
        raise ValueError(f"the year {day.year} cannot be meant")
