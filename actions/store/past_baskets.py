"""Reads the order history for mining: the models of each order, whose it was and which came before which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, String, func, null, select, type_coerce

from actions.affinity.columns import Whole
from actions.affinity.orders import Orders, Small, orders_of
from actions.affinity.switching import UNKNOWN
from actions.store.tables import past_order_lines, products

READ_AT_ONCE = 10_000
MOMENT_TEXT = "%Y-%m-%d %H:%M:%S.%f"
BETWEEN = "\x1f"  # the control character for a separator: no article number holds it
Moment = str | datetime | None
Row = tuple[str, str | None, Moment]
Part = tuple[Whole, Small, Whole, Whole]
NOTHING: Whole = np.empty(0, dtype=np.int64)
NO_PART: Part = (NOTHING, NOTHING.astype(np.int32), NOTHING, NOTHING)


@dataclass(frozen=True, slots=True)
class PastBaskets:
    """Orders by families, in `lines` lines of known products.

    Of each order the number of its customer and its moment as a number that rises with time, of each family the
    number of its category; `UNKNOWN` without a customer.
    """

    orders: Orders
    lines: int
    customers: Whole
    moments: Whole
    needs: Whole


def read_baskets(connection: Connection) -> PastBaskets:
    """Everything that was ordered, read as a stream, an order a row."""
    line, product = past_order_lines.c, products.c
    known = connection.execute(select(product.sku, product.family, product.category)).tuples().all()
    anybody = connection.scalar(select(line.id).where(line.customer.is_not(None)).limit(1)) is not None
    whose = (func.max(line.customer), func.min(_unread(line.ordered_at))) if anybody else (null(), null())
    # a row for each line, or a join for its family, would take several times as long as the counting
    # in one order on every database, so that the same history counts alike to the last bit
    query = select(func.aggregate_strings(line.sku, BETWEEN), *whose)
    query = query.group_by(line.order_id).order_by(line.order_id)
    rows = connection.execution_options(yield_per=READ_AT_ONCE).execute(query).tuples()
    numbering = _Numbering({sku: family for sku, family, _ in known if family})
    parts = [numbering.of(part) for part in rows.partitions()]
    sizes, items, customers, moments = map(np.concatenate, zip(NO_PART, *parts, strict=True))
    orders = orders_of(sizes, items, numbering.families)
    places = {category: place for place, category in enumerate(sorted({category for *_, category in known}))}
    needs = {family: places[category] for _, family, category in known}
    in_need = np.array([needs[family] for family in orders.names], dtype=np.int64)
    return PastBaskets(orders, len(items), customers, moments, in_need)


class _Buyers(dict[str | None, int]):
    """Gives each new customer the next number."""

    def __missing__(self, name: str | None) -> int:
        self[name] = number = len(self)
        return number


class _Numbering:
    """Puts numbers in the place of names, many orders at once: an order at a time takes twice as long."""

    def __init__(self, families: Mapping[str, str]) -> None:
        self.families = sorted(set(families.values()))
        place = {family: number for number, family in enumerate(self.families)}
        self.articles = pa.array(list(families), pa.string())
        # the last is that of articles nobody knows
        self.places = np.array([*(place[family] for family in families.values()), UNKNOWN], dtype=np.int32)
        self.buyers = _Buyers({None: UNKNOWN, "": UNKNOWN})

    def of(self, rows: Sequence[Row]) -> Part:
        """Of the orders with a known product how many lines, which families, whose and when."""
        skus, whose, moments = zip(*rows, strict=True)
        # a string for each line, and a look into a dictionary for it, would take four times as long
        lines = pc.split_pattern(pa.array(skus, pa.string()), BETWEEN)
        articles = pc.index_in(lines.flatten(), self.articles).fill_null(UNKNOWN).to_numpy(zero_copy_only=False)
        items, sizes = self.places[articles], np.diff(lines.offsets.to_numpy())
        known = items != UNKNOWN
        sizes = np.bincount(np.repeat(np.arange(len(rows)), sizes)[known], minlength=len(rows))
        some = sizes > 0
        customers = np.fromiter(map(self.buyers.__getitem__, whose), np.int64, len(rows))
        return sizes[some], items[known], customers[some], _in_numbers(moments)[some]


def _unread(moment: object) -> object:
    """SQLite keeps moments as text that sorts as they do; making datetimes of a million costs more than sorting."""
    return type_coerce(moment, String)


def _in_numbers(moments: Sequence[Moment]) -> Whole:
    """Numbers that rise with time, from the text of SQLite or the moments of PostgreSQL."""
    if moments[0] is None:
        return np.zeros(len(moments), dtype=np.int64)
    texts = [m.astimezone(UTC).strftime(MOMENT_TEXT) if isinstance(m, datetime) else m for m in moments]
    return np.array(texts, dtype="datetime64[us]").astype(np.int64)
