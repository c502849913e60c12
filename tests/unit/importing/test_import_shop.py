"""A whole shop from its folder, and what its data lack."""

import gzip
from pathlib import Path

import pytest

from actions.offers.products import Money, RelationKind, Words
from actions.store.affinities import evidence
from actions.store.engine import reading, writing
from actions.store.importing import diagnose, load_shop
from actions.store.importing.files import SourceFile
from actions.store.importing.matrix import import_matrix
from actions.store.mining import mine

SHOPS = sorted(path.parent for path in Path("data/shop").glob("*/products.csv"))

SHOP = (
    "name: Radhaus",
    "currency: EUR",
    "simulated_orders: true",
    "facts:",
    "  returns: {de: 30 Tage, en: 30 days}",
)
POLICY = ("policy:", "  min_profit_cross: 250", "  shipping_cost: 390")
PRODUCTS = (
    "sku,title_de,title_en,category,price,cost,stock,tier,benefit_de,benefit_en",
    "BIKE,Rad,Bike,bikes,899,500,3,2,Rollt.,Rolls.",
    "HELMET,Helm,Helmet,helmets,59.90,,5,,,",
)
MATRIX = ("anchor,target,kind,match,rank,benefit_de,benefit_en,owner,date,approved",)
FITS = "category:bikes,sku:HELMET,accessory,size|frame=fits,1,Schützt.,Protects.,Verkauf,2026-03-02,yes"


@pytest.fixture
def folder(write, tmp_path):
    def folder(**files) -> Path:
        content = {
            "shop.yml": [*SHOP, *POLICY],
            "products.csv": PRODUCTS,
            "categories.csv": [
                "category,title_de,title_en,synonyms_de,synonyms_en,uses",
                "bikes,Räder,Bikes,rad|velo,bike,trail",
            ],
            "terms.csv": ["term,kind,de,en,synonyms_de,synonyms_en", "red,colour,signalrot,red,feuerrot,"],
            "matrix.csv": [*MATRIX, FITS],
        } | {name.replace("_", "."): lines for name, lines in files.items()}
        for name, lines in content.items():
            if lines is not None:
                write(f"shop/{name}", *lines)
        orders = [
            "order_id,ts,customer_id,sku,quantity,price",
            *(f"O{n},2026-03-02,,{sku},1,1" for n in range(3) for sku in ("BIKE", "HELMET")),
        ]
        (tmp_path / "shop" / "orders.csv.gz").write_bytes(gzip.compress("\n".join(orders).encode()))
        return tmp_path / "shop"

    return folder


def test_the_whole_shop_comes_in(engine, folder, snapshot, order_lines):
    report = load_shop(engine, folder())
    assert report.ok
    assert [file.path for file in report.files] == [
        "shop.yml",
        "categories.csv",
        "terms.csv",
        "products.csv",
        "matrix.csv",
        "orders.csv.gz",
    ]
    shop = snapshot()
    assert (shop.facts.name, shop.facts.text("returns", "en"), shop.facts.simulated_orders) == (
        "Radhaus",
        "30 days",
        True,
    )
    assert (shop.own_limits.min_profit_cross, shop.own_limits.shipping_cost) == (250, 390)
    assert shop.categories["bikes"].synonyms_de == ("rad", "velo")
    assert order_lines() == 6


def test_the_words_of_the_shop_stand_before_the_common_ones(engine, folder, snapshot):
    load_shop(engine, folder())
    colours = {term.term: term.words for term in snapshot().terms if term.kind == "colour"}
    assert colours["red"] == Words("signalrot", "red")
    assert colours["blue"] == Words("blau", "blue")


def test_loading_again_brings_the_shop_up_to_date(engine, folder, snapshot, order_lines):
    load_shop(engine, folder())
    cheaper = [line.replace("59.90", "49.90") for line in PRODUCTS]
    assert load_shop(engine, folder(products_csv=cheaper)).ok
    assert snapshot().product("HELMET").price == Money(4_990)
    assert (order_lines(), len(snapshot().matrix)) == (6, 1)


def test_a_problem_in_one_file_keeps_the_whole_shop_out(engine, folder, snapshot):
    report = load_shop(engine, folder(matrix_csv=[*MATRIX, FITS.replace("accessory", "goes_with")]))
    (problem,) = report.files[4].problems
    assert (problem.line, problem.column) == (2, "kind")
    assert problem.reason.startswith("'goes_with' is none of often_bought_with, accessory")
    assert snapshot().products == {}
    assert snapshot().facts.name == ""


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (None, "shop.yml"),
        (["just words"], "holds no names"),
        (["policy: {min_profit: 3}"], "min_profit is not an offer limit"),
        (["min_profit_cross: viel"], "min_profit_cross cannot be 'viel'"),
        (["a: [b"], "expected ',' or ']'"),
    ],
)
def test_what_is_wrong_with_the_facts_is_told(engine, folder, lines, reason):
    report = load_shop(engine, folder(shop_yml=lines))
    assert reason in report.files[0].problems[0].reason
    assert not report.ok


