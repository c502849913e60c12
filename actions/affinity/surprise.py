"""How far the orders of a pair are from what chance would make of them."""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import kl_div

Reals = npt.NDArray[np.floating[Any]]


def log_likelihood_ratio(
    together: npt.ArrayLike, anchor_orders: npt.ArrayLike, target_orders: npt.ArrayLike, orders: npt.ArrayLike
) -> Reals:
    """G2 of the orders with both, with one only, with the other only and with neither (Dunning 1993, unsigned).

    Twice the sum of count x ln(count / expected) over these four, where chance expects anchor_orders x
    target_orders / orders with both, and so on. Numbers or arrays that go together in shape, weighted counts too;
    returns that shape. 0 where the two are independent, the same in both directions, growing with the evidence.
    It does not say whether the two seek or avoid each other: the lift does.
    """
    both, anchor, target, whole = (
        np.asarray(each, dtype=np.float64) for each in (together, anchor_orders, target_orders, orders)
    )
    counts = (both, anchor - both, target - both, whole - anchor - target + both)
    expected = (
        anchor * target / whole,
        anchor * (whole - target) / whole,
        (whole - anchor) * target / whole,
        (whole - anchor) * (whole - target) / whole,
    )
    # the differences of count and expected cancel out over the four; with them no part is below zero
    return np.asarray(2.0 * sum(_part(*each) for each in zip(counts, expected, strict=True)))


def _part(count: Reals, expected: Reals) -> Reals:
    """Nothing where nothing is expected: weighted counts leave a trace of rounding there."""
    return np.where(expected > 0, kl_div(np.maximum(count, 0.0), np.maximum(expected, 0.0)), 0.0)
