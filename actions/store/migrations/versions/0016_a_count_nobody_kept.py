"""The count of turns goes: nobody wrote it, the messages tell it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("conversations", "turns")


def downgrade() -> None:
    op.add_column("conversations", sa.Column("turns", sa.Integer(), nullable=False, server_default="0"))
