"""What each pair weighs in the linear item model, learnt with the counts of a version."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("affinities", sa.Column("weight", sa.Float(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("affinities", "weight")
