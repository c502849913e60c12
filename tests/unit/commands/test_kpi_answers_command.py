"""`tresen kpi answers`: what shoppers answered, what was learnt, and what may be said of it."""

import random
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from actions.offers import hindsight
from actions.offers.decision import Chance, Decision, Offer, Reason, ReasonCode
from actions.offers.products import Money, Product, Words
from actions.offers.situation import OfferKind, Situation, Stage
from actions.store import conversations, offer_log
from actions.store.engine import open_engine, writing

NOW = datetime.now(UTC)
TITLE = Words("Ding", "Thing")
LAPTOP = Product("LAPTOP", "laptop", TITLE, "laptops", Money(90_000))
BAG, MOUSE = (Product(sku, sku.lower(), TITLE, f"extras/{sku.lower()}", Money(5_000)) for sku in ("BAG", "MOUSE"))
EVEN = {"BAG": 0.5, "MOUSE": 0.5}


def answered(merchant, answers: Iterable[tuple[str, str]], odds: dict[str, float], at: datetime = NOW) -> None:
    """One chat for each product named first and its answer; the bag is ranked first."""
    with writing(open_engine(f"sqlite:///{merchant.home / 'core.db'}")) as connection:
        for named, state in answers:
            chat = uuid.uuid4().hex
            conversations.create(connection, conversation_id=chat, language="de", channel="web", now=at)
            (shown,) = offer_log.record(
                connection,
                conversation=chat,
                message="m",
                situation=Situation(Stage.INTENT, anchor=LAPTOP),
                decision=decided(named, odds),
                now=at,
            )
            if state != "shown":
                offer_log.answer(connection, shown.id, state, at)


def decided(named: str, odds: dict[str, float]) -> Decision:
    eligible = tuple(
        Chance(each.sku, OfferKind.CROSS, "laptops", each.category, prior, 900, 1, odds[each.sku])
        for each, prior in ((BAG, 0.2), (MOUSE, 0.19))
    )
    product = BAG if named == "BAG" else MOUSE
    offer = Offer(OfferKind.CROSS, product, LAPTOP, product.price, Reason(ReasonCode.CURATED))
    return Decision((offer,), (), "policy-1", eligible, "learnt-1:0")


def drawn(size: int, seed: int = 1) -> list[tuple[str, str]]:
    """Shoppers take one bag in ten and one mouse in three."""
    chance = random.Random(seed)
    taken = {"BAG": 0.1, "MOUSE": 0.33}
    named = [chance.choice(["BAG", "MOUSE"]) for _ in range(size)]
    return [(sku, "accepted" if chance.random() < taken[sku] else "declined") for sku in named]


def test_a_group_has_its_counts_and_what_is_expected_of_it_now(electronics) -> None:
    states = ["accepted"] * 3 + ["declined"] * 5 + ["ignored"] * 11 + ["shown"]
    answered(electronics, [("BAG", state) for state in states], {"BAG": 1.0, "MOUSE": 0.0})
    report = electronics.asked("kpi", "answers")
    (group,) = report["groups"]
    assert {name: group[name] for name in ("kind", "anchor", "category")} == {
        "kind": "cross",
        "anchor": "laptops",
        "category": "extras/bag",
    }
    assert [group[name] for name in ("shown", "accepted", "declined", "ignored", "open")] == [20, 3, 5, 11, 1]
    assert group["expected"] == 0.2
    # 100 answers as expected at the shop's level, (10 + 3) / (10 + 3.8) of the guess, and 3 of 19 on top
    assert group["estimate"] == pytest.approx((100 * 0.2 * 13 / 13.8 + 3) / 119, abs=1e-4)
    assert 0.1 < group["low"] < group["estimate"] < group["high"] < 0.3
    assert report["learning"] is False


def test_few_answers_are_said_to_be_too_few(electronics) -> None:
    answered(electronics, drawn(40), EVEN)
    report = electronics.asked("kpi", "answers")
    assert (report["comparison"]["offers"], report["comparison"]["verdict"]) == (40, "too_little")
    assert report["sentence"] == (
        "Too little data: 40 answered offers logged; below 2,000 no difference under about 10 % can be shown."
    )
    assert electronics("kpi", "answers").out.splitlines()[-1] == report["sentence"]


def test_without_any_offer_there_is_one_sentence_and_no_figure(electronics) -> None:
    report = electronics.asked("kpi", "answers")
    assert (report["groups"], report["comparison"]["offers"]) == ([], 0)
    assert report["comparison"]["difference"] == {"accepted": None, "profit": None}
    assert electronics("kpi", "answers").code == 0


def test_enough_drawn_offers_show_which_order_is_taken_oftener(electronics, monkeypatch) -> None:
    monkeypatch.setattr(hindsight, "ENOUGH", 400)
    answered(electronics, drawn(400), EVEN)
    report = electronics.asked("kpi", "answers")
    compared = report["comparison"]
    assert (compared["offers"], compared["drawn"], compared["covered"]) == (400, 400, 1.0)
    assert compared["verdict"] == "learnt_better"
    assert compared["as_ranked"]["accepted"]["snips"]["value"] == pytest.approx(0.1, abs=0.06)
    assert compared["learnt"]["accepted"]["dr"]["value"] == pytest.approx(0.33, abs=0.08)
    assert compared["learnt"]["profit"]["ips"]["value"] == pytest.approx(300, abs=80)
    assert report["sentence"].startswith("The learnt order is accepted oftener than the order as ranked: +")
    lines = electronics("kpi", "answers").out.splitlines()
    assert any(line.lstrip().startswith("as ranked") and line.endswith("accepted, of 100 offers") for line in lines)
    assert any(line.endswith("cross laptops -> extras/mouse") for line in lines)


def test_what_was_never_drawn_says_nothing_of_the_other_order(electronics, monkeypatch) -> None:
    monkeypatch.setattr(hindsight, "ENOUGH", 200)
    answered(electronics, [("BAG", "declined")] * 200, {"BAG": 1.0, "MOUSE": 0.0})
    report = electronics.asked("kpi", "answers")
    assert report["comparison"]["verdict"] == "not_drawn"
    assert report["sentence"].startswith("Nothing can be said")


def test_older_offers_stay_counted_but_are_not_compared(electronics) -> None:
    answered(electronics, drawn(10), EVEN, at=NOW - timedelta(days=91))
    answered(electronics, drawn(5), EVEN)
    report = electronics.asked("kpi", "answers")
    assert sum(group["shown"] for group in report["groups"]) == 15
    assert report["comparison"]["offers"] == 5
    assert electronics.asked("kpi", "answers", "--since", "100d")["comparison"]["offers"] == 15


def test_the_setting_in_force_is_told(electronics) -> None:
    assert electronics("policy", "set", "learn_from_answers=true").code == 0
    assert electronics("kpi", "answers").out.splitlines()[0] == "learn_from_answers = true"
    assert electronics.asked("kpi", "answers")["learning"] is True
