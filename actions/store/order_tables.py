"""The tables of orders, their way to the shop, and the orders of the embedded shop."""

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Integer, String

from actions.store.columns import AMOUNT, CUSTOMER, ID, MOMENT, table

orders = table(
    "orders",
    Column("id", ID, primary_key=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="SET NULL"), index=True),
    Column("customer", CUSTOMER, index=True),
    Column("key", String(80), nullable=False, unique=True),
    Column("number", String(20), unique=True),
    Column("state", String(16), nullable=False),
    Column("lines", JSON, nullable=False),
    Column("total", AMOUNT, nullable=False),
    Column("shipping", AMOUNT, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("placed_at", MOMENT),
    CheckConstraint("state IN ('pending', 'placed', 'failed', 'cancel_asked', 'cancelled')", name="state"),
)

outbox = table(
    "outbox",
    Column("id", Integer, primary_key=True),
    Column("topic", String(20), nullable=False),
    Column("key", String(80), nullable=False, unique=True),
    Column("payload", JSON, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_at", MOMENT, nullable=False),
    Column("error", String(200)),
    Index("ix_outbox_due", "state", "next_at"),
    CheckConstraint("state IN ('waiting', 'going', 'sent', 'dead', 'withdrawn')", name="state"),
)

shop_orders = table(
    "shop_orders",
    Column("number", String(20), primary_key=True),
    Column("key", String(80), nullable=False, unique=True),
    Column("lines", JSON, nullable=False),
    Column("total", AMOUNT, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("state", String(16), nullable=False),
    Column("placed_at", MOMENT, nullable=False),
)
