"""Imports past orders; a line is known by its order and product, so the same file again changes nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import batched
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from actions.store.bulk import insert_tuples, rebuilding_indexes
from actions.store.facts import read_currency
from actions.store.importing.customers import Pseudonym, no_pseudonyms, own_customer
from actions.store.importing.detect import AUTO, ORDERS, TRESEN, confirm, order_format
from actions.store.importing.files import SourceFile, import_files
from actions.store.importing.formats import ga4, shopify_orders, woocommerce_orders
from actions.store.importing.headers import refuse_without, unread
from actions.store.importing.mapping import ORDER_FIELDS, OrderMapping, order_mapping
from actions.store.importing.moments import moment_reader
from actions.store.importing.oddities import Oddities
from actions.store.importing.order_delivery import FUTURE, NAMELESS, SENT_BACK, OrderLines, OrderNews
from actions.store.importing.past_returns import Key, Line, Told, back_altogether, record, remove_returned
from actions.store.importing.reading import SourceRow, UnreadableFileError
from actions.store.importing.report import FileReport, ImportReport, Problems, Progress
from actions.store.importing.values import article_number, minor_units, text, whole
from actions.store.tables import past_order_lines, past_returns, products

LONGEST = 80
BAD = object()
PART = 500
TOGETHER = 20_000
# from so many lines on it pays to build the indexes anew
MANY = 100_000
READERS: Mapping[str, OrderLines] = {
    "woocommerce": woocommerce_orders.lines,
    "shopify": shopify_orders.lines,
    "ga4": ga4.lines,
}
FORMATS = (AUTO, TRESEN, *READERS)
NEEDED = ("order_id", "ts", "sku")
# clocks differ, and so do time zones
AHEAD = timedelta(days=1)


@dataclass(slots=True)
class _Field:
    """One field of every line; a value seen before (a day, a price, a customer) is not read again."""

    name: str
    column: str
    constant: Any
    reader: Callable[[Any], Any]
    problems: Problems
    shown: Mapping[str, str]
    known: dict[Any, Any] = field(default_factory=dict)

    def of_all(self, sources: Sequence[SourceRow]) -> list[Any]:
        """What the lines say, in their order."""
        known, column, read = self.known, self.column, self.of
        try:
            return [
                known[raw] if (raw := source.values.get(column)) in known else read(source) for source in sources
            ]
        except TypeError:
            # something in the column is a list or an object: line by line, and it is named
            return [read(source) for source in sources]

    def of(self, source: SourceRow) -> Any:
        """What the line says; BAD, and the problem noted, where that cannot be."""
        raw = source.values.get(self.column)
        try:
            return self.known[raw]
        except KeyError:
            value = self.constant if raw is None or raw == "" else raw
        except TypeError:
            return self._bad(source, "is a list or an object")
        try:
            read = self.known[raw] = self.reader(value)
        except (ValueError, ArithmeticError) as error:
            return self._bad(source, str(error))
        return read

    def _bad(self, source: SourceRow, reason: str) -> object:
        self.problems.add(source.line, self.shown.get(self.name, self.name), reason)
        return BAD


class OrderReader:
    """Reads order lines; two lines of one order by the same product become one with both quantities.

    `told` holds what the file says came back of a line or was paid back of its order, where it says anything, and
    `odd` what is taken but hardly meant. `news` knows the file's names for our fields, for the report of problems,
    and is told of lines that are left out because they are dated in the future.
    """

    def __init__(
        self,
        mapping: OrderMapping,
        problems: Problems,
        currency: str,
        customer: Pseudonym = own_customer(no_pseudonyms),
        news: OrderNews | None = None,
    ) -> None:
        self.lines: dict[Key, Line] = {}
        self.told = Told()
        self.odd = Oddities()
        self.news = heard = news or OrderNews()
        self._latest = datetime.now(UTC) + AHEAD
        minor, columns, constants = mapping.price == "minor", mapping.columns, mapping.constants

        def money(value: Any) -> int:
            return minor_units(value, currency, minor=minor, mark=heard.mark)

        readers: dict[str, Callable[[Any], Any]] = {
            "order_id": _name,
            "sku": lambda value: _name(article_number(value)),
            "ts": moment_reader(mapping.time_zone, mapping.time_format),
            "customer_id": lambda value: _name(customer(text(value))) if text(value) else None,
            "quantity": lambda value: whole(value, least=1, mark=heard.mark) if text(value) else 1,
            "price": lambda value: money(value) if text(value) else None,
            "returned": lambda value: whole(value, mark=heard.mark) if text(value) else None,
            "refunded": lambda value: money(value) if text(value) else None,
        }
        self._fields = [
            _Field(name, columns.get(name, name), constants.get(name), reader, problems, heard.columns)
            for name, reader in readers.items()
        ]

    def read(self, sources: Iterable[SourceRow]) -> None:
        """Take the lines in, or note everything that is wrong with them."""
        for part in batched(sources, TOGETHER):
            read = zip(*(each.of_all(part) for each in self._fields), strict=True)
            for source, taken in zip(part, read, strict=True):
                if BAD not in taken:
                    self._take(source.line, *taken)

    def read_refunds(self, sources: Iterable[SourceRow]) -> None:
        """Take in what came back at a moment of its own, or note everything that is wrong with it."""
        order, sku, moment, _, quantity, *_ = self._fields
        for source in sources:
            read = [each.of(source) for each in (order, sku, moment, quantity)]
            if BAD not in read:
                self.told.at(*read)

    def _take(
        self,
        line: int,
        order: str,
        sku: str,
        moment: datetime,
        customer: str | None,
        quantity: int,
        price: int | None,
        returned: int | None,
        refunded: int | None,
    ) -> None:
        if moment > self._latest:
            self.news.left_out[FUTURE] += 1
            self.odd.add("dated in the future", line)
            return
        self.odd.weigh_price(price, line)
        earlier = self.lines.get((order, sku))
        if earlier:
            moment, quantity = earlier[0], quantity + earlier[2]
        self.lines[order, sku] = moment, customer, quantity, price
        if returned is not None or refunded is not None:
            self.told.of_line(order, sku, returned, refunded)


def import_orders(
    engine: Engine,
    paths: Iterable[Path],
    *,
    mapping: Path | Mapping[str, Any] | None = None,
    form: str = AUTO,
    pseudonym: Pseudonym = no_pseudonyms,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import the files, each in a transaction of its own: a file with a problem leaves nothing behind.

    Lines by products the catalogue does not have are kept and counted in the report: the catalogue may follow.
    `pseudonym` hides who bought; without it a file that names people is refused. Raises MappingError.
    """
    using = order_mapping(mapping)

    def import_one(connection: Connection, file: SourceFile) -> FileReport:
        try:
            if using is None and form in READERS:
                confirm(file.path, form, ORDERS, "orders")
            file.format = (TRESEN if using else form) if using or form != AUTO else order_format(file.path)
        except UnreadableFileError as error:
            file.problems.add(error.line, "", str(error))
            return file.refused()
        return import_order_lines(connection, file, using, pseudonym)

    return import_files(engine, paths, import_one, dry_run=dry_run, progress=progress)


