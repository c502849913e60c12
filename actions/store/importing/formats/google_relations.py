"""The relations of a Google Merchant feed: `related_product`, in a cell or as elements."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from actions.offers.products import RelationKind
from actions.store.importing.delivery import Delivery, FeedEdge
from actions.store.importing.values import text

KINDS = frozenset(kind.value for kind in RelationKind if kind is not RelationKind.NONE_FITS)
Item = tuple[int, dict[str, Any]]


def relate(items: Sequence[Item], made: Delivery, *, complete: bool) -> None:
    """Add what the items say of one another; what all items of a group say is said of the group."""
    by_gtin = {text(item.get("gtin")): text(item.get("id")) for _, item in items if item.get("gtin")}
    groups = {text(item.get("id")): text(item.get("item_group_id")) for _, item in items}
    sizes = Counter(group for group in groups.values() if group)
    found: dict[tuple[str, str, str], int] = {}
    for line, item in items:
        sku = text(item.get("id"))
        if complete:
            made.stated |= {f"sku:{sku}"} | ({f"family:{groups[sku]}"} if groups[sku] else set())
        for kind, by, name in _related(item, line, made):
            target = by_gtin.get(name, "") if by == "gtin" else name
            if target not in groups:
                made.unresolved[name] += 1
            elif target != sku:
                found.setdefault((sku, target, kind), line)
    said = Counter((groups[sku], target, kind) for sku, target, kind in found if groups[sku])
    edges: dict[tuple[str, str, str], FeedEdge] = {}
    for (sku, target, kind), line in found.items():
        group = groups[sku]
        of_all = bool(group) and said[group, target, kind] == sizes[group]
        anchor = f"family:{group}" if of_all else f"sku:{sku}"
        edges.setdefault((anchor, target, kind), FeedEdge(line, anchor, f"sku:{target}", RelationKind(kind)))
    made.edges.extend(edges.values())


def _related(item: dict[str, Any], line: int, made: Delivery) -> Iterator[tuple[str, str, str]]:
    """(kind, `id` or `gtin`, identifier) of each relation; one that cannot be read becomes a note."""
    value = item.get("related_product")
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            triples = [
                tuple(text(part.get(name)) for name in ("relationship_type", "identifier_type", "identifier"))
            ]
        else:
            triples = [tuple(cell.strip().split(":", 2)) for cell in text(part).split(",") if cell.strip()]
        for triple in triples:
            kind, by, name = triple if len(triple) == 3 else ("", "", "")
            if kind.lower() in KINDS and by.lower() in {"id", "gtin"} and name:
                yield kind.lower(), by.lower(), name
            else:
                made.notes.append(f"line {line}: related_product {':'.join(triple)!r} is no relation")
