"""Measures the order of the extras the chat may name, on later orders: `python -m benchmarks.affinity.counter`."""

import argparse
import math
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from actions.affinity import AffinityModel
from actions.affinity.counts import count_orders
from actions.affinity.evaluation.measures import ahead
from actions.affinity.evaluation.protocol import Asked, Trial, trial
from actions.affinity.linear import LinearModel
from actions.affinity.orders import any_orders, table_of
from actions.affinity.pairs import directed_blocks
from actions.affinity.shares import shares
from actions.offers.fitting import is_enough
from actions.offers.limits import OfferLimits
from actions.offers.products import Evidence
from actions.offers.strength import pull_of_lines
from actions.store.affinities import MOST_MINED, MOST_SOURCES
from actions.store.mining import MOST_LEARNT
from actions.store.pairs import MIN_TOGETHER, MOST_TARGETS

SHOWN = 3
FROM_ANCHOR = "the same order, candidates of the anchor alone (formerly)"
SHIPPED, BLEND = "the chat (shipped)", "the blend of the library, live"
Pairs = Mapping[str, Mapping[str, Evidence]]
# what the pairs of a product with the lines of a cart are worth together, that with the anchor first
Measure = Callable[[Sequence[Evidence], OfferLimits], float]


def lift_of_confidence(pair: Evidence) -> float:
    """What the chat went by before it learnt weights."""
    return pair.confidence * math.log1p(pair.lift)


def cosine(pair: Evidence) -> float:
    """Orders with both, by the root of the orders with each."""
    return math.sqrt(pair.support * pair.lift)


def _of_each(measure: Callable[[Evidence], float]) -> Measure:
    return lambda lines, _: math.fsum(map(measure, lines))


def _of_the_anchor(measure: Measure) -> Measure:
    return lambda lines, limits: measure(lines[:1], limits)


MEASURES: Mapping[str, Measure] = {
    SHIPPED: pull_of_lines,
    "the same, anchor alone": _of_the_anchor(pull_of_lines),
    "counts alone, whole cart": _of_each(lift_of_confidence),
    "counts alone, anchor alone (formerly)": _of_the_anchor(_of_each(lift_of_confidence)),
    "linear model alone, whole cart": _of_each(lambda pair: max(pair.weight, 0.0)),
    "confidence, whole cart": _of_each(lambda pair: pair.confidence),
    "cosine, whole cart": _of_each(cosine),
}


def mined(learnt: Trial) -> Pairs:
    """What `tresen affinity mine` would keep of these orders, the most telling neighbours of each product first."""
    orders = any_orders(zip(map(str, learnt.orders["order_id"]), map(str, learnt.orders["item_id"]), strict=True))
    counts = count_orders(orders, MIN_TOGETHER)
    linear = LinearModel(table_of(orders), most=MOST_LEARNT)
    held, names = counts.item_orders, counts.items
    pairs: dict[str, dict[str, Evidence]] = {name: {} for name in names}
    for anchors, targets, together in directed_blocks(counts, most=MOST_TARGETS):
        rows = (anchors, targets, together, held[anchors], held[targets], linear.pairs(anchors, targets))
        for a, t, both, of_a, of_t, weight in zip(*(row.tolist() for row in rows), strict=True):
            figures = shares(both, of_a, of_t, counts.orders)
            pairs[names[a]][names[t]] = Evidence(both, of_a, counts.orders, *figures, weight=weight)
    return {a: dict(sorted(known.items(), key=lambda row: -cosine(row[1]))) for a, known in pairs.items()}


def sayable(pairs: Pairs, asked: Asked, limits: OfferLimits, sources: int) -> dict[str, list[Evidence]]:
    """What the chat may name beside a basket by its latest lines, with the pairs of all lines that carry."""
    hidden = {*asked.basket, *asked.known}
    lines = [pairs.get(item, {}) for item in reversed(asked.basket)]
    near = [pair for line in lines[:sources] for pair in list(line.items())[:MOST_MINED]]
    named = dict.fromkeys(target for target, pair in near if is_enough(pair, limits) and target not in hidden)
    return {
        target: [line[target] for line in lines if target in line and is_enough(line[target], limits)]
        for target in named
    }


def answered(
    learnt: Trial, limits: OfferLimits, blend: AffinityModel | None
) -> Iterator[tuple[Asked, dict[str, list[str]]]]:
    """Each question with the first places of every order; questions about what the customer had are left out."""
    pairs = mined(learnt)
    for asked in learnt.asked:
        found = sayable(pairs, asked, limits, 1 + MOST_SOURCES) if asked.novel else {}
        if found:
            own = sayable(pairs, asked, limits, 1)
            orders = {
                name: sorted(found, key=lambda target: -measure(found[target], limits))
                for name, measure in MEASURES.items()
            }
            orders[FROM_ANCHOR] = [target for target in orders[SHIPPED] if target in own]
            if blend:
                ranked = blend.recommend(list(asked.basket), len(learnt.universe), asked.customer)
                orders[BLEND] = [item for item in ranked if item in found]
            yield asked, {name: order[:SHOWN] for name, order in orders.items()}


def measured(learnt: Trial, limits: OfferLimits, *, with_blend: bool) -> str:
    """The table of one data set."""
    blend = AffinityModel().fit(learnt.orders, learnt.items) if with_blend else None
    hits: dict[str, list[tuple[bool, bool]]] = {}
    for asked, orders in answered(learnt, limits, blend):
        for name, shown in orders.items():
            hits.setdefault(name, []).append((asked.target in shown, not asked.rest.isdisjoint(shown)))
    rows = {name: np.array(found, dtype=float) for name, found in hits.items()}
    text = [
        f"{len(rows[SHIPPED]):,} questions\n",
        "| order | hit3 | any3 | shipped ahead in hit3 (95 %) | in any3 (95 %) |",
        "|---|---|---|---|---|",
    ]
    for name, row in rows.items():
        gaps = [""] * 2 if name == SHIPPED else [_gap(rows[SHIPPED][:, n], row[:, n]) for n in (0, 1)]
        text.append(f"| {name} | {row[:, 0].mean():.4f} | {row[:, 1].mean():.4f} | {' | '.join(gaps)} |")
    return "\n".join(text)


def _gap(ours: np.ndarray, other: np.ndarray) -> str:
    middle, low, high = ahead(ours, other)
    return f"{middle:+.4f} [{low:+.4f}, {high:+.4f}]"


def main() -> None:
    """Read what is asked for, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", help="names of data sets; by default all with orders")
    parser.add_argument("--questions", type=int, default=2000, help="baskets of each size")
    parser.add_argument("--part", choices=["valid", "test"], default="test")
    parser.add_argument("--min-evidence", type=int, default=OfferLimits().min_evidence)
    parser.add_argument("--no-blend", action="store_true")
    wanted = parser.parse_args()
    if "TRESEN_BENCH_DATA" not in os.environ:
        raise SystemExit(
            "TRESEN_BENCH_DATA names no folder of data sets; docs/affinity.md says where they come from."
        )
    root = Path(os.environ["TRESEN_BENCH_DATA"])
    limits = replace(OfferLimits(), min_evidence=wanted.min_evidence)
    for name in wanted.sets or sorted(file.parent.name for file in root.glob("*/orders.parquet")):
        print(name, file=sys.stderr, flush=True)
        tables = (pq.read_table(root / name / f"{table}.parquet") for table in ("orders", "items"))
        learnt = trial(*tables, part=wanted.part, most=wanted.questions)
        print(f"**{name}**, {measured(learnt, limits, with_blend=not wanted.no_blend)}\n", flush=True)


if __name__ == "__main__":
    main()
