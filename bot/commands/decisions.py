"""A decision of the offer policy, line by line, for people at a terminal."""

from collections.abc import Iterator

from actions.staff_words import line, withheld
from bot.gateway.bodies import Document


def told(answer: Document, language: str) -> Iterator[str]:
    """The decision line by line: how strong it is where that is asked, what is offered and withheld, and why."""
    parts = answer.get("strength")
    # said where past orders say anything of it
    if parts and parts["total"]:
        yield line("strength", language, **parts)
    for each in answer["offers"]:
        named = {name: each[name] for name in ("kind", "title", "sku")}
        price, step = each["price"]["text"], each["price_difference"]["text"]
        yield line("offered", language, **named, price=price, step=step)
        yield from _reasoned(each["reason"], language)
    if not answer["offers"]:
        yield line("no_offer", language)
    for each in answer["withheld"]:
        yield f"  {withheld(each, language)}"


def _reasoned(reason: Document, language: str) -> Iterator[str]:
    yield line("because", language, reason=reason["code"], text=reason["text"]).rstrip()
    evidence = reason["evidence"]
    if evidence:
        counts = {"together": evidence["together"], "orders": evidence["anchor_orders"], "lift": evidence["lift"]}
        yield line("counted_simulated" if evidence["simulated"] else "counted", language, **counts)
    for name in ("gains", "gives_up"):
        for each in reason[name]:
            yield line(name, language, **each)
