"""Measures `tresen affinity mine`, start to end, on an invented shop: `python -m benchmarks.affinity.rebuild`."""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from actions.store.bulk import insert_tuples, rebuilding_indexes
from actions.store.engine import migrate, open_engine, writing
from actions.store.tables import past_order_lines, products

SEED = 1
ARTICLES, CATEGORIES, HOURS = 15_000, 150, 3 * 365 * 24
MEAN_MORE = 4.5
ORDERS_A_CUSTOMER = 4
BLOCK = 50_000
FIRST = datetime(2023, 11, 22, tzinfo=UTC)
LINE = ("order_id", "ordered_at", "customer", "sku", "quantity", "price")
COMMAND = (sys.executable, "-c", "from bot.cli import main; main()", "affinity", "mine")
Row = tuple[str, Any, str | None, str, int, int]


def stock(file: Path, orders: int, *, customers: bool) -> None:
    """A database of two colours of 7,500 models and so many orders of 5.5 lines, all with a customer or none."""
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    with writing(engine) as connection:
        connection.execute(products.insert(), [_article(number) for number in range(ARTICLES)])
        with rebuilding_indexes(connection, past_order_lines):
            insert_tuples(connection, past_order_lines, LINE, _lines(orders, customers=customers))
    engine.dispose()


def _article(number: int) -> dict[str, Any]:
    family = number // 2
    texts = ("title", "description", "benefit", "running_cost", "not_included")
    return {
        **{f"{text}_{language}": f"{text} {family}" for text in texts for language in ("de", "en")},
        **{"sku": f"SKU{number:05}", "family": f"FAM{family:05}", "category": f"kind {family % CATEGORIES}"},
        **{"brand": "", "model": f"M{family}", "colour": ("red", "blue")[number % 2], "size": "", "attributes": {}},
        **{"price": 5_000, "currency": "EUR", "tax_percent": 19, "stock": 9, "rating_count": 0},
    }


def _lines(orders: int, *, customers: bool) -> Iterator[Row]:
    """Rank r sells in proportion to r^-0.8; customers come back at random over three years."""
    chance = np.random.default_rng(SEED)
    sales = np.cumsum(np.arange(1, ARTICLES + 1) ** -0.8)
    names = [f"SKU{number:05}" for number in range(ARTICLES)]
    moments = [FIRST + timedelta(hours=hour) for hour in range(HOURS)]
    hours = np.sort(chance.integers(0, HOURS, orders))
    whose = chance.integers(0, max(orders // ORDERS_A_CUSTOMER, 1), orders)
    for start in range(0, orders, BLOCK):
        sizes = 1 + chance.poisson(MEAN_MORE, min(BLOCK, orders - start))
        order = np.repeat(np.arange(start, start + len(sizes)), sizes)
        drawn = np.searchsorted(sales, chance.random(len(order)) * sales[-1])
        # an article is one line of an order
        order, article = np.divmod(np.unique(order * ARTICLES + np.minimum(drawn, ARTICLES - 1)), ARTICLES)
        columns = (order, hours[order], whose[order], article)
        for number, hour, customer, sold in zip(*(column.tolist() for column in columns), strict=True):
            who = f"customer{customer:07}@shop.example" if customers else None
            yield f"O{number:08}", moments[hour], who, names[sold], 1, 5_000


def mined(home: Path) -> dict[str, float]:
    """What the command took in a process of its own, its start included; CPU of the kernel too."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    environment = {**os.environ, "TRESEN_HOME": str(home), "TRESEN_DATABASE_URL": ""}
    done = subprocess.run(COMMAND, env=environment, check=True, capture_output=True, text=True)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
    print(done.stdout.strip(), file=sys.stderr)
    user, kernel = after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime
    # the highest of all children so far: they all do the same
    return {"cpu": user + kernel, "kernel": kernel, "wall": wall, "peak": after.ru_maxrss * 1024.0}


def main() -> None:
    """Build the shop, mine it several times, print each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--anonymous", action="store_true", help="no order names its customer")
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        stock(Path(scratch) / "core.db", wanted.orders, customers=not wanted.anonymous)
        rows = [mined(Path(scratch)) for _ in range(wanted.times)]
    print("| CPU s | of it the kernel's | wall s | peak MB |\n|---|---|---|---|")
    for row in rows:
        print(f"| {row['cpu']:.1f} | {row['kernel']:.1f} | {row['wall']:.1f} | {row['peak'] / 1e6:,.0f} |")
    if wanted.json:
        wanted.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
