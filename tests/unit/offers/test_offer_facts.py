"""Facts that are told to everybody before buying."""

from offer_builders import curated, extra, product

from actions.offers.facts import completeness, completeness_facts, running_cost
from actions.offers.products import RelationKind, Words

MISSING = Words("Batterien sind nicht dabei.", "Batteries are not included.")
CARTRIDGES = Words("Eine Patrone kostet 29 Euro.", "A cartridge is 29 euros.")
TOY = product("TOY", not_included=MISSING, running_cost=CARTRIDGES)
BATTERY = extra("BATTERY")
NEEDS_BATTERY = curated(TOY, BATTERY, kind=RelationKind.REQUIRED_PART)


def test_what_is_missing_is_told_before_what_it_costs_to_run() -> None:
    assert completeness_facts(TOY) == (MISSING, CARTRIDGES)


def test_nothing_recorded_is_nothing_told() -> None:
    assert completeness_facts(BATTERY) == ()
    assert (completeness(BATTERY), running_cost(BATTERY)) == (Words(), Words())


def test_the_missing_part_is_not_mentioned_once_it_is_in_the_cart() -> None:
    assert completeness(TOY, [], [NEEDS_BATTERY]) == MISSING
    assert completeness(TOY, [BATTERY], [NEEDS_BATTERY]) == Words()
    assert completeness_facts(TOY, [BATTERY], [NEEDS_BATTERY]) == (CARTRIDGES,)


def test_an_accessory_in_the_cart_supplies_nothing_that_is_missing() -> None:
    assert completeness(TOY, [BATTERY], [curated(TOY, BATTERY)]) == MISSING
