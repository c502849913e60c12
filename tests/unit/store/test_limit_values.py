"""Values of limits: what is told of one can be typed again, and a refusal speaks no programming language."""

from typing import Any, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.offers.limits import OfferLimits
from actions.offers.situation import Placement
from actions.store.limit_values import HINTS, MOST, NAMES, REASONS, Fault, PolicyError, told, typed

PYTHONS_WORDS = ("convert", "literal", "int()", "float", "valid Placement", "Traceback")


def values_of(name: str) -> st.SearchStrategy[Any]:
    """Every value that the limit may hold."""
    hint = HINTS[name]
    if get_args(hint) and get_origin(hint) is frozenset:
        return st.frozensets(st.sampled_from(Placement))
    if hint is bool:
        return st.booleans()
    if hint is float:
        return st.floats(0, MOST.get(name, 1e9))
    if hint is int:
        return st.integers(0, 10**12)
    if type(None) in get_args(hint):
        return st.none() | st.integers(0, 10**12)
    return st.sampled_from(get_args(hint))


@pytest.mark.parametrize("name", sorted(NAMES))
@given(data=st.data())
def test_what_is_told_of_a_limit_is_read_back_as_the_same_value(name: str, data: st.DataObject) -> None:
    value = data.draw(values_of(name))
    read = typed(name, told(value))
    assert (read, type(read)) == (value, type(value))
    usual = getattr(OfferLimits(), name)
    assert typed(name, told(usual)) == usual


@pytest.mark.parametrize("name", sorted(NAMES))
@given(text=st.text(max_size=80))
def test_text_is_read_or_refused_in_words_for_people(name: str, text: str) -> None:
    try:
        typed(name, text)
    except PolicyError as refused:
        told_why = str(refused).replace(repr(text), "")
        assert not any(word in told_why for word in PYTHONS_WORDS)
        assert str(refused) == REASONS[refused.fault].format(name=name, value=text, allowed=refused.allowed)


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("speed", "1", Fault.UNKNOWN),
        ("order_first", "never", Fault.CHOICE),
        ("placements_off", "none, chat", Fault.CHOICE),
        ("placements_off", 3, Fault.CHOICE),
        ("use_mined", "maybe", Fault.SWITCH),
        ("max_price_step", "viel", Fault.NUMBER),
        ("max_price_step", "nan", Fault.NUMBER),
        ("min_lift", True, Fault.NUMBER),
        ("min_profit_cross", "1.5", Fault.WHOLE),
        ("min_profit_cross", "9" * 5000, Fault.WHOLE),
        ("high_ticket", "-1", Fault.NEGATIVE),
        ("holdout", "51 %", Fault.MOST),
    ],
)
def test_every_fault_is_called_what_it_is(name: str, value: object, fault: Fault) -> None:
    with pytest.raises(PolicyError) as refused:
        typed(name, value)
    assert refused.value.fault is fault
