"""Importing means the same on every database."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from actions.offers.situation import Situation, Stage
from actions.store.affinities import candidates
from actions.store.catalogue import read_snapshot
from actions.store.engine import reading
from actions.store.importing import import_catalogue, import_orders
from actions.store.mining import mine
from actions.store.tables import past_order_lines

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
