"""The merchant's cross-selling matrix: rows as written, with selectors on both sides."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from actions.offers.products import Product, Provenance, RelationKind, Words
from actions.store.bulk import upsert
from actions.store.facts import bump_version
from actions.store.tables import relations

EVERY_VALUE = frozenset({"universal", "any", "all", "*"})


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One directed row; `match` names attributes of the anchor and those of the target that must agree with them.

    `confidence` is how sure the source was, from 0 to 1; None where it did not say.
    """

    anchor: str
    target: str
    kind: RelationKind
    match: Mapping[str, str] = field(default_factory=dict)
    rank: int = 0
    benefit: Words = field(default_factory=Words)
    provenance: Provenance = Provenance.MERCHANT
    state: str = "approved"
    owner: str = ""
    dated: str = ""
    confidence: float | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What a row is known by."""
        return (self.anchor, self.target, self.kind.value)

    @property
    def name(self) -> str:
        """What people call a row by."""
        return f"{self.anchor} -> {self.target} ({self.kind.value})"

    @property
    def approved(self) -> bool:
        return self.state == "approved"

    @property
    def rejected(self) -> bool:
        return self.state == "rejected"


def read_matrix(connection: Connection) -> tuple[MatrixRow, ...]:
    """Every row, rejected ones too, in the order of anchor, rank and target."""
    columns = relations.c
    rows = connection.execute(
        select(relations).order_by(columns.anchor, columns.rank, columns.target, columns.kind)
    )
    return tuple(
        MatrixRow(
            anchor=row.anchor,
            target=row.target,
            kind=RelationKind(row.kind),
            match=dict(row.match),
            rank=row.rank,
            benefit=Words(row.benefit_de, row.benefit_en),
            provenance=Provenance(row.provenance),
            state=row.state,
            owner=row.owner,
            dated=row.dated,
            confidence=row.confidence,
        )
        for row in rows
    )


def write_row(connection: Connection, row: MatrixRow) -> None:
    """Keep a row, in place of the one of its key; it counts from the next decision on."""
    kept = {
        "anchor": row.anchor,
        "target": row.target,
        "kind": row.kind.value,
        "match": dict(row.match),
        "rank": row.rank,
        "benefit_de": row.benefit.de,
        "benefit_en": row.benefit.en,
        "provenance": row.provenance.value,
        "state": row.state,
        "owner": row.owner,
        "dated": row.dated,
        "confidence": row.confidence,
    }
    upsert(connection, relations, [kept], ["anchor", "target", "kind"])
    bump_version(connection)


def fits(match: Mapping[str, str], anchor: Product, target: Product) -> bool | None:
    """Whether `target` fits `anchor` by every pair of `match`: False where one disagrees, None where a value is
    not recorded, True where all agree. Values may be lists ("26,28"); "universal" agrees with everything."""
    verdicts = [_agree(_values(anchor, mine), _values(target, theirs)) for mine, theirs in sorted(match.items())]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _agree(mine: frozenset[str], theirs: frozenset[str]) -> bool | None:
    if (mine | theirs) & EVERY_VALUE:
        return True
    return bool(mine & theirs) if mine and theirs else None


def _values(product: Product, name: str) -> frozenset[str]:
    own = {"colour": product.colour, "size": product.size, "brand": product.brand, "model": product.model}
    text = product.attributes.get(name) or own.get(name, "")
    return frozenset(part.strip().casefold() for part in text.replace(";", ",").split(",") if part.strip())
