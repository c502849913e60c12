"""The tables that privacy needs: sealed originals, conversations that must be kept, and what was forgotten when."""

from sqlalchemy import JSON, Column, ForeignKey, String, Text

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

retention_runs = table(
    "retention_runs",
    # one run a day: whoever writes the day first does the work of all processes
    Column("day", String(10), primary_key=True),
    Column("ran_at", MOMENT, nullable=False),
    Column("result", JSON, nullable=False),
)
