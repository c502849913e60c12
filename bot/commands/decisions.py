"""A decision of the offer policy, line by line, for people at a terminal."""

from collections.abc import Iterator

from actions.dialogue.naming import Namer
from actions.folders import DATA
from actions.phrases import Phrasebook
from actions.staff_words import line, withheld
from actions.store.catalogue import CatalogueSnapshot
from bot.gateway.bodies import Document

EXTRA = "cross"


def staff_names(snapshot: CatalogueSnapshot, language: str) -> Namer:
    """Names of attributes and values as the chat says them."""
    return Namer(snapshot, language, Phrasebook.load(DATA / "responses"))


def told(answer: Document, language: str, names: Namer) -> Iterator[str]:
    """The decision line by line: how strong it is where that is asked, what is offered and withheld, and why."""
    parts = answer.get("strength")
    # said where past orders say anything of it
    if parts and parts["total"]:
        yield line("strength", language, **parts)
    for each in answer["offers"]:
        named = {name: each[name] for name in ("kind", "title", "sku")}
        price, step = each["price"]["text"], each["price_difference"]["text"]
        # an extra takes nothing's place: its price is all it adds
        known = "offered_extra" if each["kind"] == EXTRA else "offered"
        yield line(known, language, **named, price=price, step=step)
        yield from _reasoned(each["reason"], language, names)
    if not answer["offers"]:
        yield line("no_offer", language)
    for each in answer["withheld"]:
        yield f"  {withheld(each, language)}"


def _reasoned(reason: Document, language: str, names: Namer) -> Iterator[str]:
    yield line("because", language, reason=reason["code"], text=reason["text"]).rstrip()
    yield from counted_line(reason["evidence"], language)
    yield from moved(reason, language, names)


def counted_line(evidence: Document, language: str) -> Iterator[str]:
    """How often orders held both, where that was counted."""
    if evidence:
        counts = {"together": evidence["together"], "orders": evidence["anchor_orders"], "lift": evidence["lift"]}
        yield line("counted_simulated" if evidence["simulated"] else "counted", language, **counts)


def moved(document: Document, language: str, names: Namer) -> Iterator[str]:
    """What a step gains and gives up, in the words the shop has for it."""
    for name in ("gains", "gives_up"):
        for each in document.get(name, ()):
            attribute, values = each["attribute"], (each["anchor"], each["offered"])
            anchor, offered = (names.value(attribute, value) for value in values)
            yield line(name, language, attribute=names.label(attribute), anchor=anchor, offered=offered)
