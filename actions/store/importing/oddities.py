"""Values that are taken but hardly meant, so that an import can name the lines they stand in."""

from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_NAMED = 5
BILLION = 1_000_000_000_00


@dataclass(slots=True)
class Oddities:
    """Lines by what is odd about them."""

    lines: dict[str, list[int]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, what: str, line: int) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1
        if self.counts[what] <= MOST_NAMED:
            self.lines.setdefault(what, []).append(line)

    def weigh_price(self, price: int | None, line: int) -> None:
        """Note a price in minor units that is nothing or beyond a billion."""
        if price == 0:
            self.add("the price is 0", line)
        elif price is not None and price > BILLION:
            self.add("the price is above a billion", line)

    def notes(self) -> Iterator[str]:
        """One sentence for each kind, with the first lines it was met in."""
        for what, lines in self.lines.items():
            named = ", ".join(map(str, lines))
            more = self.counts[what] - len(lines)
            yield f"{what}: line{'s' * (len(lines) > 1)} {named}{f' and {more} more' if more else ''}"
