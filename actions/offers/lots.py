"""Draws lots: who is in a group of shoppers, told from a keyed hash alone, so that no table says who is where."""

from dataclasses import dataclass

OFFERED, HELD_OUT = "offers", "holdout"
# unasked offers for nobody, and for everybody
SHADOW, FULL = 0.0, 1.0
DIGITS = 13
SHARES = float(16**DIGITS)


@dataclass(frozen=True, slots=True)
class Lots:
    """What was drawn for a shopper: the `arm` of the hold-out, and the place in the `rollout`, from 0 to below 1.

    None where nothing was drawn.
    """

    arm: str | None = None
    rollout: float | None = None

    def is_held_out(self) -> bool:
        return self.arm == HELD_OUT

    def is_rolled_out(self, share: float) -> bool:
        """Whether a share of the shoppers holds this one; where nothing was drawn, only once it holds everybody."""
        return share >= FULL or (self.rollout is not None and self.rollout < share)


NO_LOTS = Lots()


def place(fingerprint: str) -> float:
    """The place in a row of all shoppers, from 0 to below 1, of whom the hex digits of a keyed hash stand for."""
    return int(fingerprint[:DIGITS], 16) / SHARES


def arm(fingerprint: str, share: float) -> str | None:
    """The group of the hold-out; None where nobody is held out.

    The same hash stays in the hold-out whatever else changes, also when the share grows.
    """
    if share <= 0:
        return None
    return HELD_OUT if place(fingerprint) < share else OFFERED
