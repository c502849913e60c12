"""The part of `tresen kpi` that compares figures with the merchant's bounds."""

from dataclasses import asdict
from pathlib import Path

import typer

from actions.staff_words import line
from actions.store.engine import reading
from bot.commands.opening import open_shop
from bot.commands.telling import failing, print_json
from bot.reports.bounds import BoundsError, Verdict, judge, read_watch, written
from bot.reports.document import figure_document
from bot.reports.kpis import key_figures
from bot.reports.reading import read_facts
from bot.reports.scope import Scope
from bot.reports.uplift import uplift


def compare(file: Path, scope: Scope, language: str, as_json: bool) -> None:
    """Each watched figure with its bounds; exit code 1 where one lies outside."""
    with failing(BoundsError, OSError, UnicodeDecodeError, because=f"{file}: "):
        watch = read_watch(file.read_text("utf-8"))
        with reading(open_shop()) as connection:
            facts = read_facts(connection, scope)
        judged = judge((*key_figures(facts, scope), *uplift(facts.arms, scope)), watch)
    if as_json:
        print_json([{**asdict(each), "figure": figure_document(each.figure, facts.currency)} for each in judged])
    else:
        for each in judged:
            told = figure_document(each.figure, facts.currency)
            words = {"title": told["title"][language], "text": told["text"][language], "of": told["of"][language]}
            print(line(f"watch_{each.verdict}", language, **words, bounds=written(each.bound)))
    if any(each.verdict is Verdict.OUTSIDE for each in judged):
        raise typer.Exit(1)
