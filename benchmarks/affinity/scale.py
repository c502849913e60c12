"""How counting and asking grow with a shop: `make bench-scale`; prints the tables of docs/scale.md."""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet
from sqlalchemy import Connection, Engine

from actions.offers.limits import OfferLimits
from actions.offers.strength import pull_of_lines
from actions.store.bulk import insert_tuples
from actions.store.engine import migrate, open_engine, reading, writing
from actions.store.pairs import Neighbours, PairMemory, neighbours
from actions.store.tables import affinities, affinity_items, affinity_versions

SEED = 20_261_122
PRODUCTS, MEAN_LINES, BLOCK = 5_000, 6.8, 500_000
SIZES = (10_000, 100_000, 1_000_000)
STORED, NEIGHBOURS, ORDERS = 100_000, 50, 1_000_000
ASKED, HOT, SHOWN = 2_000, 3_000, 20
MOMENT = datetime(2026, 11, 22, tzinfo=UTC)
PEER = Path(".venv-bench/bin/python")
PATIENCE = 900
LIMITS = OfferLimits()


def write_orders(baskets: int, file: Path) -> int:
    """Invented orders, one row a line: product r sells in proportion to 1/r, sizes are geometric.

    Returns how many lines that are.
    """
    chance = np.random.default_rng(SEED)
    weights = np.cumsum(1 / np.arange(1, PRODUCTS + 1))
    places = chance.permutation(PRODUCTS).astype(np.int32)
    schema = pa.schema({"basket": pa.int32(), "item": pa.int32()})
    lines = 0
    with parquet.ParquetWriter(file, schema) as writer:
        for start in range(0, baskets, BLOCK):
            sizes = chance.geometric(1 / MEAN_LINES, min(BLOCK, baskets - start))
            drawn = np.searchsorted(weights, chance.random(int(sizes.sum())) * weights[-1])
            basket = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
            # an item counts once in an order
            both = np.unique(basket * PRODUCTS + places[np.minimum(drawn, PRODUCTS - 1)])
            columns = (both // PRODUCTS + start, both % PRODUCTS)
            table = pa.table([column.astype(np.int32) for column in columns], schema=schema)
            writer.write_table(table, row_group_size=len(table))
            lines += len(both)
    return lines


def counted(engine: str, file: Path) -> dict[str, Any] | None:
    """What one engine took; None where it cannot run here or takes too long."""
    python = str(PEER) if engine == "duckdb" else sys.executable
    command = [python, "-m", "benchmarks.affinity.counting", engine, str(file)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"  {engine}: {error}\n{getattr(error, 'stderr', '') or ''}", file=sys.stderr)
        return None
    return dict(json.loads(done.stdout.splitlines()[-1]))


def curve(sizes: Iterable[int], engines: Iterable[str], folder: Path) -> list[dict[str, Any]]:
    """Every engine on every size, one after the other, on the same file."""
    rows = []
    for baskets in sizes:
        file = folder / "orders.parquet"
        lines = write_orders(baskets, file)
        for engine in engines:
            print(f"{engine}, {baskets:,} orders", file=sys.stderr, flush=True)
            took = counted(engine, file)
            if took:
                rows.append({"baskets": baskets, "lines": lines, "engine": engine, **took})
        results = {(row["pairs"], row["together"]) for row in rows if row["baskets"] == baskets}
        assert len(results) <= 1, f"the engines disagree at {baskets:,} orders: {results}"
    return rows


def fill(engine: Engine) -> None:
    """A store of many products, each with its neighbours; the frequent are neighbours more often."""
    chance = np.random.default_rng(SEED)
    held = np.maximum(ORDERS // (10 * np.arange(1, STORED + 1)), 60)
    names = [f"F{number:06}" for number in range(STORED)]
    version = {"version": 1, "mined_at": MOMENT, "orders": ORDERS, "simulated": True, "current": True}
    with writing(engine) as connection:
        connection.execute(affinity_versions.insert(), version)
        rows = ((1, name, orders) for name, orders in zip(names, held.tolist(), strict=True))
        insert_tuples(connection, affinity_items, ("version", "family", "orders"), rows)
        columns = ("version", "anchor", "target", "together", "weight")
        insert_tuples(connection, affinities, columns, _edges(names, chance))


def _edges(names: list[str], chance: np.random.Generator) -> Iterable[tuple[int, str, str, int, float]]:
    for anchor, name in enumerate(names):
        drawn = np.unique((STORED * chance.random(4 * NEIGHBOURS) ** 2).astype(int))
        targets = np.sort(chance.permutation(drawn[drawn != anchor])[:NEIGHBOURS])
        together = chance.integers(3, 50, len(targets))
        weights = chance.random(len(targets)).round(6)
        columns = (targets.tolist(), together.tolist(), weights.tolist())
        yield from ((1, name, names[t], both, weight) for t, both, weight in zip(*columns, strict=True))


def leading(found: Mapping[str, Neighbours], basket: list[str]) -> list[str]:
    """The neighbours of the last product that all of them speak for most, as the chat would rank them."""
    candidates = found[basket[-1]].keys() - set(basket)
    score = {t: pull_of_lines((known.get(t) for known in found.values()), LIMITS) for t in candidates}
    return sorted(score, key=lambda t: (-score[t], t))[:SHOWN]


def asked(
    engine: Engine, read: Callable[[Connection, list[str]], Mapping[str, Neighbours]], baskets: list[list[str]]
) -> dict[str, float]:
    """Milliseconds of one question: a connection of the pool, the pairs, the order of the targets."""
    walls, cpus = [], []
    for basket in baskets:
        wall, cpu = time.perf_counter(), time.thread_time()
        with reading(engine) as connection:
            found = read(connection, basket)
        assert leading(found, basket)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.thread_time() - cpu)
    figures = {"wall": walls, "cpu": cpus}
    return {f"{n} p{at}": float(np.percentile(v, at)) * 1000 for n, v in figures.items() for at in (50, 95)}


def questions(folder: Path) -> dict[str, Any]:
    """The store is built, then asked about baskets of three: by SQL, and from memory once it is warm."""
    file = folder / "core.db"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    began = time.process_time()
    fill(engine)
    built = time.process_time() - began
    chance = np.random.default_rng(SEED + 1)
    baskets = [[f"F{n:06}" for n in chance.choice(STORED, 3, replace=False)] for _ in range(ASKED)]
    hot = [[f"F{n:06}" for n in chance.choice(HOT, 3, replace=False)] for _ in range(ASKED)]
    asked(engine, neighbours, baskets[:50])
    by_sql = asked(engine, neighbours, baskets)
    memory = PairMemory()
    asked(engine, memory.of, hot)
    remembered = asked(engine, memory.of, hot)
    with reading(engine) as connection:
        edges = int(connection.exec_driver_sql("SELECT count(*) FROM affinities").scalar() or 0)
    engine.dispose()
    return {"edges": edges, "built": built, "size": file.stat().st_size, "SQL": by_sql, "memory": remembered}


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--engines", nargs="*", default=["embedded", "duckdb", "spark"])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--no-questions", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        rows = curve(wanted.sizes, wanted.engines, Path(scratch))
        answered = {} if wanted.no_questions else questions(Path(scratch))
    print("| orders | lines | pairs | engine | CPU s | wall s | peak MB |\n|---|---|---|---|---|---|---|")
    for row in rows:
        head = f"| {row['baskets']:,} | {row['lines']:,} | {row['pairs']:,} | {row['engine']} "
        print(f"{head}| {row['cpu']:.1f} | {row['wall']:.1f} | {row['peak'] / 1e6:,.0f} |")
    for name in ("SQL", "memory"):
        if answered:
            print(name, ", ".join(f"{figure} {value:.2f} ms" for figure, value in answered[name].items()))
    if answered:
        print(
            f"{answered['edges']:,} edges, {answered['size'] / 1e6:,.0f} MB, built in {answered['built']:.0f} s CPU"
        )
    if wanted.json:
        wanted.json.write_text(json.dumps({"curve": rows, "questions": answered}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
