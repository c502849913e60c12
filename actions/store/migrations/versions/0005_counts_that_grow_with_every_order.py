"""Counts that grow with every order: how often each family was sold on its own, shares reckoned when read."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OLD = ("anchor_orders", "support", "confidence", "lift")


def upgrade() -> None:
    op.create_table(
        "affinity_items",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("family", sa.String(length=80), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"],
            ["affinity_versions.version"],
            name=op.f("fk_affinity_items_version_affinity_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version", "family", name=op.f("pk_affinity_items")),
        sqlite_with_rowid=False,
    )
    # what is a target is an anchor too: pairs were kept in both directions
    op.execute(
        "INSERT INTO affinity_items (version, family, orders) "
        "SELECT version, anchor, max(anchor_orders) FROM affinities GROUP BY version, anchor"
    )
    with op.batch_alter_table("affinities", table_kwargs={"sqlite_with_rowid": False}) as affinities:
        for name in OLD:
            affinities.drop_column(name)


def downgrade() -> None:
    with op.batch_alter_table("affinities") as affinities:
        affinities.add_column(sa.Column("anchor_orders", sa.Integer(), nullable=False, server_default="0"))
        for name in ("support", "confidence", "lift"):
            affinities.add_column(sa.Column(name, sa.Float(), nullable=False, server_default="0"))
    of = "(SELECT orders FROM affinity_items i WHERE i.version = affinities.version AND i.family = affinities.{})"
    orders = "(SELECT orders FROM affinity_versions v WHERE v.version = affinities.version)"
    anchor, target = of.format("anchor"), of.format("target")
    op.execute(
        f"UPDATE affinities SET anchor_orders = {anchor}, support = together * 1.0 / {orders}, "  # noqa: S608
        f"confidence = together * 1.0 / {anchor}, lift = together * 1.0 * {orders} / ({anchor} * {target})"
    )
    with op.batch_alter_table("affinities") as affinities:
        for name in OLD:
            affinities.alter_column(name, server_default=None)
    op.drop_table("affinity_items")
