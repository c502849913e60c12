"""Personal details are taken out of a text, and what shop talk consists of stays."""

import csv
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from personal_details import DETAILS

from actions.placeholders import PLACEHOLDERS, names_a_way_to_reach
from actions.store.facts import ShopFacts
from bot.transcripts.redaction import Redactor, personal_spans, redact

SENTENCES = ["{}", "meine Daten: {}, danke", "please use {} for that.", "ist das ok?\n{}\nViele Grüße", "({})"]
# the only lines of the training data that hold what a person would call theirs, all of it invented
PERSONAL_LINES = {
    "Musterstraße 12",
    "bahnhofstraße 7",
    "max@example.org",
    "abc@beispiel.de",
    "+49 30 123456",
    "Ich bitte um einen Rückruf unter 0171 5550123",
}
OWN = Redactor.of_shop(
    ShopFacts(
        values={
            "contact": {
                "phone": "+49 30 23125 014",
                "email": "hallo@radhaus.example",
                "address": {"de": "Radhaus GmbH, Musterstraße 12, 10999 Berlin"},
            }
        }
    )
)
SHOP_TALK = [
    "bestellnummer 0123456789 bitte stornieren",
    "sendung 00340434161094015902 wo ist die",
    "wo bleibt paket 0034043416",
    "order 100293884 and order 2024-000123",
    "EAN 4006381333931, UPC 036000291452, SKU KIEFER-BLACK-42",
    "reifen 29 x 2.25, 700x28c, 28-622, 37-622 und 205/55 R16",
    "zwischen 1.299,00 € und 1.499,00 EUR, oder 2499 euro",
    "am 01.02.2026 oder 24.12.2026 um 17:30 uhr",
    "on 2026-01-02, 01/02/2026 or 3-4-2026",
    "mein arbeitsweg 12 km, auf der straße 28 zoll",
    "an der ampel 3 mal, im keller 2 räder, am berg 15 prozent",
    "i need 2 road bikes and a 12 speed road cassette",
    "größe 52, schrittlänge 84 cm, 185 cm groß, 92 kg",
    "liefert ihr nach 50667 köln oder 80331 münchen",
    "do you deliver to 90210 or SW1A 1AA",
    "fox 36 @ 150 mm, shimano xt m8100 1x12",
    "mein code ist 123456",
    "mein code am telefon ist 482 913",
    "rufen sie die 6 gänge schneller ab, 3 stück",
    "5 straßenreifen, 2 gassen weiter",
    "artikel 4111111111111112",
    "mindestens 10000000 mal besser",
]


