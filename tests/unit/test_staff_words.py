"""What the staff reads behind a refusal: in both languages, with every value, and nothing made up."""

import re
from typing import Any

import pytest
import yaml

from actions import staff_words
from actions.offers.decision import Detail, DetailCode, ReasonCode, Refusal
from actions.offers.products import Provenance, RelationKind
from actions.offers.reductions import NotReduced
from actions.offers.situation import Hesitation, OfferKind, Placement, Stage
from actions.staff_words import PLACE, behind, behind_all, sentences, words

EUR = {"currency": "EUR"}
STEP = {"price": 150_000, **EUR, "anchor_price": 90_000, "anchor_currency": "USD"}
TOLD: list[tuple[str, dict[str, Any], str, str]] = [
    ("placement", {"placement": "cart"}, "hier abgeschaltet: im Warenkorb", "switched off here: in the cart"),
    ("held_out", {"kind": "up"}, "ungefragt nicht (Höherwertig)", "none of this kind unasked (Up-sell)"),
    (
        "waits_for_yes",
        {"stage": "consider", "kind": "cross", "anchor": "BIKE"},
        "Stand: überlegt; ungefragt erst nach dem Ja zu BIKE (Zusatz)",
        "stage: considering; unasked only after the yes to BIKE (Cross-sell)",
    ),
    ("hesitates", {"hesitation": "shipping_cost"}, "Grund des Zögerns: die Versandkosten", "the cost of shipping"),
    (
        "dear_anchor",
        {"price": 90_000, "high_ticket": 80_050, **EUR},
        "900,00 €, Grenze high_ticket 800,50 €",
        "€900",
    ),
    ("noes", {"count": 3, "limit": 2}, "3 Absagen, Angebote enden bei 2", "3 noes, offers end at 2"),
    ("ranked_before", {"count": 3}, "davor genannt: 3", "3 ranked before it"),
    ("does_not_fit", {}, "als unpassend bekannt", "known not to fit"),
    (
        "categories",
        {"category": "", "anchor_category": "bikes", "relation": None},
        "Kategorie unbekannt, Hauptprodukt bikes; Beziehung: keine",
        "category unknown, main product bikes; relation: none",
    ),
    ("unapproved", {"provenance": "feed"}, "Beziehung (aus dem Datenfeed)", "unapproved relation (from a feed)"),
    (
        "together",
        {"have": 12_345, "least": 20_000},
        "12.345 Bestellungen",
        "12,345 orders with both, 20,000 needed",
    ),
    ("confidence", {"have": 0.012345, "least": 0.03}, "Konfidenz 1,235 %, nötig 3 %", "1.235%, 3% needed"),
    ("lift", {"have": 1.19996, "least": 1.2}, "Lift 1,2, nötig 1,2", "lift 1.2, 1.2 needed"),
    ("profit", {"profit": -50, "floor": 100, **EUR}, "Ertrag -0,50 €, nötig 1,00 €", "profit -€0.50, €1.00 needed"),
    ("need", {"need": "max_price"}, "nicht erfüllt: Preisgrenze", "not met: highest price"),
    ("need", {"need": "memory"}, "nicht erfüllt: memory", "not met: memory"),
    ("not_cheaper", STEP, "Preis 1.500,00 €, Hauptprodukt 900,00 $", "price €1,500.00, main product US$900.00"),
    (
        "step",
        {**STEP, "tier": None, "anchor_tier": 2, "ceiling": 1.6},
        "Stufe ohne Angabe, Hauptprodukt 2; höchstens das 1,6-Fache",
        "tier not stated, main product 2; at most 1.6 times the price",
    ),
    ("other_kind", {"kind": None}, "kein Angebot geht in diesem Zug vor", "no offer comes first in this turn"),
]


@pytest.mark.parametrize(("code", "values", "german", "english"), TOLD)
def test_a_detail_is_told_with_its_values_as_people_write_them(code, values, german, english) -> None:
    (detail,) = (Detail(DetailCode(code), values),)
    assert german in behind_all([detail], "de")
    assert english in behind_all([detail], "en")


def test_every_code_has_words_in_both_languages_with_the_same_values() -> None:
    assert set(sentences()) == set(DetailCode)
    for texts in (sentences(), staff_words.lines()):
        for name, both in texts.items():
            assert set(both) == {"de", "en"}, name
            assert sorted(PLACE.findall(both["de"])) == sorted(PLACE.findall(both["en"])), name


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("refusal", Refusal),
        ("reason", ReasonCode),
        ("stage", Stage),
        ("offer", OfferKind),
        ("hesitation", Hesitation),
        ("placement", Placement),
        ("relation", RelationKind),
        ("provenance", Provenance),
        ("not_reduced", NotReduced),
    ],
)
def test_every_value_that_is_a_code_has_words(group, codes) -> None:
    assert set(words()[group]) - {"none"} == set(codes)
    assert all(set(both) == {"de", "en"} and all(both.values()) for both in words()[group].values())


def test_every_way_to_write_a_value_is_known() -> None:
    known = {"", "money", "number", "percent", "product", *words()}
    for texts in (sentences(), staff_words.lines()):
        for both in texts.values():
            assert {how for _, how in PLACE.findall(both["de"])} <= known


def test_several_details_are_told_one_after_the_other() -> None:
    refusal = {"details": [{"code": "need", "need": "use"}, {"code": "size", "size": "M", "wanted": "L"}]}
    assert behind(refusal, "de") == "nicht erfüllt: use, Größe M statt L"


def test_what_was_stored_in_words_stays_as_it_was() -> None:
    assert behind({"reason": "margin", "detail": "profit 12 < floor 100"}, "de") == "profit 12 < floor 100"
    assert behind({"reason": "margin"}, "de") == ""


def test_a_product_is_named_as_the_reader_knows_it() -> None:
    refusal = {"details": [{"code": "other_variant", "sku": "BIKE-M"}]}
    assert behind(refusal, "de", {"BIKE-M": "Rad"}.__getitem__) == "eine andere Variante von Rad"


@pytest.mark.parametrize("detail", [{"code": "of_tomorrow", "have": 3}, {"code": "noes", "count": 3}])
def test_a_detail_without_words_or_values_is_shown_as_it_is_stored(detail) -> None:
    (value,) = ([name, told] for name, told in detail.items() if name != "code")
    assert behind({"details": [detail]}, "de") == f"{detail['code']} {value[0]}={value[1]}"


def test_no_sentence_is_written_twice() -> None:
    """A key that stands twice in a file would silently lose one of the two."""
    for name in ("words.yml", "details.yml", "lines.yml"):
        text = (staff_words.FOLDER / name).read_text("utf-8")
        keys = re.findall(r"^(\w+):", text, re.M)
        assert len(keys) == len(set(keys)) == len(yaml.safe_load(text)), name