def import_order_lines(
    connection: Connection,
    file: SourceFile,
    mapping: OrderMapping | None = None,
    pseudonym: Pseudonym = no_pseudonyms,
) -> FileReport:
    """Import one file in the caller's transaction, which the caller rolls back where the report is not ok."""
    news = OrderNews()
    foreign = READERS.get(file.format)
    customer = pseudonym if foreign else own_customer(pseudonym)
    currency = read_currency(connection)
    reader = OrderReader(mapping or OrderMapping(), file.problems, currency, customer, news)
    reader.read(foreign(file.rows(), news) if foreign else file.rows())
    reader.read_refunds(news.refunds)
    own = mapping is None and not foreign
    if own:
        refuse_without(file, NEEDED, "orders")
    elif foreign:
        _refuse_nameless(file, reader, news)
    if file.problems.count:
        return file.refused()
    for key in [key for key in reader.lines if key[0] in news.cancelled]:
        del reader.lines[key]
    removed = _remove(connection, news.cancelled)
    record(connection, reader.lines, reader.told, news)
    for key in back_altogether(connection, reader.lines):
        # a line that states what remains is not all back
        if key not in news.remaining:
            del reader.lines[key]
            news.left_out[SENT_BACK] += 1
    removed += remove_returned(connection)
    return replace(
        _write(connection, file, reader.lines),
        removed=removed,
        left_out=dict(sorted(news.left_out.items())),
        notes=(*(unread(file.columns, sorted(ORDER_FIELDS)) if own else ()), *reader.odd.notes()),
    )


def _refuse_nameless(file: SourceFile, reader: OrderReader, news: OrderNews) -> None:
    """A file in which no line names an article tells nothing, and most likely lacks a column or a setting."""
    only = news.left_out.keys() == {NAMELESS}
    if only and not (reader.lines or news.refunds or news.cancelled or file.problems.count):
        shown = news.columns.get("sku", "sku")
        file.problems.add(1, shown, f"none of {news.left_out[NAMELESS]} lines names an article number")


def _remove(connection: Connection, orders: Iterable[str]) -> int:
    """Take away the lines of orders that were imported before and are cancelled now, and what came back of them."""
    removed = 0
    for part in batched(sorted(orders), PART):
        connection.execute(past_returns.delete().where(past_returns.c.order_id.in_(part)))
        gone = past_order_lines.delete().where(past_order_lines.c.order_id.in_(part))
        removed += connection.execute(gone).rowcount
    return removed


def _write(connection: Connection, file: SourceFile, found: Mapping[Key, Line]) -> FileReport:
    known = set(connection.scalars(select(products.c.sku)))
    unknown = Counter(sku for _, sku in found if sku not in known)
    before = _count(connection)
    names = ("order_id", "sku", "ordered_at", "customer", "quantity", "price")
    rows = ((*identity, *line) for identity, line in sorted(found.items(), key=itemgetter(0)))
    many = len(found) > max(before, MANY)
    with rebuilding_indexes(connection, past_order_lines) if many else nullcontext():
        insert_tuples(connection, past_order_lines, names, rows, key=("order_id", "sku"))
    inserted = _count(connection) - before
    return FileReport(
        file.path.name,
        file.lines,
        inserted=inserted,
        unchanged=len(found) - inserted,
        unknown_products=dict(sorted(unknown.items())),
        format=file.format,
    )


def _count(connection: Connection) -> int:
    return int(connection.scalar(select(func.count()).select_from(past_order_lines)) or 0)


def _name(value: Any) -> str:
    name = text(value)
    if not name:
        raise ValueError("is missing")
    if len(name) > LONGEST or "\x00" in name:
        raise ValueError(f"is longer than {LONGEST} characters or holds a zero byte")
    return name
