"""Numbers that the words beside them agree with, in sentences that are filled in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written; in a sentence `{n}` writes it, and `{n:was|were}` the word that goes with it."""

    count: float
    text: str

    @classmethod
    def of(cls, count: int) -> "Number":
        """A count that is written as it stands."""
        return cls(count, str(count))

    def __format__(self, spec: str) -> str:
        if not spec:
            return self.text
        one, several = spec.split("|")
        return one if self.count == 1 else several
