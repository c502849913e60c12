"""`tresen affinity`: what past orders say is bought together."""

from dataclasses import asdict
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from actions.affinity.counts import count_orders
from actions.affinity.engines import Counter, EngineUnavailableError
from actions.affinity.engines.spark import SparkEngine
from actions.affinity.surprise import log_likelihood_ratio
from actions.offers.documents import evidence_document
from actions.offers.products import Evidence
from actions.settings import read_settings
from actions.staff_words import line
from actions.store.engine import reading, writing
from actions.store.mining import mine as mine_orders
from actions.store.mining import roll_back
from actions.store.mining import versions as all_versions
from actions.store.pairs import MIN_TOGETHER, in_force, mined_pairs
from bot.commands.opening import missing, open_filled_shop, open_shop
from bot.commands.telling import AsJson, Language, Limit, fail, failing, print_json, say
from bot.gateway.bodies import Document

app = typer.Typer(no_args_is_help=True, add_completion=False, help="What past orders say is bought together.")
NEWEST_POSSIBLE = 2**31 - 1
TABLE = "CSV or Parquet."


class EngineName(StrEnum):
    """Who counts."""

    EMBEDDED = "embedded"
    SPARK = "spark"


def counter_of(engine: EngineName) -> Counter:
    """The function that counts."""
    if engine is EngineName.EMBEDDED:
        return count_orders
    settings = read_settings()
    return SparkEngine(settings["TRESEN_SPARK_MASTER"], settings["TRESEN_SPARK_FOLDER"])


@app.command()
def mine(
    engine: Annotated[EngineName, typer.Option(help="Who counts; both count the same.")] = EngineName.EMBEDDED,
    as_json: AsJson = False,
) -> None:
    """Count all pairs anew; the version before stays and can be put back."""
    database, _ = open_filled_shop()
    with failing(EngineUnavailableError):
        report = mine_orders(database, counter=counter_of(engine))
    if as_json:
        print_json(asdict(report))
        return
    simulated = " (simulated history)" if report.simulated else ""
    say(f"Version {report.version}: {report.pairs:,} pairs from {report.orders:,} orders{simulated}")


@app.command()
def show(
    sku: str,
    limit: Limit = 15,
    language: Language = "de",
    as_json: AsJson = False,
) -> None:
    """What was bought together with a product, with its counts, the most telling first."""
    engine, catalogue = open_filled_shop()
    snapshot = catalogue.snapshot()
    product = snapshot.product(sku)
    if product is None:
        raise missing(sku)
    with reading(engine) as connection:
        counted = in_force(connection) is not None
        pairs = list(mined_pairs(connection, product.family).items())[:limit]
    if as_json:
        print_json([{"family": family, **_pair_document(evidence)} for family, evidence in pairs])
        return
    for family, evidence in pairs:
        variants = snapshot.variants(family)
        title = variants[0].title.of(language) if variants else family
        print(line("pair", language, title=title, **_pair_document(evidence)))
    if any(evidence.simulated for _, evidence in pairs):
        say(line("history_simulated", language))
    if not pairs:
        known = "no_pairs" if counted else "never_counted"
        say(line(known, language, title=product.title.of(language), least=MIN_TOGETHER))


def _pair_document(evidence: Evidence) -> Document:
    held = (evidence.together, evidence.anchor_orders, evidence.target_orders, evidence.orders)
    sure = {"log_likelihood_ratio": round(float(log_likelihood_ratio(*held)), 2)}
    return {**evidence_document(evidence), "target_orders": evidence.target_orders, **sure}


@app.command()
def rhythm(
    sku: Annotated[str, typer.Argument(help="A product; without one, all models with enough orders.")] = "",
    limit: Limit = 30,
    language: Language = "de",
    as_json: AsJson = False,
) -> None:
    """After how many days a product is bought again, and whether it is rising or has gone stale."""
    rhythms = import_module("bot.commands.affinity_rhythm")
    engine, catalogue = open_filled_shop()
    snapshot = catalogue.snapshot()
    product = snapshot.product(sku)
    if sku and product is None:
        raise missing(sku)
    with reading(engine) as connection:
        document = rhythms.rhythm_document(connection, snapshot, language)
    if product is not None:
        document["models"] = [each for each in document["models"] if each["family"] == product.family]
    if as_json:
        print_json(document)
        return
    told = rhythms.told_of_one(document, language) if product else rhythms.told_of_all(document, limit, language)
    for each in told:
        print(each)


@app.command()
def evaluate(
    orders: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help=TABLE)] = None,
    items: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help=TABLE)] = None,
    questions: Annotated[int, typer.Option(min=1, help="Baskets of each size to ask about.")] = 2000,
    language: Language = "de",
    as_json: AsJson = False,
) -> None:
    """Learn from earlier orders, ask about later ones, beside simple models; by default with the shop's own."""
    # loaded here: no other command of this noun needs the models
    trials = import_module("bot.commands.affinity_trial")
    with failing(OSError, ValueError, because="These tables cannot be read: "):
        asked = trials.asked_of(orders, items, questions)
    if not asked.asked:
        raise fail("There are too few orders: nothing can be asked about the last tenth of them.")
    found, plan = trials.judged(asked)
    if as_json:
        print_json([each.document() for each in found])
        return
    for each in trials.told(asked, found, plan, language):
        print(each)


@app.command()
def versions(as_json: AsJson = False) -> None:
    """Every counted version; one is in force."""
    with reading(open_shop()) as connection:
        rows = all_versions(connection)
    if as_json:
        print_json([dict(zip(("version", "mined_at", "orders", "current"), row, strict=True)) for row in rows])
        return
    for version, mined_at, orders, current in rows:
        print(f"{version:>4}  {mined_at:%Y-%m-%d %H:%M}  {orders:>8} orders{'  in force' if current else ''}")
    if not rows:
        say(line("never_counted", "en"))


@app.command()
def rollback(version: Annotated[int, typer.Argument(min=1, max=NEWEST_POSSIBLE)]) -> None:
    """Put an earlier version back in force."""
    with writing(open_shop()) as connection:
        known = roll_back(connection, version)
    if not known:
        raise fail(f"There is no version {version}.")
    say(f"Version {version} is in force.")
