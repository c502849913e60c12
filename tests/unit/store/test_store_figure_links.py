"""Every number of the figures leads to the conversations it counts, no more and no fewer, on every database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from figures_fixture import END, MIDDLE, START, Log, write_log
from sqlalchemy import Connection

from actions.store import digest_search
from actions.store.engine import reading, writing
from actions.store.tables import conversations, orders, products
from bot.reports.behind import CONVERSATIONS, PARTS, Behind, link
from bot.reports.cohorts import MOST_MONTHS
from bot.reports.document import SPLITS, document
from bot.reports.facts import DIMENSIONS
from bot.reports.reading import read_facts
from bot.reports.scope import Scope
from bot.review.filters import read_filters
from bot.transcripts import digesting

SCOPE = Scope(START, END)
NOW = END + timedelta(days=5)
# what the number of each list is equal to, on a fixture in which nobody has ordered twice in one conversation
NUMERATOR, DENOMINATOR = "numerator", "denominator"
LISTED = {
    "order_rate": ("abcdfhi", NUMERATOR),
    "checkout_completion": ("abcdfhi", NUMERATOR),
    "abandonment": ("ejo", NUMERATOR),
    "average_order_value": ("abcdfhi", DENOMINATOR),
    "order_profit": ("abcdfhi", DENOMINATOR),
    "cross_rate": ("ah", NUMERATOR),
    "added_revenue": ("ach", ""),
    "added_profit": ("ach", ""),
    "return_rate": ("hi", ""),
    "cancellation_rate": ("j", NUMERATOR),
    "cost_unknown": ("b", NUMERATOR),
    "conversion": ("acfh", NUMERATOR),
    "take_rate": ("acfhij", NUMERATOR),
    "decline_rate": ("bg", NUMERATOR),
    "ignore_rate": ("l", NUMERATOR),
    "open_rate": ("o", NUMERATOR),
    "saved_sales": ("f", NUMERATOR),
    "saved_profit": ("f", DENOMINATOR),
    "hesitated_and_left": ("eg", NUMERATOR),
    "opt_out_rate": ("k", NUMERATOR),
    "csat": ("ab", NUMERATOR),
    "complaint_rate": ("k", NUMERATOR),
    "handoff_rate": ("l", NUMERATOR),
    "takeover_rate": ("l", NUMERATOR),
    "fallback_rate": ("k", ""),
    "error_rate": ("l", NUMERATOR),
    "review_backlog": ("bcdefghijklo", NUMERATOR),
    "latency_p50": ("abcdefghijklo", ""),
    "latency_p95": ("abcdefghijklo", ""),
    "first_human_answer": ("l", DENOMINATOR),
    "repeat_rate": ("a", NUMERATOR),
    "customer_revenue": ("ab", DENOMINATOR),
    "customer_value": ("ab", DENOMINATOR),
    "uplift_orders": ("abc", DENOMINATOR),
    "uplift_profit": ("abc", DENOMINATOR),
}
# whose number is none of conversations, orders, offers or customers: the list alone has to make it up
MADE_UP = {
    "added_revenue": "cents",
    "added_profit": "cents",
    "return_rate": "cents",
    "fallback_rate": "two messages of one conversation",
    "latency_p50": "answers, of which a conversation has several",
    "latency_p95": "answers, of which a conversation has several",
}

# sums, and what customers of the imported history ordered besides: each conversation listed adds to the sum
SUMS = ("added_revenue", "added_profit", "return_rate", "fallback_rate", "customer_revenue", "customer_value")


@pytest.fixture
def house(engine):
    with writing(engine) as connection:
        write_log(connection)
    digesting.rebuild(engine, NOW)
    return engine


@pytest.fixture
def follow(house):
    """The conversations that a link lists, as one word."""

    def follow(query: str) -> str:
        filters = read_filters(dict(parse_qsl(query, strict_parsing=True)))
        assert filters.misread == (), query
        with reading(house) as connection:
            return "".join(sorted(row.conversation for row in digest_search.page(connection, filters.wanted, 50)))

    return follow


def made(connection: Connection, scope: Scope = SCOPE, **options) -> dict:
    return document(read_facts(connection, scope), scope, **options)


def of_period(whole: dict) -> Iterator[dict]:
    yield from (*whole["figures"], *whole["uplift"]["figures"])


def test_the_list_of_every_figure_is_the_number_it_states(house, follow) -> None:
    with reading(house) as connection:
        figures = {figure["name"]: figure for figure in of_period(made(connection))}
    assert set(figures) == set(LISTED)
    for name, (names, part) in LISTED.items():
        assert follow(figures[name]["query"]) == names, name
        assert (part == "") == (name in MADE_UP), name
        assert not part or len(names) == figures[name][part], name


@pytest.mark.parametrize("name", [name for name in LISTED if not name.startswith("uplift")])
def test_what_is_listed_makes_up_the_number_and_each_of_it_is_needed(house, name: str) -> None:
    names = set(LISTED[name][0])
    part = NUMERATOR if name in SUMS else LISTED[name][1] or DENOMINATOR

    def number(left_out: set[str]) -> int:
        with house.connect() as connection, connection.begin() as everything:
            connection.execute(conversations.delete().where(conversations.c.id.in_(left_out)))
            found = next(figure for figure in made(connection)["figures"] if figure["name"] == name)
            everything.rollback()
        return found[part]

    assert number({*"abcdefghijklmno"} - names) == number(set())
    for each in names:
        assert number({each}) < number(set()), each


def test_every_number_of_offers_sorted_apart_has_a_list_of_its_own(house, follow) -> None:
    kept = {"cross": "ah", "up": "c", "down": "f"}
    for by in DIMENSIONS:
        with reading(house) as connection:
            groups = made(connection, by=by)["offers"]["groups"]
        for group in groups:
            assert len(follow(group["query"])) == group["shown"], (by, group["group"])
            *counted, earned = group["figures"]
            for figure in counted:
                assert len(follow(figure["query"])) == figure["numerator"], (by, group["group"], figure["name"])
            assert earned["name"] == "offer_profit"
            assert follow(earned["query"]) == follow(counted[0]["query"])
            assert by != "kind" or follow(earned["query"]) == kept[group["group"]]


def test_new_and_returning_shoppers_and_reasons_have_lists_of_their_own(house, follow) -> None:
    with reading(house) as connection:
        whole = made(connection, split=SPLITS)
    for segment, name in (("returning", "a"), ("new", "b")):
        found = {figure["name"]: follow(figure["query"]) for figure in whole["split"][segment]}
        assert (found["order_rate"], found["average_order_value"], found["abandonment"]) == (name, name, "")
        assert found["cross_rate"] == ("a" if segment == "returning" else "")
    assert {each["name"]: follow(each["query"]) for each in whole["abandoned"]} == {
        "none_given": "jo",
        "price_sensitivity": "e",
    }


def test_both_sides_of_the_hold_out_are_listed_each_with_its_orders(house, follow) -> None:
    with reading(house) as connection:
        arms = made(connection)["uplift"]["arms"]
    listed = {name: (follow(arm["query"]), follow(arm["orders_query"])) for name, arm in arms.items()}
    assert listed == {"offers": ("abc", "abc"), "holdout": ("de", "d")}
    for name, arm in arms.items():
        assert tuple(map(len, listed[name])) == (arm["conversations"], arm["orders"])


def test_every_number_of_a_month_of_customers_is_listed(house, follow) -> None:
    with reading(house) as connection:
        january, march = made(connection)["cohorts"]
    # of the three orders of both, the first lies before there were conversations
    assert {name: follow(query) for name, query in january["queries"].items()} == {
        "customers": "a",
        "repeated": "a",
        "orders": "a",
        "revenue": "a",
        "profit": "a",
    }
    assert {name: follow(query) for name, query in march["queries"].items()} == {
        "customers": "b",
        "repeated": "",
        "orders": "b",
        "revenue": "b",
        "profit": "b",
    }


def test_every_day_and_week_of_the_course_is_listed(follow) -> None:
    for part in (("day", "2026-03-10"), ("week", "2026-03-09")):
        assert follow(link(SCOPE, CONVERSATIONS, *part)) == "abcdefghijklo"
        assert follow(link(SCOPE, "average_order_value", *part)) == "abcdfhi"
    for part in (("day", "2026-03-09"), ("week", "2026-03-02"), ("week", "10000-01-01"), ("day", "x")):
        assert follow(link(SCOPE, CONVERSATIONS, *part)) == ""


def test_what_happens_afterwards_is_in_the_list_without_reading_the_conversation_again(house, follow) -> None:
    with writing(house) as connection:
        Log(connection).back("c", "BETTER", 1)
        connection.execute(products.update().where(products.c.sku == "BIKE").values(cost=None))
        Log(connection).past("P-9", "C2", "BIKE", at=datetime(2026, 2, 1, tzinfo=UTC))
        connection.execute(orders.update().where(orders.c.conversation == "d").values(state="cancelled"))
    with reading(house) as connection:
        figures = {figure["name"]: figure for figure in made(connection)["figures"]}
    for name, names in {
        "return_rate": "chi",
        "conversion": "afh",
        "cost_unknown": "abhi",
        "repeat_rate": "ab",
        "cancellation_rate": "dj",
        "order_rate": "abcfhi",
    }.items():
        assert follow(figures[name]["query"]) == names, name
    assert figures["repeat_rate"]["numerator"] == 2


def test_a_span_that_is_not_of_whole_days_is_listed_to_the_moment(house, follow) -> None:
    with writing(house) as connection:
        Log(connection).talk("p", ("greet", 10), active_at=MIDDLE + timedelta(seconds=1))
    digesting.rebuild(house, NOW)
    for scope, names in (
        (Scope(MIDDLE, MIDDLE + timedelta(seconds=1)), "abcdefghijklo"),
        (Scope(MIDDLE + timedelta(microseconds=1), MIDDLE + timedelta(hours=1)), "p"),
    ):
        with reading(house) as connection:
            assert read_facts(connection, scope).talks.talks == len(names)
        assert follow(link(scope, CONVERSATIONS)) == names


def test_simulated_shoppers_that_are_left_out_of_a_figure_are_left_out_of_its_list(house, follow) -> None:
    with writing(house) as connection:
        connection.execute(conversations.update().where(conversations.c.id.in_(["a", "c"])).values(simulated=True))
    digesting.rebuild(house, NOW)
    real = Scope(START, END, real_only=True)
    with reading(house) as connection:
        figures = {figure["name"]: figure for figure in of_period(made(connection, real))}
    for name in ("order_rate", "conversion", "repeat_rate", "customer_value", "uplift_orders", "latency_p95"):
        names = "".join(sorted(set(LISTED[name][0]) - {*"ac"}))
        assert follow(figures[name]["query"]) == names, name
    assert figures["repeat_rate"]["numerator"] == 0


def test_customers_of_months_that_are_not_shown_any_more_are_in_no_list(house, follow) -> None:
    with writing(house) as connection:
        for month in range(MOST_MONTHS):
            at = datetime(2026 + (month + 3) // 12, (month + 3) % 12 + 1, 2, tzinfo=UTC)
            Log(connection).past(f"Q-{month}", f"D{month}", "BIKE", at=at)
    with reading(house) as connection:
        whole = made(connection)
    assert (whole["cohorts"][0]["month"], len(whole["cohorts"])) == ("2026-04", MOST_MONTHS)
    assert [follow(figure["query"]) for figure in whole["figures"][-3:]] == [""] * 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "order",
        "order_rate:",
        "order_rate:kind.cross",
        "conversion:segment.new",
        "latency_p95:channel.web",
        "a\nb",
    ],
)
def test_an_address_that_names_no_figure_or_no_part_of_it_is_none(text: str) -> None:
    assert Behind.read(text) is None


def test_every_part_of_every_figure_can_be_asked_for_and_is_read_as_it_was_written(house, follow) -> None:
    for figure, dimensions in PARTS.items():
        for dimension in ("", *dimensions):
            way = Behind(figure, dimension, "2026-03-10'; --.:/" if dimension else "")
            assert Behind.read(str(way)) == way
            listed = follow(link(SCOPE, figure, dimension, way.value))
            assert (listed == "") == bool(dimension), str(way)
