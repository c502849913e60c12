"""Facets lie in the order of the list, so that a page of those that have one is read without sorting."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

MOMENT = {
    "sqlite": "CAST(strftime('%s', substr(active_at, 1, 19)) AS INTEGER) * 1000000"
    " + CAST(substr(substr(active_at, 21) || '000000', 1, 6) AS INTEGER)",
    "postgresql": "CAST(EXTRACT(EPOCH FROM active_at) * 1000000 AS BIGINT)",
}


def upgrade() -> None:
    op.rename_table("digest_facets", "facets_before")
    _names("pk_digest_facets", "fk_digest_facets_digest_conversation_digests", "ix_digest_facets_digest")
    _table(sa.Column("active_us", sa.BigInteger(), nullable=False), key=("kind", "value", "active_us", "digest"))
    moment = MOMENT[op.get_bind().dialect.name]
    op.execute(
        "INSERT INTO digest_facets (kind, value, active_us, digest)"  # noqa: S608  one of two expressions
        f" SELECT kind, value, {moment}, digest FROM facets_before"
        " JOIN conversation_digests ON conversation_digests.id = digest ORDER BY 1, 2, 3, 4"
    )
    _finish()


def downgrade() -> None:
    op.rename_table("digest_facets", "facets_before")
    _names("pk_digest_facets", "fk_digest_facets_digest_conversation_digests", "ix_digest_facets_digest")
    _table(key=("kind", "value", "digest"))
    op.execute("INSERT INTO digest_facets (kind, value, digest) SELECT kind, value, digest FROM facets_before")
    _finish()


def _names(key: str, foreign: str, index: str) -> None:
    """The names are those of the new table from here on."""
    op.drop_index(index, "facets_before")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(foreign, "facets_before", type_="foreignkey")
        op.drop_constraint(key, "facets_before", type_="primary")


def _table(*more: sa.Column[int], key: tuple[str, ...]) -> None:
    op.create_table(
        "digest_facets",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("value", sa.String(length=160), nullable=False),
        *more,
        sa.Column("digest", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"],
            ["conversation_digests.id"],
            name=op.f("fk_digest_facets_digest_conversation_digests"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_digest_facets")),
        sqlite_with_rowid=False,
    )


def _finish() -> None:
    op.drop_table("facets_before")
    op.create_index(op.f("ix_digest_facets_digest"), "digest_facets", ["digest"])
