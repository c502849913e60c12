"""Random shoppers, carts, candidates and limits, from a small shop in which everything collides with everything.

Drawn from one seed each: a structure of strategies this deep would spend the tests' time on drawing.
"""

import random
from typing import Any

from hypothesis import strategies as st

from actions.offers.limits import OfferLimits
from actions.offers.products import Evidence, Money, Product, Provenance, Relation, RelationKind, Words
from actions.offers.situation import (
    Candidate,
    CartItem,
    Hesitation,
    Needs,
    OfferKind,
    Placement,
    Situation,
    Stage,
)

Encounter = tuple[Situation, list[Candidate], OfferLimits]

SKUS = [f"P{number}" for number in range(12)]
FAMILIES = [f"f{number}" for number in range(8)]
DEPARTMENTS = ["bikes/bells", "bikes/locks", "accessories/helmets", "garden/lawnmowers", ""]
SPEAKING = {OfferKind.UP: RelationKind.UPGRADE, OfferKind.DOWN: RelationKind.DOWNGRADE}


def encounters() -> st.SearchStrategy[Encounter]:
    """A situation, up to twelve candidates (some twice, some of another line of the cart), a merchant's limits."""
    return st.integers(0, 2**32).map(encounter)


def encounter(seed: int) -> Encounter:
    """The encounter of one seed."""
    chance = _Chance(seed)
    shop = {sku: _product(chance, sku) for sku in SKUS}
    situation = _situation(chance, shop)
    candidates = [_candidate(chance, shop) for _ in range(chance.randint(1, 12))]
    return situation, candidates, _limits(chance)


class _Chance(random.Random):
    def mostly(self, usual: Any, *others: Any) -> Any:
        """The usual value nineteen times in twenty, so that enough encounters end in an offer."""
        return usual if self.random() < 0.95 else self.choice(others)

    def some(self, values: Any, most: int) -> frozenset[Any]:
        return frozenset(self.sample(list(values), self.randint(1, most)))


def _product(chance: _Chance, sku: str) -> Product:
    anchor = sku == "P0"
    alternative = anchor or chance.random() < 0.5
    return Product(
        sku=sku,
        family="f0" if anchor else chance.mostly(chance.choice(FAMILIES[1:]), "f0"),
        title=Words(sku, sku),
        category="bikes/mountain" if alternative else chance.choice(DEPARTMENTS),
        price=Money(
            10_000 if anchor else chance.choice([500, 4_000, 8_000, 9_700, 12_000, 13_000, 14_000, 15_000, 30_000])
        ),
        cost=chance.mostly(300, None, 0, 3_000, 9_000, 14_000),
        stock=chance.mostly(4, 0, 1, 2),
        tier=chance.choice([None, 1, 2, 3]),
        size=chance.mostly("", "42", "46"),
        colour=chance.choice(["", "red"]),
        attributes={"use": chance.choice(["trail", "commute", "trail|commute", "trail|commute"])},
        popularity=chance.randint(0, 2),
    )


def _candidate(chance: _Chance, shop: dict[str, Product]) -> Candidate:
    sku = chance.choice(SKUS)
    kind = chance.choice([_natural(shop[sku]), _natural(shop[sku]), *OfferKind])
    if kind is not OfferKind.CROSS and chance.random() < 0.5:
        return Candidate(shop[sku], kind)
    provenance = chance.choice(list(Provenance))
    approved = provenance is not Provenance.MINED
    relation = Relation(
        anchor=chance.mostly("P0", *SKUS),
        target=sku,
        kind=chance.mostly(SPEAKING.get(kind, RelationKind.ACCESSORY), *RelationKind),
        provenance=provenance,
        approved=chance.mostly(approved, not approved),
        rank=chance.randint(0, 2),
        evidence=chance.choice([None, _evidence(chance)]),
        compatible=chance.mostly(True, None, False),
    )
    beside = chance.choice([0.0, 0.0, 0.4, 2.0]) if kind is OfferKind.CROSS else 0.0
    return Candidate(shop[sku], kind, relation, pull_of_others=beside)


