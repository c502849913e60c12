"""A decision of the offer policy, line by line, for people at a terminal."""

from collections.abc import Iterator

from bot.gateway.bodies import Document


def told(answer: Document) -> Iterator[str]:
    """The decision line by line: how strong it is where that is asked, what is offered and withheld, and why."""
    yield from _weighed(answer.get("strength"))
    for each in answer["offers"]:
        step = each["price_difference"]["text"]
        yield f"{each['kind']}: {each['title']} ({each['sku']}), {each['price']['text']}, difference {step}"
        yield from _reasoned(each["reason"])
    if not answer["offers"]:
        yield "No offer."
    for each in answer["withheld"]:
        yield f"  withheld {each['sku']} ({each['kind']}): {each['reason']} {each['detail']}".rstrip()


def _reasoned(reason: Document) -> Iterator[str]:
    yield f"  because {reason['code']}: {reason['text']}".rstrip(": ")
    evidence = reason["evidence"]
    if evidence:
        simulated = ", simulated history" if evidence["simulated"] else ""
        counted = f"{evidence['together']} of {evidence['anchor_orders']} orders"
        yield f"  counted {counted}, lift {evidence['lift']}{simulated}"
    for name in ("gains", "gives_up"):
        for each in reason[name]:
            yield f"  {name.replace('_', ' ')} {each['attribute']}: {each['anchor']} -> {each['offered']}"


def _weighed(parts: Document | None) -> Iterator[str]:
    """How strongly an extra is recommended, where past orders say anything of it."""
    if parts and parts["total"]:
        yield (
            f"strength {parts['total']} = (counted orders {parts['counted']} + learnt weight {parts['learnt']}"
            f" + other lines of the cart {parts['other_lines']}) x profit {parts['profit']}"
        )
