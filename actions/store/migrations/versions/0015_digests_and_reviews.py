"""Digests of conversations, what they are found by, and their reviews."""

import sqlite3

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None

# from this version on a deleted word leaves the index at once, not when its pages are merged
SECURE_DELETE = (3, 42)
SQLITE = [
    "CREATE VIRTUAL TABLE digest_words USING fts5(words, tokenize = 'unicode61 remove_diacritics 2')",
    "CREATE TRIGGER digest_words_erased AFTER DELETE ON conversation_digests"
    " BEGIN DELETE FROM digest_words WHERE rowid = old.id; END",
]
SECURE = "INSERT INTO digest_words (digest_words, rank) VALUES ('secure-delete', 1)"
POSTGRESQL = [
    "CREATE TABLE digest_words (digest integer PRIMARY KEY"
    " REFERENCES conversation_digests (id) ON DELETE CASCADE, words tsvector NOT NULL)",
    "CREATE INDEX ix_digest_words_words ON digest_words USING gin (words)",
]


def upgrade() -> None:
    op.create_index(op.f("ix_messages_received_at"), "messages", ["received_at"])
    op.create_table(
        "conversation_digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("first_words", sa.String(length=160), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("fallbacks", sa.Integer(), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("handed_off", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name=op.f("fk_conversation_digests_conversation_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_digests")),
        sa.UniqueConstraint("conversation", name=op.f("uq_conversation_digests_conversation")),
    )
    op.create_index("ix_conversation_digests_active_at_id", "conversation_digests", ["active_at", "id"])
    op.create_index(op.f("ix_conversation_digests_confidence"), "conversation_digests", ["confidence"])
    op.create_index(op.f("ix_conversation_digests_read_at"), "conversation_digests", ["read_at"])
    op.create_table(
        "digest_facets",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("value", sa.String(length=160), nullable=False),
        sa.Column("digest", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"],
            ["conversation_digests.id"],
            name=op.f("fk_digest_facets_digest_conversation_digests"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("kind", "value", "digest", name=op.f("pk_digest_facets")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_digest_facets_digest"), "digest_facets", ["digest"])
    _reviews()
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        op.execute(statement)
    if is_sqlite and sqlite3.sqlite_version_info >= SECURE_DELETE:
        op.execute(SECURE)


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("verdict", sa.String(length=5), nullable=True),
        sa.Column("causes", sa.JSON(), nullable=False),
        sa.Column("served", sa.String(length=10), nullable=True),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("assignee", sa.Integer(), nullable=True),
        sa.Column("reviewer", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('open', 'done')", name=op.f("ck_reviews_status")),
        sa.CheckConstraint("verdict IN ('good', 'ok', 'bad')", name=op.f("ck_reviews_verdict")),
        sa.ForeignKeyConstraint(
            ["assignee"], ["staff.id"], name=op.f("fk_reviews_assignee_staff"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name=op.f("fk_reviews_conversation_conversations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reviewer"], ["staff.id"], name=op.f("fk_reviews_reviewer_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_assignee"), "reviews", ["assignee"])
    op.create_index(op.f("ix_reviews_reviewer"), "reviews", ["reviewer"])
    op.create_table(
        "review_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name=op.f("fk_review_steps_conversation_conversations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name=op.f("fk_review_steps_staff_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_steps")),
    )
    op.create_index(op.f("ix_review_steps_conversation"), "review_steps", ["conversation"])


def downgrade() -> None:
    op.drop_table("digest_words")
    op.drop_table("review_steps")
    op.drop_table("reviews")
    op.drop_table("digest_facets")
    op.drop_table("conversation_digests")
    op.drop_index(op.f("ix_messages_received_at"), "messages")
