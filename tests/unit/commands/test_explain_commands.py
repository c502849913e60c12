"""`tresen explain`: what speaks for one product on another, and what does not."""

import re

import pytest


def test_moving_up_says_what_it_gains_gives_up_and_costs(electronics) -> None:
    answer = electronics.asked("explain", "up", "LAPTOP-BASIC", "LAPTOP-PRO")
    assert answer["relation"] == "related"
    assert answer["price_difference"]["amount"] == 30000
    (offer,) = answer["offers"]
    assert {"attribute": "ram_gb", "anchor": "16", "offered": "32"} in offer["reason"]["gains"]
    assert {"attribute": "weight_kg", "anchor": "1.4", "offered": "1.6"} in offer["reason"]["gives_up"]


def test_a_price_is_told_with_its_record_and_why_it_is_not_called_reduced(electronics) -> None:
    answer = electronics.asked("explain", "price", "LAPTOP-PRO")
    assert [asked["price"]["amount"] for asked in answer["prices"]] == [120_000]
    assert (answer["reduced"], answer["why_not"]) == (False, "never_changed")
    german, english = (
        electronics("explain", "price", "LAPTOP-PRO", "--lang", each).out.splitlines()[-1] for each in ("de", "en")
    )
    assert german == "gilt nicht als herabgesetzt: der Preis hat sich nie geändert (never_changed)"
    assert english == "not called reduced: the price never changed (never_changed)"


def test_moving_down_says_what_it_saves_and_gives_up(electronics) -> None:
    answer = electronics.asked("explain", "down", "LAPTOP-PRO", "LAPTOP-BASIC")
    assert answer["price_difference"] == {"amount": -30000, "currency": "EUR", "text": "-300,00 €"}
    assert [offer["sku"] for offer in answer["offers"]] == ["LAPTOP-BASIC"]
    assert {"attribute": "ram_gb", "anchor": "32", "offered": "16"} in answer["offers"][0]["reason"]["gives_up"]


def test_going_together_says_why(electronics) -> None:
    answer = electronics.asked("explain", "cross", "LAPTOP-BASIC", "LAPTOP-BAG", "--lang", "en")
    (offer,) = answer["offers"]
    assert offer["reason"]["code"] == "curated"
    assert offer["reason"]["text"] == "In the padded bag the laptop survives a fall from a chair."


def test_the_strength_of_an_extra_is_told_in_its_parts(electronics) -> None:
    alone = electronics.asked("explain", "cross", "LAPTOP-BASIC", "LAPTOP-BAG")["strength"]
    beside = electronics.asked("explain", "cross", "LAPTOP-BASIC", "LAPTOP-BAG", "--cart", "LAPTOP-PRO")["strength"]
    assert min(alone["counted"], alone["learnt"], alone["profit"]) > 0
    assert (alone["other_lines"], beside["other_lines"] > 0) == (0, True)
    assert {**beside, "other_lines": 0, "total": 0} == {**alone, "total": 0}
    for each in (alone, beside):
        pull = each["counted"] + each["learnt"] + each["other_lines"]
        assert each["total"] == pytest.approx(pull * each["profit"], rel=1e-3)


def test_people_read_what_makes_the_strength(electronics) -> None:
    words = ("explain", "cross", "LAPTOP-BASIC", "LAPTOP-BAG", "--cart", "LAPTOP-PRO")
    said = [electronics(*words, "--lang", each).out.splitlines()[1] for each in ("de", "en")]
    assert [re.sub(r"\d+([.,]\d+)?", "0", line) for line in said] == [
        "Stärke 0 = (gezählte Bestellungen 0 + gelerntes Gewicht 0 + andere Zeilen des Warenkorbs 0) × Ertrag 0",
        "strength 0 = (counted orders 0 + learnt weight 0 + other lines of the cart 0) x profit 0",
    ]
    assert "Stärke" not in electronics("explain", "up", "LAPTOP-BASIC", "LAPTOP-PRO").out


@pytest.mark.parametrize(
    ("kind", "anchor", "offered", "reason"),
    [
        ("cross", "LAPTOP-BASIC", "LAPTOP-BAG-16", "incompatible"),
        ("cross", "LAPTOP-BASIC", "DOCK", "margin_unknown"),
        ("cross", "LAPTOP-BASIC", "USB-HUB", "margin"),
        ("up", "LAPTOP-BASIC", "LAPTOP-MAX", "price_step"),
        ("down", "LAPTOP-BASIC", "LAPTOP-OLD", "loss"),
    ],
)
def test_a_refusal_is_explained(electronics, kind, anchor, offered, reason) -> None:
    answer = electronics.asked("explain", kind, anchor, offered)
    assert answer["offers"] == []
    assert [(each["sku"], each["reason"]) for each in answer["withheld"]] == [(offered, reason)]


def test_nothing_in_common_is_said_as_that(electronics) -> None:
    said = electronics("explain", "cross", "TV-2000", "TOY", "--lang", "en")
    assert said.code == 0
    assert said.out.splitlines()[0].startswith("no relation, no counts, not the same need; price difference ")


def test_people_read_it_line_by_line_in_their_language(electronics) -> None:
    lines = electronics("explain", "down", "LAPTOP-PRO", "LAPTOP-BASIC").out.splitlines()
    assert lines[0] == "hängen zusammen, Preisunterschied -300,00 €"
    assert lines[1].startswith("Günstiger: Laptop Rechenwerk Schreibblock (LAPTOP-BASIC), 900,00 €")
    assert "  gibt auf ram_gb: 32 -> 16" in lines
    english = electronics("explain", "down", "LAPTOP-PRO", "LAPTOP-BASIC", "--lang", "en").out.splitlines()
    assert english[0] == "related, price difference -€300.00"
    assert "  gives up ram_gb: 32 -> 16" in english


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "de",
            "  zurückgehalten DOCK (Zusatz): Einkaufspreis fehlt (margin_unknown): Einkaufspreis von DOCK "
            "unbekannt",
        ),
        ("en", "  withheld DOCK (Cross-sell): Cost is not recorded (margin_unknown): cost of DOCK unknown"),
    ],
)
def test_a_refusal_is_told_in_the_language_asked_for(electronics, language, told) -> None:
    lines = electronics("explain", "cross", "LAPTOP-BASIC", "DOCK", "--lang", language).out.splitlines()
    assert lines[-1] == told
    assert electronics.asked("explain", "cross", "LAPTOP-BASIC", "DOCK")["withheld"][0]["detail"] == (
        "cost of DOCK unknown"
    )


@pytest.mark.parametrize("skus", [("LAPTOP-PRO", "LAWNMOWER"), ("LAWNMOWER", "LAPTOP-PRO")])
def test_an_unknown_product_is_one_line(electronics, skus) -> None:
    said = electronics("explain", "up", *skus)
    assert (said.code, said.out, said.sentences) == (1, "", ["There is no product LAWNMOWER."])
