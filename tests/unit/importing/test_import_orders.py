"""Past orders come in once, whatever is repeated."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from actions.store.engine import reading
from actions.store.importing import import_catalogue, import_orders
from actions.store.importing.mapping import MappingError, order_mapping
from actions.store.importing.moments import EXAMPLES
from actions.store.tables import past_order_lines

HEADER = "order_id,ts,customer_id,sku,quantity,price"
FIRST = "O1,2026-03-02T10:30:00+00:00,ann,BIKE,1,899.00"
SECOND = "O1,2026-03-02T10:30:00+00:00,ann,HELMET,2,59.90"


@pytest.fixture
def load(engine, write):
    def load(*lines, header=HEADER, **options):
        return import_orders(engine, [write("orders.csv", header, *lines)], **options).files[0]

    return load


@pytest.fixture
def stored(engine):
    def stored():
        columns = past_order_lines.c
        wanted = (
            columns.order_id,
            columns.sku,
            columns.quantity,
            columns.price,
            columns.customer,
            columns.ordered_at,
        )
        with reading(engine) as connection:
            return [
                tuple(row) for row in connection.execute(select(*wanted).order_by(columns.order_id, columns.sku))
            ]

    return stored


def test_a_line_is_kept_as_written(load, stored):
    report = load(FIRST, SECOND)
    moment = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
    assert (report.ok, report.lines, report.inserted) == (True, 2, 2)
    assert stored() == [
        ("O1", "BIKE", 1, 89_900, "ann", moment),
        ("O1", "HELMET", 2, 5_990, "ann", moment),
    ]


def test_the_same_file_again_changes_nothing(load, order_lines):
    load(FIRST, SECOND)
    again = load(FIRST, SECOND, "O2,2026-03-03,,BIKE,1,")
    assert (again.inserted, again.unchanged) == (1, 2)
    assert order_lines() == 3


def test_two_lines_by_the_same_product_become_one_with_both_quantities(load, stored):
    report = load(FIRST, SECOND, FIRST)
    assert (report.lines, report.inserted) == (3, 2)
    assert [line[:3] for line in stored()] == [("O1", "BIKE", 2), ("O1", "HELMET", 2)]


def test_guests_missing_prices_and_missing_quantities_are_fine(load, stored):
    load("O1,2026-03-02,,BIKE,,", "O2,2026-03-02,nan,BIKE,3.0,0")
    assert [line[:5] for line in stored()] == [("O1", "BIKE", 1, None, None), ("O2", "BIKE", 3, 0, "nan")]


def test_products_the_catalogue_does_not_have_are_counted_not_refused(engine, write, load, order_lines):
    import_catalogue(engine, [write("p.csv", "sku,title_de,category,price", "BIKE,Rad,bikes,899")])
    report = load(FIRST, SECOND, "O2,2026-03-02,,HELMET,1,1")
    assert report.ok
    assert report.unknown_products == {"HELMET": 2}
    assert order_lines() == 3


def test_every_bad_line_is_named_and_nothing_is_half_imported(load, order_lines):
    report = load(
        FIRST,
        ",2026-03-02,,BIKE,1,1",
        "O2,gestern,,,0,viel",
        "O3,2026-03-02,,BIKE,-1,1",
        "O4,2026-03-02",
        f"O5,2026-03-02,{'x' * 81},BIKE,1,1",
    )
    assert {(problem.line, problem.column, problem.reason) for problem in report.problems} == {
        (3, "order_id", "is missing"),
        (4, "ts", f"'gestern' is not a date and time; write it like {EXAMPLES}"),
        (4, "sku", "is missing"),
        (4, "quantity", "'0' is below 1"),
        (4, "price", "'viel' is not a number"),
        (5, "quantity", "'-1' is below 1"),
        (6, "", "2 values under 6 columns"),
        (7, "customer_id", "is longer than 80 characters or holds a zero byte"),
    }
    assert order_lines() == 0


def test_a_value_that_is_no_value_is_named(engine, write, order_lines):
    path = write("o.jsonl", '{"order_id": "1", "ts": "2026-03-02", "sku": ["BIKE"], "price": {"a": 1}}')
    report = import_orders(engine, [path]).files[0]
    assert [(problem.column, problem.reason) for problem in report.problems] == [
        ("sku", "is a list or an object"),
        ("price", "is a list or an object"),
    ]
    assert order_lines() == 0


def test_a_dry_run_counts_and_writes_nothing(load, order_lines):
    report = load(FIRST, SECOND, dry_run=True)
    assert (report.inserted, order_lines()) == (2, 0)


def test_a_bad_file_does_not_take_the_good_one_with_it(engine, write, order_lines):
    files = [write("good.csv", HEADER, FIRST), write("bad.csv", HEADER, "O9,,,,,")]
    report = import_orders(engine, files)
    assert [file.ok for file in report.files] == [True, False]
    assert order_lines() == 1


def test_a_mapping_reads_a_foreign_export_in_its_own_time_zone(load, stored):
    mapping = {
        "orders": {
            "columns": {"order_id": "Bestellung", "ts": "Datum", "sku": "Artikel", "price": "Cent"},
            "constants": {"quantity": 1, "customer_id": "laden"},
            "price": "minor",
            "time_zone": "Europe/Berlin",
            "time_format": "%d.%m.%Y %H:%M",
        }
    }
    load("77;02.03.2026 11:30;BIKE;89900", header="Bestellung;Datum;Artikel;Cent", mapping=mapping)
    assert stored() == [("77", "BIKE", 1, 89_900, "laden", datetime(2026, 3, 2, 10, 30, tzinfo=UTC))]


def test_a_mapping_that_says_nonsense_is_refused():
    with pytest.raises(MappingError, match="no such field: item"):
        order_mapping({"orders": {"columns": {"item": "Artikel"}}})
    with pytest.raises(MappingError, match="unknown: timezone"):
        order_mapping({"orders": {"timezone": "UTC"}})


@pytest.mark.parametrize("day", ["02.03.2026", "2.3.26", "2026/03/02", "2. März 2026"])
def test_days_are_read_as_people_write_them(load, stored, day):
    assert load(f"O1,{day},ann,BIKE,1,899.00").ok
    assert stored()[0][-1] == datetime(2026, 3, 2, tzinfo=UTC)


def test_an_order_without_a_date_says_that_it_is_missing(load):
    report = load(FIRST, "O2,,ann,BIKE,1,899.00")
    assert [(each.line, each.column, each.reason) for each in report.problems] == [(3, "ts", "is missing")]


def test_orders_of_the_future_are_left_out_and_named(load, order_lines):
    report = load(FIRST, "O2,2926-03-02,ann,BIKE,1,899.00", "O3,2062-03-02,ann,BIKE,1,899.00")
    assert (report.inserted, report.left_out) == (1, {"lines dated in the future": 2})
    assert report.notes == ("dated in the future: lines 3, 4",)
    assert order_lines() == 1


def test_an_order_of_today_is_not_of_the_future_anywhere_on_earth(load):
    soon = datetime.now(UTC) + timedelta(hours=23)
    assert load(f"O1,{soon.isoformat()},ann,BIKE,1,899.00").inserted == 1


def test_prices_that_are_hardly_meant_are_named_with_their_lines(load):
    free = [f"O{n},2026-03-02,,BIKE,1,0" for n in range(2, 10)]
    report = load(FIRST, *free, "O10,2026-03-02,,BIKE,1,2000000000")
    assert report.inserted == 10
    assert report.notes == (
        "the price is 0: lines 3, 4, 5, 6, 7 and 3 more",
        "the price is above a billion: line 11",
    )
