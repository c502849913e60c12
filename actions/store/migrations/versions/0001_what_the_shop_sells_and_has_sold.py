"""What the shop sells and has sold."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "affinity_versions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_affinity_versions")),
    )
    op.create_table(
        "categories",
        sa.Column("category", sa.String(length=160), nullable=False),
        sa.Column("title_de", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("synonyms_de", sa.JSON(), nullable=False),
        sa.Column("synonyms_en", sa.JSON(), nullable=False),
        sa.Column("uses", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("category", name=op.f("pk_categories")),
    )
    op.create_table(
        "past_order_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.String(length=80), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer", sa.String(length=80), nullable=True),
        sa.Column("sku", sa.String(length=80), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_order_lines")),
        sa.UniqueConstraint("order_id", "sku", name=op.f("uq_past_order_lines_order_id_sku")),
    )
    op.create_index(op.f("ix_past_order_lines_customer"), "past_order_lines", ["customer"])
    op.create_index(op.f("ix_past_order_lines_sku"), "past_order_lines", ["sku"])
    op.create_table(
        "policy_values",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_policy_values")),
    )
    op.create_table(
        "products",
        sa.Column("sku", sa.String(length=80), nullable=False),
        sa.Column("family", sa.String(length=80), nullable=False),
        sa.Column("category", sa.String(length=160), nullable=False),
        sa.Column("title_de", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("brand", sa.String(length=120), nullable=False),
        sa.Column("model", sa.String(length=160), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=True),
        sa.Column("colour", sa.String(length=60), nullable=False),
        sa.Column("size", sa.String(length=60), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("description_de", sa.Text(), nullable=False),
        sa.Column("description_en", sa.Text(), nullable=False),
        sa.Column("benefit_de", sa.Text(), nullable=False),
        sa.Column("benefit_en", sa.Text(), nullable=False),
        sa.Column("running_cost_de", sa.Text(), nullable=False),
        sa.Column("running_cost_en", sa.Text(), nullable=False),
        sa.Column("not_included_de", sa.Text(), nullable=False),
        sa.Column("not_included_en", sa.Text(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("tax_percent", sa.Integer(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.Column("content_amount", sa.Float(), nullable=True),
        sa.Column("content_unit", sa.String(length=20), nullable=True),
        sa.Column("rating", sa.Float(), nullable=True),
        sa.Column("rating_count", sa.Integer(), nullable=False),
        sa.Column("popularity", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("price >= 0", name=op.f("ck_products_price_not_negative")),
        sa.PrimaryKeyConstraint("sku", name=op.f("pk_products")),
    )
    op.create_index(op.f("ix_products_category"), "products", ["category"])
    op.create_index(op.f("ix_products_family"), "products", ["family"])
    op.create_table(
        "relations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(length=200), nullable=False),
        sa.Column("target", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("match", sa.JSON(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("benefit_de", sa.Text(), nullable=False),
        sa.Column("benefit_en", sa.Text(), nullable=False),
        sa.Column("provenance", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("dated", sa.String(length=10), nullable=False),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'rejected')", name=op.f("ck_relations_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relations")),
        sa.UniqueConstraint("anchor", "target", "kind", name=op.f("uq_relations_anchor_target_kind")),
    )
    op.create_index(op.f("ix_relations_anchor"), "relations", ["anchor"])
    op.create_table(
        "shop_facts",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_shop_facts")),
    )
    op.create_table(
        "terms",
        sa.Column("term", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("de", sa.String(length=160), nullable=False),
        sa.Column("en", sa.String(length=160), nullable=False),
        sa.Column("synonyms_de", sa.JSON(), nullable=False),
        sa.Column("synonyms_en", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("term", "kind", name=op.f("pk_terms")),
    )
    op.create_table(
        "affinities",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(length=80), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("together", sa.Integer(), nullable=False),
        sa.Column("anchor_orders", sa.Integer(), nullable=False),
        sa.Column("support", sa.Float(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("lift", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"],
            ["affinity_versions.version"],
            name=op.f("fk_affinities_version_affinity_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version", "anchor", "target", name=op.f("pk_affinities")),
    )


def downgrade() -> None:
    op.drop_table("affinities")
    op.drop_table("terms")
    op.drop_table("shop_facts")
    op.drop_table("relations")
    op.drop_table("products")
    op.drop_table("policy_values")
    op.drop_table("past_order_lines")
    op.drop_table("categories")
    op.drop_table("affinity_versions")
