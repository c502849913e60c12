"""Orders of WooCommerce, Shopify and Google Analytics 4: what was really bought, by people nobody can name."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from actions.store.engine import reading
from actions.store.importing import import_orders
from actions.store.importing.customers import pseudonyms
from actions.store.tables import past_order_lines, past_returns
from tests.unit.importing.exports import sample

HIDDEN = pseudonyms("a secret of the shop")


@pytest.fixture
def load(engine):
    def load(source, **more):
        path = sample(source) if isinstance(source, str) else source
        return import_orders(engine, [path], **{"pseudonym": HIDDEN, **more}).files[0]

    return load


@pytest.fixture
def sold(engine):
    def sold():
        with reading(engine) as connection:
            rows = connection.execute(select(past_order_lines).order_by(past_order_lines.c.id))
            return {(row.order_id, row.sku): row for row in rows}

    return sold


@pytest.fixture
def back(engine):
    """Pieces and cents that came back, by order and product."""

    def back():
        c = past_returns.c
        sums = (func.sum(c.quantity), func.sum(c.amount))
        with reading(engine) as connection:
            rows = connection.execute(select(c.order_id, c.sku, *sums).group_by(c.order_id, c.sku)).tuples()
            return {(order, sku): (int(pieces), int(amount)) for order, sku, pieces, amount in rows}

    return back


def bought(rows):
    return {key: row.quantity for key, row in rows.items()}


def test_shopify_orders_that_were_cancelled_or_refunded_count_for_nothing(load, sold):
    report = load("shopify_orders.csv")
    assert (report.format, report.inserted) == ("shopify", 5)
    assert bought(sold()) == {
        ("#1001", "LS-W-S"): 1,
        ("#1001", "00815"): 1,
        ("#1002", "LB-1"): 2,
        ("#1005", "LB-1"): 1,
        ("#1006", "NOT-IN-SHOP"): 1,
    }
    assert report.left_out == {
        "lines of cancelled, refunded or unpaid orders": 3,
        "lines without an article number": 1,
    }


def test_the_first_row_of_an_order_dates_them_all(load, sold):
    load("shopify_orders.csv")
    assert sold()["#1001", "00815"].ordered_at == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert sold()["#1002", "LB-1"].price == 3_900


def test_no_address_is_stored_and_one_shopper_is_one_customer(load, sold, engine):
    load("shopify_orders.csv")
    customers = {row.customer for row in sold().values()}
    assert customers == {HIDDEN("ada@example.com"), None}
    with reading(engine) as connection:
        written = str(connection.exec_driver_sql("SELECT * FROM past_order_lines").all())
    assert "@" not in written
    assert "Ada" not in written


def test_the_pseudonym_depends_on_the_secret_and_not_on_spelling():
    assert HIDDEN(" Ada@Example.com") == HIDDEN("ada@example.com")
    assert HIDDEN("ada@example.com") != pseudonyms("another secret")("ada@example.com")
    assert HIDDEN("ada@example.com") != HIDDEN("bo@example.com")


def test_an_address_in_a_file_of_our_own_is_hidden_too(load, write, sold):
    lines = ("order_id,ts,customer_id,sku", "O1,2026-03-02,ada@example.com,A", "O2,2026-03-02,C0815,A")
    load(write("orders.csv", *lines))
    assert [row.customer for row in sold().values()] == [HIDDEN("ada@example.com"), "C0815"]


def test_without_a_key_a_file_that_names_people_is_refused(engine, order_lines):
    report = import_orders(engine, [sample("shopify_orders.csv")]).files[0]
    assert {(p.column, p.reason) for p in report.problems} == {
        ("Email", "names a person, and there is no key to hide who it is")
    }
    assert order_lines() == 0


def test_products_the_catalogue_lacks_are_kept_and_reported(load):
    assert load("shopify_orders.csv").unknown_products["NOT-IN-SHOP"] == 1


def test_a_german_woocommerce_export_with_one_heading_an_order(load, sold):
    report = load("woocommerce_orders.csv")
    assert (report.format, report.inserted) == ("woocommerce", 4)
    rows = sold()
    assert bought(rows) == {
        ("501", "SCHUH-GRUEN-42"): 1,
        ("501", "SOCKE"): 2,
        ("502", "SOCKE"): 1,
        ("504", "SCHUH-SCHWARZ-41"): 1,
    }
    assert rows["501", "SOCKE"].ordered_at == datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
    assert (rows["501", "SOCKE"].price, rows["504", "SCHUH-SCHWARZ-41"].customer) == (1_990, None)
    assert rows["502", "SOCKE"].customer == HIDDEN("woocommerce:7")
    assert report.left_out["lines that were sent back"] == 1


def test_lines_in_columns_of_their_own(load, sold):
    load("woocommerce_orders_wide.csv")
    assert bought(sold()) == {("601", "GLOVES"): 1, ("601", "woo-30"): 2}


def test_orders_of_the_shops_interface(load, write, sold):
    order = (
        '{"id": 7, "number": "7", "status": "%s", "date_created_gmt": "2026-03-02T10:30:00", "customer_id": 0,'
        ' "billing": {"email": "ada@example.com"}, "line_items": [{"product_id": 4, "variation_id": 0,'
        ' "sku": "SOCKE", "quantity": 2, "price": 19.9}]}'
    )
    report = load(write("orders.jsonl", order % "completed"))
    assert (report.format, bought(sold())) == ("woocommerce", {("7", "SOCKE"): 2})
    assert sold()["7", "SOCKE"].customer == HIDDEN("ada@example.com")
    cancelled = load(write("later.jsonl", order % "cancelled"))
    assert (cancelled.removed, sold()) == (1, {})


def test_a_purchase_reported_twice_is_one_purchase_and_a_refund_is_taken_back(load, sold, back):
    report = load("ga4.jsonl")
    assert report.format == "ga4"
    assert bought(sold()) == {("T1", "LS-W-S"): 1, ("T1", "LB-1"): 2}
    assert back() == {("T1", "LB-1"): (1, 0)}
    assert report.left_out == {
        "lines of cancelled, refunded or unpaid orders": 1,
        "other events": 1,
        "purchases reported twice": 2,
        "purchases without a transaction": 1,
    }
    assert sold()["T1", "LB-1"].customer == HIDDEN("ga4:123.456")
    assert sold()["T1", "LB-1"].ordered_at == datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def test_the_flat_form_says_the_same(load, sold):
    load("ga4_flat.csv")
    assert bought(sold()) == {("T1", "LS-W-S"): 1, ("T1", "LB-1"): 2, ("T2", "LB-1"): 1}


@pytest.mark.parametrize("name", ["shopify_orders.csv", "woocommerce_orders.csv", "ga4.jsonl", "ga4_flat.csv"])
def test_the_same_export_again_changes_nothing(load, sold, name):
    first = load(name)
    before = sold()
    again = load(name)
    assert (again.inserted, again.unchanged) == (0, first.inserted)
    assert sold() == before


def test_a_bad_line_is_named_by_the_column_of_the_file(load, write, order_lines):
    text = sample("shopify_orders.csv").read_text().replace(",2,,39.00,", ",two,,39.00,")
    report = load(write("orders.csv", text))
    assert [(p.line, p.column, p.reason) for p in report.problems] == [
        (4, "Lineitem quantity", "'two' is not a number")
    ]
    assert order_lines() == 0


@pytest.mark.parametrize("name", ["woocommerce.csv", "google.xml", "shopify_2025.csv"])
def test_a_catalogue_is_not_taken_for_orders(load, order_lines, name):
    report = load(name)
    assert not report.ok
    assert "Tresen knows: tresen, shopify, ga4, woocommerce" in report.problems[0].reason


def test_an_excel_workbook_is_told_to_be_one(load, tmp_path):
    (tmp_path / "orders.csv").write_bytes(b"PK\x03\x04 and so on")
    assert "Excel workbook" in load(tmp_path / "orders.csv").problems[0].reason


def test_a_table_of_the_analytics_pages_with_its_comments_above(load, write, sold):
    lines = (
        *("# ----------------------------------------", "# Free form 1", "# 20260301-20260331", "#", ""),
        "Transaction ID,Item ID,Date,Items purchased,Item revenue",
        *(",,,3,98.00", "T1,LS-W-S,20260302,1,59.00", "T1,LB-1,20260302,2,39.00"),
    )
    report = load(write("exploration.csv", *lines))
    assert (report.ok, report.format) == (True, "ga4")
    assert bought(sold()) == {("T1", "LS-W-S"): 1, ("T1", "LB-1"): 2}
    assert report.left_out == {"purchases without a transaction": 1}


WOO = "order_id,status,date,billing_email,line_items"


def test_items_in_one_cell_are_read_as_order_plugins_write_them(load, sold, write):
    cell = "name:Helm; rot|sku:HELM-1|quantity:2|total:99.80;name:Schloss|product_id:7|sku:|quantity:1|total:20"
    report = load(write("woo.csv", WOO, f"7,completed,2026-05-03,,{cell}"))
    assert (report.ok, report.inserted, report.left_out) == (True, 2, {})
    assert bought(sold()) == {("7", "HELM-1"): 2, ("7", "woo-7"): 1}


def test_items_in_one_cell_may_be_json(load, sold, write):
    cell = '"[{""sku"": ""HELM-1"", ""quantity"": 2, ""price"": 12.605}]"'
    assert load(write("woo.csv", WOO, f"7,completed,2026-05-03,,{cell}")).inserted == 1
    assert (sold()["7", "HELM-1"].quantity, sold()["7", "HELM-1"].price) == (2, 1_261)


@pytest.mark.parametrize("cell", ["name:Helm|quantity:2", "Helm x 2", '"[{""sku"""'])
def test_a_file_in_which_no_line_names_an_article_is_no_success(load, write, order_lines, cell):
    report = load(write("woo.csv", WOO, f"7,completed,2026-05-03,,{cell}", f"8,completed,2026-05-03,,{cell}"))
    assert [(each.line, each.reason) for each in report.problems] == [
        (1, "none of 2 lines names an article number"),
    ]
    assert order_lines() == 0


