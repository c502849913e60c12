"""A kind named in other words leads to what they name; a wish nobody can look for is said to be one."""

from collections.abc import Callable

import pytest

from actions import services
from actions.store.engine import migrate, open_engine
from actions.store.importing import load_shop
from tests.conversations.shopper import Shopper

SHOP = """name: Gipfelladen
language: de
currency: EUR
"""
PRODUCTS = """sku,title_de,title_en,category,brand,price,stock,description_de,description_en,attributes
RS20,Rucksack Felsgrat,Felsgrat backpack,packs/backpacks,Felsgrat,59.00,5,Leicht.,Light.,volume_l=20
RS30,Rucksack Felsgrat Plus,Felsgrat Plus backpack,packs/backpacks,Felsgrat,89.00,5,Groß.,Big.,volume_l=30
LAMP,Stirnlampe Glimm,Glimm headlamp,lights/headlamps,Glimm,29.00,5,Mit Akku.,Rechargeable.,lumens_lm=300
LAMP2,Stirnlampe Glimm Pro,Glimm Pro headlamp,lights/headlamps,Glimm,59.00,5,Heller.,Brighter.,lumens_lm=800
"""


@pytest.fixture(scope="module")
def bare_shop(tmp_path_factory: pytest.TempPathFactory) -> services.Services:
    """A shop without categories.csv and terms.csv."""
    folder = tmp_path_factory.mktemp("bare")
    (folder / "shop.yml").write_text(SHOP, "utf-8")
    (folder / "products.csv").write_text(PRODUCTS, "utf-8")
    engine = open_engine(f"sqlite:///{folder / 'core.db'}")
    migrate(engine)
    assert load_shop(engine, folder).ok
    engine.dispose()
    return services.build(f"sqlite:///{folder / 'core.db'}")


@pytest.mark.parametrize(
    ("language", "line", "intent", "title"),
    [
        ("en", "i want the cable lock", "search_product", "Riegelow Kabel cable lock"),
        ("en", "D-lock", "search_product", "Riegelow Bügel U-lock"),
        ("en", "do you have a u-lock?", "ask_availability", "Riegelow Bügel U-lock"),
        ("de", "ich suche ein kettenschloss", "search_product", "Kettenschloss Riegelow Ankerkette"),
        ("de", "habt ihr bügelschlösser?", "search_product", "Bügelschloss Riegelow Bügel"),
        ("en", "insulated bottle", "search_product", "Taschwerk Thermoquell insulated bottle"),
    ],
)
def test_the_one_model_that_goes_by_these_words_is_shown_alone_and_the_others_on_request(
    comes_in: Callable[..., Shopper], language: str, line: str, intent: str, title: str
) -> None:
    shopper = comes_in(language=language)
    shopper.says(line, intent)
    assert [card["title"] for card in shopper.cards] == [title]
    shopper.presses("Mehr zeigen" if language == "de" else "Show more")
    assert shopper.cards
    assert title not in [card["title"] for card in shopper.cards]


@pytest.mark.parametrize("line", ["ich suche ein schloss", "fahrradschloss", "trinkflaschen und schlösser"])
def test_the_name_of_the_whole_kind_shows_the_whole_kind(shopper: Shopper, line: str) -> None:
    shopper.says(line, "search_product")
    assert "genau dieses eine" not in shopper.text


def test_the_one_that_is_named_and_wanted_is_read_back(shopper: Shopper) -> None:
    shopper.says("ich nehme das kabelschloss", "purchase_intent")
    assert "Kabelschloss Riegelow Kabel für 24,90 €" in shopper.text
    assert shopper.cart == {}
    shopper.says("ja", "confirm")
    assert shopper.cart == {"SCHLOSS-KABEL": 1}


def test_the_one_that_is_named_and_costs_too_much_is_said_to(english_shopper: Shopper) -> None:
    english_shopper.says("folding lock under 50 euros", "search_product")
    assert english_shopper.text.startswith("Riegelow Falter folding lock (€59.90) doesn't fit")
    assert len(english_shopper.cards) == 2
    assert max(card["price"]["amount"] for card in english_shopper.cards) <= 5000


@pytest.mark.parametrize("intent", ["search_product", "nlu_fallback"])
@pytest.mark.parametrize(
    ("language", "line", "said"),
    [
        ("de", "einen Rucksack mit akku", "Nach „akku“ kann ich hier nicht suchen."),
        ("de", "rucksack mit integriertem laptopfach und gps", "Nach „laptopfach“ oder „gps“"),
        ("en", "a backpack with bluetooth", "I can't look for “bluetooth” here."),
        ("en", "waterproof backpack", "I can't look for “waterproof” here."),
    ],
)
def test_a_wish_the_records_know_nothing_of_is_said_and_the_rest_is_shown(
    bare_shop: services.Services, language: str, line: str, said: str, intent: str
) -> None:
    shopper = Shopper(bare_shop, language=language)
    shopper.says(line, intent)
    assert shopper.text.startswith(said)
    assert {card["sku"] for card in shopper.cards} == {"RS20", "RS30"}


def test_a_wish_named_later_keeps_what_was_searched_for(bare_shop: services.Services) -> None:
    shopper = Shopper(bare_shop)
    shopper.says("ich suche einen rucksack", "search_product")
    assert "kann ich hier nicht suchen" not in shopper.text
    shopper.says("mit bluetooth", "refine_search")
    assert "Nach „bluetooth“ kann ich hier nicht suchen." in shopper.text
    assert {card["sku"] for card in shopper.cards} == {"RS20", "RS30"}


def test_a_quality_that_a_description_tells_of_comes_first_and_is_not_denied(bare_shop: services.Services) -> None:
    shopper = Shopper(bare_shop)
    shopper.says("stirnlampe mit akku", "search_product")
    assert [card["sku"] for card in shopper.cards] == ["LAMP", "LAMP2"]
    assert "kann ich hier nicht suchen" not in shopper.text
