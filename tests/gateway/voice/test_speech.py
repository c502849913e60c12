"""What is heard of an answer: one breath, prices in words, no signs, and always the same."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.phrases import Phrasebook
from bot.gateway.voice import ssml
from bot.gateway.voice.commands import Act, code_in, read_act
from bot.gateway.voice.speakable import sentences, speakable
from bot.gateway.voice.speech import LONGEST, Options, Speech, page_count, speech_of
from bot.gateway.voice.words import Words

PHRASES = Phrasebook.load(Path("data/responses"))
WORDS = {language: Words(PHRASES, language) for language in ("de", "en")}
ELEMENTS = {"speak", "p", "s", "break", "sub", "say-as"}
NEVER_HEARD = re.compile(r"https?:|www\.|[*_#`<>|€$£]|\d,\d\d Euro")


def money(amount: int, currency: str = "EUR") -> dict[str, Any]:
    return {"amount": amount, "currency": currency, "text": "x"}


def card(title: str, amount: int = 7990) -> dict[str, Any]:
    return {"sku": title, "title": title, "price": money(amount), "benefit": "", "choices": []}


def say(text: str, spoken: str = "") -> dict[str, Any]:
    return {"type": "text", "text": text, **({"spoken": spoken} if spoken else {})}


def showing(*titles: str) -> dict[str, Any]:
    return {"type": "product_cards", "cards": [card(title) for title in titles]}


def heard(*messages: dict[str, Any], language: str = "de", titles: tuple[str, ...] = (), **voice: Any) -> Speech:
    document = {"messages": list(messages), "stage": "consider", "voice": voice}
    return speech_of(document, WORDS[language], Options(titles))


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("de", "79,90 €", "79 Euro 90"),
        ("de", "1.249,90 €", "1249 Euro 90"),
        ("de", "119,00 €", "119 Euro"),
        ("de", "1.000 €", "1000 Euro"),
        ("en", "€79.90", "79 euros 90"),
        ("en", "€1,249.90", "1249 euros 90"),
        ("en", "€1.00", "1 euro"),
        ("de", "0,05 €", "0 Euro 05"),
        ("de", "13,2 kg und 42 cm", "13,2 Kilogramm und 42 Zentimeter"),
        ("en", "25 km/h, 500 Wh", "25 kilometres an hour, 500 watt hours"),
        ("de", "2 × Helm", "2 mal Helm"),
        ("de", "1.249 Bewertungen", "1249 Bewertungen"),
        ("de", "siehe https://shop.test/x?a=1 oder www.shop.test", "siehe oder"),
        ("de", "**Neu** 🚲 [hier](https://x) <b>x</b>", "Neu hier x"),
        ("de", "info@shop.test", "info ät shop Punkt test"),
        ("de", "Helm (rot, Größe M).", "Helm, rot, Größe M."),
        ("de", "„Grat“ – leicht & schnell", "Grat, leicht und schnell"),
        ("en", "It's the shop's own", "It's the shop's own"),
        ("de", "🙂", ""),
    ],
)
def test_signs_become_words(language: str, written: str, said: str) -> None:
    assert speakable(written, language) == said


def test_a_text_is_said_in_its_spoken_wording_where_there_is_one() -> None:
    assert heard(say("79,90 € (x)", "79 Euro 90.")).text.startswith("79 Euro 90.")


def test_the_question_comes_last_and_is_the_reprompt() -> None:
    speech = heard(say("Grat: Welche Größe darf es sein? Es gibt 42 oder 46."))
    assert speech.text.endswith("Welche Größe darf es sein?")
    assert speech.text.startswith("Es gibt 42 oder 46.")
    assert "Welche Größe darf es sein?" in speech.reprompt


def test_an_answer_that_asks_nothing_is_closed_by_a_question() -> None:
    assert heard(say("Versand kostet 4,90 €.")).text == "Versand kostet 4 Euro 90. Was darf ich noch für Sie tun?"
    closed = heard(say("Liegt im Warenkorb."), titles=("Zur Kasse", "Warenkorb ansehen"))
    assert closed.text.endswith("Zur Kasse, oder: Warenkorb ansehen. Was möchten Sie?")


def test_an_offer_is_said_once_and_alone() -> None:
    offer = {
        "type": "offer",
        "kind": "up",
        "cards": [card("Grat 2", 119_900), card("Grat 3", 149_900)],
        "price_difference": money(30_000),
    }
    alone = heard(offer).text
    assert alone == "Eine Stufe höher: Grat 2 für 1199 Euro, also 300 Euro mehr. Möchten Sie tauschen?"
    told = heard(say("Es gibt auch Grat 2 für 1.199,00 €, also 300,00 € mehr. Möchten Sie tauschen?"), offer).text
    assert told.count("Grat 2") == 1
    assert "Grat 3" not in told


@pytest.mark.parametrize("kind", ["cross", "up", "down"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_an_offer_names_its_full_price_and_what_it_changes(kind: str, language: str) -> None:
    offer = {"type": "offer", "kind": kind, "cards": [card("Grat", 119_990)], "price_difference": money(-30_010)}
    text = heard(offer, language=language).text
    assert WORDS[language].price(money(119_990)) in text
    assert kind == "cross" or WORDS[language].price(money(30_010)) in text
    assert text.endswith("?")


def test_a_comparison_and_a_cart_are_said_in_short() -> None:
    rows = [{"attribute": f"Merkmal {n}", "values": ["ja", "nein"]} for n in range(9)]
    comparison = {"type": "comparison", "titles": ["Grat 1", "Grat 2"], "rows": rows}
    assert heard(comparison).text.count("Merkmal") == 3
    lines = [{"title": f"Ding {n}", "quantity": n + 1} for n in range(6)]
    cart = {"type": "cart", "lines": lines, "total": money(12_345)}
    said = heard(cart).text
    assert said.startswith("Im Warenkorb: Ding 0, 2 mal Ding 1 und 4 weitere. Zusammen 123 Euro 45.")


def test_where_the_cart_waits_is_said_to_who_is_in_no_chat_of_the_web() -> None:
    cart = {"type": "cart", "lines": [{"title": "Helm", "quantity": 1}], "total": money(7990)}
    document = {"messages": [cart], "stage": "checkout"}
    assert "Code" in speech_of(document, WORDS["de"], Options()).text
    assert "Code" not in speech_of(document, WORDS["de"], Options(), linked=True).text


def test_letters_behind_a_figure_of_a_name_are_no_unit() -> None:
    assert (
        speakable("Vorgang KRMFP96W, Motor 250 W, 12,5 kg", "de")
        == "Vorgang KRMFP96W, Motor 250 Watt, 12,5 Kilogramm"
    )


def test_a_reference_is_spelled() -> None:
    speech = heard({"type": "handoff", "reference": "AB12"})
    assert '<say-as interpret-as="characters">AB12</say-as>' in speech.ssml
    assert "AB12" in speech.text


def test_the_price_of_a_long_description_is_heard_in_the_first_breath() -> None:
    description = " ".join(f"Das ist ein Satz über die Eigenschaft {n}." for n in range(12))
    speech = heard(say(f"Grat: {description}"), say("Der Preis: 649,00 €."))
    assert "649 Euro" in speech.text
    assert speech.text.endswith("Weiter, oder was möchten Sie wissen?")


def test_the_question_of_a_page_before_the_last_is_none_for_yes_or_no() -> None:
    # a yes would bind to the question the shopper has not heard yet
    long = say(" ".join(f"Das ist der lange Satz mit der Nummer {n}." for n in range(20)))
    asked = say("Möchten Sie es nehmen?")
    assert "Möchten Sie es nehmen?" not in heard(long, asked).text
    last = page_count({"messages": [long, asked]}, WORDS["de"]) - 1
    assert heard(long, asked, page=last).text.endswith("Möchten Sie es nehmen?")


def test_even_one_endless_sentence_is_cut_and_the_question_still_asked() -> None:
    speech = heard(say(" ".join(f"Wort{n}" for n in range(400))), say("Möchten Sie es nehmen?"))
    assert len(speech.text) <= LONGEST
    assert speech.text.startswith("Wort0 Wort1")
    assert speech.text.endswith("?")


TITLES = st.text(min_size=1, max_size=400).filter(str.strip)
AMOUNTS = st.integers(0, 10_000_000)
CARDS = st.builds(card, TITLES, AMOUNTS)
MESSAGES = st.one_of(
    st.builds(say, st.text(min_size=1, max_size=1500).filter(str.strip)),
    st.builds(lambda cards: {"type": "product_cards", "cards": cards}, st.lists(CARDS, min_size=1, max_size=8)),
    st.builds(
        lambda kind, cards, amount: {
            "type": "offer",
            "kind": kind,
            "cards": cards,
            "price_difference": money(amount),
        },
        st.sampled_from(["cross", "up", "down"]),
        st.lists(CARDS, min_size=1, max_size=3),
        st.integers(-1_000_000, 1_000_000),
    ),
    st.builds(
        lambda rows: {"type": "comparison", "titles": ["A", "B"], "rows": rows},
        st.lists(st.builds(lambda a, v: {"attribute": a, "values": [v, "x"]}, TITLES, TITLES), max_size=6),
    ),
    st.builds(
        lambda lines, amount: {"type": "cart", "lines": lines, "total": money(amount)},
        st.lists(st.builds(lambda t, q: {"title": t, "quantity": q}, TITLES, st.integers(1, 99)), max_size=6),
        AMOUNTS,
    ),
    st.builds(lambda n: {"type": "handoff", "reference": f"R{n}"}, st.integers(0, 9999)),
)


@given(st.lists(MESSAGES, max_size=6), st.sampled_from(["de", "en"]), st.lists(TITLES, max_size=4))
def test_whatever_is_answered_is_speakable_short_and_ends_with_a_question(
    messages: list[dict[str, Any]], language: str, titles: list[str]
) -> None:
    document = {"messages": messages, "stage": "checkout"}
    for page in range(page_count(document, WORDS[language])):
        told = {**document, "voice": {"page": page}}
        speech = speech_of(told, WORDS[language], Options(tuple(titles)))
        assert len(speech.text) <= LONGEST
        assert speech.text.endswith("?")
        assert len(speech.reprompt) <= max(len(speech.text), len(WORDS[language]("utter_voice_reprompt")))
        assert not NEVER_HEARD.search(speech.text)
        tree = ElementTree.fromstring(speech.ssml)
        assert {each.tag for each in tree.iter()} <= ELEMENTS
        assert ssml.plain(speech.ssml) == speech.text
        assert speech == speech_of(told, WORDS[language], Options(tuple(titles)))


@given(st.text(max_size=600), st.sampled_from(["de", "en"]))
def test_whatever_is_written_every_sentence_is_one(text: str, language: str) -> None:
    for sentence in sentences(speakable(text, language)):
        assert sentence[-1] in ".!?"
        assert "\n" not in sentence


@pytest.mark.parametrize(
    ("line", "act"),
    [
        ("noch mal", Act.REPEAT),
        ("Wie bitte?", Act.REPEAT),
        ("repeat that please", Act.REPEAT),
        ("weiter", Act.NEXT),
        ("und weiter bitte", Act.NEXT),
        ("more", Act.NEXT),
        ("zurück", Act.PREVIOUS),
        ("Stopp!", Act.STOP),
        ("that's all", Act.STOP),
        ("Code 123456", Act.CODE),
        ("ich habe einen Gutschein Code", Act.SAY),
        ("weiter nach größeren suchen", Act.SAY),
        ("ich möchte mehr Auswahl in rot", Act.SAY),
        ("nehme ich", Act.SAY),
        ("nein danke", Act.SAY),
        ("das nächste Fahrrad ansehen", Act.SAY),
    ],
)
def test_what_is_meant_for_the_voice_and_what_for_the_assistant(line: str, act: Act) -> None:
    assert read_act(line) is act


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Code 123456", "123456"),
        ("1 2 3 4 5 6", "123456"),
        ("eins zwo drei vier fünf sechs", "123456"),
        ("the code is one two three four five six", "123456"),
        ("12 34 56", "123456"),
        ("zwölf", ""),
        ("12345", ""),
        ("1234567", ""),
    ],
)
def test_digits_said_one_by_one_are_one_code(line: str, code: str) -> None:
    assert code_in(line) == code
