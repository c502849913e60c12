"""Simulated shoppers: the same for a seed, with words of their own, reacting to what they hear."""

import random
from pathlib import Path

import pytest
import yaml

from actions.phrases import Phrasebook
from bot.demo.mind import LEAVE, Mind, Move
from bot.demo.people import ERRANDS, Person, draw_people
from bot.demo.words import FILE, Words, read_words
from bot.transcripts.redaction import redact

CARDS = {
    "type": "product_cards",
    "cards": [{"sku": "A", "choices": [{"title": "Ansehen", "payload": "look"}]}],
}
READ_BACK = {
    "type": "choices",
    "choices": [{"title": "Ja, in den Warenkorb", "payload": "yes"}, {"title": "Nein", "payload": "no"}],
}
OFFER = {
    "type": "offer",
    "id": "o1",
    "kind": "cross",
    "cards": [{"sku": "LOCK"}],
    "choices": [{"title": "Ja, gern dazu", "payload": "accept"}, {"title": "Nein danke", "payload": "decline"}],
}
CART = {"type": "cart", "lines": [], "checkout_url": "http://shop.test/checkout?token=t"}
TEXT = {"type": "text", "text": "Guten Tag"}


@pytest.fixture(scope="module")
def words() -> dict[str, Words]:
    return read_words(Phrasebook.load(Path("data/responses")))


def person(number: int = 1, **details: object) -> Person:
    usual = {"takes": {"cross": 1.0, "up": 1.0, "down": 1.0}, "patience": 20, "language": "de", "by_voice": False}
    occasions = ("search", "checkout", "order")
    given = {"occasions": occasions, **usual, **details}
    return Person(number=number, seed=1, errand="buys", **given)


def test_the_same_seed_draws_the_same_shoppers_and_another_seed_others() -> None:
    assert draw_people(50, 1, voice=True) == draw_people(50, 1, voice=True)
    assert draw_people(50, 1, voice=True) != draw_people(50, 2, voice=True)


def test_five_hundred_shoppers_come_for_everything_in_both_languages_and_through_both_channels() -> None:
    people = draw_people(500, 1, voice=True)
    assert {each.errand for each in people} == set(ERRANDS)
    assert {each.language for each in people} == {"de", "en"}
    assert 50 < sum(each.by_voice for each in people) < 150
    assert not any(each.by_voice for each in draw_people(500, 1, voice=False))


def test_a_product_pleases_everybody_alike() -> None:
    assert person(1).likes("LOCK") == person(2).likes("LOCK") != person(1).likes("BELL")


def test_both_languages_have_lines_for_the_same_occasions_and_for_all_that_occur() -> None:
    content = yaml.safe_load(FILE.read_text("utf-8"))
    assert set(content["de"]) == set(content["en"])
    needed = {wish for _, wishes in ERRANDS.values() for wish in wishes} - {"search", "order"}
    assert needed | {"searches", "greet"} <= set(content["de"])


def test_an_address_that_is_left_is_one_the_record_will_not_hold(words: dict[str, Words]) -> None:
    for language in ("de", "en"):
        for seed in range(20):
            line = words[language].line("leave_address", random.Random(seed))
            assert redact(line, language) != line


def test_a_shopper_reacts_to_what_is_asked_before_going_on(words: dict[str, Words]) -> None:
    mind = Mind(person(), words["de"])
    assert mind.next([TEXT]).text in words["de"].lines["searches"]
    assert mind.next([CARDS]).text in {"Ansehen", *words["de"].lines["choose"]}
    sizes = {"type": "choices", "choices": [{"title": "M", "payload": "m"}, {"title": "L", "payload": "l"}]}
    assert mind.next([sizes]).text in {"M", "L"}
    agreed = mind.next([READ_BACK])
    assert agreed.payload in {"yes", "no", None}
    assert agreed.text not in words["de"].lines["checkout"]


def test_who_likes_everything_takes_an_offer_and_who_likes_nothing_declines_it(words: dict[str, Words]) -> None:
    taken = [Mind(person(number), words["de"]).next([OFFER]) for number in range(100)]
    never = {"cross": 0.0}
    left = [Mind(person(number, takes=never), words["de"]).next([OFFER]) for number in range(100)]
    accepted = {"Ja, gern dazu", *words["de"].lines["accept"]}
    assert sum(move.text in accepted for move in taken) > 30
    assert not any(move.text in accepted for move in left)


def test_an_offer_is_answered_once(words: dict[str, Words]) -> None:
    mind = Mind(person(), words["de"])
    mind.next([OFFER])
    assert mind.next([OFFER]).text in {*words["de"].lines["searches"], *words["de"].lines["take"]}


def test_ordering_needs_a_way_to_the_checkout(words: dict[str, Words]) -> None:
    assert Mind(person(occasions=("order",)), words["de"]).next([CART]) == Move(orders=True)
    lost = Mind(person(occasions=("order",)), words["de"])
    said = [lost.next([TEXT]) for _ in range(4)]
    assert [move.text in words["de"].lines["checkout"] for move in said] == [True, True, True, False]
    assert said[-1] == LEAVE


def test_patience_ends(words: dict[str, Words]) -> None:
    mind = Mind(person(patience=2), words["de"])
    assert [mind.next([CARDS]) == LEAVE for _ in range(4)] == [False, False, True, True]


def test_by_voice_a_button_is_said(words: dict[str, Words]) -> None:
    moves = [Mind(person(number, by_voice=True), words["de"]).next([READ_BACK]) for number in range(30)]
    assert {move.payload for move in moves} == {None}


def test_the_house_is_told_no_line_it_was_trained_with_word_for_word_where_shoppers_search() -> None:
    trained = set()
    for file in Path("data/nlu").glob("*/*.yml"):
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            trained |= {line.removeprefix("- ") for line in block.get("examples", "").splitlines()}
    content = yaml.safe_load(FILE.read_text("utf-8"))
    searches = [line for language in content.values() for line in language["searches"]]
    assert sum(line in trained for line in searches) <= len(searches) / 10
