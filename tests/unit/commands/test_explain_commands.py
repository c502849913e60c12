"""`tresen explain`: what speaks for one product on another, and what does not."""

import re
from pathlib import Path

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
    told = (electronics(*words, "--lang", each).out.splitlines() for each in ("de", "en"))
    said = [line for lines in told for line in lines if line.startswith(("Stärke", "strength"))]
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
    assert said.out.splitlines() == [
        "no row of the matrix, no counted orders with both; price €34.90",
        "No offer.",
    ]


def test_people_read_it_line_by_line_in_their_language(electronics) -> None:
    lines = electronics("explain", "down", "LAPTOP-PRO", "LAPTOP-BASIC").out.splitlines()
    assert lines[0] == "hängen zusammen; Preisunterschied -300,00 €"
    assert lines[2].startswith("Günstiger: Laptop Rechenwerk Schreibblock (LAPTOP-BASIC), 900,00 €")
    assert "  gibt auf (Arbeitsspeicher): 32 GB -> 16 GB" in lines
    english = electronics("explain", "down", "LAPTOP-PRO", "LAPTOP-BASIC", "--lang", "en").out.splitlines()
    assert english[0] == "related; price difference -€300.00"
    assert "  gives up (Memory): 32 GB -> 16 GB" in english


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


def decided(tresen, tmp_path: Path, *rows: str) -> None:
    """The merchant's rows of the matrix."""
    file = tmp_path / "rows.csv"
    file.write_text("\n".join(["anchor,target,kind,owner,date,approved", *rows]), "utf-8")
    assert tresen("matrix", "import", file).code == 0


def test_a_pair_bought_together_across_unrelated_kinds_is_called_that_and_nothing_more(teashop) -> None:
    said = teashop("explain", "cross", "POT", "DRYER").out.splitlines()
    assert said[:2] == [
        "gemeinsame Bestellungen, die Warengruppen hängen nicht zusammen; Preis 24,00 €",
        "  gezählt: 102 von 200 Bestellungen, Lift 2,3",
    ]
    assert said[-1].startswith(
        "  zurückgehalten DRYER (Zusatz): Gehört nicht zum Hauptprodukt, soweit bekannt (unrelated)"
    )
    assert teashop.asked("explain", "cross", "POT", "DRYER")["relation"] == "counted_only"


def test_a_rejected_pair_is_told_with_who_rejected_it_when_and_the_orders_with_both(teashop, tmp_path) -> None:
    decided(teashop, tmp_path, "family:pot,family:cup,often_bought_with,Mia,2026-08-01,rejected")
    assert teashop("explain", "cross", "POT", "CUP").out.splitlines() == [
        "das Paar wurde abgelehnt; Preis 8,00 €",
        "  Verkaufsmatrix: family:pot -> family:cup (oft zusammen gekauft), abgelehnt, vom Laden, von Mia, "
        "am 2026-08-01",
        "  gezählt: 72 von 200 Bestellungen, Lift 2,3",
        "Kein Angebot.",
    ]
    answer = teashop.asked("explain", "cross", "POT", "CUP")
    (row,) = answer["rows"]
    assert (answer["relation"], row["state"], row["owner"], row["date"]) == (
        "rejected",
        "rejected",
        "Mia",
        "2026-08-01",
    )
    assert (answer["counted"]["together"], answer["counted"]["anchor_orders"]) == (72, 200)


def test_a_row_that_says_nothing_fits_is_told_as_that(teashop, tmp_path) -> None:
    decided(teashop, tmp_path, "family:pot,category:kitchen/cups,none_fits,,,yes")
    said = teashop("explain", "cross", "POT", "CUP", "--lang", "en").out.splitlines()
    assert said == [
        "the matrix says that this does not go with it; price €8.00",
        "  matrix: family:pot -> category:kitchen/cups (nothing fits), approved, from the shop",
        "  counted: 72 of 200 orders, lift 2.3",
        "No offer.",
    ]


def test_an_approved_row_between_two_kinds_relates_the_others_of_these_kinds_too(teashop, tmp_path) -> None:
    before = teashop.asked("explain", "cross", "POT", "DRYER")
    assert (before["relation"], before["withheld"][0]["reason"]) == ("counted_only", "unrelated")
    file = tmp_path / "more.csv"
    file.write_text("sku,title_de,category,price,cost,stock\nDRYER-2,Haartrockner,bathroom/dryers,30.00,9.00,5\n")
    assert teashop("import", "catalogue", file).code == 0
    decided(teashop, tmp_path, "family:pot,sku:DRYER-2,accessory,Mia,2026-08-01,yes")
    after = teashop.asked("explain", "cross", "POT", "DRYER")
    assert (after["relation"], after["withheld"][0]["reason"]) == ("related", "not_approved")


