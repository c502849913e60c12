"""Which conversations belong to the hold-out, where an offer was shown, and what came back of orders."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("arm", sa.String(length=10), nullable=True))
    op.add_column("offer_decisions", sa.Column("placement", sa.String(length=10), nullable=True))
    op.create_table(
        "returned_lines",
        sa.Column("order", sa.String(length=32), nullable=False),
        sa.Column("sku", sa.String(length=80), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_returned_lines_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["order"], ["orders.id"], name=op.f("fk_returned_lines_order_orders"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("order", "sku", "returned_at", name=op.f("pk_returned_lines")),
    )


def downgrade() -> None:
    op.drop_table("returned_lines")
    op.drop_column("offer_decisions", "placement")
    op.drop_column("conversations", "arm")
