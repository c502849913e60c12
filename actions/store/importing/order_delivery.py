"""What an order file delivers besides its lines: orders that are none any more, and what was passed over."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from actions.store.importing.reading import SourceRow

CANCELLED = "lines of cancelled, refunded or unpaid orders"
NAMELESS = "lines without an article number"


@dataclass(slots=True)
class OrderNews:
    """Filled while the lines are read.

    `columns` are the file's names for our fields, `cancelled` orders whose lines are taken away again, `returned`
    how many pieces of a line came back.
    """

    columns: dict[str, str] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    returned: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


# makes rows with order_id, ts, customer_id, sku, quantity and price of the rows of an export
OrderLines = Callable[[Iterable[SourceRow], OrderNews], Iterator[SourceRow]]
