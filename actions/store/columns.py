"""The kinds of column the tables are made of, and the metadata that names their constraints."""

from typing import Any

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.schema import SchemaItem

from actions.store.moments import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(32)
SKU = String(80)
CUSTOMER = String(80)
AMOUNT = BigInteger()
BYTES = LargeBinary()
MOMENT = UtcDateTime()
OPTIONAL_JSON = JSON(none_as_null=True)


def in_both_languages(*names: str, kind: type[Any] = Text) -> list[Column[Any]]:
    """Columns `<name>_de` and `<name>_en` for every name."""
    return [Column(f"{name}_{language}", kind, nullable=False) for name in names for language in ("de", "en")]


def of_conversation(*, primary_key: bool = False, index: bool = False) -> Column[Any]:
    """What hangs below a conversation and is erased with it."""
    key = ForeignKey("conversations.id", ondelete="CASCADE")
    return Column("conversation", key, primary_key=primary_key, nullable=False, index=index)


def table(name: str, *parts: SchemaItem) -> Table:
    """A table of the core database."""
    return Table(name, metadata, *parts)


def keyed_table(name: str, *parts: SchemaItem) -> Table:
    """The same for millions of short rows: SQLite keeps them in the order of their key, without another number."""
    return Table(name, metadata, *parts, sqlite_with_rowid=False)
