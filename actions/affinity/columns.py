"""Reads a table of orders or items, given as rows or as columns, without asking which library made it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

SECONDS_A_DAY = 86_400.0

Whole = npt.NDArray[np.int64]


def columns_of(table: Any, needed: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Any]:
    """The columns by name, all of one length; an optional one that is missing is None.

    `table` is a mapping of columns, a data frame or Arrow table (anything that answers `table[name]` and lists
    its `columns` or `column_names`), or an iterable of rows that are mappings. KeyError names a missing column.
    """
    names = _names(table)
    if names is None:
        return _from_rows(table, needed, optional)
    found = {name: table[name] for name in (*needed, *optional) if name in names}
    for name in needed:
        if name not in found:
            raise KeyError(name)
    if len({len(column) for column in found.values()}) > 1:
        raise ValueError("the columns differ in length")
    return {name: found.get(name) for name in (*needed, *optional)}


def listed(column: Any) -> list[Any]:
    """A column of any make as a list."""
    for method in ("to_pylist", "tolist", "to_list"):
        if hasattr(column, method):
            return list(getattr(column, method)())
    return list(column)


def coded(column: Any) -> tuple[Whole, list[str]]:
    """Numbers in place of values, -1 where a value is missing, and the values they stand for as text."""
    if hasattr(column, "factorize"):
        codes, values = column.factorize()
        return _merged(np.asarray(codes, dtype=np.int64), listed(values))
    if hasattr(column, "combine_chunks"):
        column = column.combine_chunks()
    if hasattr(column, "dictionary_encode"):
        encoded = column.dictionary_encode()
        places = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        return _merged(places.astype(np.int64), encoded.dictionary.to_pylist())
    numbers: dict[Any, int] = {}
    values = listed(column)
    places = (-1 if is_missing(value) else numbers.setdefault(value, len(numbers)) for value in values)
    return _merged(np.fromiter(places, dtype=np.int64, count=len(values)), list(numbers))


def numbered(column: Any) -> tuple[Whole, npt.NDArray[np.str_]]:
    """Numbers in place of values, -1 where one is missing, and what the values read like, each once."""
    if hasattr(column, "factorize"):
        codes, values = column.factorize()
        return np.asarray(codes, dtype=np.int64), np.asarray(values, dtype=str)
    codes, names = coded(column)
    return codes, np.array(names, dtype=str)


def in_time(days: npt.NDArray[np.float64], names: npt.NDArray[np.str_]) -> Whole:
    """The places of orders in the order of time, those of one moment by name, numbers in theirs: 9 before 10.

    So no table teaches otherwise when its rows are in another order.
    """
    order = np.argsort(days, kind="stable")
    if not (np.diff(days[order]) == 0).any():
        return order
    return np.lexsort((names, np.char.str_len(names), days))


def days_of(column: Any) -> npt.NDArray[np.float64]:
    """Moments (datetimes, ISO text or seconds) in days; a missing one is as old as the oldest known."""
    # a look at the first tells whether all can be read at once; text would only be copied
    if hasattr(column, "__array__") and np.asarray(column[:1]).dtype.kind in "Miuf":
        return _known(_days_at_once(np.asarray(column)))
    values = listed(column)
    seen: dict[Any, float] = {}
    for value in values:
        if value not in seen:
            seen[value] = _day(value)
    return _known(np.array([seen[value] for value in values], dtype=np.float64))


def _days_at_once(moments: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    if moments.dtype.kind != "M":
        return moments.astype(np.float64) / SECONDS_A_DAY
    days = moments.astype("datetime64[us]").astype(np.float64) / (SECONDS_A_DAY * 1e6)
    days[np.isnat(moments)] = np.nan
    return days


def numbers_of(column: Any) -> npt.NDArray[np.float64]:
    """Numbers, not-a-number where one is missing or none."""
    return np.array([_number(value) for value in listed(column)], dtype=np.float64)


def is_missing(value: Any) -> bool:
    """None, not a number, not a time."""
    return value is None or value != value  # noqa: PLR0124  only what is missing differs from itself


def _merged(codes: Whole, values: list[Any]) -> tuple[Whole, list[str]]:
    """Values that read alike (1 and "1") are one; nothing that is missing keeps a number."""
    names: dict[str, int] = {}
    new = [-1 if is_missing(value) else names.setdefault(str(value), len(names)) for value in values]
    return np.array([*new, -1], dtype=np.int64)[codes], list(names)


def _names(table: Any) -> set[str] | None:
    if isinstance(table, Mapping):
        return set(table)
    names = getattr(table, "column_names", getattr(table, "columns", None))
    return None if names is None else {str(name) for name in names}


def _from_rows(rows: Iterable[Mapping[str, Any]], needed: Iterable[str], optional: Iterable[str]) -> dict[str, Any]:
    read = list(rows)
    columns: dict[str, Any] = {name: [row[name] for row in read] for name in needed}
    return columns | {name: [row.get(name) for row in read] for name in optional}


def _known(days: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    missing = np.isnan(days)
    oldest = 0.0 if missing.all() else float(days[~missing].min())
    return np.where(missing, oldest, days)


def _day(moment: Any) -> float:
    if is_missing(moment):
        return float("nan")
    if isinstance(moment, int | float):
        return float(moment) / SECONDS_A_DAY
    known = moment if isinstance(moment, datetime) else datetime.fromisoformat(str(moment))
    # without a zone, the same everywhere
    return (known if known.tzinfo else known.replace(tzinfo=UTC)).timestamp() / SECONDS_A_DAY


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")
