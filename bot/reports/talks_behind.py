"""Selects the conversations behind a figure by the very conditions it is counted with.

Nothing of it is kept beside the record: a return that is imported, a cost that is entered or a second order changes
number and list at once.
"""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, exists, select

from actions.store.tables import conversations, orders
from bot.reports.answer_times import talks_measured, talks_waited
from bot.reports.behind import ANSWER_TIMES, HUMAN_TIME, OF_OFFERS, OF_TALKS, REPEATED, Behind
from bot.reports.cohorts import talks_of_customers
from bot.reports.course import week_of
from bot.reports.offer_counts import talks_with_offers
from bot.reports.scope import Scope
from bot.reports.talk_counts import talk_rows
from bot.transcripts.digest import WITH_A_YES

# numbers that are above nought only where something was ordered
OF_ORDERS = frozenset(
    {"bought", "orders", "orders_cross", "raised", "returned", "cancelled", "lines_unknown", "saved"}
)
GONE = "gone"
# the column of `talk_rows` for a part that is called otherwise in an address
COLUMN = {"reason": "abandoned", "week": "day"}


def talks_behind(connection: Connection, behind: Behind, scope: Scope) -> Select[tuple[str]]:
    """The ids of the conversations that a figure counts."""
    if behind.is_of_all_time:
        return talks_of_customers(connection, scope, repeated=behind.figure == REPEATED, month=behind.value)
    if behind.figure in OF_OFFERS:
        return talks_with_offers(connection, scope, OF_OFFERS[behind.figure], behind.dimension, behind.value)
    if behind.figure in ANSWER_TIMES:
        return talks_measured(scope)
    if behind.figure == HUMAN_TIME:
        return talks_waited(scope)
    number = OF_TALKS[behind.figure]
    rows = talk_rows(connection, scope, only=_may_have(number))
    counted = select(rows.c.conversation).where(rows.c[number] > 0)
    return counted.where(_is_part(rows, behind)) if behind.dimension else counted


def _may_have(number: str) -> ColumnElement[bool] | None:
    """The conversations without which the number is nought; None where any may have it."""
    if number in OF_ORDERS:
        return exists().where(orders.c.conversation == conversations.c.id)
    return conversations.c.stage.in_(WITH_A_YES) if number == GONE else None


def _is_part(rows: Subquery, behind: Behind) -> ColumnElement[bool]:
    column: ColumnElement[Any] = rows.c[COLUMN.get(behind.dimension, behind.dimension)]
    return column.in_(week_of(behind.value)) if behind.dimension == "week" else column == behind.value
