"""Builders for situations and candidates that name only what a test is about; everything else would be offered."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from actions.offers.campaigns import Campaign
from actions.offers.decision import Decision, Refusal
from actions.offers.limits import OfferLimits
from actions.offers.policy import decide
from actions.offers.products import Evidence, Money, Product, Provenance, Relation, RelationKind, Words
from actions.offers.situation import Candidate, CartItem, Hesitation, Needs, OfferKind, Situation, Stage

BEGINS = datetime(2026, 12, 1, tzinfo=UTC)
AMID = datetime(2026, 12, 10, tzinfo=UTC)
ENDS = datetime(2026, 12, 24, tzinfo=UTC)

LIMITS = OfferLimits(free_shipping_from=None, use_mined=True)


def product(sku: str, price: int = 10_000, **changes: Any) -> Product:
    """A product in stock that earns a third of its net price."""
    values: dict[str, Any] = {
        "family": sku.lower(),
        "title": Words(f"{sku} de", f"{sku} en"),
        "category": "bikes/mountain",
        "cost": price * 100 // 119 * 2 // 3,
        "stock": 5,
    }
    return Product(sku=sku, price=Money(price), **{**values, **changes})


BIKE = product(
    "BIKE", 90_000, tier=2, size="46", colour="black", attributes={"brakes": "disc", "use": "trail|commute"}
)
COMMUTER_UNDER_1500 = Needs(max_price=150_000, attributes={"use": "commute"})
ENOUGH = Evidence(together=200, anchor_orders=800, orders=5000, confidence=0.25, lift=3.0, support=0.04)


def extra(sku: str, price: int = 5_000, **changes: Any) -> Product:
    """Something to go with the bike."""
    return product(sku, price, **{"category": f"accessories/{sku.lower()}", **changes})


def curated(anchor: Product, target: Product, **changes: Any) -> Relation:
    """An approved row of the merchant's matrix."""
    values: dict[str, Any] = {
        "kind": RelationKind.ACCESSORY,
        "provenance": Provenance.MERCHANT,
        "approved": True,
    }
    return Relation(anchor=anchor.sku, target=target.sku, **{**values, **changes})


def counted(anchor: Product, target: Product, evidence: Evidence | None = ENOUGH, **changes: Any) -> Relation:
    """A relation mined from past orders, approved by nobody."""
    values: dict[str, Any] = {
        "kind": RelationKind.OFTEN_BOUGHT_WITH,
        "provenance": Provenance.MINED,
        "approved": False,
        "evidence": evidence,
    }
    return Relation(anchor=anchor.sku, target=target.sku, **{**values, **changes})


def cross(target: Product, relation: Relation | None = None, *, anchor: Product = BIKE) -> Candidate:
    """A cross-sell, by the merchant's matrix unless a relation is given."""
    return Candidate(target, OfferKind.CROSS, relation or curated(anchor, target))


def up(target: Product, relation: Relation | None = None) -> Candidate:
    """An up-sell."""
    return Candidate(target, OfferKind.UP, relation)


def down(target: Product, relation: Relation | None = None) -> Candidate:
    """A down-sell."""
    return Candidate(target, OfferKind.DOWN, relation)


def better_bike(sku: str = "BETTER", price: int = 120_000, **changes: Any) -> Product:
    """The next bike up, which meets what the commuter asked for."""
    values = {"tier": 3, "size": "46", "attributes": {"brakes": "hydraulic disc", "use": "trail|commute|touring"}}
    return product(sku, price, **{**values, **changes})


def cheaper_bike(sku: str = "CHEAPER", price: int = 70_000, **changes: Any) -> Product:
    """The next bike down, which still meets what the commuter asked for."""
    values = {"tier": 1, "size": "46", "attributes": {"brakes": "rim", "use": "commute"}}
    return product(sku, price, **{**values, **changes})


def after_the_yes(anchor: Product = BIKE, **changes: Any) -> Situation:
    """The shopper has said yes to the anchor, and it is in the cart."""
    return replace(Situation(Stage.INTENT, anchor, (CartItem(anchor),)), **changes)


def too_dear(anchor: Product = BIKE, **changes: Any) -> Situation:
    """The shopper looks at the anchor and finds it too dear."""
    values = {"hesitation": Hesitation.PRICE_SENSITIVITY, "needs": COMMUTER_UNDER_1500}
    return replace(Situation(Stage.CONSIDER, anchor), **{**values, **changes})


def offered(decision: Decision) -> list[str]:
    """The offered skus in their order."""
    return [offer.product.sku for offer in decision.offers]


def why_not(situation: Situation, candidate: Candidate, limits: OfferLimits = LIMITS) -> Refusal:
    """The reason the only candidate is withheld for; asserts that it is."""
    decision = decide(situation, [candidate], limits)
    assert decision.offers == ()
    assert [row.sku for row in decision.withheld] == [candidate.product.sku]
    assert decision.withheld[0].details
    return decision.withheld[0].reason


def found(decision: Decision) -> list[tuple[tuple[str, dict[str, Any]], ...]]:
    """What is behind each refusal, as (code, values)."""
    return [tuple((each.code.value, dict(each.values)) for each in row.details) for row in decision.withheld]


def is_offered(situation: Situation, candidate: Candidate, limits: OfferLimits = LIMITS) -> bool:
    """True where the only candidate is offered."""
    decision = decide(situation, [candidate], limits)
    assert len(decision.offers) + len(decision.withheld) == 1
    return offered(decision) == [candidate.product.sku]


def reasons(decision: Decision) -> dict[str, Refusal]:
    """The reason by withheld sku; only for decisions in which no sku is withheld as two kinds."""
    assert len({row.sku for row in decision.withheld}) == len(decision.withheld)
    return {row.sku: row.reason for row in decision.withheld}


def asked(situation: Situation, kind: OfferKind) -> Situation:
    """The same situation, the shopper having asked for a kind of advice."""
    return replace(situation, asked_for=kind)


def in_cart(*products: Product) -> tuple[CartItem, ...]:
    """A cart with one of each."""
    return tuple(CartItem(one) for one in products)


def every(candidates: Iterable[Candidate]) -> set[tuple[str, OfferKind]]:
    """What a decision must answer for."""
    return {(candidate.product.sku, candidate.kind) for candidate in candidates}


def asking_for(name: str = "xmas", starts: datetime = BEGINS, ends: datetime = ENDS, **changes: Any) -> Campaign:
    """A campaign of December that asks for these limits."""
    return Campaign(name, starts, ends, changes)
