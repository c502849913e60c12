"""What shoppers answered: counted by group, beside the candidates of each decision and their probabilities."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("offer_decisions", sa.Column("eligible", sa.JSON(none_as_null=True)))
    op.add_column("offer_decisions", sa.Column("ranking", sa.String(length=40)))
    op.create_table(
        "offer_answers",
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("anchor", sa.String(length=160), nullable=False),
        sa.Column("category", sa.String(length=160), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("declined", sa.Integer(), nullable=False),
        sa.Column("ignored", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Float(), nullable=False),
        sa.CheckConstraint("kind IN ('cross', 'up', 'down')", name=op.f("ck_offer_answers_kind")),
        sa.PrimaryKeyConstraint("kind", "anchor", "category", name=op.f("pk_offer_answers")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("offer_answers")
    op.drop_column("offer_decisions", "ranking")
    op.drop_column("offer_decisions", "eligible")