def test_one_line_without_an_article_is_counted_beside_the_others(load, write):
    report = load(write("woo.csv", WOO, "7,completed,2026-05-03,,sku:A|quantity:1", "8,completed,2026-05-03,,Helm"))
    assert (report.ok, report.inserted) == (True, 1)
    assert report.left_out == {"lines without an article number": 1}


def test_a_page_of_the_rest_api_is_a_list_of_orders(load, sold, write):
    order = '{"number": "%s", "status": "completed", "date_created_gmt": "2026-03-02T10:30:00", "line_items": [%s]}'
    item = '{"sku": "%s", "quantity": 1, "price": 12.605}'
    page = f"[{order % (7, item % 'A')},\n{order % (8, item % 'B')}]"
    report = load(write("orders.json", page))
    assert (report.ok, report.format, report.inserted) == (True, "woocommerce", 2)
    assert {row.price for row in sold().values()} == {1_261}


def test_purchases_in_a_list_as_bigquery_saves_it_name_their_entries(load, sold, write):
    event = '{"event_name": "purchase", "event_timestamp": "1772447400000000", "items": [%s], "ecommerce": %s}'
    item = '{"item_id": "A", "quantity": "%s", "price": "12.605"}'
    good, bad = (event % (item % count, '{"transaction_id": "T1"}') for count in ("1", "many"))
    assert load(write("ga4.json", f"[{good}]")).inserted == 1
    assert sold()["T1", "A"].price == 1_261
    report = load(write("ga4.json", f"[{good},", f"{bad}]"))
    assert [(report.counts, each.line, each.column) for each in report.problems] == [("entry", 2, "quantity")]


