"""SQLite: an entry of the audit log is not replaced either (REPLACE deletes without asking the trigger of DELETE),
and what was remembered anew with each answer."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

NOT_REPLACED = (
    "CREATE TRIGGER audit_log_no_replace BEFORE INSERT ON audit_log"
    " WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id)"
    " BEGIN SELECT RAISE(ABORT, 'entries of the audit log are final'); END"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(NOT_REPLACED)
    op.add_column("action_replies", sa.Column("changes", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("action_replies", "changes")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_log_no_replace")
