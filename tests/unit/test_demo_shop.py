"""The catalogues of the example shops keep the promises that the demo and the golden offers rest on."""

from collections import Counter
from dataclasses import fields
from datetime import date
from itertools import pairwise

import pytest
from demo_shops import (
    HOME,
    SHOPS,
    Row,
    agree,
    attributes,
    by_family,
    margin,
    profit,
    rows,
    script,
    selected,
    settings,
)

from actions.offers.limits import OfferLimits
from actions.offers.pressure import pressure_in
from actions.offers.products import RelationKind

LADDERS = {
    "bikes": ("grat", "schlucht", "tempo", "feldweg", "ferne", "markt", "leicht"),
    "rest": (
        ("helmet-basis", "helmet-stadt", "helmet-rundum"),
        ("lock-kabel", "lock-buegel", "lock-falt"),
        ("light-glimm", "light-strahl", "light-leuchtturm"),
        ("pannier-tagwerk", "pannier-trockendock", "pannier-weltreise"),
        ("pump-luft", "pump-luft-plus", "pump-luft-profi"),
        ("multitool-klein", "multitool-mittel", "multitool-gross"),
        ("rain-schauer", "rain-landregen", "rain-wetterwand"),
        ("saddle-alltag", "saddle-fernreise", "saddle-kern"),
        ("tube-standard", "tube-tough", "tube-light"),
    ),
}


@pytest.fixture(scope="module")
def bikes() -> list[Row]:
    return rows("radhaus", "products.csv")


def test_the_demo_shop_has_a_real_assortment(bikes: list[Row]) -> None:
    assert len(bikes) >= 300
    assert len({product["sku"] for product in bikes}) == len(bikes)
    assert len({product["family"] for product in bikes}) >= 120


def test_a_black_mountain_bike_under_1000_euros_comes_in_size_42_from_several_families(bikes: list[Row]) -> None:
    found = {
        product["family"]
        for product in bikes
        if product["category"] == "bikes/mountain"
        and (product["colour"], product["size"]) == ("black", "42")
        and float(product["price"]) < 1000
    }
    assert len(found) >= 3


def test_one_road_bike_is_clearly_cheaper_than_the_rest(bikes: list[Row]) -> None:
    prices = sorted({float(product["price"]) for product in bikes if product["category"] == "bikes/road"})
    assert prices[0] <= 0.7 * prices[1]


def test_many_bikes_are_good_for_the_commute(bikes: list[Row]) -> None:
    commuting = {
        product["family"]
        for product in bikes
        if product["category"].startswith("bikes/") and "commute" in attributes(product)["use"].split(",")
    }
    assert len(commuting) >= 10


@pytest.mark.parametrize(
    "ladder",
    [*(tuple(f"{series}-{tier}" for tier in (1, 2, 3)) for series in LADDERS["bikes"]), *LADDERS["rest"]],
    ids=lambda ladder: ladder[0],
)
def test_a_ladder_rises_in_tier_and_price_and_differs_in_facts(bikes: list[Row], ladder: tuple[str, ...]) -> None:
    steps = [by_family(bikes)[name][0] for name in ladder]
    assert [step["tier"] for step in steps] == ["1", "2", "3"]
    assert len({step["category"] for step in steps}) == 1
    for lower, upper in pairwise(steps):
        assert 1 < float(upper["price"]) / float(lower["price"]) <= OfferLimits().max_price_step
        ours, theirs = attributes(lower), attributes(upper)
        assert any(ours[name] != theirs[name] for name in ours.keys() & theirs.keys())
        assert (profit(upper) > profit(lower)) is (upper["family"] != "schlucht-3")


def test_margins_are_those_of_a_real_shop(bikes: list[Row]) -> None:
    known = [product for product in bikes if product["cost"]]
    cleared = {"tyre-winter", "clearance-city", "clearance-touring"}
    sound = [product for product in known if product["family"] not in cleared]
    of_bikes = [margin(product) for product in sound if product["category"].startswith("bikes/")]
    of_extras = [margin(p) for p in sound if p["category"].split("/")[0] in ("accessories", "clothing", "care")]
    assert min(of_bikes) >= 0.18
    assert max(of_bikes) <= 0.36
    assert min(of_extras) >= 0.29
    assert max(of_extras) <= 0.56


def test_there_is_something_of_everything_that_must_not_be_offered(bikes: list[Row]) -> None:
    assert any(not product["cost"] for product in bikes), "an unknown cost"
    assert 10 <= sum(product["stock"] == "0" for product in bikes) <= 60, "some sold out"
    assert {p["family"] for p in bikes if p["cost"] and margin(p) < 0} == {"tyre-winter", "clearance-city"}
    assert any(int(product["rating_count"]) < 5 for product in bikes), "too few reviews to be an argument"


@pytest.mark.parametrize("shop", SHOPS)
def test_every_product_is_complete_in_both_languages(shop: str) -> None:
    for product in rows(shop, "products.csv"):
        for text in ("title", "description", "benefit"):
            assert product[f"{text}_de"], product["sku"]
            assert product[f"{text}_en"], product["sku"]
            assert product[f"{text}_de"] != product[f"{text}_en"] or text == "title"
        for text in ("running_cost", "not_included"):
            assert bool(product[f"{text}_de"]) is bool(product[f"{text}_en"]), product["sku"]


@pytest.mark.parametrize("shop", SHOPS)
def test_no_family_borrows_its_sentences_from_another(shop: str) -> None:
    families = by_family(rows(shop, "products.csv"))
    for text in ("description_de", "description_en", "benefit_de", "benefit_en"):
        sentences = Counter(variants[0][text] for variants in families.values())
        assert sentences.most_common(1)[0][1] == 1, sentences.most_common(1)