def training_lines() -> list[str]:
    lines = []
    for file in sorted(Path("data/nlu").glob("*/*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            lines += [line.removeprefix("- ") for line in block.get("examples", "").splitlines()]
    for file in sorted(Path("tests/nlu").glob("*.tsv")):
        lines += [line.split("\t")[0] for line in file.read_text("utf-8").splitlines()]
    return lines


def test_of_all_training_and_held_out_lines_only_those_with_personal_details_change() -> None:
    lines = training_lines()
    assert len(lines) > 25_000
    assert {line for line in lines if redact(line) != line} == PERSONAL_LINES


def test_no_word_of_any_catalogue_is_taken_for_a_personal_detail() -> None:
    values = []
    for file in sorted(Path("data/shop").glob("*/products.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            values += [value for row in csv.DictReader(stream) for value in row.values() if value]
    assert len(values) > 5000
    assert [value for value in values if personal_spans(value)] == []


@pytest.mark.parametrize("line", SHOP_TALK)
def test_shop_talk_stays_as_it_is(line: str) -> None:
    assert redact(line) is line


@pytest.mark.parametrize("kind", sorted(DETAILS))
@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_a_personal_detail_is_found_whole_in_every_spelling(kind: str, data: st.DataObject) -> None:
    detail, sentence = data.draw(DETAILS[kind]), data.draw(st.sampled_from(SENTENCES))
    text = sentence.format(detail)
    assert redact(text, "en") == sentence.format(PLACEHOLDERS[kind]["en"])


@given(
    parts=st.lists(st.sampled_from(sorted(DETAILS)).flatmap(DETAILS.__getitem__), min_size=2, max_size=4),
)
@settings(max_examples=100, deadline=None)
def test_several_details_in_one_text_are_all_found(parts: list[str]) -> None:
    redacted = redact(" ; und auch ; ".join(parts))
    assert not any(part in redacted for part in parts)
    assert redact(redacted) is redacted


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("meine mail ist jo@example.org", "meine mail ist [E-Mail]"),
        ("anna punkt muster at beispiel punkt de", "[E-Mail]"),
        ("max@gmail reicht?", "[E-Mail] reicht?"),
        ("ruft mich an: 030 / 123 45 67", "ruft mich an: [Telefon]"),
        ("Handy: 171 5550123", "Handy: [Telefon]"),
        ("IBAN DE89 3704 0044 0532 0130 01 bitte", "IBAN [IBAN] bitte"),
        ("DE89370400440532013000", "[IBAN]"),
        ("karte 4111 1111 1111 1111, gültig 12/27", "karte [Kartennummer], gültig 12/27"),
        ("kk 5500 0000 0000 0004, cvc: 123", "kk [Kartennummer], cvc: [Kartennummer]"),
        ("Straße des 17. Juni 135, 10623 Berlin", "[Anschrift]"),
        ("ich wohne Lindenweg 4b", "ich wohne [Anschrift]"),
        ("Lieferung an Musterstr. 12, 12345 Ort", "Lieferung an [Anschrift]"),
        ("i live at 12 Mill Road", "i live at [Anschrift]"),
        ("12 High Street, London SW1A 1AA", "[Anschrift]"),
        ("ruf 0171\u20112345678 an", "ruf [Telefon] an"),
        ("0171\u200b5550123", "[Telefon]"),
        ("karte 4111\u20111111\u20111111\u20111111", "karte [Kartennummer]"),
        ("anna[ät]web.de", "[E-Mail]"),
        ("call me at (555) 234-5678 or 555-234-5678", "call me at [Telefon] or [Telefon]"),
    ],
)
def test_what_stands_around_a_detail_is_kept(said: str, stored: str) -> None:
    assert redact(said) == stored


def test_a_wrong_checksum_is_no_account_and_no_card() -> None:
    assert [span.kind for span in personal_spans("DE89370400440532013000 4111111111111111")] == ["iban", "card"]
    assert personal_spans("DE88370400440532013000 4111111111111112") == ()


def test_spans_name_the_place_and_the_kind_in_order() -> None:
    text = "jo@example.org, 0171 5550123"
    assert [(text[span.start : span.end], span.kind) for span in personal_spans(text)] == [
        ("jo@example.org", "email"),
        ("0171 5550123", "phone"),
    ]


def test_a_placeholder_tells_that_somebody_can_be_reached() -> None:
    assert names_a_way_to_reach(redact("0171 5550123", "en"))
    assert not names_a_way_to_reach(redact("DE89370400440532013000"))


@given(text=st.text(st.sampled_from("a1@. -/(DEstraße+0"), min_size=0, max_size=200))
@settings(deadline=None)
def test_redacting_twice_is_redacting_once(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


@pytest.mark.parametrize(
    "piece",
    ["a", "a@", "1 ", "0", "DE12", "a.", "12 a b c ", "am ", "Str. ", "a-", "(0 ", "a dot ", "live at ", "@"],
)
def test_no_text_of_two_thousand_signs_is_a_burden(piece: str) -> None:
    text = (piece * 2000)[:2000]
    assert len(redact(text)) <= len(text) * 2


@pytest.mark.parametrize(
    "said",
    [
        "+49 30 23125 014, hallo@radhaus.example, Radhaus GmbH, Musterstraße 12, 10999 Berlin",
        "Rufen Sie an: 030 23125014 oder schreiben Sie an Hallo@Radhaus.example",
        "0049 (0)30 23125-014",
        "ist das Musterstraße 12?",
    ],
)
def test_what_the_shop_is_reached_by_is_nobodys_personal_data(said: str) -> None:
    assert OWN(said) is said
    assert redact(said) != said


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("hallo@radhaus.example und jo@example.org", "hallo@radhaus.example und [E-Mail]"),
        ("xhallo@radhaus.example, hallo@radhaus.example.com", "[E-Mail], [E-Mail]"),
        ("ruf 030 23125015 an, nicht 030 23125014", "ruf [Telefon] an, nicht 030 23125014"),
        ("+49 40 23125014", "[Telefon]"),
        ("+1 30 23125014", "[Telefon]"),
        ("ich wohne Musterstraße 1, 10999 Berlin", "ich wohne [Anschrift]"),
        ("Musterstraße 12, 10997 Berlin", "[Anschrift]"),
        ("Musterstraße 120, 10999 Berlin", "[Anschrift]"),
    ],
)
def test_the_same_of_somebody_else_stays_hidden(said: str, stored: str) -> None:
    assert OWN(said) == stored


@settings(max_examples=100)
@given(detail=st.one_of(*DETAILS.values()), sentence=st.sampled_from(SENTENCES))
def test_no_other_detail_becomes_readable_because_the_shop_has_its_own(detail: str, sentence: str) -> None:
    contact = {
        "phone": "+49 30 23125 014",
        "email": "x@radhaus-berlin.example",
        "address": "Werkhof 7, 10999 Berlin",
    }
    ours, said = Redactor.of_shop(ShopFacts(values={"contact": contact})), sentence.format(detail)
    assert len(ours.own) == 3
    assert ours(said) == redact(said)


@pytest.mark.parametrize(
    ("number", "said"),
    [("030 23125 014", "+49 30 23125014"), ("23125014", "Tel. 23125014"), ("0049 30 23125014", "030/23125014")],
)
def test_a_number_is_the_shops_however_shop_yml_writes_it(number: str, said: str) -> None:
    ours = Redactor.of_shop(ShopFacts(values={"contact": {"phone": number}}))
    assert ours(said) == said


@pytest.mark.parametrize("contact", [None, "", {}, {"email": None}, [], "hallo@radhaus.example"])
def test_a_shop_that_says_little_or_nothing_of_itself_is_fine(contact: object) -> None:
    ours = Redactor.of_shop(ShopFacts(values={"contact": contact}))
    assert ours("jo@example.org") == "[E-Mail]"
    assert (ours("hallo@radhaus.example") == "hallo@radhaus.example") == (contact == "hallo@radhaus.example")
