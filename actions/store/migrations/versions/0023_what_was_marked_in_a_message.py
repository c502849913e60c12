"""Which words of a message people mark as an entity."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("label_corrections", sa.Column("annotations", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("label_corrections", "annotations")
