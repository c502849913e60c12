"""Support, confidence and lift of a pair, reckoned in one place and without any library."""


def shares(together: int, anchor_orders: int, target_orders: int, orders: int) -> tuple[float, float, float]:
    """(support, confidence, lift) of a pair, the only place where they are reckoned."""
    return together / orders, together / anchor_orders, together * orders / (anchor_orders * target_orders)
