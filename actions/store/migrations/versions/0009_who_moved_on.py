"""How many customers moved on from one model to another of its kind, counted with a version."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "affinity_switches",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(80), nullable=False),
        sa.Column("target", sa.String(80), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"],
            ["affinity_versions.version"],
            name=op.f("fk_affinity_switches_version_affinity_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version", "anchor", "target", name=op.f("pk_affinity_switches")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("affinity_switches")
