"""The tables of what was decided, offered and answered."""

from sqlalchemy import JSON, CheckConstraint, Column, Float, ForeignKey, Integer, String, UniqueConstraint

from actions.store.columns import AMOUNT, ID, MOMENT, OPTIONAL_JSON, SKU, keyed_table, of_conversation, table

CATEGORY = String(160)
KIND = String(5)
OF_THREE = "kind IN ('cross', 'up', 'down')"

offer_decisions = table(
    "offer_decisions",
    Column("id", ID, primary_key=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), index=True),
    Column("message", String(80)),
    Column("decided_at", MOMENT, nullable=False),
    Column("policy_version", String(12), nullable=False),
    Column("stage", String(10), nullable=False),
    Column("anchor", SKU),
    Column("asked_for", String(5)),
    Column("hesitation", String(20)),
    Column("offered", JSON, nullable=False),
    Column("withheld", JSON, nullable=False),
    Column("eligible", OPTIONAL_JSON),
    Column("ranking", String(40)),
    Column("placement", String(10)),
)

offers = table(
    "offers",
    Column("id", ID, primary_key=True),
    Column("decision", ForeignKey("offer_decisions.id", ondelete="CASCADE"), nullable=False, index=True),
    of_conversation(index=True),
    Column("kind", KIND, nullable=False),
    Column("sku", SKU, nullable=False),
    Column("anchor", SKU, nullable=False),
    Column("price", AMOUNT, nullable=False),
    Column("price_difference", AMOUNT, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("reason", JSON, nullable=False),
    Column("state", String(10), nullable=False),
    Column("shown_at", MOMENT, nullable=False),
    Column("answered_at", MOMENT),
    CheckConstraint(OF_THREE, name="kind"),
    CheckConstraint("state IN ('shown', 'accepted', 'declined', 'ignored')", name="state"),
    UniqueConstraint("decision", "sku"),
)

offer_answers = keyed_table(
    "offer_answers",
    Column("kind", KIND, primary_key=True),
    Column("anchor", CATEGORY, primary_key=True),
    Column("category", CATEGORY, primary_key=True),
    Column("accepted", Integer, nullable=False),
    Column("declined", Integer, nullable=False),
    Column("ignored", Integer, nullable=False),
    Column("expected", Float, nullable=False),
    CheckConstraint(OF_THREE, name="kind"),
)
