"""The table of the limits that were ever in force."""

from sqlalchemy import JSON, Column, String

from actions.store.columns import MOMENT, table

policy_versions = table(
    "policy_versions",
    Column("version", String(12), primary_key=True),
    Column("limits", JSON, nullable=False),
    Column("since", MOMENT, nullable=False),
)
