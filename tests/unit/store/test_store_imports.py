"""Importing means the same on every database."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select

from actions.offers.situation import Situation, Stage
from actions.store.affinities import candidates
from actions.store.catalogue import read_snapshot
from actions.store.engine import reading, writing
from actions.store.importing import Terms, diagnose, import_catalogue, import_orders
from actions.store.importing.customers import pseudonyms
from actions.store.importing.files import SourceFile
from actions.store.importing.matrix import import_matrix
from actions.store.matrix_file import export_matrix
from actions.store.mining import mine
from actions.store.tables import past_order_lines
from tests.unit.importing.exports import sample

PSEUDONYM = pseudonyms("a secret of the shop")
PRODUCTS = ("sku,title_de,category,price,cost,stock", "BIKE,Rad,bikes,899,500,3", "HELMET,Helm,helmets,59.90,20,5")


@pytest.fixture
def files(tmp_path) -> tuple[Path, Path]:
    catalogue, orders = tmp_path / "products.csv", tmp_path / "orders.csv"
    catalogue.write_text("\n".join(PRODUCTS))
    lines = [f"O{n},2026-03-02T10:{n % 60:02}:00,c{n},{sku},1,1" for n in range(500) for sku in ("BIKE", "HELMET")]
    orders.write_text("\n".join(["order_id,ts,customer_id,sku,quantity,price", *lines]))
    return catalogue, orders


def test_import_again_and_mine(engine, files):
    catalogue, orders = files
    for inserted in ((2, 1_000), (0, 0)):
        goods = import_catalogue(engine, [catalogue]).files[0]
        sales = import_orders(engine, [orders]).files[0]
        assert (goods.ok, sales.ok, (goods.inserted, sales.inserted)) == (True, True, inserted)
    assert mine(engine).pairs == 2
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(past_order_lines)) == 1_000
        snapshot = read_snapshot(connection)
        (helmet,) = candidates(connection, snapshot, Situation(Stage.INTENT, anchor=snapshot.product("BIKE")))
    assert (helmet.product.sku, helmet.relation.evidence.together) == ("HELMET", 500)


def test_a_file_with_a_problem_leaves_nothing_behind(engine, files):
    catalogue, _ = files
    catalogue.write_text("\n".join([*PRODUCTS, "LOCK,Schloss,locks,viel,1,1"]))
    assert not import_catalogue(engine, [catalogue]).ok
    with reading(engine) as connection:
        assert read_snapshot(connection).products == {}


def test_a_foreign_catalogue_its_relations_and_a_cancelled_order(engine):
    terms = Terms("en", now=datetime(2026, 3, 2, tzinfo=UTC))
    for inserted, relations in ((6, {"proposed": 6, "to_nothing": 1}), (0, {"known": 6, "to_nothing": 1})):
        report = import_catalogue(engine, [sample("woocommerce.csv")], terms=terms).files[0]
        assert (report.ok, report.inserted, report.relations) == (True, inserted, relations)
    orders = [import_orders(engine, [sample("shopify_orders.csv")], pseudonym=PSEUDONYM).files[0] for _ in "ab"]
    assert [report.inserted for report in orders] == [5, 0]
    with reading(engine) as connection:
        assert diagnose(connection).orders_with_unknown == 4


def test_an_order_that_is_cancelled_later_takes_its_lines_away(engine, tmp_path):
    file = tmp_path / "orders.jsonl"
    order = (
        '{"number": "7", "status": "%s", "date_created_gmt": "2026-03-02T10:30:00", "line_items": [{"sku": "A"}]}'
    )
    for status, lines in (("completed", 1), ("refunded", 0)):
        file.write_text(order % status)
        import_orders(engine, [file], pseudonym=PSEUDONYM)
        with reading(engine) as connection:
            assert connection.scalar(select(func.count()).select_from(past_order_lines)) == lines


def test_the_indexes_are_there_after_very_many_lines(engine, tmp_path, monkeypatch):
    monkeypatch.setattr("actions.store.importing.orders.MANY", 100)
    file = tmp_path / "orders.csv"
    file.write_text("\n".join(["order_id,ts,sku", *(f"O{n},2026-03-02,A" for n in range(300))]))
    assert import_orders(engine, [file]).files[0].inserted == 300
    assert import_orders(engine, [file]).files[0].inserted == 0
    names = {index["name"] for index in inspect(engine).get_indexes("past_order_lines")}
    assert names >= {index.name for index in past_order_lines.indexes}


def test_the_matrix_goes_out_and_in_with_a_decision(engine, tmp_path):
    import_catalogue(engine, [sample("woocommerce.csv")], terms=Terms("en"))
    with reading(engine) as connection:
        export_matrix(connection, tmp_path / "matrix.csv")
    decided = (tmp_path / "matrix.csv").read_text().replace(",no,feed", ",yes,feed")
    (tmp_path / "decided.csv").write_text(decided)
    with writing(engine) as connection:
        report = import_matrix(connection, SourceFile(tmp_path / "decided.csv"), today=date(2026, 3, 2))
    assert (report.updated, report.missing) == (6, ())
    with reading(engine) as connection:
        rows = read_snapshot(connection).matrix
    assert {(row.provenance.value, row.state, row.dated) for row in rows} == {("feed", "approved", "2026-03-02")}
