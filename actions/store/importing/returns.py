"""Imports what came back of orders placed here; the same file again changes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from actions.store.bulk import upsert
from actions.store.importing.fields import Fields
from actions.store.importing.files import SourceFile, import_files
from actions.store.importing.headers import refuse_without, unread
from actions.store.importing.moments import moment_reader
from actions.store.importing.report import FileReport, ImportReport, Progress
from actions.store.importing.values import article_number, whole
from actions.store.tables import orders, returned_lines

READ_MOMENT = moment_reader()
READ_PIECES = partial(whole, least=1)
KEY = ("order", "sku", "returned_at")
COLUMNS = ("order", "sku", "quantity", "date")

# by the order's id and the product: the pieces of each moment
Back = dict[tuple[str, str], dict[datetime, int]]


@dataclass(frozen=True, slots=True)
class _Order:
    """An order placed here and the pieces of each product it held."""

    id: str
    pieces: Mapping[str, int]


@dataclass(slots=True)
class _Returns:
    """Returns as the file tells them; two lines of one order, product and moment become one with both pieces."""

    connection: Connection
    before: Back
    found: Back = field(default_factory=dict)
    orders: dict[str, _Order | None] = field(default_factory=dict)

    def take(self, line: Fields) -> None:
        """Take a line in, or note what is wrong with it."""
        number = line.needed("order")
        sku = line.read("sku", article_number, "") or line.needed("sku")
        pieces = line.read("quantity", READ_PIECES, 0)
        moment = line.read("date", READ_MOMENT, None) if line.needed("date") else None
        if line.sound and not pieces:
            line.fault("quantity", "is missing")
        if not line.sound or moment is None:
            return
        order = self._order(number)
        if order is None:
            line.fault("order", f"there is no order {number} placed here")
        elif sku not in order.pieces:
            line.fault("sku", f"order {number} holds no {sku}")
        else:
            of_line = self.found.setdefault((order.id, sku), {})
            of_line[moment] = of_line.get(moment, 0) + pieces
            back = sum({**self.before.get((order.id, sku), {}), **of_line}.values())
            bought = order.pieces[sku]
            if back > bought:
                line.fault("quantity", f"{back} pieces of {sku} would be back, order {number} held {bought}")

    def _order(self, number: str) -> _Order | None:
        if number not in self.orders:
            query = select(orders.c.id, orders.c.lines).where(orders.c.number == number)
            row = self.connection.execute(query).first()
            held = Counter[str]()
            for line in row.lines if row else ():
                held[line["sku"]] += line["quantity"]
            self.orders[number] = _Order(row.id, held) if row else None
        return self.orders[number]


def import_returns(
    engine: Engine, paths: Iterable[Path], *, dry_run: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Import the files, each in a transaction of its own: a file with a problem leaves nothing behind.

    Columns are `order` (the shop's number), `sku`, `quantity` and `date`.
    """
    return import_files(engine, paths, import_return_lines, dry_run=dry_run, progress=progress)


def import_return_lines(connection: Connection, file: SourceFile) -> FileReport:
    """Import one file in the caller's transaction, which the caller rolls back where the report is not ok."""
    returns = _Returns(connection, _recorded(connection))
    for row in file.rows():
        returns.take(Fields(row.line, row.values, file.problems))
    refuse_without(file, COLUMNS, "returns")
    if file.problems.count:
        return file.refused()
    before, found = _flat(returns.before), _flat(returns.found)
    written = [{**dict(zip(KEY, key, strict=True)), "quantity": pieces} for key, pieces in found.items()]
    upsert(connection, returned_lines, written, KEY)
    known = before.keys() & found.keys()
    unchanged = sum(before[key] == found[key] for key in known)
    return FileReport(
        file.path.name,
        file.lines,
        inserted=len(found) - len(known),
        updated=len(known) - unchanged,
        unchanged=unchanged,
        notes=tuple(unread(file.columns, COLUMNS)),
    )


def _recorded(connection: Connection) -> Back:
    columns = returned_lines.c
    recorded: Back = {}
    query = select(columns.order, columns.sku, columns.returned_at, columns.quantity)
    for order, sku, moment, pieces in connection.execute(query).tuples():
        recorded.setdefault((order, sku), {})[moment] = pieces
    return recorded


def _flat(back: Back) -> dict[tuple[str, str, datetime], int]:
    return {(*line, moment): pieces for line, moments in back.items() for moment, pieces in moments.items()}
