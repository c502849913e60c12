"""The merchant's limits."""

import pytest

from actions.offers.limits import OfferLimits
from actions.offers.situation import Placement
from actions.store import policy
from actions.store.catalogue import read_snapshot
from actions.store.facts import catalogue_version


def test_without_a_word_of_the_merchant_the_defaults_hold(connection, now):
    assert policy.limits(connection, now) == OfferLimits()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("min_profit_cross", 250, 250),
        ("min_profit_cross", " 250 ", 250),
        ("max_price_step", "1.4", 1.4),
        ("use_mined", "false", False),
        ("allow_unrelated", "ja", True),
        ("order_first", "strict", "strict"),
        ("high_ticket", "200000", 200_000),
        ("free_shipping_from", "none", None),
        ("free_shipping_from", None, None),
        ("placements_off", "cart, checkout", frozenset({Placement.CART, Placement.CHECKOUT})),
        ("placements_off", ["after"], frozenset({Placement.AFTER})),
        ("placements_off", "", frozenset()),
        ("holdout", "10%", 0.1),
        ("holdout", "12.5 %", 0.125),
        ("holdout", 0.5, 0.5),
        ("min_confidence", "3 %", 0.03),
    ],
)
def test_a_limit_holds_from_now_on(connection, now, name, value, expected):
    policy.set_value(connection, name, value)
    assert getattr(policy.limits(connection, now), name) == expected
    assert getattr(policy.limits(read_snapshot(connection), now), name) == expected


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("min_profit", 1, "not an offer limit"),
        ("min_profit_cross", "viel", "cannot be 'viel'"),
        ("min_profit_cross", "1.5", "cannot be '1.5'"),
        ("min_profit_cross", -1, "not below zero"),
        ("min_profit_cross", True, "it is a whole number"),
        ("min_profit_cross", None, "cannot be None"),
        ("use_mined", "perhaps", "true or false"),
        ("order_first", "later", "intent, strict"),
        ("placements_off", "window", "window"),
        ("placements_off", 3, "allowed are chat"),
        ("holdout", "60%", "at most 0.5"),
        ("holdout", "-1%", "not below zero"),
        ("min_profit_cross", "10%", "cannot be"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(connection, now, name, value, complaint):
    with pytest.raises(policy.PolicyError, match=complaint):
        policy.set_value(connection, name, value)
    assert policy.limits(connection, now) == OfferLimits()


def test_the_last_word_counts_and_every_process_hears_of_it(connection, now):
    before = catalogue_version(connection)
    policy.set_value(connection, "min_evidence", 30)
    policy.set_value(connection, "min_evidence", 40)
    assert policy.limits(connection, now).min_evidence == 40
    assert catalogue_version(connection) == before + 2