def test_a_shop_without_products_is_no_shop(engine, folder):
    report = load_shop(engine, folder(products_csv=None))
    assert [file.path for file in report.files if not file.ok] == ["products.csv"]


def test_words_and_matrix_may_be_missing(engine, folder):
    report = load_shop(engine, folder(categories_csv=None, terms_csv=None, matrix_csv=None))
    assert report.ok
    assert [file.path for file in report.files] == ["shop.yml", "products.csv", "orders.csv.gz"]


def test_evidence_of_the_loaded_shop_is_marked_as_simulated(engine, folder):
    load_shop(engine, folder())
    assert mine(engine).simulated
    with reading(engine) as connection:
        assert evidence(connection, "BIKE", "HELMET").simulated


def load_matrix(engine, write, *lines, header=MATRIX[0]):
    with writing(engine) as connection:
        return import_matrix(connection, SourceFile(write("m.csv", header, *lines)))


def test_a_row_of_the_matrix_is_read_with_its_fitting_rule(engine, write, snapshot):
    assert load_matrix(engine, write, FITS).ok
    (row,) = snapshot().matrix
    assert (row.kind, row.match, row.rank) == (RelationKind.ACCESSORY, {"size": "size", "frame": "fits"}, 1)
    assert (row.owner, row.dated, row.state) == ("Verkauf", "2026-03-02", "approved")


@pytest.mark.parametrize(
    ("word", "state"),
    [("yes", "approved"), ("ja", "approved"), ("", "proposed"), ("no", "proposed"), ("rejected", "rejected")],
)
def test_only_what_is_approved_counts_as_approved(engine, write, snapshot, word, state):
    load_matrix(engine, write, FITS.removesuffix("yes") + word)
    assert snapshot().matrix[0].state == state


def test_without_the_column_every_row_is_approved(engine, write, snapshot):
    load_matrix(engine, write, "sku:A,sku:B,accessory", header="anchor,target,kind")
    assert snapshot().matrix[0].approved


def test_nothing_fits_needs_no_target(engine, write, snapshot):
    load_matrix(engine, write, "sku:VOUCHER,,none_fits", header="anchor,target,kind")
    assert snapshot().matrix[0].target == "*"


def test_bad_rows_of_the_matrix_are_named(engine, write, snapshot):
    report = load_matrix(
        engine,
        write,
        FITS,
        FITS,
        "brand:x,sku:B,accessory,,first,,,,,perhaps",
        "sku:A,,accessory,,,,,,,",
    )
    assert {(problem.line, problem.column) for problem in report.problems} == {
        (3, "anchor"),
        (4, "anchor"),
        (4, "rank"),
        (4, "approved"),
        (5, "target"),
    }
    assert snapshot().matrix == ()


def test_findings_name_what_costs_offers_and_words(engine, folder):
    lost = "sku:BIKE,sku:GONE,accessory,,2,,,,,yes"
    unsold = ["order_id,ts,customer_id,sku,quantity,price", "O1,2026-03-02,,OLD,1,1", "O2,2026-03-02,,OLD,1,1"]
    shop = folder(matrix_csv=[*MATRIX, FITS, lost])
    (shop / "orders.csv").write_text("\n".join(unsold))
    load_shop(engine, shop)
    with reading(engine) as connection:
        found = diagnose(connection)
    assert found.products == 2
    assert (found.without_cost, found.without_tier, found.without_benefit) == (
        ("HELMET",),
        ("HELMET",),
        ("HELMET",),
    )
    assert found.categories_without_title == ("helmets",)
    assert found.unknown_in_orders == (("OLD", 2),)
    assert (found.orders, found.orders_with_unknown, found.orders_since_mining) == (3, 2, None)
    assert found.matrix.resolves_to_nothing == ("sku:BIKE -> sku:GONE (accessory)",)
    assert found.matrix.cost_unknown == ("category:bikes -> sku:HELMET (accessory)",)
    assert not found.clean


def test_an_empty_shop_has_nothing_to_complain_about(engine):
    with reading(engine) as connection:
        assert diagnose(connection).clean


@pytest.mark.parametrize("shop", SHOPS, ids=lambda path: path.name)
def test_every_example_shop_loads_without_a_problem(engine, shop):
    report = load_shop(engine, shop)
    assert [file.problems for file in report.files if not file.ok] == []
    assert [file.unknown_products for file in report.files if file.unknown_products] == []
    with reading(engine) as connection:
        found = diagnose(connection)
    assert (found.matrix.resolves_to_nothing, found.matrix.without_benefit) == ((), ())
    assert found.attributes_without_term == ()
