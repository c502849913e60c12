"""Shops that wrote no words of their own: their categories are recognised as common kinds of products."""

import re
from functools import cache
from pathlib import Path

import pytest
from shop_building import Category, Shop, Snapshot, model, shop

from actions.offers.products import Words
from actions.understanding.common_kinds import Vocabulary, common_kinds
from actions.understanding.common_words import is_form_of, kinds_in
from actions.understanding.lexicon import Lexicon
from actions.understanding.recognising import recognise, undescribed
from actions.understanding.spelling import make, runs
from actions.understanding.understood import understand

EXAMPLES = Path(__file__).parents[3] / "data" / "nlu"
MARKED = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
TITLES = {
    "Home Appliances/Refrigerators": ("Nordkap Refrigerator R200", "Nordkap Mini Refrigerator R50"),
    "Home Appliances/Washers & Dryers": ("Nordkap Washer W1", "Nordkap Dryer D1"),
    "Home Appliances/Coffee Machines": ("Nordkap Coffee Maker 12C", "Nordkap Coffee Maker 4C"),
    "Home Appliances/Lamps": ("Lumo Floor Lamp Black", "Lumo Desk Lamp Black", "Lumo Chandelier 8"),
    "TV and Video/Televisions": ('Nordkap 32" LCD TV', 'Nordkap 55" LCD TV'),
    "TV and Video/Video Cassettes": ("Nordkap Blank Video Cassette",),
    "Audio/Wireless Headphones": ("Nordkap Wireless Headphones H1",),
    "Cell phones/Smart phones & PDAs": ("Nordkap Smart phone S1", "Nordkap PDA P1"),
    "Cell phones/Cell phones Accessories": ("Nordkap Phone Case C1", "Nordkap Phone Charger"),
    "Cameras/Cameras & Camcorders Accessories": ("Nordkap Lens Cap L1",),
    "Stationery/Notepads": ("Nordkap Paper Notebook A5",),
    "Furniture/Leather Sofas": ("Nordkap Lounge 3",),
    "Things": ("Nordkap TV Stand", "Nordkap Charger for laptops"),
}


def feed(titles: dict[str, tuple[str, ...]], *described: Category) -> Shop:
    models = [
        model(f"{at}-{nth}", path, ("", title), 99 + at)
        for at, (path, named) in enumerate(titles.items())
        for nth, title in enumerate(named)
    ]
    return shop(models, described)


@cache
def electronics() -> Shop:
    return feed(TITLES)


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("Ich suche einen Fernseher", "TV and Video/Televisions"),
        ("show me tvs", "TV and Video/Televisions"),
        ("tv", "TV and Video/Televisions"),
        ("habt ihr glotzen?", "TV and Video/Televisions"),
        ("fernsehr", "TV and Video/Televisions"),
        ("i'd like a fridge", "Home Appliances/Refrigerators"),
        ("Kühlschränke unter 500 Euro", "Home Appliances/Refrigerators"),
        ("einen kuehlschrank bitte", "Home Appliances/Refrigerators"),
        ("kühlschrannk", "Home Appliances/Refrigerators"),
        ("do you sell washing machines?", "Home Appliances/Washers & Dryers"),
        ("Haben Sie Waschmaschinen?", "Home Appliances/Washers & Dryers"),
        ("tumble dryer", "Home Appliances/Washers & Dryers"),
        ("ich brauche eine kaffeemaschine", "Home Appliances/Coffee Machines"),
        ("Kopfhörer", "Audio/Wireless Headphones"),
        ("handy", "Cell phones/Smart phones & PDAs"),
        ("ein Smartphone für meine Tochter", "Cell phones/Smart phones & PDAs"),
        ("leuchten fürs büro", "Home Appliances/Lamps"),
        ("eine couch", "Furniture/Leather Sofas"),
    ],
)
def test_shoppers_find_a_category_by_the_words_of_both_languages(words: str, category: str) -> None:
    assert electronics().understand(words).categories == (category,)


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("Stehlampe", {"Lumo Floor Lamp Black"}),
        ("stehlampen", {"Lumo Floor Lamp Black"}),
        ("Kronleuchter", {"Lumo Chandelier 8"}),
        ("Handyhülle", {"Nordkap Phone Case C1"}),
        ("Notizbuch", {"Nordkap Paper Notebook A5"}),
    ],
)
def test_a_kind_that_only_stands_in_titles_is_found_too(words: str, titles: set[str]) -> None:
    found = electronics().search(words)
    assert {hit.product.title.en for hit in found.families} == titles


