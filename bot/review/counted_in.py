"""Words for a figure that the list of conversations is filtered by, for the part of it, and for days."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_skeleton

from actions.wording import LOCALES
from bot.reports.behind import Behind
from bot.reports.titles import REASONS, WORDINGS
from bot.review.visit import Visit

# how the console words the values of a dimension
LABELLED: Mapping[str, str] = {"kind": "offer", "rule": "reason", "segment": "split"}


def worded_figure(visit: Visit, address: str) -> str:
    """The figure, and the part of it, that stands in an address."""
    behind = Behind.read(address)
    if behind is None:
        return address
    wording = WORDINGS.get(behind.figure)
    name = visit.words(f"figure_{behind.figure}") if wording is None else wording.title(visit.language)
    if not behind.dimension:
        return name
    return visit.words("figure_part", figure=name, part=worded_part(visit, behind.dimension, behind.value))


def worded_part(visit: Visit, dimension: str, value: str) -> str:
    """A value of a dimension; as it was recorded where there are no words for it."""
    if dimension == "reason" and value in REASONS:
        return REASONS[value].title(visit.language)
    if dimension in ("day", "week", "month"):
        return _worded_span(visit, dimension, value)
    label = f"{LABELLED.get(dimension, dimension)}_{value}"
    return visit.words(label) if label in visit.console.rendering.texts else value


def written_day(of: date, language: str, *, year: bool = True) -> str:
    """A day as the language writes it, with or without its year."""
    if language == "de":
        return f"{of:%d.%m.%Y}" if year else f"{of:%d.%m.}"
    return f"{of.day} {of:%b %Y}" if year else f"{of.day} {of:%b}"


def written_month(month: str, language: str) -> str:
    """A month of a year, "2026-03", as the language writes it; ValueError where it is none."""
    return str(format_skeleton("yMMMM", date.fromisoformat(f"{month}-01"), locale=LOCALES[language]))


def _worded_span(visit: Visit, dimension: str, value: str) -> str:
    try:
        if dimension == "month":
            return visit.words("part_month", month=written_month(value, visit.language))
        day = written_day(date.fromisoformat(value), visit.language)
    except ValueError:
        return value
    return visit.words("part_week", day=day) if dimension == "week" else day
