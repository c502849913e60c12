"""Runs Alembic on the connection that `actions.store.engine.migrate` hands over."""

from typing import Any

from alembic import context
from sqlalchemy import DateTime

import actions.store.tables  # noqa: F401  fills the metadata
from actions.store.columns import metadata
from actions.store.moments import UtcDateTime


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Write plain SQLAlchemy types into revisions, so that an old one never needs code of today."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen_context.imports.add("import sqlalchemy as sa")
        return f"sa.{DateTime(timezone=True)!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
