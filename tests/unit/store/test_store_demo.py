"""Simulated conversations are labelled, and moved into the past with everything recorded of them."""

import random
from datetime import timedelta

from sqlalchemy import Engine, select

from actions.offers.products import Money
from actions.shop.embedded import EmbeddedShop
from actions.store import callers, consents, conversations, digest_search, messages, orders
from actions.store.carts import CartLine
from actions.store.columns import metadata
from actions.store.digest_keys import Wanted
from actions.store.engine import reading, writing
from actions.store.moments import UtcDateTime
from actions.store.tables import conversations as chats
from bot.demo.past import HOURS, began, conversation_of, draw_shifts, label, on_their_way, shift
from bot.gateway.relay import Relay
from bot.transcripts import digesting

OURS, REAL = "a" * 32, "b" * 32


def talk(engine: Engine, name: str, now) -> None:
    with writing(engine) as connection:
        conversations.create(connection, conversation_id=name, language="de", channel="web", now=now)
        taken = messages.accept(
            connection, conversation=name, client_id="m", text="x", payload=None, digest="", now=now
        )
        messages.answer(connection, taken.message_id, b"{}", now=now + timedelta(seconds=1))
        callers.keep(connection, f"caller {name[0]}", name, now)
        consents.record(
            connection, conversation=name, state="service", text_version="1", language="de", channel="web", now=now
        )
        orders.place(
            connection,
            conversation=name,
            key=f"key {name[0]}",
            lines=[CartLine("LOCK", 1, Money(2000))],
            shipping=Money(0),
            now=now,
        )


def moments(engine: Engine) -> dict[str, list]:
    """Every moment in the record, by table."""
    with reading(engine) as connection:
        return {
            table.name: sorted(
                value for row in connection.execute(select(*columns)) for value in row if value is not None
            )
            for table in metadata.sorted_tables
            if (columns := [each for each in table.c if isinstance(each.type, UtcDateTime)])
        }


def test_only_what_the_record_holds_is_labelled(engine: Engine, now) -> None:
    talk(engine, OURS, now)
    talk(engine, REAL, now)
    with writing(engine) as connection:
        assert label(connection, OURS)
        assert not label(connection, "c" * 32)
        assert conversation_of(connection, "caller a") == OURS
        assert conversation_of(connection, "nobody") is None
        assert set(began(connection, [OURS, REAL])) == {OURS}
    with reading(engine) as connection:
        assert dict(connection.execute(select(chats.c.id, chats.c.simulated)).tuples().all()) == {
            OURS: True,
            REAL: False,
        }


def test_every_moment_of_a_shifted_conversation_moves_by_the_same_and_no_other_moves(engine: Engine, now) -> None:
    for name in (OURS, REAL):
        talk(engine, name, now)
    before = moments(engine)
    by = timedelta(days=30, hours=3)
    with writing(engine) as connection:
        shift(connection, {OURS: by})
    after = moments(engine)
    moved = {"conversations", "messages", "voice_callers", "consent_events", "orders"}
    for table, values in before.items():
        expected = sorted([value - by for value in values[::2]] + values[1::2]) if table in moved else values
        assert after[table] == expected, table


def test_a_shifted_conversation_lies_in_the_past_in_every_list(engine: Engine, now) -> None:
    for name in (OURS, REAL):
        talk(engine, name, now)
    digesting.rebuild(engine, now)
    with writing(engine) as connection:
        shift(connection, {OURS: timedelta(days=30)})
        wanted = Wanted(facets=(("channel", "web"),), until=now - timedelta(days=29))
        assert [row.conversation for row in digest_search.page(connection, wanted, 10)] == [OURS]


def test_an_order_is_shifted_in_the_shop_and_in_the_history_too(engine: Engine, now) -> None:
    talk(engine, OURS, now)
    with reading(engine) as connection:
        assert on_their_way(connection, [OURS])
    Relay(engine, EmbeddedShop(engine, lambda: now), lambda: now).deliver_due()
    with writing(engine) as connection:
        state = connection.execute(select(metadata.tables["orders"])).one().state
        assert not on_their_way(connection, [OURS])
        shift(connection, {OURS: timedelta(days=10)})
    if state == "placed":
        assert moments(engine)["shop_orders"] == moments(engine)["past_order_lines"] == [now - timedelta(days=10)]


def test_shifts_lead_to_the_last_days_never_to_the_future_and_are_the_same_for_a_seed(now) -> None:
    started = {f"{number:032x}": now for number in range(300)}
    shifts = draw_shifts(started, 60, now, random.Random("1"))
    places = [now - by for by in shifts.values()]
    assert all(now - timedelta(days=61) < place < now for place in places)
    assert len({place.date() for place in places}) > 40
    assert not [place for place in places if HOURS[place.hour] == 0]
    assert shifts == draw_shifts(started, 60, now, random.Random("1"))
