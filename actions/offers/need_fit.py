"""Tells which of the stated needs a product meets by its recorded facts, and which it does not."""

from dataclasses import dataclass

from actions.offers.attributes import attribute, satisfies
from actions.offers.products import Product
from actions.offers.situation import Needs


@dataclass(frozen=True, slots=True)
class NeedFit:
    """Names of the stated needs: "category", "max_price", "min_price" and the attributes, in this order."""

    met: tuple[str, ...]
    unmet: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """True where no stated need is left unmet."""
        return not self.unmet


def fit(product: Product, needs: Needs) -> NeedFit:
    """Compare a product with every stated need; what is not recorded counts as not met."""
    price = product.price.amount
    verdicts: dict[str, bool] = {}
    if needs.category:
        verdicts["category"] = in_category(product, needs.category)
    if needs.max_price is not None:
        verdicts["max_price"] = price <= needs.max_price
    if needs.min_price is not None:
        verdicts["min_price"] = price >= needs.min_price
    for name, wanted in needs.attributes.items():
        if wanted.strip():
            verdicts[name] = satisfies(attribute(product, name), wanted)
    return NeedFit(
        met=tuple(name for name, met in verdicts.items() if met),
        unmet=tuple(name for name, met in verdicts.items() if not met),
    )


def in_category(product: Product, category: str) -> bool:
    """True where the product lies in the category or below it; no category asks for nothing."""
    return not category or f"{product.category}/".startswith(f"{category}/")