@pytest.mark.parametrize("words", ["Staubsauger", "Gitarre", "lawn mower", "Schuhe", "armbanduhr", "Schaukel"])
def test_a_kind_the_shop_does_not_have_stays_unknown(words: str) -> None:
    found = electronics().search(words)
    assert (found.total, found.unknown != ()) == (0, True)


def test_accessories_are_not_what_they_are_for() -> None:
    recognised = recognise(electronics().snapshot, common_kinds())
    names = {path: [kind.name for kind, _ in each.kinds] for path, each in recognised.items()}
    assert names["Cameras/Cameras & Camcorders Accessories"] == ["camera-accessories"]
    assert names["Cell phones/Cell phones Accessories"] == ["phone-accessories"]
    assert electronics().found("laptop") <= {"12-1"}


def test_what_nobody_could_name_is_not_recognised() -> None:
    recognised = recognise(electronics().snapshot, common_kinds())
    assert "Things" not in recognised
    assert "TV and Video/Video Cassettes" not in recognised
    assert "TV and Video" not in recognised, "its part is the television, and that is a category of its own"


def test_german_shoppers_read_a_german_title_and_english_ones_the_merchants_own() -> None:
    titles = electronics().lexicon.titles
    assert titles["TV and Video/Televisions"] == Words("Fernseher", "")
    assert titles["Home Appliances/Washers & Dryers"] == Words("Waschmaschinen und Wäschetrockner", "")
    assert "Furniture/Leather Sofas" not in titles, "the leather would be lost"


def test_a_german_feed_is_found_in_english() -> None:
    german = shop([model("k", "Küche/Wasserkocher", ("Wasserkocher Sprudel", ""), 39)], [])
    assert german.understand("a kettle please", "en").categories == ("Küche/Wasserkocher",)
    assert german.lexicon.titles["Küche/Wasserkocher"] == Words("", "Kettles")


def test_a_title_in_one_language_is_kept_and_the_other_one_is_lent() -> None:
    half = Category("c1", Words("", "Fridges"))
    named = feed({"c1": ("Nordkap R200",)}, half)
    assert named.understand("kühlschrank").categories == ("c1",)
    assert named.lexicon.titles == {"c1": Words("Kühlschränke", "")}


def test_a_category_named_in_both_languages_is_left_as_it_is() -> None:
    own = Category("c1", Words("Eiskästen", "Fridges"))
    named = feed({"c1": ("Nordkap Refrigerator R200",)}, own)
    assert undescribed(named.snapshot) == {}
    assert named.understand("kühlschrank").categories == ()


def test_a_step_of_a_path_is_read_with_the_one_above() -> None:
    bikes = feed({"bikes/mountain": ("Grat 1",), "bikes/road": ("Wind 2",)})
    assert bikes.understand("ein mtb").categories == ("bikes/mountain",)
    assert bikes.understand("rennrad").categories == ("bikes/road",)


def test_a_word_the_shop_uses_otherwise_is_not_taken() -> None:
    brand = [model("b", "Fans", ("", "Fan 3"), 9, brand="Ventilator"), model("p", "Misc", ("", "Paper Hoover"), 5)]
    fans = shop([*brand, model("v", "Vacuum Cleaners", ("", "V100"), 80)], [])
    assert fans.understand("ventilator").categories == ()
    assert fans.understand("hoover").categories == (), "a thing elsewhere is called so"
    assert fans.understand("staubsauger").categories == ("Vacuum Cleaners",)


def test_of_kinds_that_share_a_name_the_neighbours_decide() -> None:
    computers = feed({"Computers/Notebooks": ("Nordkap N1",)})
    assert computers.understand("laptop").categories == ("Computers/Notebooks",)
    school = feed({"Mixers": ("Nordkap M1",)})
    assert recognise(school.snapshot, common_kinds()).keys() == {"Mixers"}


