"""Figures are arithmetic: shares lie between none and all, parts make up the whole, order does not matter."""

import random
import re
from dataclasses import fields, replace
from datetime import UTC, datetime
from statistics import fmean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.course import course, week_of
from bot.reports.facts import Arm, Cohort, Facts, Offered, Talks
from bot.reports.figures import Basis, Figure, Unit
from bot.reports.kpis import key_figures, of_offers, of_talks, offers_by, percentile
from bot.reports.scope import Scope
from bot.reports.titles import REASONS, WORDINGS
from bot.reports.uplift import uplift
from bot.reports.wording import sentence, title, value

SCOPE = Scope(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
COUNT = st.integers(0, 40)


@st.composite
def talks(draw: st.DrawFn) -> Talks:
    """Counts as they can be: who bought has said yes, what was kept was ordered."""
    bought = draw(COUNT)
    checkout = bought + draw(COUNT)
    said_yes = checkout + draw(COUNT)
    everybody = said_yes + draw(COUNT)
    orders = bought + draw(COUNT)
    hesitated = draw(st.integers(0, everybody))
    turns, lines = everybody + draw(COUNT), orders + draw(COUNT)
    return Talks(
        talks=everybody,
        bought=bought,
        at_checkout=checkout,
        said_yes=said_yes,
        orders=orders,
        orders_cross=draw(st.integers(0, orders)),
        hesitated=hesitated,
        left=draw(st.integers(0, hesitated)),
        saved=draw(st.integers(0, hesitated)),
        opted_out=draw(st.integers(0, everybody)),
        turns=turns,
        fallbacks=draw(st.integers(0, turns)),
        failed=draw(st.integers(0, turns)),
        revenue=draw(st.integers(0, 10**7)),
        returned=draw(st.integers(0, 10**6)),
        lines=lines,
        lines_unknown=draw(st.integers(0, lines)),
        cancelled=draw(COUNT),
    )


@st.composite
def offered(draw: st.DrawFn) -> Offered:
    taken, declined, ignored, still_open = (draw(COUNT) for _ in range(4))
    dimensions = {
        "kind": st.sampled_from(["cross", "up", "down"]),
        "rule": st.sampled_from(["curated", "next_tier"]),
        "channel": st.sampled_from(["web", "alexa"]),
        "language": st.sampled_from(["de", "en"]),
        "placement": st.just("chat"),
    }
    return Offered(
        **{name: draw(values) for name, values in dimensions.items()},
        shown=taken + declined + ignored + still_open,
        taken=taken,
        declined=declined,
        ignored=ignored,
        open=still_open,
        ordered=draw(st.integers(0, taken)),
        added_profit=draw(st.integers(-1_000, 1_000)),
    )


def shares(figures: tuple[Figure, ...]) -> list[float]:
    return [figure.value for figure in figures if figure.unit is Unit.SHARE and figure.value is not None]


@given(talks(), st.lists(offered(), max_size=6))
def test_every_share_lies_between_none_and_all(counted: Talks, rows: list[Offered]) -> None:
    figures = (*of_talks(counted, SCOPE), *of_offers(rows, SCOPE))
    assert all(0 <= part <= 1 for part in shares(figures))
    assert all(figure.value is None for figure in figures if figure.denominator == 0)


@given(st.lists(offered(), max_size=8))
def test_what_became_of_offers_makes_up_the_whole(rows: list[Offered]) -> None:
    figures = {figure.name: figure for figure in of_offers(rows, SCOPE)}
    parts = ("take_rate", "decline_rate", "ignore_rate", "open_rate")
    assert sum(figures[name].numerator for name in parts) == figures["take_rate"].denominator
    assert figures["conversion"].numerator <= figures["take_rate"].numerator


@given(
    st.lists(offered(), max_size=8), st.randoms(use_true_random=False), st.sampled_from(["kind", "rule", "channel"])
)
def test_the_order_of_rows_does_not_matter_and_groups_make_up_the_whole(
    rows: list[Offered], chance: random.Random, dimension: str
) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    groups, others = (offers_by(Facts(offered=tuple(each)), SCOPE, dimension) for each in (rows, shuffled))
    assert groups == others
    assert sum(group.shown for group in groups) == sum(row.shown for row in rows)
    for place, figure in enumerate(of_offers(rows, SCOPE)):
        assert sum(group.figures[place].numerator for group in groups) == figure.numerator


@given(talks(), talks())
def test_two_parts_together_have_the_sums_of_both(one: Talks, other: Talks) -> None:
    both = one + other
    assert all(getattr(both, f.name) == getattr(one, f.name) + getattr(other, f.name) for f in fields(Talks))


@given(st.lists(st.integers(1, 500), min_size=1, max_size=60), st.sampled_from([0.5, 0.95]))
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(values: list[int], part: float) -> None:
    counted = {each: values.count(each) for each in values}
    found = percentile(counted, part)
    assert found is not None
    assert sum(each <= found for each in values) >= part * len(values)
    assert sum(each < found for each in values) < part * len(values)


def arm(orders: list[int], profit: list[int]) -> Arm:
    squares = (sum(each * each for each in numbers) for numbers in (orders, profit))
    orders_squared, profit_squared = squares
    return Arm(len(orders), sum(orders), orders_squared, sum(profit), profit_squared)


def test_what_offers_cause_is_the_difference_of_both_arms_with_its_interval() -> None:
    # 40 conversations with offers: 20 order once and earn 3,000; 40 without: 10 order and earn 1,000
    with_offers = arm([1] * 20 + [0] * 20, [3_000] * 20 + [0] * 20)
    without = arm([1] * 10 + [0] * 30, [1_000] * 10 + [0] * 30)
    orders, profit = uplift({"offers": with_offers, "holdout": without}, SCOPE)
    assert (orders.value, profit.value) == (0.25, 1_250.0)
    error = (variance([1] * 20 + [0] * 20) / 40 + variance([1] * 10 + [0] * 30) / 40) ** 0.5
    assert orders.low == pytest.approx(0.25 - 1.96 * error, abs=1e-3)
    assert orders.high == pytest.approx(0.25 + 1.96 * error, abs=1e-3)
    assert profit.basis is Basis.CAUSED
    assert profit.numerator == pytest.approx(40 * (fmean([3_000] * 20 + [0] * 20) - 250))


@pytest.mark.parametrize("few", ["offers", "holdout"])
def test_with_too_few_conversations_nothing_is_said_to_be_caused(few: str) -> None:
    arms = {name: arm([1] * 40, [100] * 40) for name in ("offers", "holdout")}
    figures = uplift({**arms, few: arm([1] * 29, [100] * 29)}, SCOPE)
    assert [(figure.value, figure.low) for figure in figures] == [(None, None)] * 2
    assert [figure.value for figure in uplift({}, SCOPE)] == [None, None]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_figure_says_of_what_it_is_a_part_in_both_languages(language: str) -> None:
    facts = Facts(talks=Talks(talks=4, bought=1), latency={12: 3}, cohorts=(Cohort("2026-01", 1, 0, 1, 100, 50),))
    figures = (
        *key_figures(facts, SCOPE),
        *uplift({}, SCOPE),
        *offers_by(
            replace(facts, offered=(Offered("cross", "curated", "web", "de", "chat", shown=1, open=1),)),
            SCOPE,
            "kind",
        )[0].figures,
    )
    assert {figure.name for figure in figures} == set(WORDINGS)
    for figure in figures:
        said = sentence(figure, language, "EUR")
        assert "{" not in said and said.endswith(".")
        assert str(figure.denominator) in said or figure.name == "return_rate"
        assert title(figure, language)


def test_figures_are_written_as_people_write_them() -> None:
    part = Figure("order_rate", Unit.SHARE, 1_234, 4_936, 0.25)
    assert (value(part, "de", "EUR"), value(part, "en", "EUR")) == ("25,0 %", "25.0%")
    assert sentence(part, "de", "EUR").startswith("In 1.234 von 4.936 Gesprächen")
    mean = Figure("average_order_value", Unit.MONEY, 95_200, 7, 13_600.0)
    assert (value(mean, "de", "EUR"), value(mean, "en", "EUR")) == ("136,00 €", "€136.00")
    assert sentence(mean, "en", "EUR") == "€952.00 of goods without what was returned, over 7 orders."
    slow = Figure("latency_p95", Unit.MILLISECONDS, 39, 100, 39)
    assert sentence(slow, "de", "EUR") == "95 % von 100 Antworten brauchten höchstens 39 ms."
    gain = Figure("uplift_profit", Unit.MONEY, 0, 40, 12.4, low=-3.0, high=27.8, basis=Basis.CAUSED)
    assert value(gain, "de", "EUR") == "0,12 € (-0,03 € bis 0,28 €)"
    assert value(Figure("order_rate", Unit.SHARE, 0, 0, None), "de", "EUR") == "noch keine Zahl"


PLURALS = {
    "de": r"Gesprächen|Gespräche|Bestellungen|Bestellpositionen|Nachrichten|Angeboten|Antworten|Fällen|Verkäufe",
    "en": r"conversations|orders|lines|messages|offers|answers|cases|sales|customers",
}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", [*WORDINGS, *REASONS])
def test_words_agree_with_the_number_they_stand_beside(name: str, language: str) -> None:
    unit = Unit.MONEY if "{n} of {d}" not in WORDINGS.get(name, REASONS.get(name)).of_en else Unit.SHARE
    one, several = (sentence(Figure(name, unit, 1, count, 1.0), language, "EUR") for count in (1, 21))
    assert not re.search(rf"\b1 (\w+ )?({PLURALS[language]})\b", one), one
    assert "|" not in one + several and "{" not in one + several


@pytest.mark.parametrize(
    ("name", "n", "d", "de", "en"),
    [
        (
            *("cancellation_rate", 1, 21),
            "1 von 21 Bestellungen wurde storniert, oder jemand hat darum gebeten.",
            "1 of 21 orders was cancelled, or somebody asked for it.",
        ),
        (
            *("cancellation_rate", 0, 1),
            "0 von 1 Bestellung wurde storniert, oder jemand hat darum gebeten.",
            "0 of 1 order was cancelled, or somebody asked for it.",
        ),
        (
            *("handoff_rate", 2, 2),
            "2 von 2 Gesprächen wurden an einen Menschen übergeben.",
            "2 of 2 conversations were handed over to a person.",
        ),
        (
            *("checkout_completion", 1, 1),
            "Von 1 Gespräch, das bis zur Kasse kam, endete 1 mit einer Bestellung.",
            "Of 1 conversation that came to the checkout, 1 ended in an order.",
        ),
        (
            *("cost_unknown", 1, 9),
            "Bei 1 von 9 behaltenen Bestellpositionen ist der Einkaufspreis unbekannt; ihr Gewinn fehlt.",
            "The purchase cost of 1 of 9 order lines that were kept is unknown; its profit is missing.",
        ),
        (
            *("repeat_rate", 1, 40),
            "1 von 40 bekannten Kunden hat mehr als einmal bestellt, seit es Aufzeichnungen gibt.",
            "1 of 40 known customers has ordered more than once since records begin.",
        ),
        (
            *("hesitated_and_left", 1, 2),
            "Von 2 Gesprächen mit Zögern endete 1 ohne Bestellung.",
            "Of 2 conversations with hesitation, 1 ended without an order.",
        ),
    ],
)
def test_a_sentence_reads_well_with_one_and_with_several(name: str, n: int, d: int, de: str, en: str) -> None:
    figure = Figure(name, Unit.SHARE, n, d, None)
    assert (sentence(figure, "de", "EUR"), sentence(figure, "en", "EUR")) == (de, en)


def test_a_long_course_goes_by_weeks_and_each_point_leads_to_its_own_conversations() -> None:
    days = {day: Talks(talks=1) for day in ("2026-03-02", "2026-03-04")}
    ways = [point.ways["talks"].partition("figure=")[2] for point in course(days, SCOPE)]
    assert ways == ["conversations%3Aday.2026-03-02", "conversations%3Aday.2026-03-04"]
    (first, last) = course({**days, "2026-04-20": Talks(talks=2)}, SCOPE)
    assert (first.talks, str(first.begins), last.talks) == (2, "2026-03-02", 2)
    assert first.ways["completion"].endswith("figure=checkout_completion%3Aweek.2026-03-02")
    assert week_of("2026-03-30")[-1] == "2026-04-05"
