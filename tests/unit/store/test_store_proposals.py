"""What past orders propose: for known models their own pairs, for new ones what their kind goes with."""

import pytest
from shopfloor import relate, sell, stock_up

from actions.store import policy
from actions.store.catalogue import read_snapshot
from actions.store.engine import reading
from actions.store.matrix_entries import find
from actions.store.mining import mine
from actions.store.proposals import proposals

OLD_POTS = ({"sku": "POT-A", "category": "pots"}, {"sku": "POT-B", "category": "pots"})
NEW_POT = {"sku": "POT-NEW", "category": "pots"}
OTHERS = ({"sku": "SIEVE", "category": "sieves"}, {"sku": "TEA", "category": "teas"})
OF_THE_KIND = ("category:pots", "family:SIEVE", "often_bought_with")


@pytest.fixture
def filled(shop, engine, now):
    """A shop in which 24 of 40 pots went with a sieve; `new` are products nobody has bought yet."""

    def fill(*new) -> None:
        with shop() as connection:
            stock_up(connection, *OLD_POTS, *OTHERS, *new)
            sell(connection, now, "POT-A SIEVE", "POT-B SIEVE", times=12, prefix="with")
            sell(connection, now, "POT-A", "POT-B", times=8, prefix="without")
            sell(connection, now, "TEA", times=60, prefix="tea")
            policy.set_value(connection, "min_evidence", 10)
        mine(engine)

    return fill


@pytest.fixture
def proposed(engine):
    """What is proposed now: (anchor, target) with "together of anchor's"."""

    def proposed() -> dict[tuple[str, str], str]:
        with reading(engine) as connection:
            found = proposals(connection, read_snapshot(connection))
        return {(row.anchor, row.target): f"{said.together} of {said.anchor_orders}" for row, said in found}

    return proposed


def test_a_new_product_is_proposed_what_its_kind_goes_with(filled, proposed):
    filled(NEW_POT)
    assert proposed()[OF_THE_KIND[:2]] == "24 of 40"
    assert {anchor for anchor, _ in proposed()} == {"category:pots", "family:POT-A", "family:POT-B", "family:SIEVE"}


def test_where_every_model_has_orders_of_its_own_nothing_is_proposed_for_the_kind(filled, proposed):
    filled()
    assert "category:pots" not in {anchor for anchor, _ in proposed()}


def test_a_kind_that_never_sold_says_nothing(filled, proposed):
    filled({"sku": "KETTLE", "category": "kettles"})
    assert "category:kettles" not in {anchor for anchor, _ in proposed()}


def test_too_few_purchases_of_the_kind_say_nothing(filled, proposed, shop):
    filled(NEW_POT)
    with shop() as connection:
        policy.set_value(connection, "min_evidence", 25)
    assert OF_THE_KIND[:2] not in proposed()


@pytest.mark.parametrize("state", ["approved", "rejected"])
def test_what_somebody_decided_for_the_kind_is_not_proposed_again(filled, proposed, shop, state):
    filled(NEW_POT)
    with shop() as connection:
        relate(connection, "category:pots", "family:SIEVE", "often_bought_with", state=state, provenance="mined")
    assert OF_THE_KIND[:2] not in proposed()


def test_approved_it_is_offered_with_the_new_product(filled, ask, shop):
    filled(NEW_POT)
    assert ask("POT-NEW") == []
    with shop() as connection:
        relate(connection, *OF_THE_KIND, provenance="mined")
    (sieve,) = ask("POT-NEW")
    assert (sieve.product.sku, sieve.relation.approved, sieve.relation.evidence) == ("SIEVE", True, None)


def test_the_console_finds_the_proposal_by_its_name(filled, engine):
    filled(NEW_POT)
    with reading(engine) as connection:
        snapshot = read_snapshot(connection)
        found = find(connection, snapshot, OF_THE_KIND)
        assert found is not None
        assert (found.stored, found.evidence.together, round(found.evidence.lift, 2)) == (False, 24, 2.5)
        assert find(connection, snapshot, ("category:pots", "family:TEA", "often_bought_with")) is None
        assert find(connection, snapshot, ("family:UNKNOWN", "family:TEA", "often_bought_with")) is None
