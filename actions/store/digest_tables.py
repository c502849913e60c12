"""The tables that conversations are found by and judged in: one digest for each, its facets, and its review."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
)

from actions.store.columns import MOMENT, OPTIONAL_JSON, keyed_table, of_conversation, table

# beside these lies the full-text index `digest_words`, which is FTS5 or a tsvector (migration 0015)
conversation_digests = table(
    "conversation_digests",
    Column("id", Integer, primary_key=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("started_at", MOMENT, nullable=False),
    Column("active_at", MOMENT, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("language", String(2), nullable=False),
    Column("first_words", String(160), nullable=False),
    Column("turns", Integer, nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("offers", JSON, nullable=False),
    Column("confidence", Float, index=True),
    Column("fallbacks", Integer, nullable=False),
    Column("repeats", Integer, nullable=False),
    Column("errors", Integer, nullable=False),
    Column("handed_off", Boolean, nullable=False),
    # of everything above, so that what has not changed is not written again
    Column("fingerprint", String(64), nullable=False),
    Column("read_at", MOMENT, nullable=False, index=True),
    Index("ix_conversation_digests_active_at_id", "active_at", "id"),
)

digest_facets = keyed_table(
    "digest_facets",
    Column("kind", String(12), primary_key=True),
    Column("value", String(160), primary_key=True),
    # that of the digest, so that what has a facet can be read in the order of the list
    Column("active_us", BigInteger, primary_key=True),
    Column(
        "digest",
        ForeignKey("conversation_digests.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)

reviews = table(
    "reviews",
    of_conversation(primary_key=True),
    Column("status", String(10), nullable=False),
    Column("verdict", String(5)),
    Column("causes", JSON, nullable=False),
    Column("served", String(10)),
    Column("flagged", Boolean, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("note", Text, nullable=False),
    Column("assignee", ForeignKey("staff.id", ondelete="SET NULL"), index=True),
    Column("reviewer", ForeignKey("staff.id", ondelete="SET NULL"), index=True),
    Column("changed_at", MOMENT, nullable=False),
    CheckConstraint("status IN ('open', 'done')", name="status"),
    CheckConstraint("verdict IN ('good', 'ok', 'bad')", name="verdict"),
)

review_steps = table(
    "review_steps",
    Column("id", Integer, primary_key=True),
    of_conversation(index=True),
    Column("staff", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("at", MOMENT, nullable=False),
    # what was there before, NULL where nothing was; undoing puts it back
    Column("before", OPTIONAL_JSON),
)