@pytest.mark.parametrize(("prices", "read"), [(("4.125", "59.90"), 413), (('"4,125"', '"59,90"'), 413)])
def test_prices_of_woocommerce_with_three_decimals_follow_the_others_of_the_file(load, sold, write, prices, read):
    header = "Order Number,Order Status,Order Date,SKU,Quantity,Item Cost"
    lines = [f"{number},completed,2026-05-03,A,1,{price}" for number, price in enumerate(prices)]
    assert load(write("woo.csv", header, *lines)).inserted == 2
    assert sold()["0", "A"].price == read
    refused = load(write("woo.csv", header, lines[0]))
    assert [(each.line, each.column) for each in refused.problems] == [(2, "Item Cost")]


def test_the_german_report_of_ga4_counts_what_was_bought(load, sold, write):
    header = "Datum,Transaktions-ID,Artikel-ID,Gekaufte Artikel"
    assert load(write("ga4.csv", header, "20260302,T1,A,3")).inserted == 1
    assert bought(sold()) == {("T1", "A"): 3}


def test_a_pending_order_of_shopify_was_bought_like_any_other(load, write):
    header = "Name,Financial Status,Created at,Lineitem quantity,Lineitem price,Lineitem sku"
    lines = [
        f"#{n},{state},2026-03-02,1,9.00,A" for n, state in enumerate(("pending", "paid", "voided", "expired"))
    ]
    report = load(write("shopify.csv", header, *lines))
    assert (report.inserted, report.left_out) == (2, {"lines of cancelled, refunded or unpaid orders": 2})
