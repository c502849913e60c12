"""What a catalogue records where: the values of each attribute in each category, colours, sizes and units."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from actions.offers.attributes import is_there, listed
from actions.understanding.catalogue import Snapshot, above
from actions.understanding.units import in_base_units

OWN = ("colour", "size")
Values = Mapping[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Records:
    """Attribute name to counted values by category path; "" is the whole catalogue.

    Values are parts of lists, in lower case; colours and sizes count too and stay as the merchant spells them.
    """

    by_category: Mapping[str, Values]
    uses: Mapping[str, tuple[str, ...]]

    @classmethod
    def build(cls, snapshot: Snapshot) -> "Records":
        """Count every recorded value once for each category it lies in."""
        table: defaultdict[str, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        values_of = lru_cache(maxsize=None)(listed)
        for product in snapshot.products.values():
            for path in ("", *above(product.category)):
                counters = table[path]
                for name, recorded in product.attributes.items():
                    counters[name].update(values_of(recorded))
                for name in OWN:
                    if getattr(product, name):
                        counters[name][getattr(product, name)] += 1
        uses = {path: tuple(words.uses) for path, words in snapshot.categories.items()}
        return cls({path: dict(counters) for path, counters in table.items()}, uses)

    def values(self, categories: tuple[str, ...], attribute: str) -> Counter[str]:
        """The counted values of an attribute in some categories, in all where none is named."""
        found: Counter[str] = Counter()
        for path in categories or ("",):
            found.update(self.by_category.get(path, {}).get(attribute, Counter()))
        return found

    def attributes(self, categories: tuple[str, ...]) -> tuple[str, ...]:
        """The attributes recorded in some categories, in the merchant's order."""
        names = (name for path in categories or ("",) for name in self.by_category.get(path, {}))
        return tuple(dict.fromkeys(names))

    def holding(self, categories: tuple[str, ...], value: str) -> tuple[str, ...]:
        """The attributes that record a value in some categories, the merchant's first attribute first."""
        return tuple(name for name in self.attributes(categories) if value in self.values(categories, name))

    def positive(self, categories: tuple[str, ...], attribute: str) -> tuple[str, ...]:
        """The recorded values of an attribute that say it is there."""
        return tuple(value for value in self.values(categories, attribute) if is_there(value))

    def dimension(self, categories: tuple[str, ...], attribute: str) -> str | None:
        """What the amounts of an attribute measure ("weight", "" for counts); None where they are no amounts."""
        values = self.values(categories, attribute)
        read = [in_base_units(attribute, value) for value in values]
        amounts = [amount for amount in read if amount is not None]
        return amounts[0][1] if amounts and len(amounts) * 2 > len(read) else None
