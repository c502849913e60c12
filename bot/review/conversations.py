"""The list of conversations, the console's first page: filtered by its address, a page at a time."""

from datetime import date, datetime
from typing import Any

from starlette.responses import Response

from actions.store import digest_search
from actions.store.digest_search import Listed
from actions.store.engine import reading
from actions.store.staff import Role
from bot.reports.behind import PARTS
from bot.reports.rounding import half_up, percentage
from bot.review.counted_in import worded_figure
from bot.review.filters import CHOICES, Filters, chips, read_filters, write_place
from bot.review.page import Page
from bot.review.visit import Visit
from bot.transcripts.digest import WEIGHT

AT_ONCE = 50
# filters whose choices are what the record holds
RECORDED = ("channel", "intent", "action", "reason", "policy", "model", "assignee", "cause", "tag")
# outcomes are too important, and values of the others too technical, to be shown by their code
WORDED = frozenset({*CHOICES, "did", "channel", "stage", "hesitation", "reason", "cause"})
COUNTED_IN = "figure"


def show(visit: Visit) -> Response:
    """GET /: the conversations that the address asks for, or the next ones, which htmx puts below them."""
    filters = read_filters(visit.request.query_params)
    with reading(visit.console.database) as connection:
        found = (
            () if filters.misread else digest_search.page(connection, filters.wanted, AT_ONCE + 1, filters.before)
        )
    template = "conversation_rows.html" if visit.is_partial else "conversations.html"
    return visit.render(
        template,
        400 if filters.misread else 200,
        rows=found[:AT_ONCE],
        more=_next(found),
        filters=filters,
        chips=[(name, worded(visit, name, value), rest) for name, value, rest in chips(filters)],
        problems=[
            visit.words("filter_misread", what=visit.words(f"filter_{name}"), value=filters.values.get(name, ""))
            for name in filters.misread
        ],
        **formats(visit),
    )


def choose(visit: Visit) -> Response:
    """GET /filters: the form with every filter and the choices there are."""
    filters = read_filters(visit.request.query_params)
    with reading(visit.console.database) as connection:
        recorded = {kind: digest_search.values_of(connection, kind) for kind in RECORDED}
    choices = {
        name: [(value, worded(visit, name, value)) for value in values]
        for name, values in {**CHOICES, **recorded, COUNTED_IN: _figures(filters)}.items()
    }
    return visit.render("filters.html", filters=filters, choices=choices)


def formats(visit: Visit) -> dict[str, Any]:
    """How moments, shares and recorded codes are written for people."""

    def moment(at: datetime) -> str:
        here = at.astimezone()
        return f"{here:%d.%m.%Y %H:%M}" if visit.language == "de" else f"{here:%d %b %Y %H:%M}"

    def day(written: str) -> str:
        try:
            at = date.fromisoformat(written)
        except ValueError:
            return written
        return f"{at:%d.%m.%Y}" if visit.language == "de" else f"{at:%d %b %Y}"

    def share(value: float) -> str:
        return f"{percentage(value, 0)}{' %' if visit.language == 'de' else '%'}"

    def decimal(value: float) -> str:
        return f"{half_up(value, 1)}".replace(".", "," if visit.language == "de" else ".")

    return {
        "moment": moment,
        "day": day,
        "share": share,
        "decimal": decimal,
        "redact": visit.console.redact,
        "worded": lambda name, value: worded(visit, name, value),
    }


def worded(visit: Visit, name: str, value: str) -> str:
    """A recorded code in words, where there are words for it."""
    if name == "below":
        return f"{value} %"
    if name == COUNTED_IN:
        return worded_figure(visit, value)
    texts = visit.console.rendering.texts
    if name == "offer":
        kind, _, state = value.partition(".")
        if kind in WEIGHT:
            return visit.words("offer_any", state=visit.words(f"offer_state_{kind}"))
        said = visit.words(f"offer_{kind}") if f"offer_{kind}" in texts else kind
        return f"{said}: {visit.words(f'offer_state_{state}')}" if f"offer_state_{state}" in texts else said
    label = f"{name}_{value}"
    return visit.words(label) if name in WORDED and label in texts else value


def _figures(filters: Filters) -> list[str]:
    """Every figure, and the part of one that is in force."""
    return list(dict.fromkeys([*PARTS, *filters.values.get(COUNTED_IN, "").splitlines()]))


def _next(found: tuple[Listed, ...]) -> str:
    last = found[AT_ONCE - 1] if len(found) > AT_ONCE else None
    return write_place(last.active_at, last.number) if last else ""


PAGES = (
    Page("/", show, Role.VIEWER, title="nav_conversations"),
    Page("/filters", choose, Role.VIEWER),
)
