"""The part of the schema that voice needs: which chat a caller is in, and the codes that join a call to a chat."""

from sqlalchemy import Column, ForeignKey, String

from actions.store.columns import MOMENT, of_conversation, table

voice_callers = table(
    "voice_callers",
    # a hash with the house's key: neither a number nor a user id can be read from it or looked up without the key
    Column("caller", String(64), primary_key=True),
    of_conversation(index=True),
    Column("since", MOMENT, nullable=False),
    # a request of before the move that comes again finds its answer there
    Column("came_from", ForeignKey("conversations.id", ondelete="SET NULL")),
)

link_codes = table(
    "link_codes",
    of_conversation(primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("valid_until", MOMENT, nullable=False),
)
