"""Draws who gets no unasked offers, so that what these cause can be told from what would have happened anyway."""

OFFERED, HELD_OUT = "offers", "holdout"
DIGITS = 13


def arm(fingerprint: str, share: float) -> str | None:
    """The group of whom the hex digits of a keyed hash stand for; None where nobody is held out.

    The same hash stays in the hold-out whatever else changes, also when the share grows.
    """
    if share <= 0:
        return None
    place = int(fingerprint[:DIGITS], 16) / 16**DIGITS
    return HELD_OUT if place < share else OFFERED
