"""The protocol: later orders ask, earlier ones teach, and nobody sees what comes later."""

import numpy as np
import pytest

from actions.affinity import AffinityModel
from actions.affinity.evaluation.measures import ahead, answers, profits
from actions.affinity.evaluation.peers import peers
from actions.affinity.evaluation.protocol import trial
from actions.affinity.evaluation.table import OURS, as_table, compare

PAIRS = ("BIKE HELMET LOCK", "SUIT TIE SHIRT", "PAN LID SPOON")


def orders(count=300):
    rng = np.random.default_rng(3)
    rows = []
    for number in range(count):
        basket = PAIRS[number % 3].split() if number % 5 else rng.permutation(" ".join(PAIRS).split())[:3].tolist()
        for item in basket:
            moment = f"2026-{1 + number // 28:02}-{1 + number % 28:02}"
            rows.append({"order_id": f"o{number}", "item_id": item, "ts": moment, "customer_id": f"c{number % 20}"})
    return rows


ITEMS = [{"item_id": item, "price": 10.0, "cost": 4.0} for item in " ".join(PAIRS).split()]


def test_models_learn_from_earlier_orders_only():
    found = trial(orders(), ITEMS)
    assert {int(order[1:]) for order in found.orders["order_id"]} == set(range(270))
    assert found.covered == 1.0


def test_the_order_of_the_lines_decides_nothing():
    lines = orders()
    assert trial(lines[::-1], ITEMS).universe == trial(lines, ITEMS).universe
    assert set(trial(lines[::-1], ITEMS).orders["order_id"]) == set(trial(lines, ITEMS).orders["order_id"])


def test_the_item_asked_for_is_never_in_the_basket():
    for one in trial(orders(), ITEMS).asked:
        assert one.target in one.rest
        assert not set(one.basket) & one.rest


def test_validation_leaves_the_last_tenth_untouched():
    found = trial(orders(), ITEMS, part="valid")
    assert len(set(found.orders["order_id"])) == 240


def test_a_perfect_model_is_measured_as_perfect_and_a_silent_one_as_popularity():
    found = trial(orders(), ITEMS)

    class Oracle:
        """Knows the answers."""

        def __init__(self):
            self.targets = iter([one.target for one in found.asked])

        def recommend(self, basket, k, customer=None):
            return [next(self.targets)]

    class Silent:
        """Says nothing."""

        def recommend(self, basket, k, customer=None):
            return []

    assert answers(Oracle(), found).means()["any3"] == 1.0
    popular = peers()["popularity"].fit(found.orders)
    assert answers(Silent(), found).means()["hit3"] == pytest.approx(
        answers(popular, found).means()["hit3"], abs=0.1
    )


def test_profit_is_price_minus_cost():
    assert set(profits(trial(orders(), ITEMS)).values()) == {6.0}


def test_the_log_likelihood_ratio_suggests_what_is_surely_bought_along_and_never_what_is_avoided():
    baskets = ["BIKE HELMET"] * 30 + ["BIKE BREAD"] * 4 + ["BREAD"] * 60 + ["BELL BIKE"]
    lines = [{"order_id": n, "item_id": item} for n, basket in enumerate(baskets) for item in basket.split()]
    sure, lift = (peers()[name].fit(lines).recommend(["BIKE"], 5) for name in ("log-likelihood ratio", "raw lift"))
    assert sure == ["HELMET", "BELL"]
    assert "BREAD" in lift


def test_ours_and_all_peers_stand_side_by_side():
    lines = compare(trial(orders(), ITEMS), {OURS: AffinityModel(), **peers()})
    table = as_table(lines, "mixed")
    assert len(table.splitlines()) == 2 + 1 + len(peers())
    best = max(line.figures["hit3"] for line in lines if line.mode == "mixed")
    ours = next(line for line in lines if (line.model, line.mode) == (OURS, "mixed"))
    assert ours.figures["hit3"] > 0.9 * best
    assert ours.figures["coverage5"] >= 0.4


def test_a_difference_has_its_interval_around_it():
    mine, other = np.array([1.0, 1.0, 0.0, 1.0] * 50), np.array([0.0, 1.0, 0.0, 1.0] * 50)
    middle, low, high = ahead(mine, other)
    assert low < middle == 0.25 < high
    assert ahead(mine, mine) == (0.0, 0.0, 0.0)
