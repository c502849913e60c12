"""`tresen roi`: what the assistant brings beside what it costs, from labelled assumptions."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from actions.store.engine import reading
from actions.store.facts import read_currency
from bot.commands.opening import open_shop
from bot.commands.since import Since, moment
from bot.commands.telling import AsJson, Language, failing, print_json
from bot.reports.assumptions import AssumptionError, read_file
from bot.reports.reading import measuring
from bot.reports.roi import reckon
from bot.reports.roi_wording import in_words
from bot.reports.scope import Scope

app = typer.Typer(add_completion=False)
WIDTH = 16


@app.command()
def roi(
    assumptions: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="YAML with a line for each.")],
    since: Since = "30d",
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """What the assistant brings in a month beside what it costs; every input is called measured or assumed."""
    now = datetime.now(UTC)
    scope = Scope(moment(since, now), now)
    with failing(AssumptionError, UnicodeDecodeError), reading(open_shop()) as connection:
        currency = read_currency(connection)
        given = read_file(assumptions.read_text("utf-8"), measuring(connection, scope))
    cases = reckon(given)
    told = in_words(given, cases, language, currency)
    if as_json:
        inputs = {name: asdict(each) for name, each in given.items()}
        print_json({"currency": currency, "assumptions": inputs, "cases": [asdict(each) for each in cases]})
        return
    print(f"{'':<52}" + "".join(f"{case:>{WIDTH}}" for case in told["cases"]))
    for row in (*told["inputs"], *told["results"]):
        origin = f" [{row['origin']}]" if "origin" in row else ""
        print(f"{row['label'] + origin:<52}" + "".join(f"{value:>{WIDTH}}" for value in row["values"]))
