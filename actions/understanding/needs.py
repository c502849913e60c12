"""Carries what the shopper needs from one message to the next."""

from collections.abc import Mapping, Sequence

from actions.offers.situation import Needs
from actions.understanding.catalogue import Snapshot, related, within
from actions.understanding.meanings import USE
from actions.understanding.understood import Understood
from actions.understanding.wordlists import words

ALSO = words("auch also zusätzlich zusaetzlich außerdem additionally too as well noch und and")


def merge_needs(old: Needs, understood: Understood, *, new_search: bool, snapshot: Snapshot | None = None) -> Needs:
    """The needs after a message.

    A refinement changes what it names and keeps the rest; so does a search inside or around the same category.
    Another category under the same top category keeps the budget alone; any other search begins afresh. A price
    said again replaces the old limits; "egal was es kostet" lifts them. What is refused is no longer wanted. With a
    snapshot, uses and sizes that no product of the category records are left out: they could never be met.
    """
    kept = _kept(old, understood, new_search=new_search)
    lowest, highest = _prices(kept, understood)
    attributes = {name: value for name, value in kept.attributes.items() if name not in understood.lifted}
    attributes |= understood.attributes
    attributes |= _uses(kept, understood)
    attributes = _without(attributes, understood.unwanted)
    category = _category(kept, understood)
    if snapshot is not None and category:
        recorded = _recorded(snapshot, category)
        attributes = {n: v for n, v in attributes.items() if n in recorded or n not in (USE, "size")}
    return Needs(category, highest, lowest, attributes)


def merge_unwanted(
    old: Mapping[str, Sequence[str]], before: Needs, understood: Understood, *, new_search: bool
) -> dict[str, list[str]]:
    """What is refused after a message, kept as long as the needs are; what is now wanted is refused no more."""
    kept = old if begins_anew(before, understood, new_search=new_search) is False else {}
    merged = {name: list(values) for name, values in kept.items()}
    for name, values in understood.unwanted.items():
        merged[name] = list(dict.fromkeys([*merged.get(name, []), *values]))
    for name, values in understood.wanted.items():
        merged[name] = [
            v for v in merged.get(name, []) if v not in values or v in understood.unwanted.get(name, ())
        ]
    return {name: values for name, values in merged.items() if values}


def begins_anew(old: Needs, understood: Understood, *, new_search: bool) -> bool:
    """True where a message asks for another kind of product than the needs before it."""
    if understood.category:
        return not any(related(category, old.category) for category in understood.categories if old.category)
    nothing_else = not (understood.wanted or understood.uses or understood.tier or understood.lifted)
    priced = understood.max_price is not None or understood.min_price is not None
    return new_search and bool(understood.words) and nothing_else and not priced


def _kept(old: Needs, understood: Understood, *, new_search: bool) -> Needs:
    if not begins_anew(old, understood, new_search=new_search):
        return old
    top = old.category.split("/")[0]
    if not top:
        return Needs(max_price=old.max_price, min_price=old.min_price)
    if any(within(category, top) for category in understood.categories):
        # a lower limit was meant for what was asked for with it
        return Needs(max_price=old.max_price)
    return Needs()


def _category(kept: Needs, understood: Understood) -> str:
    """The category named; of several, the one that holds them all, else the likeliest."""
    categories = understood.categories
    if not categories:
        return kept.category
    if len(categories) == 1:
        deeper = kept.category and within(kept.category, categories[0])
        return kept.category if deeper and not understood.words and _is_top(categories[0]) else categories[0]
    steps: list[str] = []
    for step in zip(*(category.split("/") for category in categories), strict=False):
        if len(set(step)) > 1:
            break
        steps.append(step[0])
    return "/".join(steps)


def _is_top(category: str) -> bool:
    return "/" not in category


def _prices(kept: Needs, understood: Understood) -> tuple[int | None, int | None]:
    if "price" in understood.lifted:
        return None, None
    lowest, highest = understood.min_price, understood.max_price
    if lowest is None and highest is None:
        return kept.min_price, kept.max_price
    if lowest is None and kept.max_price is None:
        lowest = kept.min_price
    if highest is None and kept.min_price is None:
        highest = kept.max_price
    if lowest is not None and highest is not None and lowest > highest:
        return understood.min_price, understood.max_price
    return lowest, highest


def _uses(kept: Needs, understood: Understood) -> dict[str, str]:
    if not understood.uses:
        return {}
    before = kept.attributes.get(USE, "").split(",") if ALSO & set(understood.text.casefold().split()) else []
    return {USE: ",".join(dict.fromkeys([*filter(None, before), *understood.uses]))}


def _without(attributes: Mapping[str, str], unwanted: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    left = {}
    for name, wanted in attributes.items():
        refused = {value.casefold() for value in unwanted.get(name, ())}
        values = [value for value in wanted.split("|") if value.casefold() not in refused]
        if values:
            left[name] = "|".join(values)
    return left


def _recorded(snapshot: Snapshot, category: str) -> frozenset[str]:
    inside = [p for p in snapshot.products.values() if within(p.category, category)]
    names = {name for product in inside for name in product.attributes}
    return frozenset(names | ({"size"} if any(product.size for product in inside) else set()))
