"""What the shop says about itself: name, currency, shipping, and the texts the FAQ answers are built on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import Connection, select

from actions.store.bulk import upsert
from actions.store.tables import shop_facts

VERSION = "catalogue_version"
TIME_ZONE = "time_zone"
# told to shoppers who ask, in both languages
FACT_TEXTS = (
    *("shipping_days", "shipping_countries", "returns", "payment", "opening_hours", "warranty", "store"),
    "services",
)
# every name a shop may state something under
FACTS = (
    *("name", "language", "currency", TIME_ZONE, "simulated_orders"),
    *(*FACT_TEXTS, "returns_days", "contact", "order_button"),
)


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """The typed view; `simulated_orders` marks the history as one that no real shopper made."""

    name: str = ""
    language: str = "de"
    currency: str = "EUR"
    simulated_orders: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def contact(self) -> str:
        """How the shop can be reached, all ways in one line; empty where it names none."""
        named = self.values.get("contact")
        ways = named.values() if isinstance(named, Mapping) else [named]
        return ", ".join(str(way) for way in ways if way)

    def text(self, name: str, language: str) -> str:
        """The fact `name` in `language`, else in the other one; empty where the shop does not state it."""
        value = self.values.get(name, "")
        if not isinstance(value, Mapping):
            return str(value)
        other = "de" if language == "en" else "en"
        return str(value.get(language) or value.get(other) or "")


def read_facts(connection: Connection) -> ShopFacts:
    """The facts as stored."""
    stored = dict(connection.execute(select(shop_facts.c.name, shop_facts.c.value)).tuples().all())
    return ShopFacts(
        name=str(stored.get("name", "")),
        language=str(stored.get("language", "de")),
        currency=str(stored.get("currency", "EUR")),
        simulated_orders=bool(stored.get("simulated_orders", False)),
        values={name: value for name, value in stored.items() if name != VERSION},
    )


def read_currency(connection: Connection) -> str:
    """The currency prices are in; euros until the shop says something else."""
    return stated_currency(connection) or "EUR"


def stated_currency(connection: Connection) -> str:
    """The currency the shop has said it sells in; empty where it has not."""
    return str(connection.scalar(select(shop_facts.c.value).where(shop_facts.c.name == "currency")) or "")


def read_language(connection: Connection) -> str:
    """The language the shop speaks first; German until it says something else."""
    stored = connection.scalar(select(shop_facts.c.value).where(shop_facts.c.name == "language"))
    return "en" if stored == "en" else "de"


def read_time_zone(connection: Connection) -> ZoneInfo:
    """The zone in which the shop's days begin and end; UTC until it says something else."""
    return time_zone(connection.scalar(select(shop_facts.c.value).where(shop_facts.c.name == TIME_ZONE)) or "UTC")


def time_zone(name: object) -> ZoneInfo:
    """The zone of that name; ValueError where there is none."""
    if name not in available_timezones():
        raise ValueError(f"{TIME_ZONE} cannot be {name!r}; write it like Europe/Berlin")
    return ZoneInfo(str(name))


def write_facts(connection: Connection, facts: Mapping[str, Any]) -> None:
    """Store the facts by name, overwriting those of the same name."""
    upsert(connection, shop_facts, [{"name": name, "value": value} for name, value in facts.items()], ["name"])


def catalogue_version(connection: Connection) -> int:
    """A counter that changes with the catalogue, the matrix, the facts, the limits and the affinities."""
    value = connection.scalar(select(shop_facts.c.value).where(shop_facts.c.name == VERSION))
    return int(value or 0)


def bump_version(connection: Connection) -> None:
    """Tell every process that its snapshot is out of date."""
    held = select(shop_facts.c.value).where(shop_facts.c.name == VERSION).with_for_update()
    write_facts(connection, {VERSION: int(connection.scalar(held) or 0) + 1})
