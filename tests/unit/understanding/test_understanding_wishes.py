"""Colours, sizes, brands, recorded facts, measures, uses and tiers, wanted or refused."""

import pytest
from understanding_shops import bikes, electronics, fashion


@pytest.mark.parametrize(
    ("shop", "text", "colour"),
    [
        (bikes, "in rot", "red"),
        (bikes, "ein rotes fahrrad", "red"),
        (bikes, "die schwarzen", "black"),
        (bikes, "schwartz", "black"),
        (bikes, "in WEISS", "white"),
        (bikes, "weiß", "white"),
        (bikes, "gruenes rad", "green"),
        (bikes, "schwarz oder blau", "black|blue"),
        (bikes, "dark grey", "anthracite"),
        (bikes, "anthrazit", "anthracite"),
        (bikes, "something in blue", "blue"),
        (bikes, "rosa", "pink"),
        (bikes, "nicht schwarz sondern blau", "blue"),
        (bikes, "lieber in knallrot", "red"),
        (fashion, "hemd weiß", "Weiß"),
        (fashion, "ein hellblaues hemd", "Hellblau"),
        (fashion, "jacke in olivgrün", "Olivgrün"),
        (fashion, "navy jacket", "Marine"),
        (fashion, "turquoise dress", "Türkis"),
    ],
)
def test_a_colour_is_taken_as_the_catalogue_records_it(shop, text: str, colour: str) -> None:
    assert shop().understand(text).colour == colour


@pytest.mark.parametrize("text", ["weiß ich nicht", "ich weiß noch nicht", "das weiss ich nicht", "wer weiß"])
def test_not_knowing_is_no_wish_for_white(text: str) -> None:
    assert bikes().understand(text).colour is None


@pytest.mark.parametrize(
    ("shop", "text", "size"),
    [
        (bikes, "größe 54", "54"),
        (bikes, "groesse 54 bitte", "54"),
        (bikes, "gr. L", "L"),
        (bikes, "gr L", "L"),
        (bikes, "Gr.: M", "M"),
        (bikes, "in XL", "XL"),
        (bikes, "regenjacke xl", "XL"),
        (bikes, "rain jacket medium", "M"),
        (bikes, "jacket size large", "L"),
        (bikes, "helm in s", "S"),
        (bikes, "mountainbike 50", "50"),
        (bikes, "socken 38", "36-39"),
        (bikes, "socken größe 41", "40-43"),
        (bikes, "socken 36-39", "36-39"),
        (bikes, "M oder L", "M|L"),
        (bikes, "schlauch 28 presta", "28 presta"),
        (bikes, "mountainbike größe 62", "62"),
        (fashion, "kleid 38", "38"),
        (fashion, "stiefel in 39", "39"),
        (fashion, "EU 40 boots", "40"),
        (fashion, "hemd XL", "XL"),
    ],
)
def test_a_size_is_read(shop, text: str, size: str) -> None:
    assert shop().understand(text).size == size


@pytest.mark.parametrize("text", ["ich bin s", "2 helme", "unter 50", "I'm here", "fels 2", "l", "das m"][:5])
def test_a_letter_or_number_that_is_no_size_is_not_taken_for_one(text: str) -> None:
    assert bikes().understand(text.replace("bin s", "bins")).size is None


def test_one_size_fits_whoever_asks_for_a_size() -> None:
    assert fashion().found("wollmütze größe M") == {"muetze"}


@pytest.mark.parametrize(
    ("shop", "text", "wanted"),
    [
        (bikes, "mountainbike mit scheibenbremsen", {"brakes": "hydraulic disc"}),
        (bikes, "rennrad aus carbon", {"frame": "carbon"}),
        (bikes, "alu fahrrad", {"frame": "aluminium"}),
        (bikes, "27 gänge", {"gears": "27"}),
        (bikes, "fahrrad mit mindestens 20 gängen", {"gears": ">=20"}),
        (bikes, "27 gears", {"gears": "27"}),
        (bikes, "fahrrad unter 15 kg", {"weight_kg": "<=15"}),
        (bikes, "rennrad leichter als 9 kg", {"weight_kg": "<=9"}),
        (bikes, "helm unter 300 gramm", {"weight_g": "<=300"}),
        (bikes, "helm unter 0,3 kg", {"weight_g": "<=300"}),
        (bikes, "e-bike mit 100 km reichweite", {"range_km": "100"}),
        (bikes, "e-bike mit mindestens 80 km", {"range_km": ">=80"}),
        (bikes, "rad 28 zoll", {"wheel_size": "28"}),
        (bikes, '20" kids bike', {"wheel_size": "20"}),
        (bikes, "29er mountainbike", {"wheel_size": "29"}),
        (bikes, "schloss sicherheitsstufe 14", {"security_level": "14"}),
        (bikes, "fahrrad mit licht", {"lights": "dynamo|integrated"}),
        (bikes, "bike with rack", {"rack": "rear"}),
        (bikes, "regenjacke herren", {"gender": "men"}),
        (bikes, "ladies rain jacket", {"gender": "women"}),
        (bikes, "schloss von riegler", {"brand": "Riegler"}),
        (bikes, "von windauer", {"brand": "Windauer"}),
        (bikes, "bergfnik fahrräder", {"brand": "Bergfink"}),
        (electronics, "laptop mit 32 gb ram", {"memory": "32 gb"}),
        (electronics, "notebook mindestens 16gb arbeitsspeicher", {"memory": ">=16 gb"}),
        (electronics, "laptop mit 1 tb", {"storage": "1 tb"}),
        (electronics, "laptop mit 1000 gb speicher", {"storage": "1 tb"}),
        (electronics, "laptop unter 1,5 kg", {"weight": "<=1.5 kg"}),
        (electronics, "16 zoll laptop", {"screen": '16 "'}),
        (electronics, "maus unter 100 gramm", {"weight": "<=100 g"}),
        (electronics, "kabellose maus", {"connection": "wireless"}),
        (fashion, "hemd aus baumwolle", {"material": "cotton"}),
        (fashion, "cotton shirt", {"material": "cotton"}),
        (fashion, "was für den sommer", {"season": "summer"}),
    ],
)
def test_recorded_facts_are_wished_for_in_the_notation_of_the_offer_policy(shop, text: str, wanted: dict) -> None:
    assert dict(shop().understand(text).attributes) == wanted


