"""Which product a message speaks of: named, pointed at, or in discussion; never guessed."""

import re
from collections.abc import Iterable

from actions.dialogue.turn import Turn
from actions.offers.need_fit import fit, in_category
from actions.offers.products import Product
from actions.understanding.choices import Ambiguous, resolve_choice
from actions.understanding.fulltext import FACT
from actions.understanding.matching import word_holders
from actions.understanding.wordings import speaks_of_it, what_is_asked_for

SWAPS = re.compile(r"\b(?:(?:um|ein|aus|ver)?tausch\w*|swap\w*|exchange|stattdessen|instead)\b", re.IGNORECASE)


def named_family(turn: Turn) -> str:
    """The model a button, its name, its place or a trait of one of those shown names; empty where none is."""
    return explicit_family(turn) or _pointed_at(turn)


def explicit_family(turn: Turn) -> str:
    """The model a button, its name or its place among those shown names."""
    by_place = turn.understood.ordinal or turn.understood.comparison
    return _by_name(turn) or (_pointed_at(turn) if by_place else "")


def _by_name(turn: Turn) -> str:
    family = turn.incoming.entities.get("family", "")
    if family in turn.snapshot.families:
        return family
    sku = turn.incoming.entities.get("sku", "")
    product = turn.snapshot.product(sku) if sku else None
    if product:
        return product.family
    named = named_families(turn)
    return named[0] if len(named) == 1 else ""


def named_families(turn: Turn) -> list[str]:
    """The models the words name, in their order."""
    return [f for f in turn.understood.families if f in turn.snapshot.families]


def speaks_of_something_else(turn: Turn) -> bool:
    """True for "coffee maker in white" beside fridges: its words stand in titles, but in none of those shown."""
    titled = named_by_titles(turn)
    return bool(titled) and titled.isdisjoint(turn.memory.shown)


def named_by_titles(turn: Turn) -> frozenset[str]:
    """The models whose titles hold one of the words searched for."""
    return frozenset(
        family
        for word in turn.understood.words
        for family, (_, weight) in word_holders(word, turn.lexicon).items()
        if weight > FACT
    )


def _pointed_at(turn: Turn) -> str:
    shown = [] if speaks_of_something_else(turn) else turn.memory.shown
    chosen = resolve_choice(turn.understood, shown, turn.snapshot) if shown else None
    return chosen if isinstance(chosen, str) else ""


def narrowed_to(turn: Turn) -> tuple[str, ...]:
    """Several, but not all, of the models shown that a trait fits alike: "die aus Alu"."""
    shown = [] if speaks_of_something_else(turn) else turn.memory.shown
    chosen = resolve_choice(turn.understood, shown, turn.snapshot) if shown else None
    return chosen.families if isinstance(chosen, Ambiguous) and len(chosen.families) < len(shown) else ()


def focus_of_kind(turn: Turn) -> str:
    """The model in focus where the words only name its kind: "den Helm nehme ich"."""
    focus, category = turn.memory.focus, turn.understood.category
    variants = turn.snapshot.variants(focus) if focus and category else ()
    narrowed = turn.understood.wanted or turn.understood.words
    return focus if variants and category and not narrowed and in_category(variants[0], category) else ""


def family_in_discussion(turn: Turn) -> str:
    """The model named now, the one in focus, the one a trait points at, the only one shown, or the page's."""
    memory = turn.memory
    named = explicit_family(turn)
    if named or memory.focus in turn.snapshot.families:
        return named or memory.focus
    pointed = _pointed_at(turn)
    if pointed:
        return pointed
    if len(memory.shown) == 1:
        return memory.shown[0]
    page = turn.snapshot.product(memory.page_sku) if memory.page_sku else None
    return page.family if page else ""


def speaks_of_what_is_there(turn: Turn) -> bool:
    """True for "wie laut ist der?" and "habt ihr den auch wasserfest?", not for "habt ihr Waschmaschinen?"."""
    text = turn.incoming.text
    named = what_is_asked_for(text) in {word.casefold() for word in turn.understood.unknown}
    there = (turn.memory.shown and speaks_of_it(text)) or family_in_discussion(turn)
    return bool(there) and not named


def product_in_discussion(turn: Turn) -> Product | None:
    """A variant of the model in discussion: the settled one, else the cheapest in stock."""
    family = family_in_discussion(turn)
    if not family:
        return None
    if family == turn.memory.focus and turn.memory.focus_sku:
        return turn.product(turn.memory.focus_sku)
    return representative(turn, family)


def representative(turn: Turn, family: str) -> Product | None:
    """The variant a model is spoken of by: in stock first, then what meets the stated needs, then the cheapest."""
    variants, needs = turn.snapshot.variants(family), turn.memory.needs_and_refusals
    return min(
        variants, key=lambda p: (p.stock <= 0, len(fit(p, needs).unmet), p.price.amount, p.sku), default=None
    )


def talked_of(turn: Turn) -> list[Product]:
    """The product in discussion, else all of those shown."""
    discussed = product_in_discussion(turn)
    return [discussed] if discussed else representatives(turn, turn.memory.shown)


def not_refused(turn: Turn, family: str) -> tuple[Product, ...]:
    """The variants of a model without those in a colour the shopper does not want; all where none would be left."""
    variants = turn.snapshot.variants(family)
    refused = {value.casefold() for value in turn.memory.unwanted.get("colour", ())}
    return tuple(p for p in variants if p.colour.casefold() not in refused) or tuple(variants)


def representatives(turn: Turn, families: Iterable[str]) -> list[Product]:
    """The variants by which some models are spoken of, in their order."""
    return [p for p in (representative(turn, family) for family in families) if p]


def anchor(turn: Turn) -> Product | None:
    """What advice builds on: the product in discussion, else the line last said yes to."""
    named = _by_name(turn)
    if named and named != turn.memory.focus:
        return representative(turn, named)
    return _in_focus(turn) or turn.product(turn.memory.anchor) or product_in_discussion(turn)


def _in_focus(turn: Turn) -> Product | None:
    memory = turn.memory
    if memory.focus not in turn.snapshot.families:
        return None
    return turn.product(memory.focus_sku) or representative(turn, memory.focus)


def given_back_for(turn: Turn, family: str) -> str:
    """The line in the cart that "tausch das gegen ..." gives back for a model: the only one of its kind."""
    variants = turn.snapshot.variants(family)
    if not variants or not SWAPS.search(turn.incoming.text):
        return ""
    alike = [item.product for item in turn.cart() if item.product.category == variants[0].category]
    return alike[0].sku if len(alike) == 1 else ""
