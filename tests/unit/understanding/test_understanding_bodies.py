"""What somebody weighs or measures is no weight or height of the product, and is passed over where unrecorded."""

import pytest


@pytest.mark.parametrize(
    ("text", "load"),
    [
        ("mountainbike, im 180 lbs and 6ft1", ">=81.648"),
        ("a mountain bike, i'm 180 lbs", ">=81.648"),
        ("mountainbike, ich bin 1,85 m und 80 kg schwer", ">=80"),
        ("mountainbike, ich wiege 95 kg", ">=95"),
    ],
)
def test_a_riders_weight_is_what_the_bike_has_to_carry(demo, text: str, load: str) -> None:
    wanted = demo("radhaus").understand(text).wanted
    assert "weight_kg" not in wanted
    assert wanted["max_load_kg"] == (load,)


@pytest.mark.parametrize("text", ["helm, ich wiege 80 kg", "a bike lock, i'm 180 lbs"])
def test_a_body_weight_no_record_knows_is_passed_over(demo, text: str) -> None:
    understood = demo("radhaus").understand(text)
    assert understood.wanted == {}
    assert understood.unknown == ()


@pytest.mark.parametrize(
    "text",
    ["mountainbike mit schrittlänge 86", "mountainbike, schrittlänge 86 cm", "mountain bike, inseam 34 inches"],
)
def test_an_inseam_is_passed_over(demo, text: str) -> None:
    understood = demo("radhaus").understand(text)
    assert understood.wanted == {}
    assert understood.unknown == ()
    assert understood.categories == ("bikes/mountain",)


def test_a_limit_on_the_bikes_own_weight_stays_one(demo) -> None:
    assert demo("radhaus").understand("ich suche ein mountainbike unter 13 kg").wanted == {"weight_kg": ("<=13",)}
