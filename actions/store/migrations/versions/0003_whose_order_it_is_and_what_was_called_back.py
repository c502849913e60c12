"""Whose order it is, and parcels that are on their way or were called back."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEFORE = "state IN ('waiting', 'sent', 'dead')"
NOW = "state IN ('waiting', 'going', 'sent', 'dead', 'withdrawn')"


def upgrade() -> None:
    op.add_column("orders", sa.Column("customer", sa.String(length=80), nullable=True))
    op.create_index(op.f("ix_orders_customer"), "orders", ["customer"])
    op.create_index(op.f("ix_conversations_customer"), "conversations", ["customer"])
    _allow(NOW)


def downgrade() -> None:
    op.execute("UPDATE outbox SET state = 'waiting' WHERE state = 'going'")
    op.execute("UPDATE outbox SET state = 'dead' WHERE state = 'withdrawn'")
    _allow(BEFORE)
    op.drop_index(op.f("ix_conversations_customer"), "conversations")
    op.drop_index(op.f("ix_orders_customer"), "orders")
    op.drop_column("orders", "customer")


def _allow(states: str) -> None:
    # SQLite changes a constraint by making the table anew, and does not carry checks over
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_outbox_state"), "outbox", type_="check")
    with op.batch_alter_table("outbox") as batch:
        batch.create_check_constraint(op.f("ck_outbox_state"), states)