def _natural(product: Product) -> OfferKind:
    if product.category != "bikes/mountain":
        return OfferKind.CROSS
    return OfferKind.UP if product.price.amount > 10_000 else OfferKind.DOWN


def _evidence(chance: _Chance) -> Evidence:
    return Evidence(
        together=chance.mostly(200, 0, 19, 20),
        confidence=chance.mostly(0.3, 0.0, 0.03),
        lift=chance.mostly(3.0, 0.5, 1.2),
        weight=chance.choice([-0.1, 0.0, 0.1]),
    )


def _situation(chance: _Chance, shop: dict[str, Product]) -> Situation:
    others = chance.sample(SKUS[1:], chance.choice([0, 0, 1, 2]))
    held = chance.mostly(["P0", *others], others)
    stage, hesitation, asked_for = _moment(chance)
    return Situation(
        stage=stage,
        anchor=chance.mostly(shop["P0"], None, shop["P1"]),
        cart=tuple(CartItem(shop[sku], chance.randint(1, 2)) for sku in held),
        placement=chance.choice(list(Placement)),
        voice=chance.random() < 0.5,
        asked_for=asked_for,
        requested=chance.mostly(None, *OfferKind),
        hesitation=hesitation,
        needs=Needs(
            category=chance.choice(["", "bikes"]),
            max_price=chance.choice([None, None, 9_500, 40_000]),
            attributes=chance.choice([{}, {"use": "trail"}, {"use": "commute"}, {"use": "commute"}]),
        ),
        refused=chance.mostly(frozenset(), chance.some(SKUS, 3)),
        refusals=chance.mostly(0, 1, 2, 3),
        paused=chance.mostly(frozenset(), chance.some(OfferKind, 3)),
        opted_out=chance.mostly(False, True),
        negative_mood=chance.mostly(False, True),
        owned_families=chance.mostly(frozenset(), chance.some(FAMILIES, 2)),
        shown=chance.mostly({}, {kind: chance.randint(0, 3) for kind in OfferKind}),
        shown_skus=chance.mostly(frozenset(), chance.some(SKUS, 3)),
        up_settled=chance.mostly(False, True),
        refused_families=chance.mostly(frozenset(), chance.some(FAMILIES, 2)),
        related_categories=chance.mostly(frozenset(), frozenset({("bikes/mountain", chance.choice(DEPARTMENTS))})),
        nothing_fits=chance.mostly(frozenset(), frozenset({"P0"})),
        family_sizes=chance.mostly({}, {family: frozenset({"42", "46"}) for family in FAMILIES}),
        held_out=chance.mostly(False, True),
        rolled_out=chance.mostly(True, False),
    )


def _moment(chance: _Chance) -> tuple[Stage, Hesitation | None, OfferKind | None]:
    """Just bought, hesitating over the price, asking, or anything at all."""
    return chance.choice(
        [
            (Stage.INTENT, None, None),
            (Stage.INTENT, None, None),
            (chance.choice([Stage.CHECKOUT, Stage.ORDERED, Stage.AFTER]), None, None),
            (chance.choice([Stage.CONSIDER, Stage.INTENT]), Hesitation.PRICE_SENSITIVITY, None),
            (chance.choice(list(Stage)), None, chance.choice(list(OfferKind))),
            (chance.choice(list(Stage)), chance.choice(list(Hesitation)), chance.choice([None, *OfferKind])),
        ]
    )


def _limits(chance: _Chance) -> OfferLimits:
    return OfferLimits(
        order_first=chance.mostly("intent", "strict"),
        min_profit_cross=chance.choice([-500, 0, 100, 2_000]),
        handling_cost=chance.choice([0, 150]),
        min_profit_gain_up=chance.choice([0, 500]),
        min_profit_down=chance.choice([-500, 0]),
        use_mined=chance.random() < 0.7,
        allow_unrelated=chance.random() < 0.3,
        max_choices_web=chance.randint(1, 3),
        high_ticket=chance.mostly(None, 10_000),
        placements_off=chance.mostly(frozenset(), chance.some(Placement, 2)),
        free_shipping_from=chance.choice([None, 5_000, 25_000]),
    )
