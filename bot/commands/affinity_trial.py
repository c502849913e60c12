"""What `tresen affinity evaluate` runs, by itself so that no other command loads models it never asks."""

from pathlib import Path
from typing import Any

from pyarrow import csv, parquet
from sqlalchemy import Engine

from actions.affinity import AffinityModel
from actions.affinity.evaluation.peers import peers
from actions.affinity.evaluation.protocol import Trial, trial
from actions.affinity.evaluation.table import OURS, Line, as_table, compare
from actions.store.engine import reading
from actions.store.history import items_sold, order_lines
from bot.commands.opening import open_shop
from bot.commands.telling import say


def read_table(file: Path) -> Any:
    """Columns out of a file, gzipped or not; where no `item_id` is, the `sku` names the item."""
    table = parquet.read_table(file) if file.suffix == ".parquet" else csv.read_csv(file)
    names = table.column_names
    if "item_id" in names:
        return table
    return table.rename_columns(["item_id" if name == "sku" else name for name in names])


def own_tables(engine: Engine) -> tuple[Any, Any]:
    """The shop's past orders and its catalogue."""
    with reading(engine) as connection:
        return order_lines(connection), items_sold(connection)


def asked_of(orders: Path | None, items: Path | None, questions: int) -> Trial:
    """What there is to ask, of the tables or of the shop's own."""
    bought, catalogue = (read_table(orders), items and read_table(items)) if orders else own_tables(open_shop())
    return trial(bought, catalogue, most=questions)


def judged(asked: Trial) -> list[Line]:
    """Ours and the simple models, each with its figures."""
    return compare(asked, {OURS: AffinityModel(), **peers()}, say)


def tables_of(lines: list[Line]) -> dict[str, str]:
    """The table of each mode, empty where there was nobody to ask."""
    return {mode: as_table(lines, mode) for mode in ("mixed", "discover")}
