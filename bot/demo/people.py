"""Who the simulated shoppers are: what each of them came for, in which language, through which channel."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# how often somebody comes for what, and the occasions of their talk in order
ERRANDS: Mapping[str, tuple[float, tuple[str, ...]]] = {
    "buys": (34, ("search", "checkout", "order")),
    "buys more": (10, ("search", "more", "checkout", "order")),
    "asks around": (9, ("search", "question", "better", "question", "checkout", "order")),
    "haggles": (9, ("search", "too_dear", "checkout", "order")),
    "wants what fits": (6, ("search", "fitting", "checkout", "order")),
    "looks": (10, ("search", "question", "doubt", "bye")),
    "asks for service": (7, ("service", "service", "bye")),
    "wanders": (5, ("off_topic", "off_topic", "search", "bye")),
    "complains": (3, ("complaint", "leave_address", "bye")),
    "wants a person": (3, ("search", "person", "leave_address", "bye")),
    "wants no offers": (3, ("stop_offers", "search", "checkout", "order")),
    "is known": (1, ("consent", "search", "checkout", "order")),
}
ABANDONS = 0.22
GREETS = 0.3
GERMAN = 0.7
SPEAKS = 0.2
LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Person:
    """One simulated shopper; `takes` is how readily each kind of offer is taken, 0 to 1."""

    number: int
    seed: int
    language: str
    by_voice: bool
    errand: str
    occasions: tuple[str, ...]
    patience: int
    takes: Mapping[str, float] = field(default_factory=dict)

    def likes(self, sku: str) -> float:
        """How well a product pleases: the same for everybody, so that figures show products that sell."""
        return random.Random(f"{self.seed}:{sku}").random()


def draw_people(count: int, seed: int, *, voice: bool) -> Sequence[Person]:
    """So many shoppers; the same seed gives the same ones."""
    chance = random.Random(seed)
    return [_draw(number, seed, chance, voice) for number in range(count)]


def _draw(number: int, seed: int, chance: random.Random, voice: bool) -> Person:
    weights = [weight for weight, _ in ERRANDS.values()]
    (errand,) = chance.choices(list(ERRANDS), weights)
    occasions = list(ERRANDS[errand][1])
    if chance.random() < GREETS:
        occasions.insert(0, "greet")
    if occasions[-1] == "order" and chance.random() < ABANDONS:
        occasions = occasions[:-1]
    return Person(
        number=number,
        seed=seed,
        language=LANGUAGES[chance.random() > GERMAN],
        by_voice=voice and chance.random() < SPEAKS,
        errand=errand,
        occasions=tuple(occasions),
        patience=chance.randint(9, 22),
        takes={"cross": chance.betavariate(2, 4), "up": chance.betavariate(2, 5), "down": chance.betavariate(4, 3)},
    )
