"""The tables of what came back: of the orders placed here, and of the imported history."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String

from actions.store.columns import AMOUNT, MOMENT, SKU, table

returned_lines = table(
    "returned_lines",
    Column("order", ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True),
    Column("sku", SKU, primary_key=True),
    Column("returned_at", MOMENT, primary_key=True),
    Column("quantity", Integer, nullable=False),
    CheckConstraint("quantity > 0", name="quantity_positive"),
)

# by order and product of the imported history, not by its lines: a refund may be told before the purchase is
past_returns = table(
    "past_returns",
    Column("order_id", String(80), primary_key=True),
    Column("sku", SKU, primary_key=True),
    Column("returned_at", MOMENT, primary_key=True),
    Column("quantity", Integer, nullable=False),
    # paid back without a piece that is known to have come back
    Column("amount", AMOUNT, nullable=False),
    CheckConstraint("quantity >= 0 AND amount >= 0 AND quantity + amount > 0", name="something_back"),
)
