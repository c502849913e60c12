"""Runs model and peers side by side on one trial and lays the figures out."""

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from actions.affinity.evaluation.measures import Answers, Recommender, ahead, answers
from actions.affinity.evaluation.protocol import Trial

SHOWN = ("hit1", "hit3", "any3", "mrr", "ndcg5", "coverage5", "popularity3", "profit3")
OURS = "Tresen"


@dataclass(frozen=True, slots=True)
class Line:
    """One model in one mode; `difference` is ours minus this one in hits at 3, with its 95 % interval."""

    model: str
    mode: str
    questions: int
    figures: dict[str, float]
    difference: tuple[float, float, float]
    fit_seconds: float
    milliseconds: float

    def document(self) -> dict[str, Any]:
        return asdict(self)


def compare(
    trial: Trial, models: Mapping[str, Recommender], told: Callable[[str], None] = lambda _: None
) -> list[Line]:
    """Fit and ask every model; `models` holds ours under its own name. `told` hears of each as it begins."""
    found: dict[tuple[str, str], tuple[Answers, float, float]] = {}
    for name, model in models.items():
        told(name)
        began = time.process_time()
        model.fit(trial.orders, trial.items)
        fitted = time.process_time() - began
        for mode in ("mixed", "discover"):
            began = time.process_time()
            answered = answers(model, trial, discover=mode == "discover")
            taken = (time.process_time() - began) / max(len(answered.rows["hit3"]), 1)
            found[name, mode] = (answered, fitted, 1000.0 * taken)
    return [
        Line(
            name,
            mode,
            len(answered.rows["hit3"]),
            answered.means(),
            ahead(found[OURS, mode][0].rows["hit3"], answered.rows["hit3"]),
            fitted,
            taken,
        )
        for (name, mode), (answered, fitted, taken) in found.items()
    ]


def as_table(lines: list[Line], mode: str) -> str:
    """The lines of one mode as a Markdown table, the most hits first; empty where nothing was asked."""
    rows = sorted((line for line in lines if line.mode == mode), key=lambda line: -line.figures["hit3"])
    if not rows or not rows[0].questions:
        return ""
    head = ("model", *SHOWN, "Tresen ahead by (95 %)", "fit CPU s")
    text = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for line in rows:
        figures = (
            f"{line.figures[name]:.4f}" if name != "profit3" else f"{line.figures[name]:.2f}" for name in SHOWN
        )
        middle, low, high = line.difference
        gap = "" if line.model == OURS else f"{middle:+.4f} [{low:+.4f}, {high:+.4f}]"
        text.append(f"| {line.model} | {' | '.join(figures)} | {gap} | {line.fit_seconds:.1f} |")
    return "\n".join(text)
