"""A conversation as it was written down, as far as promises about offers can be judged by it."""

from collections.abc import Iterator
from dataclasses import dataclass

from actions.offers.limits import OfferLimits
from actions.offers.situation import OfferKind


@dataclass(frozen=True, slots=True)
class Line:
    """One message: its intent ("" where nothing was said, None where nobody knows what), the skus that the answer
    read back, and those in the cart after it (None where no answer was kept).

    `refuses` is the offer that a no names, "" for whatever lies there; None is no no, or one to something else.
    """

    position: int
    intent: str | None = ""
    read_back: frozenset[str] = frozenset()
    cart: frozenset[str] | None = frozenset()
    refuses: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """One product as it was offered: after which message (None where that is gone), as what, and what became of it.

    `limits` are those in force then, None where nobody knows them any more; `claims_asked` is what the deciding
    code wrote, that the shopper had asked for it.
    """

    id: str
    decision: str
    position: int | None
    kind: OfferKind
    sku: str
    family: str
    limits: OfferLimits | None
    claims_asked: bool = False
    state: str = "shown"
    answered_at: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A conversation as it was written down; `handed_off` and `ordered` are the messages after which it was."""

    conversation: str
    lines: tuple[Line, ...]
    offers: tuple[Made, ...]
    handed_off: int | None = None
    ordered: int | None = None

    @property
    def whole(self) -> bool:
        """False where something was erased: positions count from 0 and leave none out."""
        return bool(self.lines) and [line.position for line in self.lines] == list(range(len(self.lines)))

    def until(self, position: int) -> Iterator[Line]:
        """The messages up to this one, and it."""
        return (line for line in self.lines if line.position <= position)
