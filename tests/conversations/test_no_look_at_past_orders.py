"""Without consent to personal advice no statement reads what a customer bought, whatever is said, whenever."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from actions.offers.situation import Stage
from actions.store import consents, conversations
from actions.store.engine import reading, writing
from tests.conversations.moves import SAID
from tests.conversations.shopper import Shopper
from tests.conversations.test_happy_path import buys_a_mountain_bike
from tests.conversations.test_known_customers import CUSTOMER, is_known

PAST = re.compile(r"past_order_lines|orders\.customer\s*=", re.IGNORECASE)
BOUGHT = ("FLASCHE-500-CLEAR",)
LINES = [
    (language, intent, line) for language, said in SAID.items() for intent, lines in said.items() for line in lines
]
WITHDRAWALS = {"de": "ich widerrufe meine einwilligung", "en": "I withdraw my consent"}


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Every statement sent to the database meanwhile that reads whose purchase something was."""
    seen: list[str] = []

    def look(_connection, _cursor, statement: str, *_more: object) -> None:
        if PAST.search(statement):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", look)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", look)


def put(shopper: Shopper, state: str) -> None:
    """Write a consent into the ledger."""
    now = shopper.house.clock()
    with writing(shopper.house.engine) as connection:
        consents.record(
            connection,
            conversation=shopper.conversation,
            state=state,
            text_version="1",
            language=shopper.language,
            channel=shopper.channel,
            now=now,
        )


def stands_at(shopper: Shopper, stage: Stage) -> None:
    with writing(shopper.house.engine) as connection:
        conversations.save(connection, replace(shopper.state, stage=stage), shopper.house.clock())


@given(
    consent=st.sampled_from(["none", "service", "withdrawn", "silent"]),
    stage=st.sampled_from(list(Stage)),
    channel=st.sampled_from(["web", "phone", "alexa"]),
    has_chosen=st.booleans(),
    said=st.lists(st.sampled_from(LINES), min_size=1, max_size=4),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_question_at_no_stage_reads_past_orders_without_consent(
    consent: str,
    stage: Stage,
    channel: str,
    has_chosen: bool,
    said: list[tuple[str, str, str]],
    comes_in: Callable[..., Shopper],
) -> None:
    shopper = comes_in(language=said[0][0], channel=channel)
    is_known(shopper)
    assert shopper.state.customer == CUSTOMER
    if consent == "withdrawn":
        put(shopper, "personalised")
    if consent != "silent":
        put(shopper, "service" if consent == "withdrawn" else consent)
    with statements(shopper.house.engine) as seen:
        if has_chosen:
            buys_a_mountain_bike(shopper)
        stands_at(shopper, stage)
        for _language, intent, line in said:
            shopper.says(line, intent)
    assert seen == []


@pytest.mark.parametrize("state", ["none", "service"])
def test_a_whole_purchase_with_offers_reads_no_past_order_without_consent(shopper: Shopper, state: str) -> None:
    is_known(shopper, *BOUGHT)
    put(shopper, state)
    with statements(shopper.house.engine) as seen:
        buys_a_mountain_bike(shopper)
    assert len(shopper.decisions()) > 0
    assert seen == []


def test_with_consent_the_same_purchase_does(shopper: Shopper) -> None:
    is_known(shopper, *BOUGHT)
    shopper.says("ihr dürft meine käufe nutzen", "give_consent")
    with statements(shopper.house.engine) as seen:
        buys_a_mountain_bike(shopper)
    assert any("past_order_lines" in statement for statement in seen)
    assert any("orders.customer" in statement for statement in seen)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("channel", ["web", "phone", "alexa", "dialogflow", "voice"])
def test_a_withdrawal_counts_at_once_on_every_channel_and_in_every_other_chat(
    comes_in: Callable[..., Shopper], language: str, channel: str
) -> None:
    elsewhere = comes_in(language="de", channel="web")
    is_known(elsewhere, *BOUGHT)
    put(elsewhere, "personalised")
    here = comes_in(language=language, channel=channel)
    is_known(here)
    put(here, "personalised")
    here.says(WITHDRAWALS[language], "withdraw_consent")
    assert (here.state.consent, elsewhere.state.consent) == ("service", "service")
    with reading(here.house.engine) as connection:
        assert not consents.is_given(connection, customer=CUSTOMER)
    with statements(here.house.engine) as seen:
        buys_a_mountain_bike(elsewhere)
    assert seen == []
