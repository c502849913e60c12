"""The schema of the core database on one page, what has a page of its own beside it; repositories return values."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    false,
)

from actions.store import (
    console_tables,
    digest_tables,
    label_tables,
    offer_tables,
    order_tables,
    policy_tables,
    price_tables,
    privacy_tables,
    return_tables,
    takeover_tables,
    voice_tables,
)
from actions.store.columns import (
    AMOUNT,
    BYTES,
    CUSTOMER,
    ID,
    MOMENT,
    OPTIONAL_JSON,
    SKU,
    in_both_languages,
    keyed_table,
    of_conversation,
    table,
)

shop_facts = table(
    "shop_facts", Column("name", String(60), primary_key=True), Column("value", JSON, nullable=False)
)

policy_values = table(
    "policy_values",
    Column("name", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("changed_at", MOMENT, nullable=False),
)

campaigns = table(
    "campaigns",
    Column("name", String(60), primary_key=True),
    Column("title", String(160), nullable=False),
    Column("starts", MOMENT, nullable=False),
    Column("ends", MOMENT, nullable=False),
    Column("changes", JSON, nullable=False),
    Column("changed_at", MOMENT, nullable=False),
    CheckConstraint("starts <= ends", name="starts_before_it_ends"),
)

categories = table(
    "categories",
    Column("category", String(160), primary_key=True),
    *in_both_languages("title"),
    *in_both_languages("synonyms", kind=JSON),
    Column("uses", JSON, nullable=False),
)

terms = table(
    "terms",
    Column("term", String(120), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("de", String(160), nullable=False),
    Column("en", String(160), nullable=False),
    *in_both_languages("synonyms", kind=JSON),
)

products = table(
    "products",
    Column("sku", SKU, primary_key=True),
    Column("family", SKU, nullable=False, index=True),
    Column("category", String(160), nullable=False, index=True),
    *in_both_languages("title"),
    Column("brand", String(120), nullable=False),
    Column("model", String(160), nullable=False),
    Column("tier", Integer),
    Column("colour", String(60), nullable=False),
    Column("size", String(60), nullable=False),
    Column("attributes", JSON, nullable=False),
    *in_both_languages("description", "benefit", "running_cost", "not_included"),
    Column("price", AMOUNT, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("tax_percent", Integer, nullable=False),
    Column("cost", AMOUNT),
    Column("stock", Integer, nullable=False),
    Column("content_amount", Float),
    Column("content_unit", String(20)),
    Column("rating", Float),
    Column("rating_count", Integer, nullable=False),
    Column("popularity", Integer, nullable=False, default=0),
    Column("active", Boolean, nullable=False, default=True),
    CheckConstraint("price >= 0", name="price_not_negative"),
)

relations = table(
    "relations",
    Column("id", Integer, primary_key=True),
    Column("anchor", String(200), nullable=False, index=True),
    Column("target", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("match", JSON, nullable=False),
    Column("rank", Integer, nullable=False, default=0),
    *in_both_languages("benefit"),
    Column("provenance", String(10), nullable=False),
    Column("confidence", Float),
    Column("state", String(10), nullable=False),
    Column("owner", String(80), nullable=False),
    Column("dated", String(10), nullable=False),
    UniqueConstraint("anchor", "target", "kind"),
    CheckConstraint("state IN ('proposed', 'approved', 'rejected')", name="state"),
)

past_order_lines = table(
    "past_order_lines",
    Column("id", Integer, primary_key=True),
    Column("order_id", String(80), nullable=False),
    Column("ordered_at", MOMENT, nullable=False),
    Column("customer", CUSTOMER, index=True),
    Column("sku", SKU, nullable=False, index=True),
    Column("quantity", Integer, nullable=False),
    Column("price", AMOUNT),
    UniqueConstraint("order_id", "sku"),
)

affinity_versions = table(
    "affinity_versions",
    Column("version", Integer, primary_key=True),
    Column("mined_at", MOMENT, nullable=False),
    Column("orders", Integer, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("current", Boolean, nullable=False),
)

affinity_items = keyed_table(
    "affinity_items",
    Column("version", ForeignKey("affinity_versions.version", ondelete="CASCADE"), primary_key=True),
    Column("family", SKU, primary_key=True),
    Column("orders", Integer, nullable=False),
)

affinities = keyed_table(
    "affinities",
    Column("version", ForeignKey("affinity_versions.version", ondelete="CASCADE"), primary_key=True),
    Column("anchor", SKU, primary_key=True),
    Column("target", SKU, primary_key=True),
    Column("together", Integer, nullable=False),
    Column("weight", Float, nullable=False, server_default="0"),
)

affinity_switches = keyed_table(
    "affinity_switches",
    Column("version", ForeignKey("affinity_versions.version", ondelete="CASCADE"), primary_key=True),
    Column("anchor", SKU, primary_key=True),
    Column("target", SKU, primary_key=True),
    Column("times", Integer, nullable=False),
)

conversations = table(
    "conversations",
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
    Column("customer", CUSTOMER, index=True),
    Column("arm", String(10)),
    Column("rollout", Float),
    # stars, 1 to 5
    Column("rating", SmallInteger),
    Column("memory", JSON, nullable=False),
    Column("simulated", Boolean, nullable=False, server_default=false()),
    Column("forgotten_at", MOMENT),
)

messages = table(
    "messages",
    Column("id", ID, primary_key=True),
    of_conversation(),
    Column("client_id", String(80), nullable=False),
    Column("position", Integer, nullable=False),
    Column("received_at", MOMENT, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("payload", OPTIONAL_JSON),
    Column("digest", String(64), nullable=False),
    Column("state", String(12), nullable=False),
    Column("reply", BYTES),
    Column("answered_at", MOMENT),
    Column("nlu", OPTIONAL_JSON),
    Column("actions", OPTIONAL_JSON),
    Column("model", String(40)),
    Column("engine_ms", Integer),
    Column("error", String(80)),
    # assistant, person (of the staff), notice (who speaks from here on), nobody (the person reads it)
    Column("answered_by", String(9), nullable=False, server_default="assistant"),
    UniqueConstraint("conversation", "client_id"),
    UniqueConstraint("conversation", "position"),
    CheckConstraint("state IN ('received', 'answered', 'engine_error')", name="state"),
)

action_replies = table(
    "action_replies",
    of_conversation(primary_key=True),
    Column("message", String(80), primary_key=True),
    Column("action", String(80), primary_key=True),
    Column("reply", JSON, nullable=False),
    Column("changes", OPTIONAL_JSON),
    Column("created_at", MOMENT, nullable=False),
)

offer_decisions, offers, offer_answers = (
    offer_tables.offer_decisions,
    offer_tables.offers,
    offer_tables.offer_answers,
)
voice_callers, link_codes = voice_tables.voice_callers, voice_tables.link_codes
staff, audit_log = console_tables.staff, console_tables.audit_log
conversation_digests, reviews = digest_tables.conversation_digests, digest_tables.reviews
label_corrections = label_tables.label_corrections
message_originals, privacy_holds = privacy_tables.message_originals, privacy_tables.privacy_holds
retention_runs = privacy_tables.retention_runs
orders, outbox, shop_orders = order_tables.orders, order_tables.outbox, order_tables.shop_orders
returned_lines, past_returns = return_tables.returned_lines, return_tables.past_returns
price_changes = price_tables.price_changes
takeovers, policy_versions = takeover_tables.takeovers, policy_tables.policy_versions

handoffs = table(
    "handoffs",
    Column("reference", String(12), primary_key=True),
    of_conversation(index=True),
    Column("requested_at", MOMENT, nullable=False),
    # after a person had answered and handed back
    Column("asked_again_at", MOMENT),
    Column("reason", String(40), nullable=False),
    Column("context", JSON, nullable=False),
    UniqueConstraint("conversation", "reason"),
)

consent_events = table(
    "consent_events",
    Column("id", Integer, primary_key=True),
    of_conversation(index=True),
    Column("state", String(12), nullable=False),
    Column("given_at", MOMENT, nullable=False),
    Column("text_version", String(40), nullable=False),
    Column("language", String(2), nullable=False),
    Column("channel", String(20), nullable=False),
    CheckConstraint("state IN ('none', 'service', 'personalised')", name="state"),
)

cart_lines = table(
    "cart_lines",
    of_conversation(primary_key=True),
    Column("sku", SKU, primary_key=True),
    Column("quantity", Integer, nullable=False),
    Column("price", AMOUNT, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("offer", ForeignKey("offers.id", ondelete="SET NULL")),
    Column("added_at", MOMENT, nullable=False),
    Column("position", Integer, nullable=False),
    CheckConstraint("quantity > 0", name="quantity_positive"),
)
