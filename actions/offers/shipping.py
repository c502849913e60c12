"""The honest arithmetic of shipping: its cost, what free shipping is short of, what filling up is worth."""

from dataclasses import dataclass
from enum import StrEnum

from actions.offers.limits import OfferLimits
from actions.offers.products import Money, Product


class Worth(StrEnum):
    """What a filler does to the sum a shopper pays, shipping included."""

    SAVES = "saves"
    ALMOST_SAME = "almost_same"
    COSTS_MORE = "costs_more"
    NOT_AN_ARGUMENT = "not_an_argument"


@dataclass(frozen=True, slots=True)
class Shipping:
    """Shipping of a cart in minor units; `missing` is what free shipping is short of, None without a threshold."""

    cost: int
    missing: int | None


@dataclass(frozen=True, slots=True)
class FillUp:
    """What adding one product does; `extra_paid` is its price less the shipping saved, negative where it saves."""

    missing: Money
    shipping_saved: Money
    filler_price: Money
    extra_paid: Money
    worth: Worth

    @property
    def is_an_argument(self) -> bool:
        """True where free shipping may be named as a reason for the product."""
        return self.worth in (Worth.SAVES, Worth.ALMOST_SAME)


def shipping_of(cart_total: int, limits: OfferLimits) -> Shipping:
    """What sending a cart of this gross total costs; nothing from the threshold on."""
    if limits.free_shipping_from is None:
        return Shipping(limits.shipping_cost, None)
    missing = max(limits.free_shipping_from - cart_total, 0)
    return Shipping(limits.shipping_cost if missing else 0, missing)


def is_always_free(limits: OfferLimits) -> bool:
    """True where sending costs nothing, however little is ordered."""
    return shipping_of(0, limits).cost == 0


def fill_up(cart_total: int, filler: Product, limits: OfferLimits) -> FillUp | None:
    """Weigh a filler against the shipping it saves; None where shipping is free already or never becomes free.

    Within a tenth of the shipping cost both ways the sum stays almost the same. A filler of up to twice what
    it saves is said to cost more; beyond that, or where the cart stays below the threshold, shipping is no subject.
    """
    before = shipping_of(cart_total, limits)
    if before.missing is None or before.cost == 0:
        return None
    price = filler.price
    saved = before.cost if price.amount >= before.missing else 0
    extra = price.amount - saved
    return FillUp(
        missing=Money(before.missing, price.currency),
        shipping_saved=Money(saved, price.currency),
        filler_price=price,
        extra_paid=Money(extra, price.currency),
        worth=_worth(extra, saved),
    )


def _worth(extra: int, saved: int) -> Worth:
    if saved == 0 or extra > saved:
        return Worth.NOT_AN_ARGUMENT
    if extra * 10 > saved:
        return Worth.COSTS_MORE
    return Worth.SAVES if extra * 10 < -saved else Worth.ALMOST_SAME
