"""Every example shop makes its golden offers, and none of those it must not make."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from demo_shops import HOME, SHOPS, settings
from sqlalchemy import Connection

from actions.store.catalogue import CatalogueSnapshot, read_snapshot
from actions.store.engine import migrate, open_engine, reading
from actions.store.importing import load_shop
from actions.store.mining import mine
from bot.gateway.offers_api import answer_offers
from bot.seals import Seals

CASES = [(shop, case) for shop in SHOPS for case in settings(shop, "expected.yml")["cases"]]


@dataclass(frozen=True, slots=True)
class Counter:
    """A shop loaded, mined and open for questions."""

    connection: Connection
    snapshot: CatalogueSnapshot

    def asked(self, request: Mapping[str, Any]) -> dict[str, Any]:
        seals = Seals("only for tests")
        return answer_offers(dict(request), self.snapshot, self.connection, self.snapshot.own_limits, seals=seals)

    def is_meant(self, wanted: Mapping[str, str], found: Mapping[str, str]) -> bool:
        """Whether an entry of expected.yml means an entry of the answer."""
        product = self.snapshot.product(found["sku"])
        same = {"sku": found["sku"], "kind": found.get("kind"), "family": product.family if product else ""}
        return all(value == same[name] for name, value in wanted.items() if name in same)


@pytest.fixture(scope="module", params=SHOPS)
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Counter]]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp(request.param) / 'core.db'}")
    migrate(engine)
    report = load_shop(engine, HOME / request.param)
    assert report.ok, report
    mine(engine)
    with reading(engine) as connection:
        yield request.param, Counter(connection, read_snapshot(connection))
    engine.dispose()


def test_a_shop_decides_as_its_merchant_expects(shop: tuple[str, Counter]) -> None:
    name, counter = shop
    complaints = [
        f"{case['name']}: {complaint}"
        for owner, case in CASES
        if owner == name
        for complaint in _complaints(counter, case)
    ]
    assert not complaints, "\n".join(complaints)


def _complaints(counter: Counter, case: Mapping[str, Any]) -> Iterator[str]:
    answer = counter.asked(case["request"])
    offers, withheld = answer["offers"], answer["withheld"]
    made = [f"{offer['kind']} {offer['sku']}" for offer in offers]
    if "offers" in case and sorted(made) != sorted(f"{each['kind']} {each['sku']}" for each in case["offers"]):
        yield f"offered {made}"
    for wanted in case.get("includes", []):
        if not any(counter.is_meant(wanted, offer) for offer in offers):
            yield f"{wanted} is missing among {made}"
    for sku in case.get("never", []):
        assert counter.snapshot.product(sku) is not None, f"there is no {sku}"
        if any(offer["sku"] == sku for offer in offers):
            yield f"{sku} was offered"
    for wanted in case.get("withheld", []):
        reasons = {each["reason"] for each in withheld if counter.is_meant(wanted, each)}
        if wanted["reason"] not in reasons:
            yield f"{wanted} was withheld for {reasons or 'nothing'}"


def test_the_same_situation_always_gets_the_same_offers(shop: tuple[str, Counter]) -> None:
    name, counter = shop
    for owner, case in CASES:
        if owner == name:
            assert counter.asked(case["request"]) == counter.asked(case["request"])


@pytest.mark.parametrize("name", SHOPS)
def test_every_shop_knows_what_it_must_not_offer(name: str) -> None:
    cases = [case for owner, case in CASES if owner == name]
    assert any(case.get("never") for case in cases)
    assert any(case.get("withheld") for case in cases)
