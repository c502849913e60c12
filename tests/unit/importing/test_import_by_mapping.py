"""Exports of other systems come in by a mapping that says which column is which field."""

import pytest

from actions.offers.products import Money, Words
from actions.store.importing import import_catalogue
from actions.store.importing.mapping import MappingError, catalogue_mapping
from tests.unit.importing.exports import problems

FOREIGN = (
    "item;name;group;sub;colour;frame;list;buy;klass;note",
    "1;Peak 200 Black, 42;Bikes;Mountain Bikes;Black;42;1.499,00;9,5;H;light",
)
MAPPING = {
    "catalogue": {
        "language": "en",
        "columns": {
            "sku": "item",
            "title": "name",
            "price": "list",
            "cost": "buy",
            "tier": "klass",
            "colour": "colour",
            "size": "frame",
        },
        "constants": {"stock": 20, "tax_percent": 0, "brand": "Peak"},
        "family": ["name"],
        "variants": ["colour", "frame"],
        "category": ["group", "sub"],
        "tiers": {"L": 1, "M": 2, "H": 3},
        "attributes": {"remark": "note"},
        "category_titles": {"bikes": {"de": "Fahrräder"}},
        "category_synonyms": {"bikes/mountain-bikes": {"de": ["mountainbike"], "en": ["mtb"]}},
        "category_uses": {"bikes/mountain-bikes": ["trail"]},
    }
}


@pytest.fixture
def load_foreign(engine, write):
    def load_foreign(change=None, lines=FOREIGN):
        mapping = {"catalogue": MAPPING["catalogue"] | (change or {})}
        return import_catalogue(engine, [write("foreign.csv", *lines)], mapping=mapping).files[0]

    return load_foreign


def test_a_mapping_makes_our_fields_of_foreign_columns(load_foreign, snapshot):
    assert load_foreign().problems == ()
    found = snapshot().product("1")
    assert (found.title, found.family) == (Words("", "Peak 200"), "peak-200")
    assert (found.price, found.cost, found.tier, found.stock) == (Money(149_900), 950, 3, 20)
    assert (found.colour, found.size, found.brand, found.category) == (
        "black",
        "42",
        "Peak",
        "bikes/mountain-bikes",
    )
    assert found.attributes == {"remark": "light"}


def test_a_german_shopper_finds_the_mapped_category(load_foreign, snapshot):
    load_foreign()
    category = snapshot().categories["bikes/mountain-bikes"]
    assert category.title == Words("", "Mountain Bikes")
    assert (category.synonyms_de, category.synonyms_en, category.uses) == (("mountainbike",), ("mtb",), ("trail",))
    assert snapshot().categories["bikes"].title == Words("Fahrräder", "Bikes")


def test_prices_may_come_in_cents(load_foreign, snapshot):
    load_foreign({"price": "minor"}, (FOREIGN[0], FOREIGN[1].replace("1.499,00", "149900").replace("9,5", "950")))
    assert (snapshot().product("1").price, snapshot().product("1").cost) == (Money(149_900), 950)


def test_without_a_category_products_are_unsorted(load_foreign, snapshot):
    load_foreign({"category": []})
    assert snapshot().product("1").category == "unsorted"


def test_a_column_the_file_does_not_have_is_named(load_foreign, snapshot):
    report = load_foreign({"attributes": {"weight": "kg"}})
    assert problems(report) == [(1, "kg", "the mapping reads this column, the file does not have it")]
    assert snapshot().products == {}


def test_a_tier_the_mapping_does_not_know_is_a_problem(load_foreign):
    report = load_foreign(lines=(FOREIGN[0], FOREIGN[1].replace(";H;", ";Z;")))
    assert problems(report) == [(2, "tier", "'Z' is not a number")]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("orders: {}", "no part 'catalogue'"),
        ("catalogue: {colums: {}}", "unknown: colums"),
        ("catalogue: {columns: {titel: name}}", "no such field: titel"),
        ("catalogue: {constants: {farbe: rot}}", "no such field: farbe"),
        ("catalogue: {price: euros}", "major"),
        ("catalogue: [", "mapping.yml"),
        ("nothing", "no part 'catalogue'"),
    ],
)
def test_a_mapping_that_says_nonsense_is_refused(write, content, complaint):
    with pytest.raises(MappingError, match=complaint):
        catalogue_mapping(write("mapping.yml", content))


def test_a_missing_mapping_file_is_named(tmp_path):
    with pytest.raises(MappingError, match=r"nothing\.yml"):
        catalogue_mapping(tmp_path / "nothing.yml")
