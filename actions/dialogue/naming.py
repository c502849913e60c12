"""Names of products, variants and recorded facts in the shopper's language."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from actions.offers.attributes import NOT
from actions.offers.products import Product, Words
from actions.phrases import Phrasebook
from actions.store.catalogue import CatalogueSnapshot, Term
from actions.wording import listed

NONE: Mapping[str, Words] = MappingProxyType({})
VARIANT_KINDS = ("colour", "size")
# values that say how much without saying of what
LEVELS = frozenset({"low", "medium", "high"})
LIMITS = {">=": "utter_wish_at_least", "<=": "utter_wish_at_most"}
IN_UNIT = re.compile(r"(.+) in (\S+)")
FIGURES = re.compile(r"[\d.,]+(?: \w+ [\d.,]+)?")
SPAN = re.compile(r"([\d.,]+) ?(?:to|-|–) ?([\d.,]+)")
DECIMAL = re.compile(r"\d+\.\d+")
LETTER_SIZES = ("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl")


def by_size(value: str) -> tuple[int, float, str]:
    """Sorts sizes as people do: numbers by value, letters from XS to XXL, anything else by the alphabet."""
    number = re.match(r"\d+(?:[.,]\d+)?", value)
    if number:
        return (0, float(number.group().replace(",", ".")), value)
    folded = value.casefold()
    return (1, LETTER_SIZES.index(folded), value) if folded in LETTER_SIZES else (2, 0.0, folded)


def _says_what_it_is(size: str) -> bool:
    """True for "29 Zoll, breit, Autoventil" and "500 ml", not for "42" and "36-39"."""
    return " " in size and any(character.isalpha() or character in "€$£" for character in size)


class Namer:
    """Turns recorded values into words through the shop's terms; an unknown value is said as recorded."""

    def __init__(
        self,
        snapshot: CatalogueSnapshot,
        language: str,
        phrases: Phrasebook | None = None,
        titles: Mapping[str, Words] = NONE,
    ) -> None:
        """`titles` are words for categories in languages the merchant did not name them in."""
        self._language = language
        self._phrases = phrases
        self._snapshot = snapshot
        self._titles = titles
        self._attributes: dict[str, Term] = {}
        self._values: dict[str, Term] = {}
        for term in snapshot.terms:
            table = self._attributes if term.kind == "attribute" else self._values
            table.setdefault(term.term.casefold(), term)

    def word(self, value: str) -> str:
        """One recorded value in words."""
        term = self._values.get(value.casefold())
        if term:
            return term.words.of(self._language)
        if self._language == "de" and DECIMAL.fullmatch(value):
            return value.replace(".", ",")
        ends = SPAN.fullmatch(value)
        if ends and self._phrases:
            low, high = (self.word(end) for end in ends.groups())
            return self._phrases.say("utter_span", self._language, low=low, high=high)
        return value.replace("_", " ")

    def words(self, value: str) -> str:
        """A recorded value that may list several, as "Gelände, Pendeln"."""
        return ", ".join(self.word(part.strip()) for part in value.replace("|", ",").split(",") if part.strip())

    def label(self, attribute: str) -> str:
        """An attribute's name as a heading, "Gewicht"; its unit is said with the value."""
        return self._label(attribute)[0]

    def value(self, attribute: str, value: str) -> str:
        """A recorded value with the unit that its attribute's name tells: "11,4 kg", "166 bis 177 cm"."""
        tier = f"utter_tier_{value}"
        if attribute == "tier" and self._phrases and tier in self._phrases.names():
            return self._phrases.say(tier, self._language)
        unit, said = self._label(attribute)[1], self.words(value)
        return f"{said} {unit}" if unit and FIGURES.fullmatch(said) else said

    def wish(self, attribute: str, wanted: str) -> str:
        """A wish as the shopper could have said it: "Reichweite ab 60 km", "schwarz", "Größe 42"."""
        if NOT in wanted and self._phrases:
            parts = [part for part in wanted.split(",") if part]
            return ", ".join(self.refusal(p[1:]) if p[:1] == NOT else self.wish(attribute, p) for p in parts)
        limit = LIMITS.get(wanted[:2])
        if limit and self._phrases:
            value = self.value(attribute, wanted[2:])
            return self._phrases.say(limit, self._language, attribute=self.inline(attribute), value=value)
        said = self.value(attribute, wanted)
        if attribute == "size" and _says_what_it_is(said):
            return said
        bare = attribute == "size" or said[:1].isdecimal() or wanted in LEVELS
        return f"{self.inline(attribute)} {said}" if bare else said

    def inline(self, attribute: str) -> str:
        """The name as it stands inside a sentence: English writes it small unless it is an abbreviation."""
        label = self.label(attribute)
        small = self._language == "en" and label[1:2].islower()
        return label[:1].lower() + label[1:] if small else label

    def quality(self, attribute: str) -> str:
        """The name of an attribute that is an adjective ("reflektierend"), as German spelling tells; else empty."""
        term = self._attributes.get(attribute.casefold())
        return term.words.of(self._language) if term and term.words.de[:1].islower() else ""

    def refusal(self, value: str) -> str:
        """What something is not: "nicht schwarz"."""
        return (
            self._phrases.say("utter_wish_not", self._language, value=self.words(value)) if self._phrases else value
        )

    def _label(self, attribute: str) -> tuple[str, str]:
        """Heading and unit of an attribute; no unit where its name tells none."""
        own = f"utter_label_{attribute}"
        term = self._attributes.get(attribute.casefold())
        if self._phrases and term is None and own in self._phrases.names():
            return self._phrases.say(own, self._language), ""
        text = term.words.of(self._language) if term else self.word(attribute)
        heading = text[:1].upper() + text[1:]
        named = IN_UNIT.fullmatch(heading)
        return (named[1], named[2]) if named else (heading, "")

    def quoted(self, typed: Sequence[str]) -> str:
        """Words as typed in quotation marks, joined with "oder"."""
        opening, closing = ("„", "“") if self._language == "de" else ("“", "”")
        return listed([f"{opening}{word}{closing}" for word in typed], self._language, last="or")

    def title(self, product: Product) -> str:
        """The model's title without its variant."""
        return product.title.of(self._language)

    def variant(self, product: Product) -> str:
        """Colour and size as the shopper knows them, "schwarz, Größe 42"; empty where the model has one variant."""
        if len(self._snapshot.variants(product.family)) < 2:
            return ""
        parts = [self.word(product.colour)] if product.colour else []
        if product.size:
            size = self.word(product.size)
            parts.append(size if _says_what_it_is(size) else f"{self.label('size')} {size}")
        return ", ".join(parts)

    def full(self, product: Product) -> str:
        """Title with variant in brackets."""
        variant = self.variant(product)
        return f"{self.title(product)} ({variant})" if variant else self.title(product)

    def category(self, category: str) -> str:
        """The category's title, or its last path element."""
        common = self._titles.get(category, Words())
        if getattr(common, self._language):
            return str(getattr(common, self._language))
        known = self._snapshot.categories.get(category)
        return known.title.of(self._language) if known else self.word(category.rsplit("/", maxsplit=1)[-1])
