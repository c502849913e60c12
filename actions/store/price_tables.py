"""The table of what products cost when."""

from sqlalchemy import Column, String

from actions.store.columns import AMOUNT, MOMENT, SKU, table

price_changes = table(
    "price_changes",
    Column("sku", SKU, primary_key=True),
    Column("since", MOMENT, primary_key=True),
    Column("price", AMOUNT, nullable=False),
    Column("currency", String(3), nullable=False),
)
