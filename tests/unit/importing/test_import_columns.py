"""Columns that are not read are named, those that are missing are named once, and so is a wrong kind of file."""

import json

import pytest

from actions.store.importing import import_catalogue, import_orders, import_returns, load_shop
from actions.store.importing.headers import unread
from tests.unit.importing.exports import sample

CATALOGUE = "sku,title_de,category,price"
ORDERS = "order_id,ts,customer_id,sku,quantity,price"
MATRIX = "anchor,target,kind,approved"


@pytest.fixture
def catalogue(engine, write):
    def load(*lines, name="products.csv", **options):
        return import_catalogue(engine, [write(name, *lines)], **options).files[0]

    return load


@pytest.fixture
def orders(engine, write):
    def load(*lines, name="orders.csv", **options):
        return import_orders(engine, [write(name, *lines)], **options).files[0]

    return load


def reasons(report):
    return [(problem.line, problem.column, problem.reason) for problem in report.problems]


def test_columns_that_are_not_read_are_named_with_what_they_may_have_meant(catalogue):
    report = catalogue(f"{CATALOGUE},Einkaufspreis,Lagerbestand,color", "BIKE,Rad,bikes,899,500,3,red")
    assert (report.inserted, report.notes) == (1, ("not read: Einkaufspreis, Lagerbestand, color (colour?)",))


def test_a_file_whose_columns_are_all_read_has_nothing_to_say(catalogue, orders):
    assert catalogue(CATALOGUE, "BIKE,Rad,bikes,899").notes == ()
    assert orders(ORDERS, "O1,2026-03-02,,BIKE,1,899").notes == ()


def test_keys_of_json_lines_are_columns_whichever_row_has_them(catalogue):
    rows = [{"sku": "A", "title_de": "Rad", "category": "bikes", "price": 9}]
    rows.append({**rows[0], "sku": "B", "titel_en": "Bike"})
    report = catalogue(*map(json.dumps, rows), name="products.jsonl")
    assert (report.inserted, report.notes) == (2, ("not read: titel_en (title_en?)",))


def test_a_number_that_is_no_text_is_read_or_refused_and_never_a_crash(catalogue):
    row = {"title_de": "Rad", "category": "bikes", "price": 9}
    assert catalogue(json.dumps({**row, "sku": 815}), name="a.jsonl").inserted == 1
    assert catalogue(json.dumps({"sku": 815, "price": 8}), name="b.jsonl").updated == 1
    assert catalogue(json.dumps({**row, "sku": ["A"]}), name="c.jsonl").lines == 1


def test_a_guess_is_a_name_that_the_file_does_not_have_already():
    assert list(unread(["title_de", "title"], ["title_de", "title_en"])) == ["not read: title (title_en?)"]
    assert list(unread(["SKU", ""], ["sku"])) == ["not read: SKU (sku?), a column without a name"]


def test_an_export_of_a_shop_system_has_dozens_of_other_columns_and_no_list_of_them(engine):
    report = import_catalogue(engine, [sample("woocommerce.csv")]).files[0]
    assert report.ok
    assert not any("not read" in note for note in report.notes)


def test_orders_and_returns_name_what_they_do_not_read(orders, engine, write):
    report = orders(f"{ORDERS},Name,qty", "O1,2026-03-02,,BIKE,1,899,Ada,1")
    assert (report.inserted, report.notes) == (1, ("not read: Name, qty",))
    returns = import_returns(engine, [write("r.csv", "order,sku,quantity,date,reason")]).files[0]
    assert returns.ok


def test_a_slip_in_the_facts_of_a_shop_is_named(engine, write, tmp_path):
    facts = ("shiping_cost: 490", "name: Laden", "facts:", "  opening_hour: {de: Immer, en: Always}")
    write("shop/shop.yml", *facts)
    write("shop/products.csv", CATALOGUE, "BIKE,Rad,bikes,899")
    write("shop/terms.csv", "term,kind,de,en,synonym_de", "red,colour,rot,red,")
    report = load_shop(engine, tmp_path / "shop")
    assert report.ok
    assert [file.notes for file in report.files] == [
        ("not read: shiping_cost (shipping_cost?), opening_hour (opening_hours?)",),
        ("not read: synonym_de (synonyms_de?)",),
        (),
    ]


