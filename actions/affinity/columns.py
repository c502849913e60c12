"""Reads a table of orders or items, given as rows or as columns, without asking which library made it."""

from collections.abc import Iterable, Mapping
from typing import Any


def columns_of(table: Any, needed: Iterable[str], optional: Iterable[str] = ()) -> dict[str, list[Any]]:
    """The columns as lists of equal length; an optional one that is missing holds None throughout.

    `table` is a mapping of columns, a data frame or Arrow table (anything that answers `table[name]` and lists
    its `columns` or `column_names`), or an iterable of rows that are mappings. KeyError names a missing column.
    """
    names = _names(table)
    if names is None:
        return _from_rows(table, needed, optional)
    found = {name: _listed(table[name]) for name in (*needed, *optional) if name in names}
    length = len(next(iter(found.values()), []))
    for name in needed:
        if name not in found:
            raise KeyError(name)
    if any(len(column) != length for column in found.values()):
        raise ValueError("the columns differ in length")
    return {name: found.get(name, [None] * length) for name in (*needed, *optional)}


def _names(table: Any) -> set[str] | None:
    if isinstance(table, Mapping):
        return set(table)
    names = getattr(table, "column_names", getattr(table, "columns", None))
    return None if names is None else {str(name) for name in names}


def _from_rows(
    rows: Iterable[Mapping[str, Any]], needed: Iterable[str], optional: Iterable[str]
) -> dict[str, list[Any]]:
    listed = list(rows)
    columns: dict[str, list[Any]] = {name: [row[name] for row in listed] for name in needed}
    return columns | {name: [row.get(name) for row in listed] for name in optional}


def _listed(column: Any) -> list[Any]:
    for method in ("to_pylist", "tolist", "to_list"):
        if hasattr(column, method):
            return list(getattr(column, method)())
    return list(column)
