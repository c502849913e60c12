"""What a file delivers: products in Tresen's own fields, relations by the feed, and what was left out and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.offers.products import RelationKind

# stands for "in stock, and nobody counts the pieces"
UNCOUNTED = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One product: fields of Tresen's own format, and the columns of the file they came from.

    A field that is not in `values` is not known to the file: a known product keeps what it has. `hidden` says why
    the product is not on sale, empty where it is.
    """

    line: int
    values: Mapping[str, Any]
    columns: Mapping[str, str] = field(default_factory=dict)
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class FeedEdge:
    """A relation as a file states it; both sides are selectors."""

    line: int
    anchor: str
    target: str
    kind: RelationKind


@dataclass(frozen=True, slots=True)
class Terms:
    """What a file does not say itself: the language of its texts (empty: the shop's), whether its prices lack tax,
    and today."""

    language: str = ""
    currency: str = "EUR"
    net: bool = False
    now: datetime | None = None


@dataclass(slots=True)
class Delivery:
    """Everything read from one catalogue file.

    `categories` are the file's words for each category path, `stated` the families and skus whose relations the
    file is complete about, `unresolved` the relations to something that is not there, by the name it has in the
    file, `notes` what a merchant should know besides, `mark` what stands before decimals where that is known.
    """

    entries: list[Entry] = field(default_factory=list)
    edges: list[FeedEdge] = field(default_factory=list)
    stated: set[str] = field(default_factory=set)
    categories: dict[str, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    mark: str = ""
