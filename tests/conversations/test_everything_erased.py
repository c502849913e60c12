"""After erasing a chat in which everything happened, no row of any table holds its id or its words."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, select

from actions.offers.products import Money
from actions.shop.embedded import EmbeddedShop
from actions.store import callers, conversations, messages, orders
from actions.store.carts import CartLine
from actions.store.columns import metadata
from actions.store.digest_tables import review_steps, reviews
from actions.store.engine import reading, writing
from actions.store.tables import label_corrections, takeovers
from actions.store.tables import messages as chat_messages
from bot.gateway.relay import Relay
from bot.privacy import holds
from bot.privacy.erasing import erase_subject
from bot.privacy.holds import Hold
from bot.transcripts import digesting, originals
from bot.transcripts.originals import OriginalSeal
from tests.conversations.shopper import Shopper
from tests.conversations.test_happy_path import buys_a_mountain_bike

# filled from files, or growing with orders that nobody is named beside
OF_THE_SHOP = {
    "affinities",
    "affinity_items",
    "affinity_versions",
    "campaigns",
    "categories",
    "past_order_lines",
    "past_returns",
    "policy_values",
    "products",
    "relations",
    "returned_lines",
    "shop_facts",
    "terms",
}
# of the people who work there
OF_THE_STAFF = {"audit_log", "sign_in_failures", "staff", "staff_sessions"}
WORDS = "Mirabellenkuchen"


def does_everything(shopper: Shopper) -> None:
    """Buys, consents, is offered, orders, cancels and complains, as a customer the shop knows."""
    house = shopper.house
    now = house.clock()
    with writing(house.engine) as connection:
        conversations.save(connection, replace(shopper.state, customer="C-KIM"), now)
        taken_in = messages.accept(
            connection,
            conversation=shopper.conversation,
            client_id="m1",
            text=WORDS,
            payload=None,
            digest="d",
            now=now,
        )
        originals.keep(connection, taken_in.message_id, WORDS, OriginalSeal(bytes(32)))
        callers.keep(connection, "caller", shopper.conversation, now, came_from=shopper.conversation)
        callers.issue_code(connection, shopper.conversation, "code", now=now, until=now + timedelta(minutes=10))
    shopper.says("ihr dürft meine käufe nutzen", "give_consent")
    buys_a_mountain_bike(shopper)
    with writing(house.engine) as connection:
        orders.place(
            connection,
            conversation=shopper.conversation,
            key="k1",
            lines=[CartLine("FLASCHE-500-CLEAR", 1, Money(790))],
            shipping=Money(0),
            now=now,
            customer="C-KIM",
        )
    Relay(house.engine, EmbeddedShop(house.engine, house.clock), house.clock).deliver_due()
    shopper.says("bitte stornieren", "cancel_order")
    shopper.presses("Ja, stornieren")
    shopper.says(f"mein paket mit {WORDS} kam kaputt an!", "complaint")
    is_reviewed(shopper)


def is_reviewed(shopper: Shopper) -> None:
    """Is read into the console's list, and judged with the shopper's own words in a note."""
    digesting.rebuild(shopper.house.engine, shopper.house.clock())
    judged = {"status": "open", "causes": [], "flagged": False, "tags": [], "note": WORDS}
    with writing(shopper.house.engine) as connection:
        of_it = {"conversation": shopper.conversation}
        connection.execute(reviews.insert(), {**judged, **of_it, "changed_at": shopper.house.clock()})
        connection.execute(review_steps.insert(), {**of_it, "at": shopper.house.clock(), "before": judged})
        moments = {
            "asked_at": shopper.house.clock(),
            "since": shopper.house.clock(),
            "said_at": shopper.house.clock(),
        }
        connection.execute(takeovers.insert(), {**of_it, **moments})
        message = connection.scalars(select(chat_messages.c.id).where(chat_messages.c.text != "")).first()
        meant = {
            **of_it,
            "message": message,
            "intent": "complaint",
            "state": "proposed",
            "changed_at": shopper.house.clock(),
        }
        connection.execute(label_corrections.insert(), meant)


def tables_naming(engine: Engine, *names: str) -> set[str]:
    """The tables in which a row holds one of the names anywhere, in JSON too."""
    with reading(engine) as connection:
        return {
            table.name
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
            if any(name in str(row) for name in names)
        }


def empty_tables(engine: Engine) -> set[str]:
    with reading(engine) as connection:
        return {t.name for t in metadata.sorted_tables if connection.execute(select(t).limit(1)).first() is None}


def test_no_row_of_any_table_names_the_chat_its_words_or_its_customer(shopper: Shopper) -> None:
    engine = shopper.house.engine
    does_everything(shopper)
    # what is held is not erased, and retention has not run
    assert empty_tables(engine) <= OF_THE_SHOP | OF_THE_STAFF | {"privacy_holds", "retention_runs"}
    named = tables_naming(engine, shopper.conversation, WORDS, "C-KIM")
    assert {"conversations", "messages", "action_replies", "offers", "orders", "handoffs", "cart_lines"} <= named
    with writing(engine) as connection:
        assert erase_subject(connection, shopper.conversation).left == 0
    assert tables_naming(engine, shopper.conversation, WORDS, "C-KIM") == set()
    with reading(engine) as connection:
        assert len(connection.execute(select(metadata.tables["orders"])).all()) == 1


def test_a_chat_that_must_be_kept_is_not_erased_on_request_but_handed_to_a_person(shopper: Shopper) -> None:
    engine = shopper.house.engine
    buys_a_mountain_bike(shopper)
    with writing(engine) as connection:
        holds.place(connection, Hold(shopper.conversation, "dispute", "kim", shopper.house.clock()))
    lines = shopper.cart
    shopper.says("löschen Sie meine daten", "erase_data")
    shopper.says("ja", "confirm")
    assert [message["type"] for message in shopper.messages][-1] == "handoff"
    assert shopper.cart == lines
    with reading(engine) as connection:
        (handoff,) = connection.execute(select(metadata.tables["handoffs"])).all()
    assert handoff.reason == "erase_held"
