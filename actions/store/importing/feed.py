"""Relations that a shop system states come in as proposals of the feed; people decide on them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from actions.offers.products import CROSS_RELATIONS, Provenance, RelationKind
from actions.store.bulk import insert_new
from actions.store.facts import bump_version
from actions.store.importing.delivery import Delivery, FeedEdge
from actions.store.tables import products, relations

FEED = Provenance.FEED.value


def write_relations(connection: Connection, delivery: Delivery) -> dict[str, int]:
    """Propose the new ones; what is in the matrix already stays as people left it.

    A proposal that the feed no longer states is withdrawn; one that somebody approved or rejected stays, counted
    as `no longer stated`. A relation to something the shop does not sell is counted, not kept.
    """
    if not (delivery.edges or delivery.stated or delivery.unresolved):
        return {}
    there = _selectors(connection)
    sound = {(edge.anchor, edge.target, edge.kind.value): edge for edge in delivery.edges if _leads(edge, there)}
    held = {(row.anchor, row.target, row.kind): row for row in connection.execute(select(relations))}
    spoken = {(anchor, target, _direction(RelationKind(kind))) for anchor, target, kind in held}
    new = [edge for key, edge in sound.items() if (key[0], key[1], _direction(edge.kind)) not in spoken]
    gone = [
        row
        for key, row in held.items()
        if row.provenance == FEED and row.anchor in delivery.stated and key not in sound
    ]
    withdrawn = [row.id for row in gone if row.state == "proposed"]
    insert_new(connection, relations, [_row(edge) for edge in new], ["anchor", "target", "kind"])
    for number in withdrawn:
        connection.execute(relations.delete().where(relations.c.id == number))
    if new or withdrawn:
        bump_version(connection)
    counts = {
        "proposed": len(new),
        "known": len(sound) - len(new),
        "to_nothing": len(delivery.edges)
        - sum(_leads(edge, there) for edge in delivery.edges)
        + delivery.unresolved.total(),
        "withdrawn": len(withdrawn),
        "no_longer_stated": len(gone) - len(withdrawn),
    }
    return {name: count for name, count in counts.items() if count}


def _direction(kind: RelationKind) -> str:
    """What the merchant says as a required part needs no second voice as an accessory."""
    return "with" if kind in CROSS_RELATIONS else kind.value


def _selectors(connection: Connection) -> frozenset[str]:
    rows = connection.execute(select(products.c.sku, products.c.family).where(products.c.active)).tuples()
    return frozenset(name for sku, family in rows for name in (f"sku:{sku}", f"family:{family}"))


def _leads(edge: FeedEdge, there: frozenset[str]) -> bool:
    return edge.anchor in there and edge.target in there


def _row(edge: FeedEdge) -> Mapping[str, Any]:
    return {
        "anchor": edge.anchor,
        "target": edge.target,
        "kind": edge.kind.value,
        "match": {},
        "rank": 0,
        "benefit_de": "",
        "benefit_en": "",
        "provenance": FEED,
        "confidence": None,
        "state": "proposed",
        "owner": "",
        "dated": "",
    }
