"""Every figure, worked out by hand on the fixture, on every database there is."""

from datetime import UTC, datetime

import pytest
from figures_fixture import END, START, write_log

from actions.store import policy
from actions.store.tables import conversations, offer_decisions, past_order_lines, past_returns
from bot.reports.answers import read_answers
from bot.reports.cohorts import count_cohorts
from bot.reports.document import document
from bot.reports.facts import Arm, Cohort
from bot.reports.figures import Basis
from bot.reports.kpis import key_figures, of_reasons, of_talks, offers_by
from bot.reports.reading import read_facts
from bot.reports.scope import Scope

SCOPE = Scope(START, END)


@pytest.fixture
def facts(connection):
    write_log(connection)
    return read_facts(connection, SCOPE)


def parts(figures):
    """Numerator and denominator of each figure."""
    return {figure.name: (figure.numerator, figure.denominator) for figure in figures}


# a, b, c, d, f, h and i hold orders that stand; revenue in cents:
#   a 11900 + 2380, b 11900 + 1190, c 23800, d 11900, f 5950, h 11900 + 2380 (one helmet back), i 11900 (lock back)
REVENUE = 14_280 + 13_090 + 23_800 + 11_900 + 5_950 + 14_280 + 11_900
# a 40 + 12, b 40 (lock unknown), c 70, d 40, f 10, h 40 + 12, i 40
PROFIT = 5_200 + 4_000 + 7_000 + 4_000 + 1_000 + 5_200 + 4_000
# extras of a and h; the better model of c brings 119,00 and 30,00 more than the bike would have
ADDED_REVENUE, ADDED_PROFIT = 2_380 + 2_380 + 11_900, 1_200 + 1_200 + 3_000
WORKED_OUT = {
    "order_rate": (7, 13),
    # the seven, j whose order was cancelled, and o
    "checkout_completion": (7, 9),
    # e, j and o of the seven and these three
    "abandonment": (3, 10),
    "average_order_value": (95_200, 7),
    "order_profit": (30_400, 7),
    # a and h; the lock of i came back
    "cross_rate": (2, 7),
    "added_revenue": (16_660, 7),
    "added_profit": (5_400, 7),
    # a helmet and a lock
    "return_rate": (2_380 + 1_190, 95_200 + 2_380 + 1_190),
    "cancellation_rate": (1, 8),
    # the lock of b among ten lines that were kept
    "cost_unknown": (1, 10),
    # a, c, f, h of ten offers; i's was sent back, j's cancelled
    "conversion": (4, 10),
    "take_rate": (6, 10),
    "decline_rate": (2, 10),
    "ignore_rate": (1, 10),
    "open_rate": (1, 10),
    # f of e, f and g
    "saved_sales": (1, 3),
    "saved_profit": (1_000, 1),
    "hesitated_and_left": (2, 3),
    "opt_out_rate": (1, 13),
    # a and b of a, b and g
    "csat": (2, 3),
    "complaint_rate": (1, 13),
    "handoff_rate": (1, 13),
    "takeover_rate": (1, 1),
    # eleven conversations of one message, four of k, two of l
    "fallback_rate": (2, 17),
    "error_rate": (1, 17),
    # a was judged, of b the review is open
    "review_backlog": (12, 13),
    # of 16 answers eight took 10 ms, seven 20 ms, one 100 ms
    "latency_p50": (10, 16),
    "latency_p95": (100, 16),
    # asked at the call for a person, answered 90 seconds later
    "first_human_answer": (90, 1),
    "repeat_rate": (1, 2),
    "customer_revenue": (11_900 + 14_280 + 13_090, 2),
    "customer_value": (4_000 + 5_200 + 4_000, 2),
}


def test_every_figure_is_as_worked_out_by_hand(facts) -> None:
    assert (REVENUE, PROFIT, ADDED_REVENUE, ADDED_PROFIT) == (95_200, 30_400, 16_660, 5_400)
    assert parts(key_figures(facts, SCOPE)) == WORKED_OUT


