"""One conversation, turn by turn, with what was offered, what was withheld and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import parse_qsl

from starlette.responses import Response

from actions.offers.products import Money
from actions.staff_words import behind, worded
from actions.store import digest_search
from actions.store.engine import reading
from actions.store.staff import Role
from actions.wording import written
from bot.review.conversations import formats
from bot.review.filters import read_filters
from bot.review.labelling import beside_turns, propose
from bot.review.numbers import asked_number
from bot.review.page import Page
from bot.review.reviewing import panel
from bot.review.visit import RefusedError, Visit
from bot.transcripts.timeline import read_timeline

PATH = "/c/{conversation:str}"
# of an intent as it was typed
LONGEST = 80
# turns shown after the message that a proposal is about
AROUND = 10


@dataclass(frozen=True, slots=True)
class Unfit:
    """A proposal that cannot be: at which message, why, and what was typed."""

    position: int
    problem: str
    intent: str
    annotated: str


@dataclass(frozen=True, slots=True)
class WithheldFor:
    """The products that were withheld for one reason."""

    reason: str
    items: tuple[Mapping[str, Any], ...]


def show(visit: Visit) -> Response:
    """GET /c/{conversation}: the last turns, or those before a position, which htmx puts above them."""
    before = visit.request.query_params.get("before", "")
    return _page(visit, visit.request.query_params, asked_number(before) if before else None)


def label(visit: Visit) -> Response:
    """POST /c/{conversation}/label: a proposal; one that cannot be is answered beside its form, the words kept."""
    try:
        return propose(visit)
    except RefusedError as refused:
        if refused.status != 400:
            raise
        problem = visit.words(refused.label, **refused.values)
    position = asked_number(visit.form.get("position", ""))
    unfit = Unfit(position, problem, visit.form.get("intent", "")[:LONGEST], visit.form.get("annotated", ""))
    return _page(visit, dict(parse_qsl(visit.form.get("list", "")[:4_000])), position + AROUND, unfit)


def _page(visit: Visit, asked: Mapping[str, str], place: int | None = None, unfit: Unfit | None = None) -> Response:
    name = visit.request.path_params["conversation"]
    with reading(visit.console.database) as connection:
        timeline = read_timeline(connection, name, visit.console.clock(), place)
        listed = digest_search.one(connection, name)
        beside = panel(connection, visit, name)
        beside |= beside_turns(connection, visit, timeline.turns if timeline else ())
    if timeline is None:
        raise RefusedError(404, "refused_not_found")
    return visit.render(
        "turns.html" if visit.is_partial else "timeline.html",
        400 if unfit else 200,
        timeline=timeline,
        listed=listed,
        filters=read_filters(asked),
        unfit=unfit,
        **looks(visit),
        **beside,
        **formats(visit),
    )


def looks(visit: Visit) -> dict[str, Any]:
    """How products, prices, decisions and answers of a turn are shown."""
    title = titles(visit)
    return {
        "title": title,
        "needs": lambda met: ", ".join(worded("need", each, visit.language) for each in met),
        "behind": lambda refusal: behind(refusal, visit.language, title),
        "by_reason": by_reason,
        "money": lambda amount, currency: written(Money(amount, currency), visit.language),
        "shows": shows,
    }


def titles(visit: Visit) -> Any:
    """Names a product in the language of the reader; by its number where the catalogue has it no more."""
    snapshot = visit.console.catalogue.snapshot()

    def title(sku: str) -> str:
        product = snapshot.product(sku)
        return product.title.said(visit.language) if product else sku

    return title


def by_reason(withheld: Iterable[Mapping[str, Any]]) -> list[WithheldFor]:
    """What was withheld, the commonest reason first."""
    ordered = sorted(withheld, key=lambda each: str(each["reason"]))
    groups = [WithheldFor(reason, tuple(items)) for reason, items in groupby(ordered, lambda each: each["reason"])]
    return sorted(groups, key=lambda group: (-len(group.items), group.reason))


def shows(answer: Mapping[str, Any]) -> list[str]:
    """What an answer put on the screen beside words: titles with prices, lines of a cart, a reference."""
    shown = [*(answer.get("cards") or ()), *(answer.get("lines") or ()), *(answer.get("columns") or ())]
    told = [_one(each) for each in shown if isinstance(each, Mapping)]
    return [*told, *([str(answer["reference"])] if answer.get("reference") else [])]


def _one(shown: Mapping[str, Any]) -> str:
    amount = f"{shown['quantity']} × " if "quantity" in shown else ""
    price = (shown.get("price") or {}).get("text", "")
    return f"{amount}{shown.get('title') or shown.get('sku', '')}" + (f", {price}" if price else "")


PAGES = (Page(PATH, show, Role.VIEWER), Page(f"{PATH}/label", label, Role.REVIEWER, method="POST"))
