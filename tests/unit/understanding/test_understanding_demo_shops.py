"""The example shops that come with the product are understood as their visitors would speak."""

import pytest


@pytest.mark.parametrize(
    ("shop", "messages", "category"),
    [
        ("radhaus", ("mtb",), "bikes/mountain"),
        ("radhaus", ("mountenbike zwischen 500 und 1000 euro in schwarz",), "bikes/mountain"),
        ("radhaus", ("Trekkingrad", "größe 54"), "bikes/touring"),
        ("radhaus", ("habt ihr e bikes?", "unter 3000"), "bikes/e-bike"),
        ("radhaus", ("ein klapprad für die bahn",), "bikes/folding"),
        ("radhaus", ("Rennradhelm",), "accessories/helmets"),
        ("radhaus", ("bügelschloss, max. 60€",), "accessories/locks"),
        ("radhaus", ("regenjake gr L", "in gelb"), "clothing/rain-jackets"),
        ("radhaus", ("handschuhe für den winter",), "clothing/winter-gloves"),
        ("radhaus", ("socken 38",), "clothing/socks"),
        ("radhaus", ("schlauch 28 zoll sclaverandventil",), "parts/tubes"),
        ("radhaus", ("kette 11-fach",), "parts/chains"),
        ("radhaus", ("folding bike under 12kg",), "bikes/folding"),
        ("radhaus", ("road bike helmet",), "accessories/helmets"),
        ("fashion", ("anzug für eine hochzeit", "größe 50", "unter 400"), "fashion/suits"),
        ("fashion", ("weißes hemd bügelfrei",), "fashion/shirts"),
        ("fashion", ("ledergürtel braun 95",), "fashion/belts"),
        ("electronics", ("notebook mindestens 16gb arbeitsspeicher unter 1000€",), "computers/laptops"),
        ("electronics", ("laptop unter 1,5 kg",), "computers/laptops"),
        ("electronics", ("fernseher 65 zoll",), "television/sets"),
        ("beauty", ("shampo",), "hair/shampoos"),
        ("beauty", ("hair dryer",), "hair/appliances"),
        ("camera", ("kamera unter 500",), "cameras/bodies"),
        ("camera", ("sd karte 64gb",), "cameras/cards"),
        ("kitchen", ("toaster für 4 scheiben",), "kitchen/toasters"),
        ("kitchen", ("kaffevollautomat unter 600",), "kitchen/coffee-machines"),
        ("telecom", ("wlan router",), "telecom/routers"),
    ],
)
def test_every_hit_is_of_the_kind_asked_for(demo, shop: str, messages: tuple[str, ...], category: str) -> None:
    found = demo(shop).search(*messages)
    assert found.total > 0
    assert {hit.product.category for hit in found.families} == {category}


@pytest.mark.parametrize(
    ("shop", "messages", "families"),
    [
        ("radhaus", ("mountainbike", "unter 600"), {"kiefer"}),
        ("radhaus", ("rennrad kein carbon",), {"feierabend"}),
        ("radhaus", ("faltrad unter 12 kg",), {"zugvogel-2"}),
        ("radhaus", ("e-bike mit 750 wh",), {"leicht-3"}),
        ("radhaus", ("helm mit visier",), {"helmet-trail"}),
        ("radhaus", ("karte für radtouren",), {"map"}),
        ("radhaus", ("lastenrad", "bis 130 kg gesamtgewicht"), {"lastesel"}),
        ("radhaus", ("grat 2 in schwarz größe 46",), {"grat-2"}),
        ("radhaus", ("grat",), {"grat-1", "grat-2", "grat-3"}),
        ("electronics", ("laptop mit 32 gb ram",), {"laptop-pro"}),
        ("electronics", ("laptop for video editing",), {"laptop-max"}),
        ("electronics", ("ergonomische maus",), {"mouse-ergo"}),
        ("camera", ("objektiv 85 mm",), {"lens-old"}),
        ("kitchen", ("toaster für 4 scheiben",), {"toaster-4"}),
    ],
)
def test_the_hits_are_those_that_fit(demo, shop: str, messages: tuple[str, ...], families: set[str]) -> None:
    assert demo(shop).found(*messages) == families


@pytest.mark.parametrize(
    ("shop", "text"),
    [
        ("radhaus", "toaster"),
        ("radhaus", "Rasenmäher"),
        ("radhaus", "skateboard"),
        ("fashion", "fahrrad"),
        ("electronics", "waschmaschine"),
        ("beauty", "rasierer"),
        ("camera", "drohne"),
        ("kitchen", "mikrowelle"),
        ("telecom", "handyvertrag"),
    ],
)
def test_what_a_shop_does_not_have_is_not_replaced(demo, shop: str, text: str) -> None:
    found = demo(shop).search(text)
    assert (found.families, found.unknown) == ((), (text,))


def test_a_budget_without_a_hit_names_the_next_price(demo) -> None:
    found = demo("radhaus").search("mountainbike unter 500")
    assert found.relaxed is not None
    assert (found.relaxed.filter, found.relaxed.price) == ("max_price", 54900)


@pytest.mark.parametrize("name", ["radhaus", "fashion", "electronics", "beauty", "camera", "kitchen", "telecom"])
def test_every_category_is_found_by_its_own_titles_and_synonyms(demo, name: str) -> None:
    shop = demo(name)
    filled = {p.category for p in shop.snapshot.products.values()}
    for category in shop.snapshot.categories.values():
        if category.category not in filled:
            continue
        for text in (category.title.de, category.title.en):
            found = shop.understand(text)
            assert category.category in found.categories or found.families, (text, found.categories)


@pytest.mark.parametrize("name", ["radhaus", "fashion", "electronics", "camera", "kitchen"])
def test_every_model_is_found_by_its_title(demo, name: str) -> None:
    shop = demo(name)
    for family, variants in shop.snapshot.families.items():
        for language in ("de", "en"):
            title = variants[0].title.of(language)
            assert family in shop.found(title, language=language), title


@pytest.mark.parametrize(
    ("said", "family"),
    [
        ("was kostet das grat eins", "grat-1"),
        ("what does the grat two cost", "grat-2"),
        ("tempo drei in schwarz", "tempo-3"),
        ("markt 2 vorjahresmodell", "clearance-city"),
        ("markt 2", "markt-2"),
        ("ankerkette", "lock-kette"),
    ],
)
def test_a_models_figure_may_be_spoken_and_a_longer_name_is_another_model(demo, said: str, family: str) -> None:
    assert demo("radhaus").understand(said).families == (family,)
