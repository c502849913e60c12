"""How a shopper rates the advice, from one star to five."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("rating", sa.SmallInteger()))


def downgrade() -> None:
    op.drop_column("conversations", "rating")
