"""Records what came back of past orders: pieces, and money that was paid back without a piece."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import batched

from sqlalchemy import Connection, bindparam, func, select

from actions.store.bulk import upsert
from actions.store.importing.order_delivery import OrderNews
from actions.store.tables import past_order_lines, past_returns

PART = 500
KEY = ("order_id", "sku", "returned_at")

# an order and a product; of a line the moment, the customer, the pieces and the price of one
Key = tuple[str, str]
Line = tuple[datetime, str | None, int, int | None]
Lines = Mapping[Key, Line]
# by order, product and moment: the pieces, and the money beside them
Back = dict[tuple[str, str, datetime], tuple[int, int]]


@dataclass(slots=True)
class Told:
    """What a file says: pieces of a line, money of a whole order, pieces of a line at a moment."""

    pieces: dict[Key, int] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)
    moments: dict[tuple[str, str, datetime], int] = field(default_factory=dict)

    def of_line(self, order: str, sku: str, pieces: int | None, amount: int | None) -> None:
        """What a line says of itself and its order; two lines by the same product add up."""
        if pieces is not None:
            self.pieces[order, sku] = self.pieces.get((order, sku), 0) + pieces
        if amount is not None:
            self.amounts[order] = max(amount, self.amounts.get(order, 0))

    def at(self, order: str, sku: str, moment: datetime, pieces: int) -> None:
        """Pieces that came back at a moment; several reports of one moment add up."""
        self.moments[order, sku, moment] = self.moments.get((order, sku, moment), 0) + pieces


def record(connection: Connection, lines: Lines, told: Told, news: OrderNews) -> None:
    """Write down what came back, in place of what was known of the same line and moment.

    What is told of a line or an order altogether stands at the moment of the order: a later file speaks anew.
    """
    before = _imported(connection, news.remaining)
    pieces = {key: back for key, back in told.pieces.items() if key in lines}
    for key, remaining in news.remaining.items():
        if key in before or key in lines:
            pieces[key] = max(before[key][2] - remaining, 0) if key in before else 0
    known = {**lines, **before} if before else lines
    back: Back = {}
    for key, (moment, _, quantity, _) in ((key, known[key]) for key in pieces):
        back[*key, moment] = min(pieces[key], quantity), 0
    back.update(_paid_back(known, pieces, told, news))
    back.update({key: (times, 0) for key, times in told.moments.items()})
    _write(connection, back)


def back_altogether(connection: Connection, lines: Lines) -> list[Key]:
    """The lines of which every piece came back."""
    columns = past_returns.c
    pieces = func.sum(columns.quantity)
    query = select(columns.order_id, columns.sku, pieces).group_by(columns.order_id, columns.sku).having(pieces > 0)
    back = {(order, sku): int(times) for order, sku, times in connection.execute(query).tuples()}
    return [key for key, times in back.items() if key in lines and times >= lines[key][2]]


def remove_returned(connection: Connection) -> int:
    """Take away the lines of which every piece came back; how many."""
    line, back = past_order_lines.c, past_returns.c
    same = (back.order_id == line.order_id) & (back.sku == line.sku)
    whole = (
        select(line.id)
        .select_from(past_returns.join(past_order_lines, same))
        .group_by(line.id, line.quantity)
        .having(func.sum(back.quantity) >= line.quantity)
    )
    return connection.execute(past_order_lines.delete().where(line.id.in_(whole))).rowcount


def _imported(connection: Connection, keys: Iterable[Key]) -> dict[Key, Line]:
    """The lines that were imported before, as they were then."""
    line, wanted = past_order_lines.c, set(keys)
    columns = (line.order_id, line.sku, line.ordered_at, line.customer, line.quantity, line.price)
    found = {}
    for part in batched(sorted({order for order, _ in wanted}), PART):
        for order, sku, *rest in connection.execute(select(*columns).where(line.order_id.in_(part))).tuples():
            found[order, sku] = (rest[0], rest[1], rest[2], rest[3])
    return {key: of_line for key, of_line in found.items() if key in wanted}


def _paid_back(lines: Lines, pieces: Mapping[Key, int], told: Told, news: OrderNews) -> Back:
    """Money of whole orders, spread over what was kept by its price; it counts what is known to have come back."""
    of_order: dict[str, list[Key]] = {}
    for key in lines:
        if key[0] in told.amounts or key[0] in news.shares:
            of_order.setdefault(key[0], []).append(key)
    back: Back = {}
    for order, keys in of_order.items():
        known = {key: min(pieces.get(key, 0), lines[key][2]) for key in keys}
        value = sum((lines[key][3] or 0) * lines[key][2] for key in keys)
        kept = value - sum((lines[key][3] or 0) * times for key, times in known.items())
        share = news.shares[order] if order in news.shares else Decimal(told.amounts[order]) / (value or 1)
        # of each cent of what was kept so much was paid back
        rest = max(1 - (1 - min(share, Decimal(1))) * value / kept, Decimal(0)) if kept else Decimal(0)
        for key in keys:
            moment, _, quantity, price = lines[key]
            amount = (price or 0) * (quantity - known[key]) * rest
            money = int(amount.quantize(Decimal(1), ROUND_HALF_UP))
            back[*key, moment] = (quantity, 0) if rest == 1 else (known[key], money)
    return back


def _write(connection: Connection, back: Back) -> None:
    columns = past_returns.c
    written = [
        {**dict(zip(KEY, key, strict=True)), "quantity": pieces, "amount": amount}
        for key, (pieces, amount) in back.items()
        if pieces or amount
    ]
    nothing = {key for key, came in back.items() if came == (0, 0)}
    if nothing:
        known = connection.execute(select(columns.order_id, columns.sku, columns.returned_at)).tuples()
        gone = [dict(zip(("order", "of", "at"), key, strict=True)) for key in known if tuple(key) in nothing]
        same = (
            columns.order_id == bindparam("order"),
            columns.sku == bindparam("of"),
            columns.returned_at == bindparam("at"),
        )
        if gone:
            connection.execute(past_returns.delete().where(*same), gone)
    upsert(connection, past_returns, written, KEY)
