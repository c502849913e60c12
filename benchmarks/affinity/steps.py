"""Measures the steps up and down by what customers really bought next: `python -m benchmarks.affinity.steps`."""

import os
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from actions.affinity.ladder import Ladders, Step
from actions.affinity.switching import chances
from actions.affinity.tiers import Offered

LEARN = (0.6, 0.8)
STEP = 1.15
SHOWN = 3
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Move:
    """A customer had `before` and bought `after` next, of the same need; both as items."""

    need: str
    before: str
    after: str


def moves_of(orders: list[Row], items: Mapping[str, Row], learn: float) -> tuple[list[Move], list[Move], Any]:
    """Those of the first days, and the later ones; who buys several at once replaces nothing."""
    bought: defaultdict[tuple[str, str], defaultdict[Any, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in orders:
        item = items.get(line["item_id"])
        if item and line["customer_id"]:
            bought[line["customer_id"], item["subcategory"]][line["ts"]].append(line["item_id"])
    days = sorted({line["ts"] for line in orders})
    until = days[int(learn * len(days))]
    early, late = [], []
    for (_, need), by_day in bought.items():
        single = [(day, held[0]) for day, held in sorted(by_day.items()) if len(held) == 1]
        for (_, before), (day, after) in pairwise(single):
            if items[before]["model"] != items[after]["model"]:
                (early if day <= until else late).append(Move(need, before, after))
    return early, late, until


def orders_of(
    there: list[str],
    steps: Mapping[str, Step],
    moved: Mapping[str, float],
    distance: Mapping[str, float],
    sign: int,
) -> dict[str, list[str]]:
    """The models above (`sign` 1) or below (-1) in every order that is compared."""
    return {
        "nearest price": sorted(there, key=lambda name: distance[name]),
        "tier, likeness": sorted(there, key=lambda name: (abs(steps[name].tiers - sign), -steps[name].likeness)),
        "tier, moved on to, likeness (Tresen)": sorted(
            there,
            key=lambda name: (abs(steps[name].tiers - sign), -moved.get(name, 0.0), -steps[name].likeness),
        ),
    }


def main() -> None:
    """Print how often the next purchase was at the first, among the first three places of each order."""
    if "TRESEN_BENCH_DATA" not in os.environ:
        raise SystemExit(
            "TRESEN_BENCH_DATA names no folder of data sets; docs/affinity.md says where they come from."
        )
    folder = Path(os.environ["TRESEN_BENCH_DATA"]) / "adventureworks"
    items = {row["item_id"]: row for row in pq.read_table(folder / "items.parquet").to_pylist() if row["price"]}
    orders = pq.read_table(folder / "orders.parquet").to_pylist()
    print("| days learnt from | step | order | moves | first place | first three |\n|---|---|---|---|---|---|")
    for learn in LEARN:
        for (way, name), found in sorted(measured(orders, items, learn).items()):
            first, three = (sum(each[at] for each in found) / len(found) for at in (0, 1))
            print(f"| {learn:.0%} | {way} | {name} | {len(found)} | {first:.3f} | {three:.3f} |")


def measured(
    orders: list[Row], items: Mapping[str, Row], learn: float
) -> dict[tuple[str, str], list[tuple[bool, bool]]]:
    """By way and order: of each later move whether the model was at the first, among the first three places."""
    model = {item: row["model"] or item for item, row in items.items()}
    first_of = {name: item for item, name in sorted(model.items(), reverse=True)}
    prices = {name: items[item]["price"] for name, item in first_of.items()}
    early, late, until = moves_of(orders, items, learn)
    sold = Counter(model[o["item_id"]] for o in orders if o["item_id"] in model and o["ts"] <= until)
    switched: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for move in early:
        switched[model[move.before]][model[move.after]] += 1
    ladders = Ladders(
        Offered(item, row["title"], row["subcategory"], float(row["price"]), row["brand"] or "", None)
        for item, row in items.items()
    )
    hits: defaultdict[tuple[str, str], list[tuple[bool, bool]]] = defaultdict(list)
    for move, (way, sign) in product(late, (("up", 1), ("down", -1))):
        price, before, after = items[move.before]["price"], model[move.before], model[move.after]
        there = [
            name
            for name, item in first_of.items()
            if items[item]["subcategory"] == move.need and sold[name] and name != before
            if (prices[name] > price * STEP if sign > 0 else prices[name] * STEP < price)
        ]
        if len(there) < 2 or after not in there:
            continue
        found = {name: ladders.step(move.before, first_of[name]) for name in there}
        steps = {name: step for name, step in found.items() if step}
        moved = chances(switched[before], {name: sold[name] for name in there})
        distance = {name: abs(prices[name] - price) for name in there}
        for name, best in orders_of(there, steps, moved, distance, sign).items():
            hits[way, name].append((best[0] == after, after in best[:SHOWN]))
    return hits


if __name__ == "__main__":
    main()
