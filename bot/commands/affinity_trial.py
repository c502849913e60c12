"""What `tresen affinity evaluate` runs, by itself so that no other command loads models it never asks."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pyarrow import csv, parquet
from sqlalchemy import Engine

from actions.affinity import AffinityModel
from actions.affinity.choosing import BLEND, MIN_QUESTIONS, Plan
from actions.affinity.evaluation.peers import peers
from actions.affinity.evaluation.protocol import Trial, trial
from actions.affinity.evaluation.table import OURS, Line, as_table, compare
from actions.staff_words import line
from actions.store.engine import reading
from actions.store.history import items_sold, order_lines
from bot.commands.opening import open_shop
from bot.commands.telling import say

MODES = ("mixed", "discover")
# with fewer the interval of the difference is wider than what one model gains on another
FEW_QUESTIONS = 400


def read_table(file: Path, needed: Sequence[str]) -> Any:
    """Columns out of a file, gzipped or not; where no `item_id` is, the `sku` names the item.

    ValueError names the `needed` columns that it lacks.
    """
    table = parquet.read_table(file) if file.suffix == ".parquet" else csv.read_csv(file)
    names = table.column_names
    if "item_id" not in names:
        names = ["item_id" if name == "sku" else name for name in names]
    missing = [name for name in needed if name not in names]
    if missing:
        raise ValueError(
            f"{file.name} has no column {' and no '.join(missing)}, only {', '.join(table.column_names)}"
        )
    return table.rename_columns(names)


def own_tables(engine: Engine) -> tuple[Any, Any]:
    """The shop's past orders and its catalogue."""
    with reading(engine) as connection:
        return order_lines(connection), items_sold(connection)


def asked_of(orders: Path | None, items: Path | None, questions: int) -> Trial:
    """What there is to ask, of the tables or of the shop's own."""
    if orders is None:
        bought, catalogue = own_tables(open_shop())
    else:
        bought = read_table(orders, ("order_id", "item_id"))
        catalogue = None if items is None else read_table(items, ("item_id",))
    return trial(bought, catalogue, most=questions)


def judged(asked: Trial) -> tuple[list[Line], Plan | None]:
    """Ours and the simple models, each with its figures, and what ours chose for this shop."""
    ours = AffinityModel()
    lines = compare(asked, {OURS: ours, **peers()}, say)
    return lines, ours.plan


def told(asked: Trial, lines: list[Line], plan: Plan | None, language: str) -> Iterator[str]:
    """The table of each mode with how much was asked, what the figures mean, and what was chosen and why."""
    for mode in MODES:
        questions = max((each.questions for each in lines if each.mode == mode), default=0)
        counts = {"questions": questions, "earlier": asked.earlier, "later": asked.later}
        yield line("trial_of", language, mode=mode, **counts)
        table = as_table(lines, mode)
        yield f"{table}\n" if table else line("trial_of_nobody", language, mode=mode) + "\n"
        if 0 < questions < FEW_QUESTIONS:
            yield line("trial_few", language, questions=questions, least=FEW_QUESTIONS) + "\n"
    yield line("trial_figures", language)
    yield line("trial_interval", language)
    if plan is not None:
        yield _plan_line(plan, language)


def _plan_line(plan: Plan, language: str) -> str:
    if not plan.hits:
        return line("plan_few", language, least=MIN_QUESTIONS)
    simple = plan.name if plan.name != BLEND else plan.best_simple
    known = "plan_blend" if plan.name == BLEND else "plan_simple"
    return line(known, language, simple=simple, blend=plan.hits[BLEND], reached=plan.hits[simple])
