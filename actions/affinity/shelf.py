"""What the catalogue says of each item, as numbers: category, words of the title, price and profit."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from actions.affinity.columns import Whole, columns_of, is_missing, listed, numbers_of
from actions.affinity.history import Floats

WORD = re.compile(r"\w\w+")
KINDS = ("subcategory", "category")
USUAL_PROFIT = 0.3
MOST_CELLS = 8_000_000
COMMON = 0.1


@dataclass(frozen=True, slots=True)
class Shelf:
    """One row for each item of the history; `kind` is the category number (-1 unknown), `sold` may be suggested.

    `words` are the titles as unit vectors; `price` is 0 where unknown; `profit` is price minus cost, or the
    usual share of the price where most items have no cost.
    """

    sold: np.ndarray[tuple[int], np.dtype[np.bool_]]
    kind: Whole
    kinds: int
    words: sparse.csr_array
    price: Floats
    profit: Floats


def item_names(items: Any) -> tuple[str, ...]:
    """The items of the catalogue; none where there is no catalogue."""
    return () if items is None else tuple(str(item) for item in listed(columns_of(items, ("item_id",))["item_id"]))


def read_shelf(items: Any, names: tuple[str, ...]) -> Shelf:
    """The catalogue rows of `names`; without a catalogue everything may be suggested and nothing is known."""
    count = len(names)
    if items is None:
        nothing = np.zeros(count, dtype=np.float32)
        unknown = np.full(count, -1, dtype=np.int64)
        return Shelf(np.ones(count, dtype=bool), unknown, 0, sparse.csr_array((count, 1)), nothing, nothing)
    optional = (*KINDS, "title", "price", "cost")
    table = columns_of(items, ("item_id",), optional)
    row = {str(item): number for number, item in enumerate(listed(table["item_id"]))}
    rows = np.array([row.get(name, -1) for name in names], dtype=np.int64)
    price = _numbers(table["price"], rows)
    cost = _numbers(table["cost"], rows)
    known = np.isfinite(cost[rows >= 0])
    costed = bool(len(known)) and float(known.mean()) > 0.5
    full = np.nan_to_num(price)
    profit = np.where(np.isfinite(cost) & costed, full - np.nan_to_num(cost), USUAL_PROFIT * full)
    kind, kinds = _kinds(table, rows)
    return Shelf(
        sold=rows >= 0,
        kind=kind,
        kinds=kinds,
        words=_words(table["title"], rows),
        price=full.astype(np.float32),
        profit=np.maximum(profit, 0.0).astype(np.float32),
    )


def _numbers(column: Any, rows: Whole) -> Floats:
    values = np.full(1, np.nan) if column is None else np.append(numbers_of(column), np.nan)
    return values[np.where(rows >= 0, rows, -1) if column is not None else np.zeros(len(rows), int)].astype(
        np.float32
    )


def _texts(column: Any, rows: Whole) -> list[str]:
    values = [] if column is None else ["" if is_missing(value) else str(value) for value in listed(column)]
    return [values[row] if 0 <= row < len(values) else "" for row in rows.tolist()]


def _kinds(table: dict[str, Any], rows: Whole) -> tuple[Whole, int]:
    """The finest category that most items have and that is coarse enough for a table of kinds by items."""
    for name in KINDS:
        texts = _texts(table[name], rows)
        known = sorted({text for text in texts if text})
        filled = sum(bool(text) for text in texts)
        if filled > len(rows) / 2 and len(known) * len(rows) <= MOST_CELLS:
            place = {text: number for number, text in enumerate(known)}
            return np.array([place.get(text, -1) for text in texts], dtype=np.int64), len(known)
    return np.full(len(rows), -1, dtype=np.int64), 0


def _words(column: Any, rows: Whole) -> sparse.csr_array:
    """Rare words weigh more; words of one title only or of very many say nothing about likeness."""
    titles = [set(WORD.findall(text.casefold())) for text in _texts(column, rows)]
    counted: dict[str, int] = {}
    for words in titles:
        for word in words:
            counted[word] = counted.get(word, 0) + 1
    most = max(COMMON * len(titles), 20)
    vocabulary = {word: place for place, word in enumerate(sorted(w for w, n in counted.items() if 2 <= n <= most))}
    at = [
        (row, vocabulary[word]) for row, words in enumerate(titles) for word in sorted(words) if word in vocabulary
    ]
    shape = (len(titles), max(len(vocabulary), 1))
    if not at:
        return sparse.csr_array(shape, dtype=np.float32)
    spot = np.array(at, dtype=np.int64)
    seen = np.array([counted[word] for word in sorted(vocabulary)], dtype=np.float64)
    weight = np.log(len(titles) / seen)[spot[:, 1]]
    table = sparse.coo_array((weight, (spot[:, 0], spot[:, 1])), shape=shape).tocsr()
    length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    unit: sparse.csr_array = (sparse.diags_array(1.0 / np.maximum(length, 1e-9)) @ table).tocsr()
    unit.data = unit.data.astype(np.float32)
    return unit
