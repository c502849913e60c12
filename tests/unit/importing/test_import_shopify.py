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
