"""Whether shoppers were real or simulated becomes a facet of its own, so that it goes with any mark."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None

TOLD_APART = sa.text(
    "INSERT INTO digest_facets (kind, value, digest)"
    " SELECT 'shoppers', CASE WHEN c.simulated THEN 'simulated' ELSE 'real' END, d.id"
    " FROM conversation_digests d JOIN conversations c ON c.id = d.conversation"
)
MARKED = sa.text(
    "INSERT INTO digest_facets (kind, value, digest)"
    " SELECT 'mark', value, digest FROM digest_facets WHERE kind = 'shoppers' AND value = 'simulated'"
)


def upgrade() -> None:
    op.execute(sa.text("DELETE FROM digest_facets WHERE kind = 'mark' AND value = 'simulated'"))
    op.execute(TOLD_APART)


def downgrade() -> None:
    op.execute(MARKED)
    op.execute(sa.text("DELETE FROM digest_facets WHERE kind = 'shoppers'"))
