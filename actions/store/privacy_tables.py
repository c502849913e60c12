"""The tables that privacy needs: sealed originals of redacted messages, and conversations that must be kept."""

from sqlalchemy import Column, ForeignKey, String, Text

from actions.store.columns import BYTES, MOMENT, of_conversation, table

message_originals = table(
    "message_originals",
    Column("message", ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    # AES-256-GCM with a key of the house: the database alone tells nobody what was replaced
    Column("sealed", BYTES, nullable=False),
)

privacy_holds = table(
    "privacy_holds",
    of_conversation(primary_key=True),
    Column("reason", Text, nullable=False),
    Column("placed_by", String(80), nullable=False),
    Column("placed_at", MOMENT, nullable=False),
)
