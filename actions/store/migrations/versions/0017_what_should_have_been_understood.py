"""What a message should have been understood as, by the people who read it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLE = "label_corrections"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(length=32), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("intent", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=True),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'accepted', 'rejected')", name=op.f("ck_label_corrections_state")
        ),
        sa.CheckConstraint("part IN ('training', 'holdout')", name=op.f("ck_label_corrections_part")),
        sa.ForeignKeyConstraint(
            ["message"], ["messages.id"], name=op.f("fk_label_corrections_message_messages"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name=op.f("fk_label_corrections_conversation_conversations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["staff.id"], name=op.f("fk_label_corrections_proposed_by_staff"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["staff.id"], name=op.f("fk_label_corrections_decided_by_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_corrections")),
        sa.UniqueConstraint("message", name=op.f("uq_label_corrections_message")),
    )
    op.create_index(op.f("ix_label_corrections_conversation"), TABLE, ["conversation"])
    op.create_index(op.f("ix_label_corrections_state"), TABLE, ["state"])


def downgrade() -> None:
    op.drop_table(TABLE)