@pytest.mark.parametrize(
    ("move", "anchor", "offered", "relation"),
    [
        ("up", "POT-2", "POT", "not_dearer"),
        ("down", "POT", "POT-2", "not_cheaper"),
        ("up", "POT", "LAMP", "other_need"),
        ("up", "POT", "POT", "same_model"),
        ("cross", "POT", "POT-2", "same_need"),
        ("cross", "POT", "LAMP", "nothing"),
    ],
)
def test_why_two_products_are_no_pair_for_a_move_is_named(teashop, move, anchor, offered, relation) -> None:
    answer = teashop.asked("explain", move, anchor, offered)
    assert (answer["relation"], answer["offers"], answer["withheld"]) == (relation, [], [])


def test_the_wrong_direction_is_said_to_be_no_step_up(teashop) -> None:
    said = teashop("explain", "up", "POT-2", "POT").out.splitlines()
    assert said == [
        "derselbe Bedarf, aber nicht teurer: kein Schritt nach oben; Preisunterschied -10,00 €",
        "Kein Angebot.",
    ]


def test_a_dearer_model_of_a_lower_tier_is_no_step_up(teashop, tmp_path) -> None:
    file = tmp_path / "more.csv"
    file.write_text("sku,title_de,category,price,cost,stock,tier\nPOT-0,Kännchen,kitchen/pots,45.00,9.00,5,1\n")
    assert teashop("import", "catalogue", file).code == 0
    assert teashop.asked("explain", "up", "POT-2", "POT-0")["relation"] == "lower_tier"


def test_what_is_bought_beside_a_product_does_not_replace_it(teashop, tmp_path) -> None:
    decided(teashop, tmp_path, "family:pot,family:pot-2,accessory,Mia,2026-08-01,yes")
    answer = teashop.asked("explain", "up", "POT", "POT-2")
    assert (answer["relation"], [row["kind"] for row in answer["rows"]]) == ("complement", ["accessory"])


def test_a_model_that_fits_other_things_is_no_step_up(teashop, tmp_path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("anchor,target,kind,match,approved\nfamily:tea,category:kitchen/pots,accessory,volume_l,yes\n")
    assert teashop("matrix", "import", file).code == 0
    assert teashop.asked("explain", "up", "POT", "POT-2")["relation"] == "other_fit"


def test_what_the_matrix_puts_in_a_products_place_is_no_extra(teashop, tmp_path) -> None:
    decided(teashop, tmp_path, "family:pot,family:pot-2,upgrade,Mia,2026-08-01,yes")
    answer = teashop.asked("explain", "cross", "POT", "POT-2")
    assert (answer["relation"], [row["kind"] for row in answer["rows"]]) == ("another_move", ["upgrade"])


def test_a_step_behind_many_nearer_ones_is_said_to_come_after_them(teashop, tmp_path) -> None:
    nearer = [f"POT-{number},Kanne {number},kitchen/pots,{30 + number}.00,9.00,5,2" for number in range(3, 30)]
    file = tmp_path / "more.csv"
    file.write_text("\n".join(["sku,title_de,category,price,cost,stock,tier", *nearer]))
    assert teashop("import", "catalogue", file).code == 0
    assert teashop.asked("explain", "up", "POT", "POT-3")["relation"] == "related"
    assert teashop.asked("explain", "up", "POT", "POT-29")["relation"] == "others_first"


def test_a_withheld_step_still_says_what_it_gains_and_costs(electronics) -> None:
    answer = electronics.asked("explain", "up", "LAPTOP-BASIC", "LAPTOP-MAX")
    assert [row["reason"] for row in answer["withheld"]] == ["price_step"]
    assert {each["attribute"] for each in answer["gains"]} >= {"ram_gb"}
    said = electronics("explain", "up", "LAPTOP-BASIC", "LAPTOP-MAX").out.splitlines()
    assert said[0].startswith("hängen zusammen; Preisunterschied ")
    assert sum(line.startswith("  gewinnt (") for line in said) == len(answer["gains"]) > 0
    assert not any("ram_gb" in line for line in said)


def test_what_an_offer_gains_is_said_once(electronics) -> None:
    said = electronics("explain", "up", "LAPTOP-BASIC", "LAPTOP-PRO").out.splitlines()
    assert sum("gewinnt (Arbeitsspeicher)" in line for line in said) == 1


def test_an_extra_has_a_price_and_no_price_difference(electronics) -> None:
    answer = electronics.asked("explain", "cross", "LAPTOP-BASIC", "LAPTOP-BAG")
    assert "price_difference" not in answer
    assert answer["price"]["amount"] == answer["offers"][0]["price"]["amount"]
    assert "Unterschied" not in electronics("explain", "cross", "LAPTOP-BASIC", "LAPTOP-BAG").out
