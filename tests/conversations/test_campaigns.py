"""While a campaign runs, the chat speaks and offers by it; before and after, by the merchant's own limits."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from actions.offers.campaigns import Campaign
from actions.services import Services
from actions.store import campaigns, carts, policy
from actions.store.catalogue import live_product
from actions.store.engine import writing
from tests.conversations.shopper import Shopper
from tests.conversations.test_happy_path import buys_a_mountain_bike

BEGINS = datetime(2026, 12, 1, tzinfo=UTC)
ENDS = datetime(2026, 12, 24, tzinfo=UTC)
BEFORE, AMID = BEGINS - timedelta(hours=1), BEGINS + timedelta(days=9)
TUBE = 690


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = BEFORE

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(house: Services) -> Clock:
    """The clock of the house, an hour before the campaign."""
    house.clock = moved = Clock()
    return moved


@pytest.fixture
def campaign(house: Services, clock: Clock) -> Callable[..., None]:
    """Applies a campaign of December; nothing is written after that."""

    def apply(**changes: object) -> None:
        with writing(house.engine) as connection:
            december = Campaign("december", BEGINS, ENDS, changes)
            campaigns.apply(connection, december, policy.own_limits(connection), clock())

    return apply


def put_a_tube_in_the_cart(shopper: Shopper) -> None:
    with writing(shopper.house.engine) as connection:
        tube = live_product(connection, "SCHLAUCH-29-AV")
        assert tube and tube.price.amount == TUBE
        carts.put(connection, shopper.conversation, tube, 1, now=shopper.house.clock())


def at(clock: Clock, moment: datetime, shopper: Shopper, text: str, intent: str) -> str:
    """What the shopper hears at this moment."""
    clock.now = moment
    shopper.says(text, intent)
    return shopper.text


def test_shipping_is_free_while_the_campaign_runs_and_costs_again_after_it(
    clock: Clock, campaign: Callable[..., None], shopper: Shopper
) -> None:
    campaign(free_shipping_from=0)
    put_a_tube_in_the_cart(shopper)
    words = ("was kostet der versand?", "faq/shipping")
    usual = at(clock, BEFORE, shopper, *words)
    assert usual.startswith("Der Versand kostet 4,90 €, ab 50,00 € ist er frei.")
    assert at(clock, BEGINS, shopper, *words).startswith(
        "Der Versand ist frei, ganz gleich wie viel Sie bestellen."
    )
    assert "der Versand ist frei" in at(clock, AMID, shopper, "zur kasse", "checkout")
    assert at(clock, ENDS, shopper, *words) == usual
    assert "11,80 €" in at(clock, ENDS, shopper, "zur kasse", "checkout")


def test_a_lower_threshold_is_told_with_its_sums_and_only_for_its_time(
    clock: Clock, campaign: Callable[..., None], shopper: Shopper
) -> None:
    campaign(free_shipping_from=2_000)
    put_a_tube_in_the_cart(shopper)
    words = ("der versand ist mir zu teuer", "hesitate")
    assert "13,10 €" in at(clock, AMID, shopper, *words)
    assert "43,10 €" in at(clock, ENDS, shopper, *words)


def test_who_has_nothing_in_the_cart_yet_hears_that_shipping_is_free(
    clock: Clock, campaign: Callable[..., None], comes_in: Callable[..., Shopper]
) -> None:
    campaign(shipping_cost=0)
    shopper = comes_in(language="en")
    words = ("shipping is too expensive", "hesitate")
    assert "free from €50.00" in at(clock, BEFORE, shopper, *words)
    assert "Shipping is free, however little you order." in at(clock, AMID, shopper, *words)


def test_a_campaign_offers_less_while_it_runs_and_the_log_tells_the_policies_apart(
    clock: Clock, campaign: Callable[..., None], comes_in: Callable[..., Shopper]
) -> None:
    campaign(max_choices_web=1)
    counts, versions = [], []
    for moment in (BEFORE, AMID, ENDS):
        clock.now = moment
        shopper = comes_in()
        buys_a_mountain_bike(shopper)
        counts.append(len(shopper.offers[0]["cards"]))
        versions.append({decision.policy_version for decision in shopper.decisions()})
    assert counts[0] == counts[2] > counts[1] == 1
    assert versions[0] == versions[2] != versions[1]
    assert [len(each) for each in versions] == [1, 1, 1]


def test_a_conversation_that_outlasts_the_campaign_goes_on_by_the_usual_limits(
    clock: Clock, campaign: Callable[..., None], shopper: Shopper
) -> None:
    campaign(max_offers_conversation=0)
    clock.now = AMID
    buys_a_mountain_bike(shopper)
    assert shopper.offers == []
    assert {row["reason"] for row in shopper.decisions()[-1].withheld} >= {"frequency_cap"}
    shopper.says("was passt dazu?", "ask_accessories")
    assert len(shopper.offers) == 1
    clock.now = ENDS
    shopper.says("nein danke", "deny")
    shopper.says("habt ihr pumpen?", "search_product")
    shopper.says("das erste", "choose_option")
    shopper.says("nehme ich", "purchase_intent")
    shopper.says("ja", "confirm")
    assert "frequency_cap" not in {row["reason"] for row in shopper.decisions()[-1].withheld}
