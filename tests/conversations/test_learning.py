"""What shoppers take and decline is counted as they say it, and moves later offers where the merchant allows it."""

import shutil
from collections.abc import Callable
from pathlib import Path

from actions import services
from actions.offers.acceptance import Answers, Group
from actions.offers.situation import OfferKind
from actions.services import Services
from actions.store import answers, policy
from actions.store.engine import reading, writing
from actions.store.tables import offer_answers
from tests.conversations.shopper import Shopper
from tests.conversations.test_happy_path import buys_a_mountain_bike


def counted(house: Services) -> dict[Group, Answers]:
    with reading(house.engine) as connection:
        return answers.by_group(connection)


def group_of(shopper: Shopper) -> Group:
    """The group of the product that the last decision named first."""
    decision = shopper.decisions()[-1]
    first = decision.offered[0]["sku"]
    chance = next(each for each in decision.eligible or () if each["sku"] == first)
    return (OfferKind(chance["kind"]), chance["anchor"], chance["category"])


def may_learn(house: Services) -> None:
    with writing(house.engine) as connection:
        policy.set_value(connection, "learn_from_answers", "true")


def has_heard(house: Services, *known: tuple[Group, int, int]) -> None:
    """Group, accepted and declined, from shoppers before."""
    with writing(house.engine) as connection:
        for (kind, anchor, category), accepted, declined in known:
            place = {"kind": kind.value, "anchor": anchor, "category": category}
            row = {"accepted": accepted, "declined": declined, "ignored": 0, "expected": (accepted + declined) / 5}
            connection.execute(offer_answers.insert(), {**place, **row})


def test_an_offer_taken_is_counted_once_even_if_the_yes_comes_twice(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    group = group_of(shopper)
    assert counted(shopper.house) == {}
    shopper.says("ja gern", "confirm")
    for variant in ("size", "colour"):
        assert counted(shopper.house) == {}, f"a {variant} is asked for, nothing is taken yet"
        pressed = shopper.choices()[0]["payload"]
        for _ in range(2):
            shopper.says("", pressed["intent"], message=variant, **pressed["entities"])
    taken = next(offer for offer in shopper.shown() if offer.state == "accepted")
    assert (taken.kind, shopper.cart[taken.sku]) == (OfferKind.CROSS, 1)
    prior = next(each["prior"] for each in shopper.decisions()[0].eligible or () if each["sku"] == taken.sku)
    assert counted(shopper.house) == {group: Answers(accepted=1, expected=prior)}


def test_an_offer_declined_and_one_passed_over_are_counted_as_such(comes_in: Callable[..., Shopper]) -> None:
    first, second = comes_in(), comes_in()
    buys_a_mountain_bike(first)
    buys_a_mountain_bike(second)
    group = group_of(first)
    first.says("nein danke", "deny")
    second.says("ich suche eine regenjacke", "search_product")
    here = counted(first.house)[group]
    assert (here.accepted, here.declined, here.ignored) == (0, 1, 1)
    assert sum(each.total for each in counted(first.house).values()) == 2


def test_every_decision_holds_who_could_have_been_first_also_where_nothing_is_learnt(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    made = [decision for decision in shopper.decisions() if decision.offered]
    assert made
    for decision in made:
        assert decision.ranking == "ranked-2"
        sure = {each["sku"]: each["probability"] for each in decision.eligible or ()}
        assert sure[decision.offered[0]["sku"]] == sum(sure.values()) == 1
        spare = {row["sku"] for row in decision.withheld if row["reason"] == "not_among_best"}
        assert set(sure) <= spare | {each["sku"] for each in decision.offered}
        assert len(sure) > 1


def test_what_others_keep_declining_is_no_longer_named_first(
    house: Services, comes_in: Callable[..., Shopper]
) -> None:
    before = comes_in()
    buys_a_mountain_bike(before)
    usual = before.offers[0]["cards"][0]["sku"]
    has_heard(house, (group_of(before), 0, 4_000))
    without = comes_in()
    buys_a_mountain_bike(without)
    assert without.offers[0]["cards"][0]["sku"] == usual
    may_learn(house)
    shopper = comes_in(conversation="c" * 32)
    buys_by_the_book(shopper)
    decision = shopper.decisions()[-1]
    odds = {each["sku"]: each["probability"] for each in decision.eligible or ()}
    assert decision.ranking == "learnt-2:4000"
    assert abs(sum(odds.values()) - 1) < 1e-9
    # no more than the share of turns that goes on as ranked
    assert 0 < odds[usual] < 0.11
    assert shopper.offers[0]["kind"] == "cross"
    assert shopper.offers[0]["cards"][0]["sku"] != usual


def buys_by_the_book(shopper: Shopper) -> None:
    """The same purchase with message ids of its own, so that the very same turns can come again elsewhere."""
    said = (
        ("hallo, ich suche ein mountainbike unter 1000 euro", "search_product"),
        ("das erste in schwarz", "choose_option"),
        ("42", "refine_search"),
        ("nehme ich", "purchase_intent"),
        ("ja", "confirm"),
    )
    for number, (text, intent) in enumerate(said):
        shopper.says(text, intent, message=f"m{number}")


def test_the_same_turns_get_the_same_offers_on_the_web_and_on_the_telephone(
    filled_shop: Path, lexicon_of_the_shop: Services, tmp_path: Path
) -> None:
    decided: dict[str, list[tuple[str, object]]] = {"web": [], "phone": []}
    for channel, made in decided.items():
        shutil.copy(filled_shop, tmp_path / f"{channel}.db")
        house = services.build(f"sqlite:///{tmp_path / channel}.db")
        house.share_lexicon_of(lexicon_of_the_shop)
        may_learn(house)
        for number in range(6):
            shopper = Shopper(house, channel=channel, conversation=f"{number:032}")
            buys_by_the_book(shopper)
            made.append((shopper.offers[0]["cards"][0]["sku"], shopper.decisions()[-1].eligible))
        house.engine.dispose()
    assert decided["web"] == decided["phone"]
    assert len({sku for sku, _ in decided["web"]}) > 1, "something was drawn"
