"""A Shopify export, of either generation, becomes what the assistant sells from."""

import pytest

from actions.offers.products import Money, RelationKind
from actions.store.importing import Terms, import_catalogue
from tests.unit.importing.exports import sample


@pytest.fixture
def load(engine):
    def load(name, **more):
        return import_catalogue(engine, [sample(name)], terms=Terms("en", **more)).files[0]

    return load


@pytest.mark.parametrize(("name", "products"), [("shopify_2019.csv", 5), ("shopify_2025.csv", 3)])
def test_both_generations_of_the_header_are_recognised(load, name, products):
    report = load(name)
    assert (report.ok, report.format, report.inserted) == (True, "shopify", products)


def test_the_first_row_of_a_handle_speaks_for_all_of_its_variants(load, snapshot):
    load("shopify_2019.csv")
    shirts = snapshot().variants("linen-shirt")
    assert [(p.sku, p.colour, p.size, p.stock) for p in shirts] == [
        ("LS-W-M", "white", "M", 0),
        ("LS-W-S", "white", "S", 5),
        ("linen-shirt-blue-m", "blue", "M", 1_000),
    ]
    assert {(p.title.en, p.brand) for p in shirts} == {("Linen Shirt", "Weberei")}
    assert shirts[1].description.en == "Cool in summer. Washable"
    assert shirts[1].category == "apparel-accessories/clothing/clothing-tops/shirts"


def test_the_price_is_the_one_to_pay_and_not_the_one_crossed_out(load, snapshot):
    load("shopify_2019.csv")
    assert snapshot().product("LS-W-S").price == Money(5_900)
    assert snapshot().product("LS-W-S").cost == 2_100


def test_without_shopifys_category_the_merchants_type_is_the_need(load, snapshot):
    load("shopify_2019.csv")
    assert snapshot().product("LB-1").category == "belts"


def test_a_number_keeps_its_zeros_and_loses_the_apostrophe(load, snapshot):
    load("shopify_2019.csv")
    assert snapshot().product("00815").title.en == "Linen Belt"


def test_gift_cards_drafts_and_pictures_are_left_out(load):
    assert load("shopify_2019.csv").left_out == {
        "drafts, archived and unpublished products": 1,
        "gift cards": 1,
        "rows that hold only a picture": 1,
    }


def test_complementary_and_related_products_become_proposals(load, snapshot):
    report = load("shopify_2019.csv")
    assert report.relations == {"proposed": 2, "to_nothing": 1}
    assert {(row.anchor, row.target, row.kind) for row in snapshot().matrix} == {
        ("family:linen-shirt", "family:linen-belt", RelationKind.ACCESSORY),
        ("family:linen-belt", "family:leather-belt", RelationKind.SUBSTITUTE),
    }


def test_what_is_not_taxed_is_not_taxed(load, snapshot):
    load("shopify_2025.csv")
    assert (snapshot().product("ATLAS").tax_percent, snapshot().product("LS-B-M").tax_percent) == (0, 19)


def test_an_export_without_stock_says_so_and_leaves_known_stock_alone(engine, load, write, snapshot):
    load("shopify_2025.csv")
    lines = ("URL handle,Title,SKU,Price", "book,Atlas,ATLAS,31.00", "globe,Globe,GLOBE,80.00")
    report = import_catalogue(engine, [write("counted.csv", *lines)], terms=Terms("en")).files[0]
    assert report.notes == ("the file has no stock; new products stand at none and are not offered",)
    assert (snapshot().product("ATLAS").stock, snapshot().product("ATLAS").price) == (7, Money(3_100))
    assert (snapshot().product("GLOBE").stock, snapshot().product("GLOBE").category) == (0, "unsorted")


def test_the_same_export_again_changes_nothing(load):
    load("shopify_2019.csv")
    again = load("shopify_2019.csv")
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 5)
    assert again.relations == {"known": 2, "to_nothing": 1}


SHOPIFY = "Handle,Title,Variant SKU,Variant Price,Cost per item,Variant Inventory Tracker,Variant Inventory Qty"
LONG = "-".join(["a-very-long-handle-as-marketing-likes-them"] * 5)


@pytest.fixture
def load_lines(engine, write):
    def load_lines(*lines, header=SHOPIFY):
        return import_catalogue(engine, [write("shopify.csv", header, *lines)], terms=Terms("en")).files[0]

    return load_lines


def test_a_cost_with_three_decimals_is_a_fraction(load_lines, snapshot):
    assert load_lines("helmet,Helmet,H-1,59,4.125,shopify,5").ok
    assert snapshot().product("H-1").cost == 413


def test_handles_longer_than_we_can_hold_stay_apart_and_the_same_each_time(load_lines, snapshot):
    first = load_lines(f"{LONG}-1,One,,59,,shopify,5", f"{LONG}-2,Two,,69,,shopify,5", f"{LONG}-2,,T-2,69,,,5")
    assert (first.ok, first.inserted) == (True, 3)
    families = {product.family: product.title.en for product in snapshot().products.values()}
    assert sorted(families.values()) == ["One", "Two"]
    assert {len(family) for family in families} == {80}
    again = load_lines(f"{LONG}-1,One,,59,,shopify,5")
    assert (again.inserted, again.unchanged) == (0, 1)


def test_relations_between_long_handles_hold(load_lines, snapshot):
    column = "Related products (product.metafields.shopify--discovery--product_recommendation.related_products)"
    report = load_lines(
        f"{LONG}-1,One,A,59,,shopify,5,{LONG}-2",
        f"{LONG}-2,Two,B,69,,shopify,5,",
        header=f"{SHOPIFY},{column}",
    )
    assert report.relations == {"proposed": 1}


@pytest.mark.parametrize(
    ("column", "word", "stock"),
    [
        ("Variant Inventory Policy", "continue", 1_000),
        ("Variant Inventory Policy", "deny", 0),
        ("Continue selling when out of stock", "TRUE", 1_000),
        ("Continue selling when out of stock", "FALSE", 0),
    ],
)
@pytest.mark.parametrize("quantity", ["0", "-3"])
def test_what_goes_on_selling_when_it_is_out_of_stock_is_there(load_lines, snapshot, column, word, stock, quantity):
    load_lines(f"helmet,Helmet,H-1,59,,shopify,{quantity},{word}", header=f"{SHOPIFY},{column}")
    assert snapshot().product("H-1").stock == stock


def test_what_is_counted_keeps_its_count_whatever_happens_when_it_is_gone(load_lines, snapshot):
    header = f"{SHOPIFY},Variant Inventory Policy"
    load_lines("helmet,Helmet,H-1,59,,shopify,3,continue", header=header)
    assert snapshot().product("H-1").stock == 3
