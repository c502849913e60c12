"""Measures Tresen beside its peers on every data set of a folder: `make bench-affinity`."""

import argparse
import json
import os
import sys
from pathlib import Path

import matplotlib as mpl
import pyarrow.parquet as pq

from actions.affinity import AffinityModel
from actions.affinity.evaluation.peers import peers
from actions.affinity.evaluation.protocol import trial
from actions.affinity.evaluation.table import OURS, Line, as_table, compare
from benchmarks.affinity.libraries import library_peers

mpl.use("Agg")
from matplotlib import pyplot as plt

CROWDED = 1_000


def measured(folder: Path, questions: int) -> list[Line]:
    """All models on one data set; mining frequent patterns is left out where it would take very long."""
    orders = pq.read_table(folder / "orders.parquet")
    items = pq.read_table(folder / "items.parquet")
    asked = trial(orders, items, most=questions)
    models = {OURS: AffinityModel(), **peers(), **library_peers()}
    if len(asked.universe) > CROWDED:
        del models["FP-growth rules (mlxtend)"]
    print(f"{folder.name}: {len(asked.universe)} items, {len(asked.asked)} questions", file=sys.stderr)
    return compare(asked, models, lambda name: print(f"  {name}", file=sys.stderr, flush=True))


def draw(found: dict[str, list[Line]], file: Path) -> None:
    """One panel for each data set: hits at 3 of every model, ours dark."""
    figure, panels = plt.subplots(1, len(found), figsize=(5 * len(found), 5), squeeze=False)
    for panel, (name, lines) in zip(panels[0], found.items(), strict=True):
        rows = sorted((line for line in lines if line.mode == "mixed"), key=lambda line: line.figures["hit3"])
        colours = ["#1f4e79" if line.model == OURS else "#b8c4d0" for line in rows]
        panel.barh([line.model for line in rows], [line.figures["hit3"] for line in rows], color=colours)
        panel.set_title(name)
        panel.set_xlabel("the one held-out item is among three shown")
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})


def main() -> None:
    """Read what is asked for, measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", help="names of data sets; by default all with orders")
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    if "TRESEN_BENCH_DATA" not in os.environ:
        raise SystemExit(
            "TRESEN_BENCH_DATA names no folder of data sets; docs/affinity.md says where they come from."
        )
    root = Path(os.environ["TRESEN_BENCH_DATA"])
    names = wanted.sets or sorted(file.parent.name for file in root.glob("*/orders.parquet"))
    found = {name: measured(root / name, wanted.questions) for name in names}
    for name, lines in found.items():
        for mode in ("mixed", "discover"):
            table = as_table(lines, mode)
            if table:
                print(f"**{name}, {mode}**\n\n{table}\n")
    if wanted.plot:
        draw(found, wanted.plot)
    if wanted.json:
        documents = {name: [line.document() for line in lines] for name, lines in found.items()}
        wanted.json.write_text(json.dumps(documents, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
