"""The lines people read of `tresen kpi`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.agreement import Number
from bot.reports.figures import Basis
from bot.reports.wording import BASIS

Document = Mapping[str, Any]

SIMULATED = {
    "conversations": {
        "de": "{count} der Gespräche {count:ist|sind} simuliert.",
        "en": "{count} of the conversations {count:is|are} simulated.",
    },
    "orders": {"de": "Die Bestellhistorie ist simuliert.", "en": "The order history is simulated."},
}
HEADS = {
    "offers": {"de": "Angebote nach {by}", "en": "Offers by {by}"},
    "abandoned": {"de": "Abbrüche nach Grund", "en": "Abandoned by reason"},
    "uplift": {"de": "Was ungefragte Angebote verursachen", "en": "What unasked offers cause"},
    "cohorts": {
        "de": "Kunden nach dem Monat ihrer ersten Bestellung",
        "en": "Customers by the month of their first order",
    },
    "new": {"de": "Neue Kunden", "en": "New customers"},
    "returning": {"de": "Wiederkehrende Kunden", "en": "Returning customers"},
}
COHORT = {
    "de": "{month}  {customers} {customers:Kunde|Kunden}, {repeated} wieder, "
    "{orders} {orders:Bestellung|Bestellungen}",
    "en": "{month}  {customers} {customers:customer|customers}, {repeated} came back, "
    "{orders} {orders:order|orders}",
}
SHOWN = {"de": "{group}: {shown} gezeigt", "en": "{group}: {shown} shown"}


def lines_of_document(document: Document, language: str) -> Iterator[str]:
    """Every figure with its sentence, then the offers sorted apart, those who left, the hold-out and cohorts."""
    yield f"{document['from']:%Y-%m-%d %H:%M} - {document['to']:%Y-%m-%d %H:%M} UTC"
    yield from _simulated(document["simulated"], language)
    yield from _of_figures(document["figures"], language)
    for segment, figures in document["split"].items():
        yield f"\n{HEADS[segment][language]}"
        yield from _of_figures(figures, language)
    yield f"\n{HEADS['offers'][language].format(by=document['offers']['by'])}"
    yield from _of_groups(document["offers"]["groups"], language)
    for part, figures in (("abandoned", document["abandoned"]), ("uplift", document["uplift"]["figures"])):
        yield f"\n{HEADS[part][language]}"
        yield from _of_figures(figures, language)
    yield f"\n{HEADS['cohorts'][language]}"
    for cohort in document["cohorts"]:
        counts = {name: Number.of(cohort[name]) for name in ("customers", "repeated", "orders")}
        yield f"  {COHORT[language].format(month=cohort['month'], **counts)}"


def lines_of_figures(part: Document, language: str) -> Iterator[str]:
    """One figure, or the reasons of those who left."""
    yield from _of_figures(part["figures"], language)
    yield from _of_groups(part.get("groups", ()), language)
    for segment, figures in part.get("split", {}).items():
        yield f"\n{HEADS[segment][language]}"
        yield from _of_figures(figures, language)


def _of_figures(figures: Iterable[Document], language: str) -> Iterator[str]:
    for figure in figures:
        basis = Basis(figure["basis"])
        label = "" if basis is Basis.COUNTED else f" [{BASIS[basis][language]}]"
        yield f"  {figure['title'][language]}: {figure['text'][language]}{label}"
        yield f"      {figure['of'][language]}"
        yield f"      /console/?{figure['query']}"


def _of_groups(groups: Iterable[Document], language: str) -> Iterator[str]:
    for group in groups:
        yield f"  {SHOWN[language].format(**group)}"
        yield from (f"  {line}" for line in _of_figures(group["figures"], language))


def _simulated(simulated: Document, language: str) -> Iterator[str]:
    for what, told in SIMULATED.items():
        if simulated[what]:
            yield told[language].format(count=Number.of(simulated[what]))