def test_a_limit_that_does_not_exist_is_refused(engine, write, tmp_path):
    write("shop/shop.yml", "name: Laden", "policy:", "  hight_ticket: 1")
    write("shop/products.csv", CATALOGUE, "BIKE,Rad,bikes,899")
    report = load_shop(engine, tmp_path / "shop").files[0]
    assert not report.ok
    assert "hight_ticket" in report.problems[0].reason


def test_orders_given_as_a_catalogue_are_one_problem_and_not_four_a_line(catalogue):
    report = catalogue(ORDERS, *(f"O{n},2026-03-02,,BIKE,1,899" for n in range(50)))
    reason = "the columns category, title_de are missing; this looks like a file for `tresen import orders`"
    assert (report.problem_count, reasons(report)) == (1, [(1, "", reason)])


def test_orders_of_products_that_are_known_are_no_catalogue_either(catalogue):
    catalogue(CATALOGUE, "BIKE,Rad,bikes,899", "HELM,Helm,helmets,59")
    report = catalogue(ORDERS, "O1,2026-03-02,,BIKE,1,1", "O1,2026-03-02,,HELM,1,1", name="orders.csv")
    assert report.problem_count == 1
    assert report.problems[0].reason.endswith("this looks like a file for `tresen import orders`")


def test_a_catalogue_given_as_orders_is_told_where_it_belongs(orders):
    report = orders(CATALOGUE, "BIKE,Rad,bikes,899")
    assert report.problem_count == 1
    assert report.problems[0].reason.endswith("this looks like a file for `tresen import catalogue`")
    report = orders(CATALOGUE, "BIKE,Rad,bikes,899", form="tresen")
    reason = "the columns order_id, ts are missing; this looks like a file for `tresen import catalogue`"
    assert reasons(report) == [(1, "", reason)]


def test_a_matrix_given_as_orders_or_returns_is_told_where_it_belongs(orders, engine, write):
    row = "sku:A,sku:B,accessory,yes"
    hint = "; this looks like a file for `tresen matrix import`"
    assert reasons(orders(MATRIX, row))[0][2].endswith(hint)
    returns = import_returns(engine, [write("m.csv", MATRIX, row)]).files[0]
    assert reasons(returns) == [(1, "", f"the columns order, sku, quantity, date are missing{hint}")]


def test_orders_without_a_date_are_one_problem(orders):
    report = orders("order_id,sku", "O1,A", "O2,B")
    assert reasons(report) == [(1, "", "the column ts is missing")]


@pytest.mark.parametrize(
    ("name", "form", "hint"),
    [
        ("woocommerce.csv", "shopify", "woocommerce"),
        ("woocommerce.csv", "google", "woocommerce"),
        ("shopify_2025.csv", "woocommerce", "shopify"),
        ("google.tsv", "shopify", "google"),
    ],
)
def test_a_catalogue_said_to_be_of_another_format_is_refused(engine, name, form, hint):
    report = import_catalogue(engine, [sample(name)], form=form).files[0]
    assert report.problem_count == 1
    assert report.problems[0].reason.endswith(f"are not those of {form}; they look like {hint}")


def test_orders_said_to_be_of_another_format_are_refused(engine):
    report = import_orders(engine, [sample("woocommerce_orders.csv")], form="shopify").files[0]
    assert report.problems[0].reason.endswith("are not those of shopify; they look like woocommerce")


def test_a_format_that_is_named_needs_fewer_columns_than_one_that_is_found_out(engine, write):
    path = write("few.csv", "ID,Name,Sale price", "7,Helm,49.90")
    assert not import_catalogue(engine, [path]).files[0].ok
    assert import_catalogue(engine, [path], form="woocommerce").files[0].inserted == 1
