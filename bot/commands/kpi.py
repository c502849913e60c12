"""`tresen kpi`: figures from the log, each with what it counts."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from sqlalchemy import Connection

from actions.store.engine import reading
from bot.commands.answer_lines import lines_of_answers, lines_of_fatigue, sentence
from bot.commands.figure_lines import lines_of_document, lines_of_figures
from bot.commands.opening import open_shop
from bot.commands.since import moment
from bot.commands.telling import AsJson, Language, print_json
from bot.commands.watching import compare
from bot.reports.answers import read_answers
from bot.reports.document import REASON, SPLITS, document, named
from bot.reports.facts import Facts
from bot.reports.fatigue import read_fatigue
from bot.reports.reading import read_facts
from bot.reports.scope import Scope
from bot.reports.titles import WORDINGS

app = typer.Typer(add_completion=False)

ABANDON, ANSWERS, FATIGUE = "abandon", "answers", "fatigue"
USUALLY, LONGER = "30d", "90d"
ONE = f"One figure: {', '.join(WORDINGS)}; or {ABANDON}, {ANSWERS}, {FATIGUE}. All where none is named."

Name = Annotated[str | None, typer.Argument(help=ONE, show_default=False)]
Since = Annotated[
    str | None,
    typer.Option(help="How far back: 30d, 12h, 4w, or from a day on, 2026-11-01 (UTC). 30d; for answers 90d."),
]
By = Annotated[
    Literal["kind", "rule", "channel", "language", "placement", "reason"] | None,
    typer.Option(help="What the offers are sorted apart by; reason only for abandon."),
]
Split = Annotated[str, typer.Option(help="new,returning: the figures of these shoppers on their own as well.")]

Bounds = Annotated[
    Path | None,
    typer.Option("--watch", exists=True, dir_okay=False, help="YAML with bounds; exit code 1 where one is broken."),
]
Real = Annotated[bool, typer.Option("--real", help="Leave out conversations with simulated shoppers.")]


@app.command()
def kpi(
    name: Name = None,
    since: Since = None,
    by: By = None,
    split: Split = "",
    real: Real = False,
    watch: Bounds = None,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Figures, each with what it is a part of and where its conversations are listed."""
    apart = tuple(part.strip() for part in split.split(",") if part.strip())
    _refuse_what_does_not_go(name, by, apart)
    if watch is not None and (name or by or apart):
        raise typer.BadParameter("--watch names its figures in the file")
    now = datetime.now(UTC)
    usual = LONGER if name == ANSWERS else USUALLY
    start = moment(usual if since is None else since, now)
    if watch is not None:
        compare(watch, Scope(start, now, real_only=real), language, as_json)
        return
    with reading(open_shop()) as connection:
        if name in (ANSWERS, FATIGUE):
            made, lines = _answers(connection, start, now) if name == ANSWERS else _fatigue(connection, start)
        else:
            scope = Scope(start, now, real_only=real)
            facts = read_facts(connection, scope)
            made, lines = _figures(facts, scope, name, by or "kind", apart, language)
    if as_json:
        print_json(made)
        return
    for each in lines:
        print(each)


def _refuse_what_does_not_go(name: str | None, by: str | None, split: tuple[str, ...]) -> None:
    if name is not None and name not in (*WORDINGS, ABANDON, ANSWERS, FATIGUE):
        raise typer.BadParameter(f"there is no figure {name}; there are: {', '.join((*WORDINGS, ABANDON))}")
    if (by == REASON) != (name == ABANDON) and by is not None:
        raise typer.BadParameter("--by reason goes with abandon, and nothing else does")
    if name in (ABANDON, ANSWERS, FATIGUE) and split:
        raise typer.BadParameter(f"{name} is not split")
    if not set(split) <= set(SPLITS):
        raise typer.BadParameter(f"--split takes {','.join(SPLITS)}")


def _answers(connection: Connection, start: datetime, now: datetime) -> tuple[dict[str, Any], Iterator[str]]:
    report = read_answers(connection, start, now)
    return {**asdict(report), "sentence": sentence(report.comparison)}, lines_of_answers(report)


def _fatigue(connection: Connection, start: datetime) -> tuple[dict[str, Any], Iterator[str]]:
    counted = read_fatigue(connection, start)
    return asdict(counted), lines_of_fatigue(counted)


def _figures(
    facts: Facts, scope: Scope, name: str | None, by: str, split: tuple[str, ...], language: str
) -> tuple[dict[str, Any], Iterator[str]]:
    """The whole document, or what one name of it shows."""
    whole = document(facts, scope, by=by if by != REASON else "kind", split=split)
    if name is None:
        return whole, lines_of_document(whole, language)
    part = {"figures": whole["abandoned"]} if name == ABANDON else named(whole, name)
    return {"from": scope.start, "to": scope.end, **part}, lines_of_figures(part, language)
