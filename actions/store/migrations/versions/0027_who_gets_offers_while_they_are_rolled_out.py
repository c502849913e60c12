"""The place of a shopper in the row in which unasked offers are rolled out."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("rollout", sa.Float()))


def downgrade() -> None:
    op.drop_column("conversations", "rollout")
