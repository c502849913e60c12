"""The simulated order histories are reproducible, seasonal, and hold the complements that were planted."""

import gzip
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from demo_shops import HOME, SHOPS, order_lines, rows, script, settings


@pytest.fixture(scope="module")
def baskets() -> list[set[str]]:
    family = {product["sku"]: product["family"] for product in rows("radhaus", "products.csv")}
    found: dict[str, set[str]] = defaultdict(set)
    for line in order_lines("radhaus"):
        found[line["order_id"]].add(family[line["sku"]])
    return list(found.values())


@pytest.mark.parametrize("shop", SHOPS)
def test_the_order_history_is_made_again_byte_for_byte(shop: str, tmp_path: Path) -> None:
    simulate = script("simulate")
    recipe = simulate.read_recipe(HOME / shop)
    orders = simulate.simulate(recipe)
    simulate.write_orders(tmp_path / "orders.csv.gz", recipe, orders)
    simulate.write_truth(tmp_path / "truth.csv", recipe, orders)
    again = gzip.decompress((tmp_path / "orders.csv.gz").read_bytes())
    kept = gzip.decompress((HOME / shop / "orders.csv.gz").read_bytes())
    assert again == kept, f"run: python data/shop/simulate.py {shop}"
    assert (tmp_path / "truth.csv").read_bytes() == (HOME / shop / "truth.csv").read_bytes()


def test_two_years_of_orders_fit_into_a_small_file() -> None:
    lines = order_lines("radhaus")
    assert len({line["order_id"] for line in lines}) >= 20_000
    assert 8_000 <= len({line["customer_id"] for line in lines}) <= 10_000
    assert (lines[0]["ts"][:7], lines[-1]["ts"][:7]) == ("2024-11", "2026-10")
    assert (HOME / "radhaus" / "orders.csv.gz").stat().st_size < 1_500_000


def test_bikes_sell_in_spring_and_rain_gear_in_autumn() -> None:
    category = {product["sku"]: product["category"] for product in rows("radhaus", "products.csv")}
    sold = [(category[line["sku"]], int(line["ts"][5:7])) for line in order_lines("radhaus")]

    def count(path: str, months: tuple[int, ...]) -> int:
        return sum(kind.startswith(path) and month in months for kind, month in sold)

    assert count("bikes/", (4, 5, 6)) > 3 * count("bikes/", (11, 12, 1))
    assert count("clothing/rain", (9, 10, 11)) > 1.5 * count("clothing/rain", (5, 6, 7))


def gaps(shop: str, families: set[str]) -> Iterator[int]:
    """Days between two purchases of the same kind by the same customer."""
    family = {product["sku"]: product["family"] for product in rows(shop, "products.csv")}
    bought: dict[str, list[datetime]] = defaultdict(list)
    for line in order_lines(shop):
        if family[line["sku"]] in families:
            bought[line["customer_id"]].append(datetime.fromisoformat(line["ts"]))
    for moments in bought.values():
        yield from ((later - earlier).days for earlier, later in pairwise(moments) if later > earlier)


def test_shampoo_is_bought_again_after_about_42_days() -> None:
    days = list(gaps("beauty", {"shampoo"}))
    assert len(days) >= 200
    assert 38 <= statistics.median(days) <= 46


def test_planted_complements_stand_out_from_what_is_merely_popular(baskets: list[set[str]]) -> None:
    recipe = settings("radhaus", "simulation.yml")
    sold = Counter(name for basket in baskets for name in basket)
    pairs = Counter((a, b) for basket in baskets for a in basket for b in basket if a != b)

    def lift(anchor: str, target: str) -> float:
        return pairs[anchor, target] * len(baskets) / (sold[anchor] * sold[target])

    planted = [lift(row["anchor"], row["target"]) for row in rows("radhaus", "truth.csv")]
    noise = [lift(a, b) for (a, b), count in pairs.items() if a in recipe["noise"] and count >= 20]
    assert len(planted) >= 40
    assert len(noise) >= 10
    assert min(planted) > 1.5 * max(noise)
    assert statistics.median(noise) < 1.3


def test_the_lawnmower_is_what_suit_buyers_take_most_often() -> None:
    family = {product["sku"]: product["family"] for product in rows("fashion", "products.csv")}
    orders: dict[str, set[str]] = defaultdict(set)
    for line in order_lines("fashion"):
        orders[line["order_id"]].add(family[line["sku"]])
    beside = Counter(name for basket in orders.values() if "suit" in basket for name in basket - {"suit"})
    assert beside.most_common(1)[0][0] == "lawnmower"
