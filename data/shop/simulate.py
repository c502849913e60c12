"""Simulates the order history of an example shop: no real shopper made a single one of these orders.

    python data/shop/simulate.py SHOP [SHOP ...]

Reads SHOP/products.csv and SHOP/simulation.yml; writes SHOP/orders.csv.gz and SHOP/truth.csv, the complements
that were planted, so that it can be measured what mining finds again. The same source gives the same orders.
"""

import csv
import gzip
import heapq
import io
import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
MOST_LINES = 7
ORDER_COLUMNS = ("order_id", "ts", "customer_id", "sku", "quantity", "price")
TRUTH_COLUMNS = ("anchor", "target", "probability", "together", "anchor_orders", "lift")


@dataclass(frozen=True, slots=True)
class Variant:
    """What the simulation needs to know of one line of products.csv."""

    sku: str
    family: str
    category: str
    size: str
    price: str
    stock: int
    reviews: int
    attributes: tuple[tuple[str, str], ...]

    def fits(self, other: "Variant", names: Sequence[str]) -> int:
        """In how many of the attributes `names` the two agree, minus a lot for every one in which they do not."""
        mine, theirs = dict(self.attributes), dict(other.attributes)
        shared = [name for name in names if name in mine and name in theirs]
        return sum(1 if mine[name] == theirs[name] else -100 for name in shared)


@dataclass(frozen=True, slots=True)
class Order:
    """One basket: every variant once, with its quantity."""

    placed: datetime
    customer: str
    lines: dict[Variant, int]


@dataclass(frozen=True)
class Recipe:
    """A simulation.yml with the catalogue it is about."""

    settings: dict[str, Any]
    families: dict[str, list[Variant]]

    @property
    def first_day(self) -> date:
        return date.fromisoformat(self.settings["start"])

    @cached_property
    def days(self) -> list[date]:
        count = (date.fromisoformat(self.settings["end"]) - self.first_day).days + 1
        return [self.first_day + timedelta(days=number) for number in range(count)]

    @cached_property
    def day_weights(self) -> list[float]:
        """How busy each day is: the season of the month, more on Mondays and Sundays."""
        months, weekdays = self.settings["months"], self.settings["weekdays"]
        return list(accumulate(months[day.month - 1] * weekdays[day.weekday()] for day in self.days))

    @cached_property
    def complements(self) -> dict[str, list[tuple[str, float]]]:
        """What an anchor family draws into the basket: true complements and the habits that are none."""
        listed = [*self.settings["complements"], *self.settings.get("traps", [])]
        found: dict[str, list[tuple[str, float]]] = {}
        for anchor, target, probability in listed:
            found.setdefault(anchor, []).append((target, probability))
        return found

    def interest(self, persona: str, month: int) -> list[float]:
        """Cumulated weights of the families, in their order, for one kind of customer in one month."""
        key = (persona, month)
        if key not in self._interests:
            weights = (self._weight(name, persona, month) for name in self.families)
            self._interests[key] = list(accumulate(weights))
        return self._interests[key]

    @cached_property
    def _interests(self) -> dict[tuple[str, int], list[float]]:
        return {}

    def _weight(self, name: str, persona: str, month: int) -> float:
        variant = self.families[name][0]
        weight = max(variant.reviews, 1) * float(self._factor("popularity", variant))
        if name in self.settings["noise"]:
            return weight
        seasons = self._factor("seasons", variant, [1.0] * 12)
        likes = self.settings["personas"][persona]["likes"]
        return weight * float(seasons[month - 1]) * float(_longest(likes, variant, 1.0))

    def _factor(self, table: str, variant: Variant, default: Any = 1.0) -> Any:
        return _longest(self.settings.get(table, {}), variant, default)