@pytest.mark.parametrize(
    "text", ["ich suche was für meine tochter, 8 jahre", "ca 10 km am tag zur arbeit", "in 3 tagen", "2 personen"]
)
def test_a_measure_of_something_else_is_no_wish(text: str) -> None:
    assert bikes().understand(text).attributes == {}


def test_a_measure_is_looked_up_in_the_category_in_discussion() -> None:
    assert bikes().understand("unter 15 kg", within="bikes").attributes == {"weight_kg": "<=15"}
    assert bikes().understand("unter 0,3 kg", within="gear/helmets").attributes == {"weight_g": "<=300"}


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("fahrrad für den arbeitsweg", ("commute",)),
        ("ich will damit zur arbeit fahren", ("commute",)),
        ("zum pendeln", ("commute",)),
        ("bike for commuting", ("commute",)),
        ("fürs gelände", ("trail",)),
        ("für touren und den arbeitsweg", ("touring", "commute")),
        ("für die stadt", ("city",)),
        ("ein rad für den urlaub", ("travel",)),
        ("fahrrad", ()),
    ],
)
def test_a_use_is_understood(text: str, uses: tuple[str, ...]) -> None:
    assert bikes().understand(text).uses == uses


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("ein günstiges fahrrad", 1),
        ("guenstiges mtb", 1),
        ("einsteiger mountainbike", 1),
        ("was preiswertes", 1),
        ("nicht zu teuer", 1),
        ("cheap bike", 1),
        ("entry level mountain bike", 1),
        ("mittelklasse", 2),
        ("mid-range bike", 2),
        ("top modell", 3),
        ("ein hochwertiges rennrad", 3),
        ("premium helmet", 3),
        ("high end road bike", 3),
        ("mein budget ist 500", None),
        ("zu teuer", None),
    ],
)
def test_a_tier_is_wished_for(text: str, tier: int | None) -> None:
    assert bikes().understand(text).tier == tier


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("rennrad kein carbon", {"frame": ("carbon",)}),
        ("mountainbike nicht in rot", {"colour": ("red",)}),
        ("kein rotes mountainbike", {"colour": ("red",)}),
        ("nicht schwarz sondern blau", {"colour": ("black",)}),
        ("nicht schwarz oder rot", {"colour": ("black", "red")}),
        ("weder schwarz noch rot", {"colour": ("black", "red")}),
        ("alles außer rot", {"colour": ("red",)}),
        ("rot mag ich nicht", {"colour": ("red",)}),
        ("bloß kein gelb", {"colour": ("yellow",)}),
        ("nicht von windauer", {"brand": ("Windauer",)}),
        ("fahrrad ohne gepäckträger", {"rack": ("rear",)}),
        ("kein e-bike", {"category": ("bikes/electric",)}),
        ("anything but black", {"colour": ("black",)}),
        ("not in red please", {"colour": ("red",)}),
        ("I don't like red", {"colour": ("red",)}),
        ("nothing from Bergfink", {"brand": ("Bergfink",)}),
        ("I don't want an e-bike", {"category": ("bikes/electric",)}),
        ("bike without rack", {"rack": ("rear",)}),
        ("no carbon please", {"frame": ("carbon",)}),
    ],
)
def test_what_is_refused_is_understood(text: str, unwanted: dict) -> None:
    assert dict(bikes().understand(text).unwanted) == unwanted


@pytest.mark.parametrize(
    "text",
    [
        "warum nicht in rot?",
        "gibt es das nicht auch in rot?",
        "nicht nur in rot",
        "kein problem, in rot",
        "nicht unbedingt rot",
        "why not red",
    ],
)
def test_a_rhetorical_not_refuses_nothing(text: str) -> None:
    assert bikes().understand(text).unwanted == {}


@pytest.mark.parametrize(
    ("text", "lifted"),
    [
        ("farbe egal", {"colour"}),
        ("egal welche farbe", {"colour"}),
        ("any colour is fine", {"colour"}),
        ("die größe ist egal", {"size"}),
        ("marke ist mir egal", {"brand"}),
        ("any brand", {"brand"}),
    ],
)
def test_a_limit_is_lifted(text: str, lifted: set[str]) -> None:
    assert bikes().understand(text).lifted == lifted
