"""What products cost when; the record begins with today's prices."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    changes = op.create_table(
        "price_changes",
        sa.Column("sku", sa.String(length=80), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.PrimaryKeyConstraint("sku", "since", name=op.f("pk_price_changes")),
    )
    products = sa.table("products", *(sa.column(name) for name in ("sku", "price", "currency")))
    now = sa.literal(datetime.now(UTC), MOMENT)
    today = sa.select(products.c.sku, now, products.c.price, products.c.currency)
    op.execute(changes.insert().from_select(["sku", "since", "price", "currency"], today))


def downgrade() -> None:
    op.drop_table("price_changes")
