"""Who calls in which chat, and codes that join a call to a chat."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "voice_callers",
        sa.Column("caller", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("came_from", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["came_from"],
            ["conversations.id"],
            name=op.f("fk_voice_callers_came_from_conversations"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name=op.f("fk_voice_callers_conversation_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("caller", name=op.f("pk_voice_callers")),
    )
    op.create_index(op.f("ix_voice_callers_conversation"), "voice_callers", ["conversation"])
    op.create_table(
        "link_codes",
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name=op.f("fk_link_codes_conversation_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_link_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_link_codes_code")),
    )


def downgrade() -> None:
    op.drop_table("link_codes")
    op.drop_index(op.f("ix_voice_callers_conversation"), "voice_callers")
    op.drop_table("voice_callers")