def test_shares_and_means_follow_from_their_parts(facts) -> None:
    values = {figure.name: figure.value for figure in key_figures(facts, SCOPE)}
    assert (values["cross_rate"], values["checkout_completion"]) == (2 / 7, 7 / 9)
    assert (values["average_order_value"], values["added_profit"]) == (13_600, 5_400 / 7)


def test_what_followed_an_offer_is_called_influenced_and_nothing_of_it_caused(facts) -> None:
    named = {figure.name for figure in key_figures(facts, SCOPE) if figure.basis is Basis.INFLUENCED}
    assert named == {"cross_rate", "added_revenue", "added_profit", "conversion", "saved_sales", "saved_profit"}
    assert all(figure.basis is not Basis.CAUSED for figure in key_figures(facts, SCOPE))


@pytest.mark.parametrize(
    ("dimension", "shown", "ordered"),
    [
        ("kind", {"cross": 7, "down": 2, "up": 1}, {"cross": 2, "down": 1, "up": 1}),
        (
            "rule",
            {"curated": 6, "cheaper_fits": 2, "bought_together": 1, "next_tier": 1},
            {"curated": 2, "cheaper_fits": 1, "bought_together": 0, "next_tier": 1},
        ),
        ("channel", {"web": 9, "alexa": 1}, {"web": 3, "alexa": 1}),
        ("language", {"de": 7, "en": 3}, {"de": 3, "en": 1}),
        ("placement", {"chat": 10}, {"chat": 4}),
    ],
)
def test_offers_are_sorted_apart(facts, dimension: str, shown: dict, ordered: dict) -> None:
    groups = offers_by(facts, SCOPE, dimension)
    assert {group.group: group.shown for group in groups} == shown
    assert {group.group: parts(group.figures)["conversion"][0] for group in groups} == ordered


def test_the_profit_of_offers_is_told_by_kind(facts) -> None:
    earned = {group.group: parts(group.figures)["offer_profit"] for group in offers_by(facts, SCOPE, "kind")}
    assert earned == {"cross": (2_400, 7), "up": (3_000, 1), "down": (1_000, 2)}


def test_what_one_more_item_costs_to_send_is_taken_off_an_extra_and_off_nothing_else(connection) -> None:
    write_log(connection)
    policy.set_value(connection, "handling_cost", "150")
    facts = read_facts(connection, SCOPE)
    assert (facts.talks.cross_profit, facts.talks.up_profit) == (2_400 - 2 * 150, 3_000)


def test_new_and_returning_shoppers_have_figures_of_their_own(facts) -> None:
    returning = parts(of_talks(facts.by_segment["returning"], SCOPE))
    new = parts(of_talks(facts.by_segment["new"], SCOPE))
    assert (returning["cross_rate"], returning["average_order_value"]) == ((1, 1), (14_280, 1))
    assert (new["cross_rate"], new["average_order_value"]) == ((0, 1), (13_090, 1))
    assert facts.by_segment["unknown"].talks == 11


def test_the_parts_of_the_conversations_make_up_the_whole(facts) -> None:
    for parted in (facts.by_channel, facts.by_language, facts.by_segment, facts.by_day):
        for name in ("talks", "orders", "revenue", "profit", "turns"):
            assert sum(getattr(part, name) for part in parted.values()) == getattr(facts.talks, name)


def test_who_left_after_a_yes_is_counted_by_the_reason_given_last(facts) -> None:
    assert parts(of_reasons(facts.abandoned, facts.talks, SCOPE)) == {
        "none_given": (2, 3),
        "price_sensitivity": (1, 3),
    }


def test_both_arms_are_counted_with_their_squares(facts) -> None:
    assert facts.arms == {
        "offers": Arm(3, 3, 3, 16_200, 5_200**2 + 4_000**2 + 7_000**2),
        "holdout": Arm(2, 1, 1, 4_000, 4_000**2),
    }


