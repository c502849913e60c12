"""The return on investment in words, German and English: each input called what it is, and its three cases."""

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal, format_percent

from actions.offers.products import Money
from actions.wording import LOCALES, written
from bot.reports.roi import INPUTS, Assumption, Case, Kind, Return
from bot.reports.rounding import half_up

LABELS: Mapping[str, tuple[str, str]] = {
    "visits": ("Besuche des Shops im Monat", "Visits of the shop a month"),
    "chat_share": ("davon mit Gespräch", "of these with a conversation"),
    "order_rate": ("Gespräche mit Bestellung", "Conversations with an order"),
    "extra_orders": ("davon ohne den Chat nicht gekommen", "of these that would not have come without the chat"),
    "average_order": ("Warenwert einer Bestellung", "Value of an order"),
    "margin": ("davon Gewinn", "of that, profit"),
    "uplift": (
        "Mehr Gewinn je Gespräch durch ungefragte Angebote",
        "Profit a conversation caused by unasked offers",
    ),
    "hosting": ("Betrieb im Monat", "Hosting a month"),
    "hours": ("Arbeitsstunden im Monat", "Hours of people a month"),
    "hourly_cost": ("Kosten einer Stunde", "Cost of an hour"),
    "setup": ("Einführung, einmalig", "Setup, once"),
    "months": ("verteilt auf Monate", "spread over months"),
}
RESULTS: Mapping[str, tuple[str, str]] = {
    "conversations": ("Gespräche im Monat", "Conversations a month"),
    "orders": ("Bestellungen daraus", "Orders from them"),
    "chat_profit": ("Gewinn aus zusätzlichen Bestellungen", "Profit of orders that would not have come"),
    "offer_profit": ("Gewinn aus ungefragten Angeboten", "Profit of unasked offers"),
    "cost": ("Kosten im Monat", "Cost a month"),
    "gain": ("Ergebnis im Monat", "Gain a month"),
    "roi": ("ROI (Ergebnis / Kosten)", "ROI (gain / cost)"),
    "pays_back": ("Einführung bezahlt nach Monaten", "Setup paid back after months"),
}
MONEY = frozenset({"chat_profit", "offer_profit", "cost", "gain"})
CASES = {
    Case.LOW: ("vorsichtig", "low"),
    Case.LIKELY: ("erwartet", "likely"),
    Case.HIGH: ("günstig", "high"),
}
MEASURED, ASSUMED = ("gemessen", "measured"), ("Annahme", "assumption")
SIMULATED = ("gemessen, teils simuliert", "measured, partly simulated")
NEVER = ("nie", "never")


def in_words(assumptions: Mapping[str, Assumption], cases: tuple[Return, ...], language: str, currency: str) -> Any:
    """Rows of inputs and of results as people read them, each with its label."""
    at = ("de", "en").index(language)
    inputs = [
        {
            "name": name,
            "label": LABELS[name][at],
            "origin": (SIMULATED if each.simulated else MEASURED if each.measured else ASSUMED)[at],
            "values": [_input(INPUTS[name], each.of(case), language, currency) for case in Case],
        }
        for name, each in assumptions.items()
    ]
    results = [
        {
            "name": name,
            "label": label[at],
            "values": [_result(name, getattr(each, name), language, currency) for each in cases],
        }
        for name, label in RESULTS.items()
    ]
    return {"cases": [CASES[case][at] for case in Case], "inputs": inputs, "results": results}


def _input(kind: Kind, number: float, language: str, currency: str) -> str:
    if kind is Kind.MONEY:
        return written(Money(int(half_up(number, 2).scaleb(2)), currency), language)
    return _percent(number, language) if kind is Kind.SHARE else _plain(number, language)


def _result(name: str, number: float | None, language: str, currency: str) -> str:
    if number is None:
        return NEVER[("de", "en").index(language)] if name == "pays_back" else "-"
    if name in MONEY:
        return written(Money(int(half_up(number)), currency), language)
    return _percent(number, language) if name == "roi" else _plain(number, language)


def _percent(number: float, language: str) -> str:
    return str(
        format_percent(
            half_up(number, 3), {"de": "#,##0.# %", "en": "#,##0.#%"}[language], locale=LOCALES[language]
        )
    )


def _plain(number: float, language: str) -> str:
    return str(format_decimal(half_up(number, 1), "#,##0.#", locale=LOCALES[language]))
