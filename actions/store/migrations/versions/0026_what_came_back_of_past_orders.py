"""What came back of the orders of the imported history."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "past_returns",
        sa.Column("order_id", sa.String(length=80), nullable=False),
        sa.Column("sku", sa.String(length=80), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "quantity >= 0 AND amount >= 0 AND quantity + amount > 0",
            name=op.f("ck_past_returns_something_back"),
        ),
        sa.PrimaryKeyConstraint("order_id", "sku", "returned_at", name=op.f("pk_past_returns")),
    )


def downgrade() -> None:
    op.drop_table("past_returns")
