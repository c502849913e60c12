"""`tresen import`: everything of a file or nothing, and every bad line by number, column and reason."""

import csv
import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from actions.store.importing.customers import pseudonyms

SHOP = Path("data/shop/electronics")


@pytest.fixture
def catalogue(tmp_path):
    """Write the catalogue of the example shop with some cells changed; line 1 is the header."""

    def write(name: str = "products.csv", **cells: dict[int, str]) -> Path:
        with (SHOP / "products.csv").open(encoding="utf-8", newline="") as source:
            rows = list(csv.DictReader(source))
        for column, changes in cells.items():
            for line, value in changes.items():
                rows[line - 2][column] = value
        file = tmp_path / name
        with file.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return file

    return write


def products(tresen) -> int:
    return tresen.asked("doctor")["products"]


def test_a_catalogue_is_imported_and_counted(tresen, catalogue) -> None:
    said = tresen("import", "catalogue", catalogue())
    assert said.code == 0
    assert said.sentences == ["products.csv: 19 lines, 19 new, 0 changed, 0 unchanged"]
    assert said.out == ""
    assert products(tresen) == 19


def test_the_same_catalogue_again_changes_nothing(tresen, catalogue) -> None:
    tresen("import", "catalogue", catalogue())
    again = tresen("import", "catalogue", catalogue())
    assert again.sentences == ["products.csv: 19 lines, 0 new, 0 changed, 19 unchanged"]


def test_a_new_price_is_one_changed_product(tresen, catalogue) -> None:
    tresen("import", "catalogue", catalogue())
    said = tresen("import", "catalogue", catalogue(price={3: "1150.00"}))
    assert said.sentences == ["products.csv: 19 lines, 0 new, 1 changed, 18 unchanged"]


def test_a_dry_run_says_what_would_happen_and_writes_nothing(tresen, catalogue) -> None:
    said = tresen("import", "catalogue", catalogue(), "--dry-run")
    assert said.code == 0
    assert said.sentences == ["products.csv: 19 lines, 19 would be new, 0 would be changed, 0 unchanged"]
    assert products(tresen) == 0


def test_what_the_whole_catalogue_no_longer_names_goes_off_sale(tresen, catalogue, tmp_path) -> None:
    whole = catalogue()
    tresen("import", "catalogue", whole)
    fewer = tmp_path / "fewer.csv"
    fewer.write_text("".join(whole.read_text(encoding="utf-8").splitlines(keepends=True)[:-3]), encoding="utf-8")
    before = tresen("import", "catalogue", fewer, "--remove-missing", "--dry-run")
    assert before.sentences[-1].startswith("3 products that no file names would go off sale: ")
    assert products(tresen) == 19
    assert tresen("import", "catalogue", fewer, "--remove-missing").code == 0
    assert products(tresen) == 16


def test_every_bad_line_is_named_with_number_column_and_reason_and_nothing_is_imported(tresen, catalogue) -> None:
    said = tresen("import", "catalogue", catalogue(price={3: "cheap", 7: ""}, sku={5: ""}))
    assert said.code == 1
    named = [sentence.partition(":")[0] for sentence in said.sentences[:-1]]
    assert named == ["products.csv line 3, price", "products.csv line 5, sku", "products.csv line 7, price"]
    assert all(sentence.partition(": ")[2] for sentence in said.sentences)
    assert "'cheap'" in said.sentences[0]
    assert said.sentences[-1] == "products.csv: 3 problems, nothing imported"
    assert products(tresen) == 0


def test_a_list_in_json_counts_entries_and_a_dry_run_names_what_is_not_read(tresen, tmp_path) -> None:
    rows = [{"sku": "A", "title_de": "Rad", "category": "bikes", "price": 9, "colr": "red"}]
    file = tmp_path / "products.json"
    file.write_text(json.dumps(rows), "utf-8")
    said = tresen("import", "catalogue", file, "--dry-run")
    assert said.code == 0
    assert "  not read: colr (colour?)" in said.sentences
    file.write_text(json.dumps([*rows, {**rows[0], "sku": "B", "price": "cheap"}]), "utf-8")
    said = tresen("import", "catalogue", file)
    assert said.code == 1
    assert said.sentences[0] == "products.json entry 2, price: 'cheap' is not a number"


