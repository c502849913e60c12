"""The table of what came back of the orders placed here."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer

from actions.store.columns import MOMENT, SKU, table

returned_lines = table(
    "returned_lines",
    Column("order", ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True),
    Column("sku", SKU, primary_key=True),
    Column("returned_at", MOMENT, primary_key=True),
    Column("quantity", Integer, nullable=False),
    CheckConstraint("quantity > 0", name="quantity_positive"),
)
