"""Which kind of product is meant: compounds, typing errors, umlauts, plurals, what it is for, what is unknown."""

import pytest
from understanding_shops import bikes, electronics, fashion

GERMAN = [
    ("ich suche ein mountainbike", "bikes/mountain"),
    ("Ich suche ein Mountain-Bike", "bikes/mountain"),
    ("habt ihr mtbs?", "bikes/mountain"),
    ("MOUNTAINBIKE", "bikes/mountain"),
    ("mountenbike", "bikes/mountain"),
    ("moutainbike", "bikes/mountain"),
    ("fahrräder", "bikes"),
    ("fahrraeder", "bikes"),
    ("fahrad", "bikes"),
    ("ein fahrrat bitte", "bikes"),
    ("rennräder", "bikes/road"),
    ("renn rad", "bikes/road"),
    ("ebike", "bikes/electric"),
    ("e bike", "bikes/electric"),
    ("E-Bikes", "bikes/electric"),
    ("pedelec", "bikes/electric"),
    ("kinderrad", "bikes/kids"),
    ("Kinderfahrräder", "bikes/kids"),
    ("fahrrad für kinder", "bikes/kids"),
    ("ein Rad für mein Kind", "bikes/kids"),
    ("trekkingrad", "bikes/touring"),
    ("trekkingbike", "bikes/touring"),
    ("helmm", "gear/helmets"),
    ("helme", "gear/helmets"),
    ("Rennradhelm", "gear/helmets"),
    ("rennrad helm", "gear/helmets"),
    ("Kinderhelm", "gear/helmets"),
    ("Mountainbikehelme", "gear/helmets"),
    ("helm für mein rennrad", "gear/helmets"),
    ("Helm fürs Mountainbike", "gear/helmets"),
    ("ich habe ein mountainbike und suche einen helm", "gear/helmets"),
    ("Kinderfahrradschloss", "gear/locks"),
    ("fahrradschlösser", "gear/locks"),
    ("schloesser", "gear/locks"),
    ("schlösser", "gear/locks"),
    ("welcher schlauch passt zu meinem rennrad", "parts/tubes"),
    ("schläuche", "parts/tubes"),
    ("regenjake", "wear/jackets"),
    ("Regen Jacke", "wear/jackets"),
    ("regenjacke herren gr. L", "wear/jackets"),
    ("Herrenregenjacke", "wear/jackets"),
    ("socken", "wear/socks"),
    ("ich will ein fahrrad aber kein e-bike", "bikes"),
]
ENGLISH = [
    ("I'm looking for a mountain bike", "bikes/mountain"),
    ("mountian bike", "bikes/mountain"),
    ("do you have helmets", "gear/helmets"),
    ("helmit", "gear/helmets"),
    ("road bike helmet", "gear/helmets"),
    ("helmet for my road bike", "gear/helmets"),
    ("a lock for my e-bike", "gear/locks"),
    ("bike locks", "gear/locks"),
    ("electric bike", "bikes/electric"),
    ("racer", "bikes/road"),
    ("bicycle", "bikes"),
    ("bikes for kids", "bikes/kids"),
    ("inner tubes", "parts/tubes"),
    ("a pair of socks", "wear/socks"),
    ("rain jackets", "wear/jackets"),
    ("jaket", "wear/jackets"),
    ("a light road bike", "bikes/road"),
]


@pytest.mark.parametrize(("text", "category"), GERMAN)
def test_the_kind_is_understood_in_german(text: str, category: str) -> None:
    assert bikes().understand(text).category == category


@pytest.mark.parametrize(("text", "category"), ENGLISH)
def test_the_kind_is_understood_in_english(text: str, category: str) -> None:
    assert bikes().understand(text, "en").category == category