def test_a_bad_line_is_also_told_to_programs(tresen, catalogue) -> None:
    said = tresen("import", "catalogue", catalogue(price={3: "cheap"}), "--json")
    assert said.code == 1
    assert said.err == ""
    assert said.document["ok"] is False
    (file,) = said.document["files"]
    assert file["problem_count"] == 1
    assert (file["problems"][0]["line"], file["problems"][0]["column"]) == (3, "price")


def test_a_dry_run_names_bad_lines_too(tresen, catalogue) -> None:
    said = tresen("import", "catalogue", catalogue(price={3: "cheap"}), "--dry-run")
    assert said.code == 1
    assert said.sentences[-1] == "products.csv: 1 problem, nothing imported"


def test_a_good_file_is_kept_beside_a_bad_one(tresen, catalogue) -> None:
    good, bad = catalogue("good.csv"), catalogue("bad.csv", price={3: "cheap"}, sku={4: "NEW-ONE"})
    said = tresen("import", "catalogue", good, bad)
    assert said.code == 1
    assert said.sentences[0] == "good.csv: 19 lines, 19 new, 0 changed, 0 unchanged"
    assert products(tresen) == 19


def test_a_file_that_is_no_table_is_named(tresen, tmp_path) -> None:
    (tmp_path / "products.parquet").write_bytes(b"not a table")
    said = tresen("import", "catalogue", tmp_path / "products.parquet")
    assert said.code == 1
    assert said.sentences[-1] == "products.parquet: 1 problem, nothing imported"


def test_a_mapping_that_names_an_unknown_field_is_one_line(tresen, catalogue, tmp_path) -> None:
    (tmp_path / "mapping.yml").write_text("catalogue: {columns: {smell: odour}}")
    said = tresen("import", "catalogue", catalogue(), "--mapping", tmp_path / "mapping.yml")
    assert said.code == 1
    assert len(said.sentences) == 1
    assert "smell" in said.sentences[0]


def test_orders_are_counted_once_however_often_they_come(tresen, catalogue) -> None:
    tresen("import", "catalogue", catalogue())
    first = tresen("import", "orders", SHOP / "orders.csv.gz")
    again = tresen("import", "orders", SHOP / "orders.csv.gz")
    assert first.sentences == ["orders.csv.gz: 1548 lines, 1548 new, 0 changed, 0 unchanged"]
    assert again.sentences == ["orders.csv.gz: 1548 lines, 0 new, 0 changed, 1548 unchanged"]


def test_orders_by_unknown_products_are_kept_and_said(tresen, tmp_path) -> None:
    lines = gzip.decompress((SHOP / "orders.csv.gz").read_bytes()).decode().splitlines()[:4]
    (tmp_path / "orders.csv").write_text("\n".join(lines))
    said = tresen("import", "orders", tmp_path / "orders.csv")
    assert said.code == 0
    assert said.sentences[0] == "orders.csv: 3 lines, 3 new, 0 changed, 0 unchanged"
    assert said.sentences[1].startswith("  3 lines name ")
    assert said.sentences[1].endswith("products the catalogue lacks")
    assert said.sentences[2].startswith("  above all ")


