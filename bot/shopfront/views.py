"""What the shop's pages show, taken from the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass

from actions.dialogue.naming import VARIANT_KINDS, Namer, by_size
from actions.offers.products import Money, Product
from actions.store.catalogue import CatalogueSnapshot

PREVIEW = 8


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
    """What the front page shows: the favourites of each main category, or every model of one category by kind."""
    grouped: dict[str, list[FamilyView]] = {}
    for members in snapshot.families.values():
        family = family_view(members, names)
        category = family.product.category
        if not within or _is_within(category, within):
            grouped.setdefault(category if within else _top(category), []).append(family)
    limit = None if within else PREVIEW
    return [
        SectionView(
            category,
            names.category(category),
            tuple(sorted(grouped[category], key=_by_popularity)[:limit]),
            len(grouped[category]),
        )
        for category in _in_shop_order(snapshot, grouped)
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
            values.sort(key=by_size)
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


def _by_popularity(family: FamilyView) -> tuple[int, int, int, str]:
    """Most sold first; where nothing was counted yet, most reviewed first."""
    product = family.product
    return (-product.popularity, -product.rating_count, family.price.amount, product.sku)
