"""Returns come in whole or not at all, once, and only for what was ordered here."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from actions.store.engine import reading, writing
from actions.store.importing import import_returns
from actions.store.importing.moments import EXAMPLES
from actions.store.tables import orders, returned_lines

HEADER = "order,sku,quantity,date"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def load(engine, write):
    """Import lines into a house with one order of a bike and two helmets."""
    lines = [{"sku": sku, "quantity": count, "price": 100} for sku, count in (("BIKE", 1), ("HELMET", 2))]
    money = {"total": 300, "shipping": 0, "currency": "EUR"}
    row = {"id": "o1", "key": "k1", "number": "RH-1", "state": "placed", "lines": lines, "created_at": NOW, **money}
    with writing(engine) as connection:
        connection.execute(orders.insert(), row)

    def load(*lines: str, **options):
        return import_returns(engine, [write("returns.csv", HEADER, *lines)], **options).files[0]

    return load


@pytest.fixture
def stored(engine):
    def stored():
        columns = returned_lines.c
        query = select(columns.order, columns.sku, columns.returned_at, columns.quantity)
        with reading(engine) as connection:
            return [tuple(row) for row in connection.execute(query.order_by(columns.sku, columns.returned_at))]

    return stored


def test_a_return_comes_in_once_whatever_is_repeated(load, stored) -> None:
    first = load("RH-1,HELMET,1,2026-03-10")
    again = load("RH-1,HELMET,1,10.03.2026")
    assert (first.inserted, first.ok) == (1, True)
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 1)
    assert stored() == [("o1", "HELMET", datetime(2026, 3, 10, tzinfo=UTC), 1)]


def test_another_quantity_for_the_same_moment_corrects_it(load, stored) -> None:
    load("RH-1,HELMET,1,2026-03-10")
    assert load("RH-1,HELMET,2,2026-03-10").updated == 1
    assert [row[3] for row in stored()] == [2]


def test_two_lines_of_one_moment_are_added_up(load, stored) -> None:
    assert load("RH-1,HELMET,1,2026-03-10", "RH-1,HELMET,1,2026-03-10", "RH-1,BIKE,1,2026-03-11").inserted == 2
    assert [(row[1], row[3]) for row in stored()] == [("BIKE", 1), ("HELMET", 2)]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("RH-2,HELMET,1,2026-03-10", "order", "there is no order RH-2 placed here"),
        (",HELMET,1,2026-03-10", "order", "is missing"),
        ("RH-1,LOCK,1,2026-03-10", "sku", "order RH-1 holds no LOCK"),
        ("RH-1,,1,2026-03-10", "sku", "is missing"),
        ("RH-1,HELMET,0,2026-03-10", "quantity", "'0' is below 1"),
        ("RH-1,HELMET,,2026-03-10", "quantity", "is missing"),
        ("RH-1,HELMET,half,2026-03-10", "quantity", "'half' is not a number"),
        ("RH-1,HELMET,1,soon", "date", f"'soon' is not a date and time; write it like {EXAMPLES}"),
        ("RH-1,HELMET,1,", "date", "is missing"),
        ("RH-1,HELMET,3,2026-03-10", "quantity", "3 pieces of HELMET would be back, order RH-1 held 2"),
    ],
)
def test_one_bad_line_is_named_and_leaves_nothing_behind(load, stored, line: str, column: str, reason: str) -> None:
    report = load("RH-1,BIKE,1,2026-03-10", line)
    assert [(each.line, each.column, each.reason) for each in report.problems] == [(3, column, reason)]
    assert stored() == []


def test_what_came_back_before_counts_towards_what_can_come_back(load, stored) -> None:
    load("RH-1,HELMET,2,2026-03-10")
    assert not load("RH-1,HELMET,1,2026-03-12").ok
    assert len(stored()) == 1


def test_a_dry_run_tells_and_keeps_nothing(load, stored) -> None:
    assert load("RH-1,HELMET,1,2026-03-10", dry_run=True).inserted == 1
    assert stored() == []
