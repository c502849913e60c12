"""The table of what people say a message should have been understood as."""

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Integer, String

from actions.store.columns import MOMENT, of_conversation, table

label_corrections = table(
    "label_corrections",
    Column("id", Integer, primary_key=True),
    # the words stay with the message: what is erased or emptied there is gone here too
    Column("message", ForeignKey("messages.id", ondelete="CASCADE"), nullable=False, unique=True),
    of_conversation(index=True),
    Column("intent", String(80), nullable=False),
    # [start, end, entity, value] of each
    Column("annotations", JSON, nullable=False, server_default="[]"),
    Column("state", String(10), nullable=False, index=True),
    Column("part", String(10)),
    Column("proposed_by", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("decided_by", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("changed_at", MOMENT, nullable=False),
    CheckConstraint("state IN ('proposed', 'accepted', 'rejected')", name="state"),
    CheckConstraint("part IN ('training', 'holdout')", name="part"),
)
