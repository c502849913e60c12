"""What the shop's pages show, taken from the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass

from actions.dialogue.naming import VARIANT_KINDS, Namer
from actions.offers.products import Money, Product
from actions.store.catalogue import CatalogueSnapshot

PREVIEW = 4
LETTER_SIZES = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "3XL")


@dataclass(frozen=True, slots=True)
class FamilyView:
    """One model in the grid; `prices_vary` where its variants differ in price."""

    product: Product
    title: str
    price: Money
    prices_vary: bool
    colours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """One category with its models, most popular first; `count` is how many there are in all."""

    category: str
    title: str
    families: tuple[FamilyView, ...]
    count: int


@dataclass(frozen=True, slots=True)
class VariantView:
    """One value of a choice (a colour, a size) and the product it leads to."""

    value: str
    label: str
    sku: str
    is_current: bool
    in_stock: bool


def sections(snapshot: CatalogueSnapshot, names: Namer, within: str = "") -> list[SectionView]:
    """The categories with their models; all models where one category was chosen, else a few of each."""
    grouped: dict[str, list[FamilyView]] = {}
    for members in snapshot.families.values():
        family = family_view(members, names)
        grouped.setdefault(family.product.category, []).append(family)
    order = {category: place for place, category in enumerate(_in_shop_order(snapshot, grouped))}
    chosen = [category for category in grouped if not within or _is_within(category, within)]
    limit = None if within else PREVIEW
    return [
        SectionView(
            category,
            names.category(category),
            tuple(sorted(grouped[category], key=_by_popularity)[:limit]),
            len(grouped[category]),
        )
        for category in sorted(chosen, key=order.__getitem__)
    ]


def top_categories(snapshot: CatalogueSnapshot, names: Namer) -> list[tuple[str, str]]:
    """Path and title of the shop's main categories."""
    tops = {_top(product.category): None for product in snapshot.products.values()}
    return [(path, names.category(path)) for path in _in_shop_order(snapshot, tops)]


def family_view(members: Iterable[Product], names: Namer) -> FamilyView:
    """A model by its cheapest variant, one in stock if there is any."""
    variants = sorted(members, key=lambda product: (product.stock <= 0, product.price.amount, product.sku))
    shown = variants[0]
    prices = {product.price.amount for product in variants}
    colours = tuple(dict.fromkeys(product.colour for product in variants if product.colour))
    cheapest = Money(min(prices), shown.price.currency)
    return FamilyView(shown, names.title(shown), cheapest, len(prices) > 1, colours)


def choices(product: Product, members: Iterable[Product], names: Namer) -> dict[str, list[VariantView]]:
    """For colour and size: the values the model comes in, each with the variant nearest to `product`."""
    variants = tuple(members)
    found: dict[str, list[VariantView]] = {}
    for kind in VARIANT_KINDS:
        values = list(dict.fromkeys(getattr(variant, kind) for variant in variants if getattr(variant, kind)))
        if kind == "size":
            values.sort(key=_size_order)
        if len(values) > 1:
            found[kind] = [_variant_view(kind, value, product, variants, names) for value in values]
    return found


def facts(product: Product, names: Namer) -> list[tuple[str, str]]:
    """The recorded attributes as label and value."""
    return [(names.label(name), names.words(value)) for name, value in product.attributes.items() if value]


def _variant_view(
    kind: str, value: str, product: Product, variants: tuple[Product, ...], names: Namer
) -> VariantView:
    other = next(other for other in VARIANT_KINDS if other != kind)
    having = [variant for variant in variants if getattr(variant, kind) == value]
    nearest = min(having, key=lambda v: (getattr(v, other) != getattr(product, other), v.stock <= 0, v.sku))
    label = names.word(value) if kind == "colour" else value
    return VariantView(value, label, nearest.sku, getattr(product, kind) == value, nearest.stock > 0)


def _is_within(category: str, path: str) -> bool:
    return category == path or category.startswith(f"{path}/")


def _in_shop_order(snapshot: CatalogueSnapshot, paths: Iterable[str]) -> list[str]:
    """Main categories by the value of their range, so that a bike shop begins with bikes; then their parts."""
    worth: dict[str, int] = {}
    for product in snapshot.products.values():
        for path in {_top(product.category), product.category}:
            worth[path] = worth.get(path, 0) + product.price.amount
    return sorted(paths, key=lambda path: (-worth.get(_top(path), 0), -worth.get(path, 0), path))


def _top(category: str) -> str:
    return category.split("/", maxsplit=1)[0]


def _size_order(size: str) -> tuple[int, float, str]:
    """Letters from small to large, numbers by value, the rest by name."""
    if size.upper() in LETTER_SIZES:
        return (0, LETTER_SIZES.index(size.upper()), "")
    try:
        return (1, float(size.replace(",", ".")), "")
    except ValueError:
        return (2, 0, size)


def _by_popularity(family: FamilyView) -> tuple[int, int, str]:
    return (-family.product.popularity, family.price.amount, family.product.sku)