@dataclass(slots=True)
class Customer:
    """A simulated shopper with a taste, a bike or none yet, and sizes that stay the same."""

    name: str
    recipe: Recipe
    rng: Random
    persona: str = ""
    sizes: dict[str, str] = field(default_factory=dict)
    main: Variant | None = None

    def orders(self) -> Iterable[Order]:
        """Every order of this customer in order of time."""
        personas = self.recipe.settings["personas"]
        self.persona = self._pick(list(personas), [entry["share"] for entry in personas.values()])
        agenda: list[tuple[int, str]] = [(day, "") for day in self._free_days()]
        heapq.heapify(agenda)
        while agenda:
            number, wanted = heapq.heappop(agenda)
            lines = self._basket(self.recipe.days[number], wanted)
            yield Order(self._moment(number), self.name, lines)
            for again in self._repeats(number, lines):
                heapq.heappush(agenda, again)

    def _free_days(self) -> set[int]:
        """The days of orders that no repeat purchase caused: one and, for some, more."""
        days = {self._draw(self.recipe.day_weights)}
        while self.rng.random() < self.recipe.settings["comes_back"]:
            days.add(self._draw(self.recipe.day_weights))
        return days

    def _basket(self, day: date, wanted: str) -> dict[Variant, int]:
        settings = self.recipe.settings
        lines: dict[Variant, int] = {}
        if wanted:
            self._add(wanted, lines, None)
        else:
            for _ in range(self._pick([1, 2, 3], settings["interests"])):
                self._add(self._interesting(day.month), lines, None)
        for name, rate in settings["noise"].items():
            if self.rng.random() < rate:
                self._add(name, lines, None)
        return lines

    def _interesting(self, month: int) -> str:
        """A family by taste and season; hardly anyone who has a bike of the shop comes for another one."""
        names, interest = list(self.recipe.families), self.recipe.interest(self.persona, month)
        once = self.recipe.settings.get("once", [])
        while True:
            name = names[self._draw(interest)]
            again = self.main is not None and self.recipe.families[name][0].category in once
            if not again or self.rng.random() < 0.08:
                return name

    def _add(self, name: str, lines: dict[Variant, int], anchor: Variant | None) -> None:
        """Put one variant of the family into the basket, and what it draws after it."""
        held = {variant.family for variant in lines}
        if name in held or len(lines) >= MOST_LINES:
            return
        variant = self._variant(name, anchor)
        if variant.category in self.recipe.settings.get("once", []):
            self.main = self.main or variant
        several = name in self.recipe.settings["repeats"] and self.rng.random() < 0.2
        lines[variant] = 2 if several else 1
        for target, probability in self.recipe.complements.get(name, []):
            if self.rng.random() < probability:
                self._add(target, lines, variant)

    def _variant(self, name: str, anchor: Variant | None) -> Variant:
        """What fits the anchor or the customer's own bike, in the size worn before, as the shop stocks it."""
        variants = self.recipe.families[name]
        names = self.recipe.settings.get("fits", [])
        owned = [other for other in (anchor, self.main) if other is not None]
        scores = [sum(variant.fits(other, names) for other in owned) for variant in variants]
        best = [variant for variant, score in zip(variants, scores, strict=True) if score == max(scores)]
        worn = self.sizes.get(best[0].category)
        best = [variant for variant in best if variant.size == worn] or best
        chosen: Variant = self._pick(best, [variant.stock + 1 for variant in best])
        self.sizes.setdefault(chosen.category, chosen.size)
        return chosen

    def _repeats(self, number: int, lines: dict[Variant, int]) -> Iterable[tuple[int, str]]:
        for variant in lines:
            if variant.family in self.recipe.settings["repeats"]:
                probability, median, spread = self.recipe.settings["repeats"][variant.family]
                wait = round(self.rng.lognormvariate(math.log(median), spread))
                if self.rng.random() < probability and number + wait < len(self.recipe.days):
                    yield number + max(wait, 1), variant.family

    def _moment(self, number: int) -> datetime:
        # the sum of two draws makes the afternoon and evening the busiest
        minute = int((self.rng.random() + self.rng.random()) * 7.5 * 60) + 7 * 60
        opening = datetime.combine(self.recipe.days[number], time(0), UTC)
        return opening + timedelta(minutes=minute, seconds=int(self.rng.random() * 60))

    def _draw(self, cumulated: Sequence[float]) -> int:
        return self.rng.choices(range(len(cumulated)), cum_weights=cumulated)[0]

    def _pick(self, options: Sequence[Any], weights: Sequence[float]) -> Any:
        return self.rng.choices(options, weights)[0]