def test_customers_stand_in_the_month_of_their_first_order(facts) -> None:
    assert facts.cohorts == (
        Cohort("2026-01", 1, 1, 2, 11_900 + 14_280, 4_000 + 5_200),
        Cohort("2026-03", 1, 0, 1, 13_090, 4_000),
    )


def test_an_offer_nobody_has_reacted_to_waits_in_its_group_and_an_answered_one_is_judged(connection) -> None:
    write_log(connection)
    chance = {"kind": "cross", "anchor": "bikes", "precedence": 0, "profit": 900, "probability": 1.0}
    field = [
        {**chance, "sku": "HELMET", "category": "helmets", "prior": 0.25},
        {**chance, "sku": "LOCK", "category": "locks", "prior": 0.5, "probability": 0.0},
    ]
    for talk in ("o", "b"):
        named = [{"offer": f"O{talk}HELMET", "sku": "HELMET", "kind": "cross"}]
        logged = offer_decisions.update().where(offer_decisions.c.id == f"D{talk}")
        connection.execute(logged.values(offered=named, eligible=field))
    report = read_answers(connection, START, END)
    (group,) = report.groups
    assert (group.kind, group.anchor, group.category) == ("cross", "bikes", "helmets")
    assert (group.shown, group.open, group.expected) == (1, 1, 0.25)
    assert report.comparison.offers == 1
    assert read_answers(connection, END, END).groups == ()


def test_conversations_that_no_shopper_held_are_counted_as_such(connection) -> None:
    write_log(connection)
    connection.execute(conversations.update().where(conversations.c.id.in_(["a", "m"])).values(simulated=True))
    facts = read_facts(connection, SCOPE)
    # m, in which nothing was said, is no conversation
    assert document(facts, SCOPE)["simulated"] == {"conversations": 1, "orders": False}


def test_simulated_shoppers_can_be_left_out_of_every_figure(connection) -> None:
    write_log(connection)
    among = read_facts(connection, SCOPE)
    simulate = conversations.update().where(conversations.c.id == "a").values(simulated=True)
    connection.execute(simulate)
    real = Scope(START, END, real_only=True)
    facts = read_facts(connection, real)
    assert (facts.talks.talks, facts.talks.simulated) == (among.talks.talks - 1, 0)
    assert facts.talks.orders < among.talks.orders
    assert sum(each.shown for each in facts.offered) < sum(each.shown for each in among.offered)
    assert sum(facts.latency.values()) < sum(among.latency.values())
    # customers of the shop's own history stay; what a simulated one ordered here goes
    assert sum(cohort.orders for cohort in facts.cohorts) < sum(cohort.orders for cohort in among.cohorts)
    queries = {figure.query for figure in key_figures(facts, real) if figure.query}
    assert all("shoppers=real" in query for query in queries)


def test_a_period_without_conversations_has_no_share(connection) -> None:
    figures = key_figures(read_facts(connection, SCOPE), SCOPE)
    assert {figure.value for figure in figures} == {None}


def test_what_the_history_says_came_back_is_no_revenue_and_earned_nothing(connection) -> None:
    write_log(connection)
    at = datetime(2026, 1, 10, tzinfo=UTC)
    line = {"order_id": "P-2", "ordered_at": at, "customer": "C9", "sku": "HELMET", "quantity": 3, "price": 2_380}
    connection.execute(past_order_lines.insert(), line)
    back = {"order_id": "P-2", "sku": "HELMET", "returned_at": at, "quantity": 1, "amount": 0}
    connection.execute(past_returns.insert(), [back, {**back, "returned_at": END, "quantity": 0, "amount": 119}])
    # two helmets of three, 12.00 each, less 1.19 paid back, which is 1.00 without tax
    january = count_cohorts(connection, SCOPE)[0]
    assert january == Cohort("2026-01", 2, 1, 3, 11_900 + 14_280 + 2 * 2_380 - 119, 4_000 + 5_200 + 2_400 - 100)