def test_a_bad_order_line_is_named_and_none_is_kept(tresen, tmp_path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("order_id,ts,sku,quantity\n1,2026-01-02,MOUSE,1\n2,yesterday,MOUSE,none\n")
    said = tresen("import", "orders", file)
    assert said.code == 1
    assert [sentence.partition(":")[0] for sentence in said.sentences[:2]] == [
        "orders.csv line 3, ts",
        "orders.csv line 3, quantity",
    ]
    file.write_text("order_id,ts,sku,quantity\n1,2026-01-02,MOUSE,1\n")
    assert "1 new" in tresen("import", "orders", file).sentences[0]


def test_a_whole_shop_comes_from_one_folder(tresen) -> None:
    said = tresen("import", "shop", SHOP)
    assert said.code == 0
    assert [sentence.partition(":")[0] for sentence in said.sentences] == [
        "shop.yml",
        "categories.csv",
        "terms.csv",
        "products.csv",
        "matrix.csv",
        "orders.csv.gz",
    ]
    assert products(tresen) == 19


def test_of_a_shop_with_one_bad_file_nothing_is_kept(tresen, tmp_path) -> None:
    folder = copytree(SHOP, tmp_path / "shop")
    matrix = folder / "matrix.csv"
    matrix.write_text(matrix.read_text("utf-8").replace(",accessory,", ",decoration,", 1), "utf-8")
    said = tresen("import", "shop", folder)
    assert said.code == 1
    assert any(sentence.startswith("matrix.csv line 2, kind: ") for sentence in said.sentences)
    assert products(tresen) == 0
    assert " new" not in said.out + said.err
    assert "products.csv: 19 lines in order, nothing imported" in said.sentences
    assert said.sentences[-1].startswith("Nothing of the shop was kept")
    document = json.loads(tresen("import", "shop", folder, "--json").out)
    assert (document["ok"], document["nothing_kept"]) == (False, True)
    assert [file["inserted"] for file in document["files"]] == [0] * 6


def test_a_shop_can_be_checked_without_keeping_any_of_it(tresen, tmp_path) -> None:
    said = tresen("import", "shop", SHOP, "--dry-run")
    assert said.code == 0
    assert any(sentence.startswith("products.csv: 19 lines, 19 would be new") for sentence in said.sentences)
    assert products(tresen) == 0
    folder = copytree(SHOP, tmp_path / "shop")
    (folder / "products.csv").unlink()
    assert tresen("import", "shop", folder, "--dry-run").code == 1
    assert tresen("import", "shop", SHOP).code == 0
    assert products(tresen) == 19


def test_a_shop_without_products_is_refused(tresen, tmp_path) -> None:
    folder = copytree(SHOP, tmp_path / "shop")
    (folder / "products.csv").unlink()
    said = tresen("import", "shop", folder)
    assert said.code == 1
    assert said.sentences[-1].startswith("matrix.csv") or "products.csv" in said.err
    assert products(tresen) == 0


SAMPLES = Path("tests/unit/importing/samples")


def test_a_shops_export_is_recognised_and_told_in_sentences(tresen) -> None:
    said = tresen("import", "catalogue", SAMPLES / "woocommerce.csv", "--lang", "en")
    assert said.code == 0
    assert said.sentences[0] == ("woocommerce.csv (read as woocommerce): 12 lines, 6 new, 0 changed, 0 unchanged")
    assert "  2 left out: headings of variations or groups" in said.sentences
    assert "  6 relations of the feed, proposals now: `tresen matrix export` shows them" in said.sentences
    assert "  1 relation of the feed, to products that are not here" in said.sentences


def test_a_format_may_be_named_and_another_one_is_wrong_use(tresen) -> None:
    assert tresen("import", "catalogue", SAMPLES / "google.tsv", "--format", "google").code == 0
    assert tresen("import", "catalogue", SAMPLES / "google.tsv", "--format", "amazon").code == 2
    refused = tresen("import", "catalogue", SAMPLES / "google.tsv", "--format", "tresen")
    assert (refused.code, products(tresen)) == (1, 4)


def test_customers_are_hidden_with_the_shops_own_secret(tresen, monkeypatch) -> None:
    first = tresen.asked("import", "orders", SAMPLES / "shopify_orders.csv")
    assert first["files"][0]["inserted"] == 5
    key = (tresen.home / "secret.key").read_text("utf-8").strip()
    with closing(sqlite3.connect(tresen.home / "core.db")) as database:
        found = {name for (name,) in database.execute("SELECT customer FROM past_order_lines") if name}
    assert found == {pseudonyms(key)("ada@example.com")}


def test_the_doctor_says_what_an_imported_shop_lacks(tresen) -> None:
    tresen("import", "catalogue", SAMPLES / "woocommerce.csv")
    tresen("import", "orders", SAMPLES / "shopify_orders.csv")
    lines = tresen("doctor").out.splitlines()
    assert "    6  products" in lines
    assert "    1  without a cost: never offered (GLOVES)" in lines
    assert "    4  past orders name unknown products" in lines
    assert "    4  past orders were never counted: `tresen affinity mine`" in lines
    assert "    6  relations of a feed wait for your decision: `tresen matrix export`" in lines


def test_returns_of_unknown_orders_are_named_by_line(electronics, tmp_path) -> None:
    file = tmp_path / "returns.csv"
    file.write_text("order,sku,quantity,date\nNO-1,LAP-1,1,2026-03-10\n", "utf-8")
    said = electronics("import", "returns", file)
    assert said.code == 1
    assert "returns.csv line 2, order: there is no order NO-1 placed here" in said.sentences
