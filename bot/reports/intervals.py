"""How far a share may be believed that was counted on a part of all there is."""

from math import sqrt

# the normal distribution holds 95 % within so many standard deviations
SURE = 1.96


def share_interval(count: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score (1927); (0, 1) where nothing was counted."""
    if of == 0:
        return (0.0, 1.0)
    share, spread = count / of, SURE**2 / of
    middle = share + spread / 2
    half = SURE * sqrt(share * (1 - share) / of + spread / (4 * of))
    lowest, highest = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    # exactly, where rounding would leave a trace
    return (lowest if count else 0.0, highest if count < of else 1.0)
