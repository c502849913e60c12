"""The audit log as a page: who did what, and whether the chain of entries is whole."""

from starlette.responses import Response

from actions.store import audit_log
from actions.store.audit_log import Anchor
from actions.store.engine import reading
from actions.store.staff import Role
from bot.review.conversations import formats
from bot.review.numbers import asked_number
from bot.review.page import Page
from bot.review.visit import Visit

AT_ONCE = 100


def show(visit: Visit) -> Response:
    """GET /audit: the latest entries, or those before one; with `verify`, the chain is read from its beginning
    and compared with how far it had come."""
    asked = visit.request.query_params
    before = asked.get("before", "")
    number = asked_number(before) if before else None
    # before the log: what is written down later may be newer than what is read
    known, unreadable = _anchor(visit) if "verify" in asked else (None, False)
    with reading(visit.console.database) as connection:
        entries = audit_log.latest(connection, AT_ONCE, number)
        broken = audit_log.first_broken(connection) if "verify" in asked else None
        cut = known if known and not audit_log.holds(connection, known) else None
    return visit.render(
        "audit.html",
        entries=entries,
        earlier=entries[-1].id if len(entries) == AT_ONCE else None,
        verified="verify" in asked,
        broken=broken,
        cut=cut,
        unreadable=unreadable,
        **formats(visit),
    )


def _anchor(visit: Visit) -> tuple[Anchor | None, bool]:
    """How far the log had come, and whether that cannot be read."""
    try:
        return visit.console.anchor.read(), False
    except (OSError, ValueError):
        return None, True


PAGES = (Page("/audit", show, Role.ADMIN, title="nav_audit"),)
