"""The catalogue: one snapshot for reading, the row itself for price and stock."""

import pytest
from shopfloor import product, relate, stock_up

from actions.offers.products import Money, Quantity, RelationKind, Words
from actions.store.catalogue import Catalogue, live_product, read_snapshot, take_stock
from actions.store.engine import reading, writing
from actions.store.facts import write_facts
from actions.store.matrix import fits
from actions.store.products import refreshed
from actions.store.selectors import covers, is_selector
from actions.store.tables import categories, products, terms


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def bikes(connection) -> None:
    stock_up(
        connection,
        {"sku": "GRAT-42", "family": "grat", "category": "bikes/mountain", "attributes": {"wheel_size": "29"}},
        {"sku": "GRAT-46", "family": "grat", "category": "bikes/mountain", "price": 89_900},
        {"sku": "RENN", "category": "bikes/road"},
        {"sku": "OIL", "category": "care", "content_amount": 100.0, "content_unit": "ml", "cost": None},
        {"sku": "OLD", "category": "care", "active": False},
    )


def test_a_product_comes_back_with_all_that_is_known(connection, bikes):
    found = read_snapshot(connection).product("OIL")
    assert (found.title, found.price, found.cost) == (Words("OIL", ""), Money(10_000), None)
    assert found.content == Quantity(100.0, "ml")
    assert read_snapshot(connection).product("GRAT-42").attributes == {"wheel_size": "29"}


def test_what_is_no_longer_on_sale_is_not_there(connection, bikes):
    snapshot = read_snapshot(connection)
    assert "OLD" not in snapshot.products
    assert snapshot.product("OLD") is None
    assert live_product(connection, "OLD") is None


def test_variants_stand_together_and_categories_hold_what_is_below_them(connection, bikes):
    snapshot = read_snapshot(connection)
    assert [variant.sku for variant in snapshot.variants("grat")] == ["GRAT-42", "GRAT-46"]
    assert snapshot.variants("nothing") == ()
    assert [item.sku for item in snapshot.in_category("bikes")] == ["GRAT-42", "GRAT-46", "RENN"]
    assert [item.sku for item in snapshot.in_category("bikes/road")] == ["RENN"]
    assert snapshot.in_category("bike") == []


@pytest.mark.parametrize(
    ("selector", "skus"),
    [
        ("sku:RENN", {"RENN"}),
        ("family:grat", {"GRAT-42", "GRAT-46"}),
        ("category:bikes/mountain", {"GRAT-42", "GRAT-46"}),
        ("category:bikes", set()),
        ("category:bikes/*", {"GRAT-42", "GRAT-46", "RENN"}),
        ("*", {"GRAT-42", "GRAT-46", "RENN", "OIL"}),
        ("sku:NOTHING", set()),
        ("category:cars/*", set()),
    ],
)
def test_a_selector_means_the_same_products_from_both_sides(connection, bikes, selector, skus):
    snapshot = read_snapshot(connection)
    assert {item.sku for item in snapshot.select(selector)} == skus
    assert {item.sku for item in snapshot.products.values() if covers(selector, item)} == skus


def test_selectors_are_told_from_other_words():
    assert [is_selector(text) for text in ("sku:A", "family:b", "category:a/*", "*")] == [True] * 4
    assert [is_selector(text) for text in ("", "sku:", "brand:x", "A", "sku: ")] == [False] * 5


def test_categories_and_terms_carry_the_words_of_the_shop(connection):
    words = {"synonyms_de": ["mtb"], "synonyms_en": []}
    connection.execute(
        categories.insert(),
        {"category": "bikes/mountain", "title_de": "", "title_en": "", "uses": ["trail"], **words},
    )
    connection.execute(terms.insert(), {"term": "red", "kind": "colour", "de": "rot", "en": "red", **words})
    snapshot = read_snapshot(connection)
    category = snapshot.categories["bikes/mountain"]
    assert (category.title, category.synonyms_de, category.uses) == (
        Words("Mountain", "Mountain"),
        ("mtb",),
        ("trail",),
    )
    (term,) = snapshot.terms
    assert (term.term, term.words, term.synonyms_de) == ("red", Words("rot", "red"), ("mtb",))