def _longest(table: dict[str, Any], variant: Variant, default: Any) -> Any:
    """The entry for the family, the category or the longest beginning of its path."""
    if variant.family in table:
        return table[variant.family]
    prefixes = [prefix for prefix in table if variant.category.startswith(prefix)]
    return table[max(prefixes, key=len)] if prefixes else default


def read_recipe(shop: Path) -> Recipe:
    """The settings and the catalogue of a shop."""
    with (shop / "simulation.yml").open(encoding="utf-8") as source:
        settings = yaml.safe_load(source)
    families: dict[str, list[Variant]] = {}
    with (shop / "products.csv").open(encoding="utf-8", newline="") as source:
        for line in csv.DictReader(source):
            families.setdefault(line["family"], []).append(_variant(line))
    return Recipe(settings, families)


def _variant(line: dict[str, str]) -> Variant:
    pairs = (pair.partition("=") for pair in line["attributes"].split("|") if pair)
    return Variant(
        sku=line["sku"],
        family=line["family"],
        category=line["category"],
        size=line["size"],
        price=line["price"],
        stock=int(line["stock"]),
        reviews=int(line["rating_count"] or 0),
        attributes=tuple((name, value) for name, _, value in pairs),
    )


def simulate(recipe: Recipe) -> list[Order]:
    """Every order of every customer in order of time; each customer has an own random stream."""
    seed, count = recipe.settings["seed"], recipe.settings["customers"]
    width = len(str(count))
    names = [f"C{number:0{width}}" for number in range(1, count + 1)]
    customers = (Customer(name, recipe, Random(f"{seed}/{name}")) for name in names)
    orders = [order for customer in customers for order in customer.orders()]
    return sorted(orders, key=lambda order: (order.placed, order.customer))


def write_orders(path: Path, recipe: Recipe, orders: Iterable[Order]) -> None:
    """The order lines as gzipped CSV without a time stamp of its own."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(ORDER_COLUMNS)
    for number, order in enumerate(orders, start=recipe.settings["first_order"]):
        moment = order.placed.strftime("%Y-%m-%dT%H:%M:%SZ")
        head = (f"{recipe.settings['prefix']}{number}", moment, order.customer)
        writer.writerows((*head, line.sku, quantity, line.price) for line, quantity in order.lines.items())
    path.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))


def write_truth(path: Path, recipe: Recipe, orders: Sequence[Order]) -> None:
    """What was planted, with the lift it came out at; the traps are no truth and not listed."""
    baskets = [{line.family for line in order.lines} for order in orders]
    sold = Counter(name for basket in baskets for name in basket)
    with path.open("w", encoding="utf-8", newline="") as target_file:
        writer = csv.writer(target_file, lineterminator="\n")
        writer.writerow(TRUTH_COLUMNS)
        for anchor, target, probability in recipe.settings["complements"]:
            together = sum(anchor in basket and target in basket for basket in baskets)
            expected = sold[anchor] * sold[target] / len(baskets)
            lift = f"{together / expected:.2f}" if expected else ""
            writer.writerow((anchor, target, probability, together, sold[anchor], lift))


def main(names: list[str]) -> None:
    """Simulate the named shops, or every shop with a simulation.yml."""
    shops = [HERE / name for name in names] or sorted(path.parent for path in HERE.glob("*/simulation.yml"))
    for shop in shops:
        recipe = read_recipe(shop)
        orders = simulate(recipe)
        write_orders(shop / "orders.csv.gz", recipe, orders)
        write_truth(shop / "truth.csv", recipe, orders)


if __name__ == "__main__":
    main(sys.argv[1:])
