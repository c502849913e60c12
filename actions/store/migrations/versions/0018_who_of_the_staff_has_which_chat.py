"""Conversations that people take over, who answered a message, and when somebody asked for a person again."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NOT_ENDED = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "takeovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name=op.f("fk_takeovers_conversation_conversations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name=op.f("fk_takeovers_staff_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takeovers")),
    )
    op.create_index(op.f("ix_takeovers_conversation"), "takeovers", ["conversation"])
    op.create_index(op.f("ix_takeovers_staff"), "takeovers", ["staff"])
    op.create_index(
        "uq_takeovers_not_ended",
        "takeovers",
        ["conversation"],
        unique=True,
        sqlite_where=NOT_ENDED,
        postgresql_where=NOT_ENDED,
    )
    op.add_column(
        "messages", sa.Column("answered_by", sa.String(length=9), nullable=False, server_default="assistant")
    )
    op.add_column("handoffs", sa.Column("asked_again_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("handoffs", "asked_again_at")
    op.drop_column("messages", "answered_by")
    op.drop_table("takeovers")
