"""The tables of the console's people: who may sign in, who is signed in, who failed to, and what was done."""

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, ForeignKey, Integer, String

from actions.store.columns import MOMENT, table

ROLES = ("viewer", "reviewer", "editor", "admin")

staff = table(
    "staff",
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("shown_as", String(80), nullable=False),
    Column("role", String(10), nullable=False),
    Column("password", String(200), nullable=False),
    Column("language", String(2), nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    CheckConstraint("role IN ('viewer', 'reviewer', 'editor', 'admin')", name="role"),
)

staff_sessions = table(
    "staff_sessions",
    # a hash: who reads the database cannot sign in with it
    Column("key", String(64), primary_key=True),
    Column("staff", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("opened_at", MOMENT, nullable=False),
)

sign_in_failures = table(
    "sign_in_failures",
    # a keyed hash of a name or an address, so that neither stands here
    Column("subject", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", MOMENT, nullable=False),
    Column("closed_until", MOMENT),
)

audit_log = table(
    "audit_log",
    Column("id", Integer, primary_key=True),
    Column("at", MOMENT, nullable=False),
    Column("who", String(80), nullable=False),
    Column("what", String(40), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("details", JSON, nullable=False),
    # of the entry before and of this one with it, so that none can be changed or taken out unseen
    Column("previous", String(64), nullable=False, unique=True),
    Column("digest", String(64), nullable=False, unique=True),
)
