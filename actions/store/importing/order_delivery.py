"""What an order file delivers besides its lines: orders that are none any more, and what was passed over."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from actions.store.importing.reading import SourceRow
from actions.store.importing.values import decimal

CANCELLED = "lines of cancelled, refunded or unpaid orders"
NAMELESS = "lines without an article number"
FUTURE = "lines dated in the future"
SENT_BACK = "lines that were sent back"


@dataclass(slots=True)
class OrderNews:
    """Filled while the lines are read.

    `columns` are the file's names for our fields, `cancelled` orders whose lines are taken away again. `refunds`
    are rows of order_id, sku, ts and quantity that came back at a moment; `shares` how much of what the goods of
    an order had cost was paid back, below 1. `remaining` are the pieces of lines in a file that states what was
    kept, not what was bought. `marks` stand before decimals in the numbers read so far.
    """

    columns: dict[str, str] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    refunds: list[SourceRow] = field(default_factory=list)
    shares: dict[str, Decimal] = field(default_factory=dict)
    remaining: dict[tuple[str, str], int] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    marks: set[str] = field(default_factory=set)

    @property
    def mark(self) -> str:
        """The mark before decimals, empty where the numbers do not tell or disagree."""
        return next(iter(self.marks)) if len(self.marks) == 1 else ""


def share_paid_back(refunded: str, total: str, shipping: Iterable[str] = ()) -> Decimal:
    """How much of an order's goods was paid back: 0 where the file does not tell, 1 where it is all or more."""
    try:
        goods = decimal(total) - sum(decimal(each) for each in shipping if each)
        back = decimal(refunded)
    except (ValueError, ArithmeticError):
        return Decimal(0)
    if back <= 0:
        return Decimal(0)
    return min(back / goods, Decimal(1)) if goods > 0 else Decimal(1)


# makes rows with order_id, ts, customer_id, sku, quantity and price of the rows of an export
OrderLines = Callable[[Iterable[SourceRow], OrderNews], Iterator[SourceRow]]