@pytest.mark.parametrize(
    ("shop", "text", "categories"),
    [
        (fashion, "jacke", {"herren/jacken", "damen/jacken"}),
        (fashion, "jacke für herren", {"herren/jacken"}),
        (fashion, "damen jacke", {"damen/jacken"}),
        (fashion, "women's jackets", {"damen/jacken"}),
        (fashion, "softshelljacke damen", {"damen/jacken"}),
        (fashion, "leinenhemd", {"herren/hemden"}),
        (fashion, "Baumwollhemden", {"herren/hemden"}),
        (fashion, "ledergürtel", {"herren/guertel"}),
        (fashion, "wollmütze", {"accessoires/muetzen"}),
        (electronics, "notebook", {"computer/laptops"}),
        (electronics, "kaffemaschine", {"kitchen/coffee-machines"}),
        (electronics, "funkmaus", {"computer/mice"}),
        (electronics, "mp3player", {"audio/players"}),
        (electronics, "mp3-player", {"audio/players"}),
        (bikes, "helm und schloss", {"gear/helmets", "gear/locks"}),
        (bikes, "fahrrad mit licht und gepäckträger", {"bikes"}),
    ],
)
def test_kinds_follow_the_catalogue_not_the_trade(shop, text: str, categories: set[str]) -> None:
    assert set(shop().understand(text).categories) == categories


def test_a_compound_keeps_what_it_is_for() -> None:
    assert bikes().understand("Rennradhelm").for_what == ("bikes/road",)


@pytest.mark.parametrize(
    ("shop", "text", "unknown"),
    [
        (bikes, "habt ihr toaster", "toaster"),
        (bikes, "Rasenmäher", "Rasenmäher"),
        (bikes, "ich brauche einen kühlschrank", "kühlschrank"),
        (bikes, "do you sell lawnmowers", "lawnmowers"),
        (fashion, "fahrrad", "fahrrad"),
        (electronics, "waschmaschine", "waschmaschine"),
        (electronics, "smartphone", "smartphone"),
    ],
)
def test_an_unknown_product_is_named_and_nothing_is_put_in_its_place(shop, text: str, unknown: str) -> None:
    found = shop().search(text)
    assert found.unknown == (unknown,)
    assert found.families == ()


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("Motorradhelm", "gear/helmets"),
        ("Skihelme", "gear/helmets"),
        ("Vorhängeschloss", "gear/locks"),
        ("Fahrradanhänger", "bikes"),
        ("Toaster", None),
    ],
)
def test_an_unknown_compound_leads_to_the_nearest_kind(text: str, nearest: str | None) -> None:
    found = bikes().search(text)
    assert (found.families, found.nearest_category) == ((), nearest)


def test_a_kind_that_only_sounds_alike_is_not_shown() -> None:
    found = electronics().search("washing machine", language="en")
    assert found.families == ()
    assert found.nearest_category == "kitchen/coffee-machines"


@pytest.mark.parametrize("text", ["bett", "auto", "hut", "rock", "wald", "hand", "boot", "helium"])
def test_short_words_are_not_bent_into_products(text: str) -> None:
    assert bikes().understand(text).corrected == ()


@pytest.mark.parametrize(
    ("typed", "meant"), [("mountenbike", "mountainbike"), ("regenjake", "regenjacke"), ("fahrad", "fahrrad")]
)
def test_what_a_typing_error_was_taken_for_can_be_said(typed: str, meant: str) -> None:
    assert bikes().understand(typed).corrected == ((typed, meant),)


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("fels 2", {"fels-2"}),
        ("Was kostet das Fels 2?", {"fels-2"}),
        ("bergfink fels", {"fels-1", "fels-2", "fels-3"}),
        ("fels", {"fels-1", "fels-2", "fels-3"}),
        ("mountainbike bergfink fels 3", {"fels-3"}),
        ("das surr", {"surr"}),
        ("kopfgut sause", {"kopf-renn"}),
        ("Weit 2 in grün", {"weit-2"}),
        ("schloss für das fels 2", set()),
        ("helm für 2 kinder", set()),
    ],
)
def test_models_are_named_by_their_own_words(text: str, families: set[str]) -> None:
    assert set(bikes().understand(text).families) == families


def test_a_model_with_letters_and_figures_is_found_however_it_is_typed() -> None:
    for text in ("rtx4090", "RTX 4090", "krater rtx4090"):
        assert electronics().understand(text).families == ("turm",)


def test_a_price_is_not_taken_for_part_of_a_name() -> None:
    understood = bikes().understand("fels 500 euro")
    assert (understood.max_price, len(understood.families)) == (50000, 3)


def test_a_word_for_several_kinds_stays_a_search_word_for_the_next_message() -> None:
    assert fashion().found("jacken", "in rot") == {"jacke-d"}
