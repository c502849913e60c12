"""Which limits each version names, in either database."""

from dataclasses import fields, replace
from datetime import timedelta

from shopfloor import product

from actions.offers.decision import Decision
from actions.offers.limits import OfferLimits
from actions.offers.situation import Placement, Situation, Stage
from actions.store import offer_log, policy, policy_versions
from actions.store.policy_versions import LimitChange

OTHERWISE = OfferLimits(
    order_first="strict",
    min_profit_cross=321,
    max_price_step=1.45,
    min_confidence=0.031,
    use_mined=True,
    high_ticket=80_000,
    free_shipping_from=None,
    placements_off=frozenset({Placement.CART, Placement.AFTER}),
    holdout=0.125,
)


def decides(connection, now, version):
    situation = Situation(Stage.INTENT, anchor=product("BIKE"))
    decision = Decision((), (), version)
    offer_log.record(connection, conversation=None, message=None, situation=situation, decision=decision, now=now)


def test_limits_come_back_as_they_were(connection, now):
    for limits in (OfferLimits(), OTHERWISE):
        policy_versions.keep(connection, limits, now)
    kept = policy_versions.by_version(connection)
    assert kept == {OfferLimits().version: OfferLimits(), OTHERWISE.version: OTHERWISE}
    assert [each.version for each in kept.values()] == list(kept)


def test_a_version_is_written_down_once_with_its_first_moment(connection, now):
    for days in (0, 1, 2):
        policy_versions.keep(connection, OTHERWISE, now + timedelta(days=days))
    (only,) = policy_versions.every(connection)
    assert (only.version, only.since) == (OTHERWISE.version, now)


def test_a_change_keeps_what_is_in_force_from_now_on(connection, now):
    policy.change(connection, {"min_profit_cross": 300, "holdout": "10%"}, now)
    (only,) = policy_versions.every(connection)
    assert only.limits == replace(OfferLimits(), min_profit_cross=300, holdout=0.1)
    assert only.version == policy.limits(connection, now).version


def test_what_was_decided_by_before_a_change_is_kept_too(connection, now):
    decides(connection, now, OfferLimits().version)
    policy.set_value(connection, "min_profit_cross", 300, now + timedelta(days=9))
    first, second = policy_versions.every(connection)
    assert (first.limits, first.since) == (OfferLimits(), now)
    assert (second.limits.min_profit_cross, second.since) == (300, now + timedelta(days=9))


def test_limits_that_nothing_was_decided_by_are_not_kept(connection, now):
    decides(connection, now, "others")
    policy.set_value(connection, "min_profit_cross", 300, now)
    assert [each.limits.min_profit_cross for each in policy_versions.every(connection)] == [300]


def test_every_version_tells_what_was_otherwise_before_it(connection, now):
    for hours, (name, value) in enumerate(
        (("min_profit_cross", 300), ("high_ticket", 500), ("high_ticket", "none"))
    ):
        policy.set_value(connection, name, value, now + timedelta(hours=hours))
    assert [changes for _, changes in policy_versions.steps(connection)] == [
        (LimitChange("min_profit_cross", "100", "300"),),
        (LimitChange("high_ticket", "none", "500"),),
    ]


def test_a_limit_of_a_later_release_counts_as_usual_and_one_that_is_gone_is_passed_over(connection, now):
    policy_versions.keep(connection, OTHERWISE, now)
    table = policy_versions.policy_versions
    (stored,) = connection.scalars(policy_versions.KEPT.with_only_columns(table.c.limits))
    assert set(stored) == {each.name for each in fields(OfferLimits)}
    changed = {**{name: value for name, value in stored.items() if name != "holdout"}, "min_smiles": 3}
    connection.execute(table.update().values(limits=changed))
    assert policy_versions.by_version(connection) == {OTHERWISE.version: replace(OTHERWISE, holdout=0.0)}


def test_the_limits_of_a_moment_are_those_of_the_version_that_a_decision_names(connection, now):
    policy.set_value(connection, "min_profit_cross", 300, now)
    then = policy.limits(connection, now)
    policy.set_value(connection, "min_profit_cross", 900, now)
    known = policy.limits_then(connection)
    assert known(now, then.version) == then
    assert known(now, policy.limits(connection, now).version) == policy.limits(connection, now)
    assert known(now, "of nobody") is None