@pytest.mark.parametrize("shop", SHOPS)
def test_titles_name_neither_colour_nor_size(shop: str) -> None:
    words = {row["term"]: (row["de"], row["en"]) for row in rows(shop, "terms.csv") if row["kind"] == "colour"}
    for product in rows(shop, "products.csv"):
        german, english = words.get(product["colour"], ("", ""))
        assert not german or german.casefold() not in product["title_de"].casefold().split()
        assert not english or english.casefold() not in product["title_en"].casefold().split()


@pytest.mark.parametrize("shop", SHOPS)
def test_every_word_of_the_catalogue_reads_well_in_both_languages(shop: str) -> None:
    listed = [*rows(shop, "terms.csv"), *rows("", "common-terms.csv")]
    terms = {(row["term"], row["kind"]) for row in listed if row["de"] and row["en"]}
    paths = {row["category"] for row in rows(shop, "categories.csv") if row["title_de"] and row["title_en"]}

    def reads_well(word: str, kind: str) -> bool:
        is_code = any(sign.isdigit() for sign in word) or word.isupper()
        return not word or (word, kind) in terms or (kind == "value" and is_code)

    for product in rows(shop, "products.csv"):
        assert product["category"] in paths
        assert reads_well(product["brand"], "brand"), product["brand"]
        assert reads_well(product["colour"], "colour"), product["colour"]
        for name, value in attributes(product).items():
            kind = "use" if name == "use" else "value"
            assert reads_well(name, "attribute"), name
            assert all(reads_well(part, kind) for part in value.split(",")), f"{name}={value}"


@pytest.mark.parametrize("shop", SHOPS)
def test_a_word_for_a_kind_of_product_means_one_category(shop: str) -> None:
    for language in ("de", "en"):
        words = Counter(
            word
            for row in rows(shop, "categories.csv")
            for word in set(row[f"synonyms_{language}"].split("|")) - {""}
        )
        assert max(words.values()) == 1, words.most_common(3)


@pytest.mark.parametrize("shop", SHOPS)
def test_what_is_sold_by_volume_or_weight_states_its_content(shop: str) -> None:
    fluids = ("care/", "hair/shampoos", "hair/conditioners", "hair/styling", "hair/masks", "food/coffee")
    dry = {"brushes", "care-kit"}
    for product in rows(shop, "products.csv"):
        wanted = product["category"].startswith(fluids) and product["family"] not in dry
        assert bool(product["content"]) or not wanted, product["sku"]


@pytest.mark.parametrize("shop", SHOPS)
def test_every_row_of_the_matrix_resolves_and_says_why(shop: str) -> None:
    products, matrix = rows(shop, "products.csv"), rows(shop, "matrix.csv")
    keys = {(row["anchor"], row["target"], row["kind"]) for row in matrix}
    assert len(keys) == len(matrix)
    for row in matrix:
        anchors, targets = selected(row["anchor"], products), selected(row["target"], products)
        fits = [(a, t) for a in anchors for t in targets if a["sku"] != t["sku"] and agree(a, t, row["match"])]
        assert fits, row
        assert RelationKind(row["kind"])
        assert row["benefit_de"], row
        assert row["benefit_en"], row
        assert row["owner"], row
        assert row["approved"] in ("yes", "no")
        assert date.fromisoformat(row["date"])
        if row["kind"] in ("upgrade", "downgrade"):
            rises = {float(target["price"]) > float(anchor["price"]) for anchor, target in fits}
            assert rises == {row["kind"] == "upgrade"}, row


def test_the_demo_matrix_is_planned_by_hand() -> None:
    kinds = Counter(row["kind"] for row in rows("radhaus", "matrix.csv"))
    assert kinds.total() >= 80
    assert kinds["none_fits"] >= 10
    assert kinds["upgrade"] >= 20
    matched = [row for row in rows("radhaus", "matrix.csv") if "wheel_size" in row["match"]]
    assert any("valve" in row["match"] for row in matched)


@pytest.mark.parametrize("shop", SHOPS)
def test_a_shop_answers_the_usual_questions_and_owns_up_to_its_history(shop: str) -> None:
    document = settings(shop, "shop.yml")
    limits = {each.name for each in fields(OfferLimits)}
    assert document["simulated_orders"] is True
    assert set(document["policy"]) <= limits
    facts = document["facts"]
    for name in ("shipping_days", "shipping_countries", "returns", "payment", "opening_hours", "warranty"):
        assert facts[name]["de"].endswith("."), name
        assert facts[name]["en"].endswith("."), name
    assert facts["order_button"]["de"] and facts["order_button"]["en"]
    assert facts["contact"]["email"].endswith(".example")
    for name in ("shipping_cost", "free_shipping_from"):
        assert facts[name] == document["policy"][name]


@pytest.mark.parametrize("shop", SHOPS)
def test_products_are_what_the_families_expand_to(shop: str) -> None:
    build = script("build")
    columns = build.COLUMNS
    made = [{name: row.get(name, "") for name in columns} for row in build.rows(HOME / shop)]
    assert made == rows(shop, "products.csv"), f"run: python data/shop/build.py {shop}"


@pytest.mark.parametrize("shop", SHOPS)
def test_no_text_of_a_shop_presses(shop: str) -> None:
    tables = [row for name in ("products.csv", "matrix.csv") for row in rows(shop, name)]
    texts = [text for row in tables for name, text in row.items() if name.endswith(("_de", "_en"))]
    texts += [
        text
        for fact in settings(shop, "shop.yml")["facts"].values()
        if isinstance(fact, dict)
        for text in fact.values()
    ]
    assert len(texts) >= 100
    assert [(text, str(found)) for text in texts for found in pressure_in(text)] == []