def test_facts_speak_both_languages(connection):
    write_facts(
        connection,
        {
            "name": "Radhaus",
            "currency": "CHF",
            "simulated_orders": True,
            "returns_days": 30,
            "returns": {"de": "30 Tage", "en": "30 days"},
            "opening": {"de": "ab 10"},
        },
    )
    facts = read_snapshot(connection).facts
    assert (facts.name, facts.currency, facts.simulated_orders) == ("Radhaus", "CHF", True)
    assert [facts.text("returns", language) for language in ("de", "en")] == ["30 Tage", "30 days"]
    assert [facts.text("opening", "en"), facts.text("returns_days", "de"), facts.text("nothing", "de")] == [
        "ab 10",
        "30",
        "",
    ]


def test_a_snapshot_is_kept_until_the_catalogue_changes(engine):
    clock = Clock()
    catalogue = Catalogue(engine, clock)
    with writing(engine) as connection:
        stock_up(connection, {"sku": "BIKE"})
    first = catalogue.snapshot()
    clock.seconds = 5
    assert catalogue.snapshot() is first
    with writing(engine) as connection:
        stock_up(connection, {"sku": "HELMET"})
    assert catalogue.snapshot() is first
    clock.seconds = 6
    assert set(catalogue.snapshot().products) == {"BIKE", "HELMET"}
    assert catalogue.snapshot().version > first.version


def test_the_row_knows_price_and_stock_before_the_snapshot_does(engine):
    with writing(engine) as connection:
        stock_up(connection, {"sku": "BIKE", "stock": 2}, {"sku": "GONE"})
    snapshot = Catalogue(engine).snapshot()
    with writing(engine) as connection:
        connection.execute(products.update().where(products.c.sku == "BIKE").values(price=9_900, stock=1))
        connection.execute(products.update().where(products.c.sku == "GONE").values(active=False))
    with reading(engine) as connection:
        assert live_product(connection, "BIKE").price == Money(9_900)
        fresh = refreshed(connection, snapshot.products.values())
    assert (set(fresh), fresh["BIKE"].price, fresh["BIKE"].stock) == ({"BIKE"}, Money(9_900), 1)


def test_stock_is_taken_all_or_none(connection):
    stock_up(connection, {"sku": "BIKE", "stock": 3})
    assert take_stock(connection, "BIKE", 2)
    assert not take_stock(connection, "BIKE", 2)
    assert live_product(connection, "BIKE").stock == 1
    assert not take_stock(connection, "NOTHING", 1)
    with pytest.raises(ValueError, match="0 pieces"):
        take_stock(connection, "BIKE", 0)


def test_the_matrix_is_read_as_written(connection):
    relate(connection, "category:bikes/*", "family:helmet", rank=2, match={"size": "size"}, owner="Verkauf")
    (row,) = read_snapshot(connection).matrix
    assert (row.anchor, row.target, row.kind) == ("category:bikes/*", "family:helmet", RelationKind.ACCESSORY)
    assert (row.rank, row.match, row.benefit, row.owner) == (
        2,
        {"size": "size"},
        Words("Passt.", "Fits."),
        "Verkauf",
    )
    assert row.approved


@pytest.mark.parametrize(
    ("bike", "tube", "verdict"),
    [
        ({"wheel_size": "29"}, {"wheel_size": "29"}, True),
        ({"wheel_size": "29"}, {"wheel_size": "27.5,29"}, True),
        ({"wheel_size": "29"}, {"wheel_size": "28"}, False),
        ({"wheel_size": "29"}, {}, None),
        ({"wheel_size": "29"}, {"wheel_size": "universal"}, True),
        ({}, {"wheel_size": "universal"}, True),
        ({"wheel_size": "29", "valve": "AV"}, {"wheel_size": "29", "valve": "SV"}, False),
    ],
)
def test_a_fitting_rule_says_yes_no_or_not_known(bike, tube, verdict):
    rule = {"wheel_size": "wheel_size"} | ({"valve": "valve"} if "valve" in bike else {})
    assert fits(rule, product("BIKE", attributes=bike), product("TUBE", attributes=tube)) is verdict


def test_a_fitting_rule_may_name_size_colour_brand_and_two_different_attributes():
    laptop = product("LAPTOP", size="16", brand="Lumen", attributes={"screen_inch": "16"})
    bag = product("BAG", size="16", brand="Lumen", attributes={"fits_inch": "15;16"})
    assert fits({"size": "size", "brand": "brand", "screen_inch": "fits_inch"}, laptop, bag) is True
    assert fits({}, laptop, bag) is True
