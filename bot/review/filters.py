"""The filters of the list as its address: read strictly, written again without one, so that links can be shared."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy import Connection, Select

from actions.offers.decision import Refusal
from actions.offers.situation import OfferKind
from actions.store.digest_keys import Place, Wanted
from bot.reports.behind import Behind
from bot.reports.scope import EARLIEST, LATEST, Scope
from bot.reports.talks_behind import talks_behind
from bot.review.numbers import whole
from bot.transcripts.digest import OUTCOMES, WEIGHT

TEXT = re.compile(r"[^\x00-\x1f\x7f]{1,120}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(rf"{DAY.pattern}(T\d{{2}}:\d{{2}}:\d{{2}}(\.\d{{1,6}})?Z)?", re.ASCII)
NAME = re.compile(r"[\w./:-]{1,120}")
OF_KIND = (f"{kind.value}{state}" for kind in OfferKind for state in ("", *(f".{state}" for state in WEIGHT)))
# of one kind, or of any
OFFERS = (*OF_KIND, *WEIGHT)
STATUSES = ("open", "done", "flagged")
VERDICTS = ("good", "ok", "bad")
MARKS = ("fallback", "repeat", "error", "handoff", "hesitated", "left", "abandoned", "person")
SHOPPERS = ("real", "simulated")
# the name in the address is that of the facet; of the first the values are known here, of the others in the record
CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": ("de", "en"),
    "outcome": OUTCOMES,
    "offer": OFFERS,
    "refusal": tuple(refusal.value for refusal in Refusal),
    "mark": MARKS,
    "shoppers": SHOPPERS,
    "status": STATUSES,
    "verdict": VERDICTS,
}
NAMED = ("channel", "intent", "action", "sku", "reason", "policy", "model", "assignee", "cause", "tag")
EVERY = ("q", "from", "to", "figure", *CHOICES, *NAMED, "below")


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for, and the names of the filters whose values nobody understands."""

    values: Mapping[str, str]
    wanted: Wanted
    before: Place | None
    misread: tuple[str, ...]

    @property
    def query(self) -> str:
        """The filters as the end of an address, without the place in the list."""
        return urlencode(self.values)

    def without(self, name: str) -> str:
        """The same without one of them."""
        return urlencode({key: value for key, value in self.values.items() if key != name})


def read_filters(given: Mapping[str, str]) -> Filters:
    """Read an address; what is empty or not known is passed over."""
    values = {name: given[name].strip() for name in EVERY if given.get(name, "").strip()}
    misread = [name for name, value in values.items() if not _is_sound(name, value)]
    sound = {name: value for name, value in values.items() if name not in misread}
    below = sound.get("below")
    wanted = Wanted(
        facets=tuple((name, sound[name]) for name in (*CHOICES, *NAMED) if name in sound),
        words=sound.get("q", ""),
        since=_moment(sound.get("from", "")),
        until=_end(sound.get("to", "")),
        below=float(below) / 100 if below else None,
    )
    behind = Behind.read(sound.get("figure", ""))
    wanted = wanted if behind is None else _behind(wanted, behind, real_only=sound.get("shoppers") == "real")
    before, place = given.get("before", ""), None
    if before:
        place = read_place(before)
        misread += [] if place else ["before"]
    return Filters(values, wanted, place, tuple(misread))


def read_place(text: str) -> Place | None:
    """The place a page begins after, None where it is none."""
    moment, _, number = text.partition("~")
    try:
        at = datetime.fromisoformat(moment)
        return Place(at.astimezone(UTC), int(number)) if at.tzinfo and 0 <= int(number) < 2**31 else None
    except (ValueError, OverflowError):
        return None


def write_place(active_at: datetime, number: int) -> str:
    """The place as it stands in an address."""
    return f"{active_at.astimezone(UTC).isoformat()}~{number}"


def chips(filters: Filters) -> Iterator[tuple[str, str, str]]:
    """Name, value and the address without it, of every filter in force."""
    return ((name, value, filters.without(name)) for name, value in filters.values.items())


def _behind(wanted: Wanted, behind: Behind, *, real_only: bool) -> Wanted:
    """The same of those that a figure counts. Its period is that of the figure, which knows when a conversation was
    last active in the record; of a figure without a period the list shows a part."""
    scope = Scope(wanted.since or EARLIEST, wanted.until or LATEST, real_only)
    if behind.is_of_all_time:
        ever = scope.ever()
        return replace(wanted, among=lambda connection, _: talks_behind(connection, behind, ever))

    def among(connection: Connection, since: datetime | None) -> Select[tuple[str]]:
        return talks_behind(connection, behind, scope if since is None else scope.since(since))

    return replace(wanted, since=None, until=None, among=among, among_days=True)


def _is_sound(name: str, value: str) -> bool:
    if name in CHOICES:
        return value in CHOICES[name]
    if name in ("from", "to"):
        return _moment(value) is not None
    if name == "figure":
        return Behind.read(value) is not None
    if name == "below":
        return 1 <= (whole(value) or 0) <= 100
    return bool((TEXT if name in ("q", "tag") else NAME).fullmatch(value))


def _moment(text: str) -> datetime | None:
    """A moment, or the beginning of a day."""
    if not MOMENT.fullmatch(text):
        return None
    try:
        # a day is one of the clock on the wall here
        moment = datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        return None
    return moment if 2000 <= moment.year < 2200 else None


def _end(text: str) -> datetime | None:
    """A moment, or the end of a day."""
    moment = _moment(text)
    return moment + timedelta(days=1) if moment and DAY.fullmatch(text) else moment
