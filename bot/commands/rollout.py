"""`tresen rollout`: to whom unasked offers are spoken, and what would have been offered to the others."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from actions.offers.lots import FULL, SHADOW
from actions.staff_words import line
from actions.store import policy
from actions.store.catalogue import CatalogueSnapshot, read_snapshot
from actions.store.engine import reading, writing
from bot.commands.opening import open_shop
from bot.commands.since import Since, moment
from bot.commands.telling import AsJson, Language, failing, print_json
from bot.reports.rollout import Rehearsed, read_rehearsed

app = typer.Typer(add_completion=False)
STEPS = {"shadow": SHADOW, "full": FULL}
CANARY = "canary"
NAMED = 5

Step = Annotated[
    str | None,
    typer.Argument(metavar="[shadow|canary=SHARE|full]", help="Nothing: how far it is, and what was held back."),
]


@app.command()
def rollout(step: Step = None, *, since: Since = "30d", language: Language = "en", as_json: AsJson = False) -> None:
    """Decide in silence first, then speak to a share of the shoppers, then to all."""
    now = datetime.now(UTC)
    after = moment(since, now)
    if step is not None:
        share = _share(step)
        with failing(policy.PolicyError), writing(open_shop()) as connection:
            policy.set_value(connection, "rollout", share, now)
    with failing(ValueError), reading(open_shop()) as connection:
        share = policy.limits(connection, now).rollout
        rehearsed = read_rehearsed(connection, after)
        snapshot = read_snapshot(connection)
    if as_json:
        print_json({"rollout": share, "since": after, **asdict(rehearsed)})
        return
    for sentence in _sentences(share, rehearsed, language, snapshot):
        print(sentence)


def _share(step: str) -> str | float:
    """The value of the limit that a step stands for; wrong use (exit code 2) where it is none."""
    name, _, share = (part.strip() for part in step.partition("="))
    if name == CANARY and share:
        return share
    if step.strip() in STEPS:
        return STEPS[step.strip()]
    raise typer.BadParameter("write shadow, canary=10% or full")


def _sentences(share: float, found: Rehearsed, language: str, snapshot: CatalogueSnapshot) -> Iterator[str]:
    state = "shadow" if share == SHADOW else "full" if share == FULL else CANARY
    yield line(f"rollout_{state}", language, share=share)
    yield line(
        "rollout_counts", language, **{n: getattr(found, n) for n in ("conversations", "offered", "held_back")}
    )
    for kind, skus in found.kinds.items():
        for sku, count in list(skus.items())[:NAMED]:
            product = snapshot.product(sku)
            title = product.title.of(language) if product else sku
            yield line("rollout_product", language, kind=kind.value, sku=sku, title=title, count=count)
