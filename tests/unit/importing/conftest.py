"""A fresh core database in a file, and tiny files to import into it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from actions.store.catalogue import CatalogueSnapshot, read_snapshot
from actions.store.engine import migrate, open_engine, reading
from actions.store.tables import past_order_lines


@pytest.fixture
def engine(tmp_path) -> Iterator[Engine]:
    opened = open_engine(f"sqlite:///{tmp_path / 'core.db'}")
    migrate(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def write(tmp_path) -> Callable[..., Path]:
    """`write(name, line, line...)` makes a UTF-8 file."""

    def write(name: str, *lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes("\n".join([*lines, ""]).encode(encoding))
        return path

    return write


@pytest.fixture
def snapshot(engine) -> Callable[[], CatalogueSnapshot]:
    def snapshot() -> CatalogueSnapshot:
        with reading(engine) as connection:
            return read_snapshot(connection)

    return snapshot


@pytest.fixture
def order_lines(engine) -> Callable[[], int]:
    def count() -> int:
        with reading(engine) as connection:
            return connection.scalar(select(func.count()).select_from(past_order_lines))

    return count
