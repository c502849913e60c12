"""Which products a selector of the matrix means: `sku:X`, `family:X`, `category:a/b`, `category:a/*` or `*`."""

from functools import cache

from actions.offers.products import Product

EVERYTHING = "*"
# the category of products whose need is not known: nothing in it replaces anything else
UNSORTED = "unsorted"
KINDS = ("sku", "family", "category")


def is_selector(text: str) -> bool:
    """True for a well-formed selector; whether anything answers to it is another question."""
    kind, _, name = text.partition(":")
    return text == EVERYTHING or (kind in KINDS and bool(name.strip()))


def selectors_of(product: Product) -> tuple[str, ...]:
    """Every selector that covers `product`, the most specific first."""
    return answering(product.sku, product.family, product.category)


def answering(sku: str, family: str, category: str) -> tuple[str, ...]:
    """The same for a product of which only that is known."""
    return (f"sku:{sku}", f"family:{family}", *_selectors_of_category(category))


@cache
def _selectors_of_category(category: str) -> tuple[str, ...]:
    steps = category.split("/")
    below = [f"category:{'/'.join(steps[:count])}/*" for count in range(len(steps), 0, -1)]
    return (f"category:{category}", *below, EVERYTHING)


def covers(selector: str, product: Product) -> bool:
    """True where `selector` means `product`; `category:a/*` means a itself and all below it."""
    return selector in selectors_of(product)