def test_a_name_that_may_mean_two_things_is_left_alone_where_nothing_tells_which() -> None:
    parts = feed({"Components/Forks": ("Pebble S",), "Accessories/Pumps": ("Puff 2",), "Bikes": ("Grat 1",)})
    assert recognise(parts.snapshot, common_kinds()).keys() == {"Bikes"}
    assert parts.lexicon.titles == {}, "an English shopper keeps reading what the merchant wrote"


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("Litra Washer & Dryer 24in", ["washing-machines", "tumble-dryers"]),
        ("Litra TV Stand Oak", ["tv-stands"]),
        ("Litra Laptop Frobnicator Cable", ["cables"]),
        ("Battery charger - bike E200", ["chargers"]),
        ("Bag for laptops", ["bags"]),
        ("Nordkap Television 32", ["televisions"]),
        ("Stehlampe Oslo", ["floor-lamps"]),
        ("Oslo 300", []),
    ],
)
def test_a_title_names_what_the_thing_is_and_not_what_it_is_for(title: str, kinds: list[str]) -> None:
    language = "de" if "Steh" in title else "en"
    assert [kind.name for kind in kinds_in(title, language, common_kinds())] == kinds


def test_a_lent_word_has_to_be_typed_in_one_of_its_forms() -> None:
    assert is_form_of("kuhlschrank", "kuhlschranke")
    assert is_form_of("kuhlschranken", "kuhlschranke|kuhlschrank")
    assert not is_form_of("spat", "spaten")
    assert not is_form_of("modern", "mode")


def test_a_short_word_is_never_taken_for_a_misspelt_lent_one() -> None:
    wine = feed({"Wine": ("Hang 7",)})
    assert wine.understand("Wien").categories == ()
    assert wine.understand("wein").categories == ("Wine",)


def test_the_vocabulary_speaks_both_languages_and_names_each_kind_once() -> None:
    kinds = {spoken.kind.name: spoken.kind for found in common_kinds().table.values() for spoken in found}
    assert len(kinds) > 600
    assert len({kind.title.de for kind in kinds.values()}) == len({kind.title.en for kind in kinds.values()})
    assert len({kind.title.de for kind in kinds.values()}) == len(kinds)
    assert not [kind for kind in kinds.values() if len(kind.german) < 2 or len(kind.english) < 2]


@cache
def utterances() -> tuple[str, ...]:
    """One of forty lines shoppers are expected to say, without its annotations."""
    lines = [line for file in sorted(EXAMPLES.glob("*/*.yml")) for line in file.read_text("utf-8").splitlines()]
    said = [MARKED.sub(r"\1", line.strip()[2:]) for line in lines if line.strip().startswith("- ")]
    return tuple(dict.fromkeys(said))[::40]


@pytest.mark.parametrize("name", ["radhaus", "fashion", "electronics", "kitchen", "camera", "beauty", "telecom"])
def test_a_shop_that_describes_itself_never_asks_for_common_kinds(demo, name: str) -> None:
    def never() -> Vocabulary:
        raise AssertionError

    assert undescribed(demo(name).snapshot) == {}
    assert Lexicon.build(demo(name).snapshot, never).phrasing == demo(name).lexicon.phrasing


def test_one_category_without_words_changes_nothing_that_is_said_of_the_others(demo) -> None:
    whole = demo("radhaus").snapshot
    hoses = {p.sku: p for p in model("hose", "Irrigation", ("", "Nordkap I100"), 90)}
    products = {**whole.products, **hoses}
    more = Snapshot(products, dict(whole.categories), whole.terms)
    bare, lent = Lexicon.build(more, lambda: Vocabulary.of(())), Lexicon.build(more)
    assert undescribed(more).keys() == {"Irrigation"}
    read = {line: (understand(line, "de", bare), understand(line, "de", lent)) for line in utterances()}
    differing = {line for line, (one, other) in read.items() if one != other}
    kinds = common_kinds().words
    # what is a kind elsewhere is no longer taken for a misspelt word of this shop: "Butter" is not "better"
    spoken = {line for line in differing if kinds & {make(run).word for run, _ in runs(line)}}
    assert len(read) > 600
    assert differing - spoken == set()
    assert not [line for line in spoken if read[line][0].categories != read[line][1].categories]
    assert not [line for line in spoken if len(read[line][1].corrected) > len(read[line][0].corrected)]
