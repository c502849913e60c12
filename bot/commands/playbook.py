"""`tresen playbook`: a page for staff, made of the live matrix and policy."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from actions.folders import DATA
from actions.offers.decision import Offer
from actions.offers.limits import OfferLimits
from actions.offers.products import Money
from actions.store import policy
from actions.store.catalogue import CatalogueSnapshot
from actions.store.engine import reading
from actions.store.playbook import Chapter, chapters
from actions.wording import written
from bot.commands.opening import open_filled_shop
from bot.commands.telling import Language, Limit, counted, fail, failing

app = typer.Typer(add_completion=False)
TEXTS = DATA / "playbook"
Below = Annotated[str, typer.Option("--category", help="Only this category and those below it.")]
Target = Annotated[Path | None, typer.Option("--output", dir_okay=False, help="The file to write.")]


@app.command()
def playbook(language: Language = "de", category: Below = "", limit: Limit = 10, output: Target = None) -> None:
    """What to say with which product, and what not, as Markdown; `--limit` models of each category."""
    engine, catalogue = open_filled_shop()
    with reading(engine) as connection:
        snapshot = catalogue.snapshot()
        if category and not snapshot.in_category(category):
            raise fail(f"No product is in a category {category}. There are {_departments(snapshot)}.")
        limits = policy.limits(snapshot, datetime.now(UTC))
        found = list(chapters(connection, snapshot, limits, below=category, most=limit))
        text = rendered(snapshot, limits, found, language)
    if output is None:
        print(text)
        return
    with failing(OSError, because="Not written: "):
        output.write_text(text + "\n", encoding="utf-8")


def _departments(snapshot: CatalogueSnapshot) -> str:
    """The first steps of the paths, and how many categories lie below each."""
    paths = {product.category for product in snapshot.products.values()}
    found = Counter(path.split("/")[0] for path in paths)
    return ", ".join(
        f"{name} (with {counted(count, 'category', 'categories')})" for name, count in sorted(found.items())
    )


def rendered(snapshot: CatalogueSnapshot, limits: OfferLimits, found: list[Chapter], language: str) -> str:
    """The playbook in one language."""
    words = yaml.safe_load((TEXTS / "words.yml").read_text("utf-8"))[language]
    # Markdown for people of the shop, not HTML: nothing to escape
    environment = Environment(loader=FileSystemLoader(TEXTS), undefined=StrictUndefined, autoescape=False)  # noqa: S701
    template = environment.get_template(f"{language}.md.jinja")
    return template.render(
        shop=snapshot.facts.name,
        simulated=snapshot.facts.simulated_orders,
        limits=limits,
        version=limits.version,
        chapters=found,
        reasons=words["reasons"],
        money=lambda amount: written(Money(amount, snapshot.facts.currency), language),
        price=lambda product: written(product.price, language),
        name=lambda product: product.title.of(language),
        words=lambda text: text.said(language),
        title=lambda chapter: chapter.title.of(language),
        difference=lambda offer: (
            f"{'+' if offer.price_difference.amount > 0 else ''}{written(offer.price_difference, language)}"
        ),
        said=lambda offer: _said(offer, words, language),
    ).strip()


def _said(offer: Offer, words: dict[str, Any], language: str) -> str:
    """Why: the sentence of the matrix, and the count where there is one."""
    sentences = [offer.reason.benefit.said(language)]
    evidence = offer.reason.evidence
    if evidence:
        sentences.append(words["counted"].format(together=evidence.together, orders=evidence.anchor_orders))
        sentences.append(words["simulated"] if evidence.simulated else "")
    told = " ".join(filter(None, sentences))
    return f" {told}" if told else ""
