"""Three small shops made by hand, of three trades."""

from bike_shop import bikes
from other_shops import electronics, fashion
from shop_building import Shop, model, shop

__all__ = ["Shop", "bikes", "electronics", "fashion", "model", "shop"]
