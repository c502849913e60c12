"""Draws what `make bench-scale` measured: processor time and memory of each engine as orders grow."""

import argparse
import json
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot as plt

COLOURS = {"embedded": "#1f4e79", "duckdb": "#c07a2c", "spark": "#6b8f71"}
NAMES = {"embedded": "embedded", "duckdb": "DuckDB self-join", "spark": "Spark, local"}
PANELS = (("cpu", 1.0, "seconds of the processor"), ("peak", 1e9, "memory, GB"))


def draw(rows: list[dict[str, Any]], file: Path) -> None:
    """Two panels with logarithmic axes, one line for each engine."""
    figure, panels = plt.subplots(1, len(PANELS), figsize=(10, 4))
    for panel, (what, unit, label) in zip(panels, PANELS, strict=True):
        for engine, colour in COLOURS.items():
            points = [(row["baskets"], row[what] / unit) for row in rows if row["engine"] == engine]
            if points:
                panel.plot(*zip(*points, strict=True), marker="o", color=colour, label=NAMES[engine])
        panel.set(xscale="log", yscale="log", xlabel="orders", ylabel=label)
        panel.grid(visible=True, which="major", alpha=0.3)
    panels[0].legend(frameon=False)
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})


def main() -> None:
    """Read the measurement, write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measured", type=Path, help="what `benchmarks.affinity.scale --json` wrote")
    parser.add_argument("picture", type=Path)
    wanted = parser.parse_args()
    draw(json.loads(wanted.measured.read_text("utf-8"))["curve"], wanted.picture)


if __name__ == "__main__":
    main()
