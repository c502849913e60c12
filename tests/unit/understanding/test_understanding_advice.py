"""Advice and answers come from records: what is not recorded is not claimed."""

from dataclasses import replace

import pytest
from understanding_shops import bikes, electronics, fashion

from actions.understanding.advice import best_for
from actions.understanding.facts import asked_attribute, recorded_fact


def first(family: str):
    return bikes().snapshot.families[family][0]


def test_the_one_recorded_for_the_use_is_best_for_it() -> None:
    best = best_for(["commute"], [first("fels-1"), first("weit-1"), first("pfeil")])
    assert best is not None
    assert (best.product.family, best.facts) == ("weit-1", ("use",))


def test_facts_that_products_for_the_use_share_speak_for_it() -> None:
    everything = bikes().snapshot.products.values()
    best = best_for(
        ["commute"], [first("fels-1"), first("weit-1")], peers=[p for p in everything if "bikes" in p.category]
    )
    assert best is not None
    assert set(best.facts) == {"use", "lights", "rack"}


def test_nothing_recorded_means_no_recommendation() -> None:
    assert best_for(["swimming"], [first("fels-1"), first("weit-1")]) is None
    assert best_for(["commute"], [replace(first("weit-1"), attributes={})]) is None
    assert best_for([], [first("weit-1")]) is None
    assert best_for(["commute"], []) is None


def test_more_of_the_uses_wins_over_a_better_rating() -> None:
    rated = replace(first("weit-1"), attributes={"use": "commute"}, rating=5.0)
    both = replace(first("weit-2"), attributes={"use": "commute,touring"}, rating=3.0)
    best = best_for(["commute", "touring"], [rated, both])
    assert best is not None and best.product is both


@pytest.mark.parametrize(
    ("shop", "text", "attribute"),
    [
        (bikes, "wie schwer ist das?", "weight_kg"),
        (bikes, "was wiegt das rad", "weight_kg"),
        (bikes, "wieviele gänge hat es", "gears"),
        (bikes, "hat das scheibenbremsen?", "brakes"),
        (bikes, "welche reichweite hat der akku", "range_km"),
        (bikes, "welche farben gibt es", "colour"),
        (bikes, "gibt es das in anderen größen?", "size"),
        (bikes, "ist da licht dran", "lights"),
        (bikes, "ist der rahmen aus carbon", "frame"),
        (bikes, "von welcher marke ist das", "brand"),
        (bikes, "ist das wasserdicht", "waterproof"),
        (bikes, "gibt es garantie", "warranty"),
        (bikes, "how heavy is it", "weight_kg"),
        (bikes, "does it have disc brakes", "brakes"),
        (bikes, "how many gears does it have", "gears"),
        (bikes, "what's the range", "range_km"),
        (electronics, "wie viel arbeitsspeicher hat der", "memory"),
        (electronics, "how big is the screen", "screen"),
        (electronics, "wie schwer ist es", "weight"),
        (electronics, "wie viel watt hat die", "power"),
        (fashion, "ist das leder?", "material"),
        (fashion, "aus welchem material ist das", "material"),
        (fashion, "kann man das waschen", "washable"),
        (fashion, "is it cotton", "material"),
        (bikes, "erzähl mir mehr", None),
        (bikes, "was kostet der versand", None),
        (bikes, "ja", None),
    ],
)
def test_the_fact_asked_for_is_found(shop, text: str, attribute: str | None) -> None:
    assert asked_attribute(text, "de", shop().lexicon) == attribute


def test_the_products_own_attribute_is_preferred() -> None:
    helmet = first("kopf-stadt")
    assert asked_attribute("wie schwer ist er", "de", bikes().lexicon, helmet) == "weight_g"


def test_a_fact_is_read_from_the_record_or_is_unknown() -> None:
    assert recorded_fact(first("fels-1"), "weight") == "14.4"
    assert recorded_fact(first("fels-1"), "gears") == "21"
    assert recorded_fact(first("fels-1"), "colour") == "black"
    assert recorded_fact(first("fels-1"), "warranty") == ""
