"""The whole schema of the core database on one page; repositories beside it return value objects."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(32)
SKU = String(80)
MOMENT = DateTime(timezone=True)
KINDS = "'cross', 'up', 'down'"

# the catalogue ------------------------------------------------------------------------------------------

shop_facts = Table(
    "shop_facts",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
)

policy_values = Table(
    "policy_values",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("changed_at", MOMENT, nullable=False),
)

categories = Table(
    "categories",
    metadata,
    Column("category", String(160), primary_key=True),
    Column("title_de", String(160), nullable=False),
    Column("title_en", String(160), nullable=False),
    Column("synonyms_de", JSON, nullable=False),
    Column("synonyms_en", JSON, nullable=False),
    Column("uses", JSON, nullable=False),
)

terms = Table(
    "terms",
    metadata,
    Column("term", String(120), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("de", String(160), nullable=False),
    Column("en", String(160), nullable=False),
    Column("synonyms_de", JSON, nullable=False),
    Column("synonyms_en", JSON, nullable=False),
)

products = Table(
    "products",
    metadata,
    Column("sku", SKU, primary_key=True),
    Column("family", SKU, nullable=False, index=True),
    Column("category", String(160), nullable=False, index=True),
    Column("title_de", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("brand", String(120), nullable=False),
    Column("model", String(160), nullable=False),
    Column("tier", Integer),
    Column("colour", String(60), nullable=False),
    Column("size", String(60), nullable=False),
    Column("attributes", JSON, nullable=False),
    Column("description_de", Text, nullable=False),
    Column("description_en", Text, nullable=False),
    Column("benefit_de", Text, nullable=False),
    Column("benefit_en", Text, nullable=False),
    Column("running_cost_de", Text, nullable=False),
    Column("running_cost_en", Text, nullable=False),
    Column("not_included_de", Text, nullable=False),
    Column("not_included_en", Text, nullable=False),
    Column("price", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("tax_percent", Integer, nullable=False),
    Column("cost", BigInteger),
    Column("stock", Integer, nullable=False),
    Column("content_amount", Float),
    Column("content_unit", String(20)),
    Column("rating", Float),
    Column("rating_count", Integer, nullable=False),
    Column("popularity", Integer, nullable=False, default=0),
    Column("active", Boolean, nullable=False, default=True),
    CheckConstraint("price >= 0", name="price_not_negative"),
)

# the matrix: rows as the merchant wrote them (selectors), mined proposals beside them -------------------------

relations = Table(
    "relations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("anchor", String(200), nullable=False, index=True),
    Column("target", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("match", JSON, nullable=False),
    Column("rank", Integer, nullable=False, default=0),
    Column("benefit_de", Text, nullable=False),
    Column("benefit_en", Text, nullable=False),
    Column("provenance", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("owner", String(80), nullable=False),
    Column("dated", String(10), nullable=False),
    UniqueConstraint("anchor", "target", "kind"),
    CheckConstraint("state IN ('proposed', 'approved', 'rejected')", name="state"),
)

past_order_lines = Table(
    "past_order_lines",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("order_id", String(80), nullable=False),
    Column("ordered_at", MOMENT, nullable=False),
    Column("customer", String(80), index=True),
    Column("sku", SKU, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("price", BigInteger, nullable=False),
    UniqueConstraint("order_id", "sku"),
)

affinity_versions = Table(
    "affinity_versions",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("mined_at", MOMENT, nullable=False),
    Column("orders", Integer, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("current", Boolean, nullable=False),
)

affinities = Table(
    "affinities",
    metadata,
    Column("version", ForeignKey("affinity_versions.version", ondelete="CASCADE"), primary_key=True),
    Column("anchor", SKU, primary_key=True),
    Column("target", SKU, primary_key=True),
    Column("together", Integer, nullable=False),
    Column("anchor_orders", Integer, nullable=False),
    Column("support", Float, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("lift", Float, nullable=False),
)

# the conversation: what was said, what is remembered ------------------------------------------------------------

conversations = Table(
    "conversations",
    metadata,
    Column("id", ID, primary_key=True),
    Column("language", String(2), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("stage", String(10), nullable=False),
    Column("started_at", MOMENT, nullable=False),
    Column("active_at", MOMENT, nullable=False, index=True),
    Column("opted_out", Boolean, nullable=False, default=False),
    Column("refusals", Integer, nullable=False, default=0),
    Column("negative_mood", Boolean, nullable=False, default=False),
    Column("handed_off", Boolean, nullable=False, default=False),
    Column("consent", String(12), nullable=False, default="service"),
    Column("customer", String(80)),
    Column("turns", Integer, nullable=False, default=0),
    Column("memory", JSON, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("id", ID, primary_key=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("client_id", String(80), nullable=False),
    Column("position", Integer, nullable=False),
    Column("received_at", MOMENT, nullable=False),
    Column("text", Text, nullable=False),
    Column("payload", JSON),
    Column("digest", String(64), nullable=False),
    Column("state", String(12), nullable=False),
    Column("reply", LargeBinary),
    Column("answered_at", MOMENT),
    Column("nlu", JSON),
    Column("actions", JSON),
    Column("model", String(40)),
    Column("engine_ms", Integer),
    Column("error", String(80)),
    UniqueConstraint("conversation", "client_id"),
    UniqueConstraint("conversation", "position"),
    CheckConstraint("state IN ('received', 'answered', 'engine_error')", name="state"),
)

action_replies = Table(
    "action_replies",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("message", String(80), primary_key=True),
    Column("action", String(80), primary_key=True),
    Column("reply", JSON, nullable=False),
    Column("created_at", MOMENT, nullable=False),
)

offer_decisions = Table(
    "offer_decisions",
    metadata,
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
)

offers = Table(
    "offers",
    metadata,
    Column("id", ID, primary_key=True),
    Column("decision", ForeignKey("offer_decisions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(5), nullable=False),
    Column("sku", SKU, nullable=False),
    Column("anchor", SKU, nullable=False),
    Column("price", BigInteger, nullable=False),
    Column("price_difference", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("reason", JSON, nullable=False),
    Column("state", String(10), nullable=False),
    Column("shown_at", MOMENT, nullable=False),
    Column("answered_at", MOMENT),
    CheckConstraint(f"kind IN ({KINDS})", name="kind"),
    CheckConstraint("state IN ('shown', 'accepted', 'declined', 'ignored')", name="state"),
    UniqueConstraint("decision", "sku"),
)

handoffs = Table(
    "handoffs",
    metadata,
    Column("reference", String(12), primary_key=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("requested_at", MOMENT, nullable=False),
    Column("reason", String(20), nullable=False),
    Column("context", JSON, nullable=False),
)

consent_events = Table(
    "consent_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("state", String(12), nullable=False),
    Column("given_at", MOMENT, nullable=False),
    Column("text_version", String(40), nullable=False),
    Column("language", String(2), nullable=False),
    Column("channel", String(20), nullable=False),
    CheckConstraint("state IN ('none', 'service', 'personalised')", name="state"),
)

# cart, order intents, outbox ---------------------------------------------------------------------------------

cart_lines = Table(
    "cart_lines",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("sku", SKU, primary_key=True),
    Column("quantity", Integer, nullable=False),
    Column("price", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("offer", ForeignKey("offers.id", ondelete="SET NULL")),
    Column("added_at", MOMENT, nullable=False),
    Column("position", Integer, nullable=False),
    CheckConstraint("quantity > 0", name="quantity_positive"),
)

orders = Table(
    "orders",
    metadata,
    Column("id", ID, primary_key=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="SET NULL"), index=True),
    Column("key", String(80), nullable=False, unique=True),
    Column("number", String(20), unique=True),
    Column("state", String(16), nullable=False),
    Column("lines", JSON, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("shipping", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("placed_at", MOMENT),
    CheckConstraint("state IN ('pending', 'placed', 'failed', 'cancel_asked')", name="state"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("topic", String(20), nullable=False),
    Column("key", String(80), nullable=False, unique=True),
    Column("payload", JSON, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_at", MOMENT, nullable=False),
    Column("error", String(200)),
    CheckConstraint("state IN ('waiting', 'sent', 'dead')", name="state"),
)

Index("ix_outbox_due", outbox.c.state, outbox.c.next_at)

shop_orders = Table(
    "shop_orders",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("key", String(80), nullable=False, unique=True),
    Column("lines", JSON, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("state", String(16), nullable=False),
    Column("placed_at", MOMENT, nullable=False),
)
