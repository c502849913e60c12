"""The part of the schema that people who answer need: which of the staff has which conversation, and since when."""

from sqlalchemy import Column, ForeignKey, Index, Integer, text

from actions.store.columns import MOMENT, of_conversation, table

NOT_ENDED = text("ended_at IS NULL")

takeovers = table(
    "takeovers",
    Column("id", Integer, primary_key=True),
    of_conversation(index=True),
    Column("staff", ForeignKey("staff.id", ondelete="SET NULL"), index=True),
    # since when the shopper had been waiting for a person; none where nobody had asked for one
    Column("asked_at", MOMENT),
    Column("since", MOMENT, nullable=False),
    Column("answered_at", MOMENT),
    Column("said_at", MOMENT, nullable=False),
    Column("ended_at", MOMENT),
)
# one person at a time, whoever is quicker
Index(
    "uq_takeovers_not_ended",
    takeovers.c.conversation,
    unique=True,
    sqlite_where=NOT_ENDED,
    postgresql_where=NOT_ENDED,
)
