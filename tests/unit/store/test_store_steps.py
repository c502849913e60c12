"""Which steps up and down come up beside a product."""

from shopfloor import relate, sell, skus, stock_up
from sqlalchemy import update

from actions.offers.situation import Needs, OfferKind, Situation, Stage
from actions.store.affinities import candidates
from actions.store.catalogue import read_snapshot
from actions.store.mining import mine
from actions.store.tables import products

LADDER = (
    {"sku": "GRAT-1", "tier": 1, "price": 64_900},
    {"sku": "KIEFER", "tier": 1, "price": 54_900},
    {"sku": "GRAT-1S", "tier": 1, "price": 69_900},
    {"sku": "GRAT-2", "tier": 2, "price": 89_900},
    {"sku": "MOOR", "tier": 2, "price": 79_900},
    {"sku": "GRAT-3", "tier": 3, "price": 129_900},
    {"sku": "ROADBIKE", "tier": 2, "price": 99_900, "category": "bikes/road"},
)


def test_steps_stay_in_the_category_and_begin_with_the_next_tier(ask, shop):
    with shop() as connection:
        stock_up(connection, *LADDER)
    assert skus(ask("GRAT-1", OfferKind.UP)) == ["MOOR", "GRAT-2", "GRAT-1S", "GRAT-3"]
    assert skus(ask("GRAT-2", OfferKind.DOWN)) == ["MOOR", "GRAT-1S", "GRAT-1", "KIEFER"]
    assert skus(ask("GRAT-3", OfferKind.UP)) == []


def test_dearer_but_of_a_lower_tier_is_no_step_up(ask, shop):
    with shop() as connection:
        stock_up(connection, {"sku": "GOOD", "tier": 2, "price": 100}, {"sku": "DEAR", "tier": 1, "price": 200})
    assert skus(ask("GOOD", OfferKind.UP)) == []


def test_where_no_tier_is_known_the_price_decides(ask, shop):
    with shop() as connection:
        stock_up(connection, {"sku": "A", "price": 100}, {"sku": "B", "price": 200}, {"sku": "C", "price": 150})
    assert skus(ask("A", OfferKind.UP)) == ["C", "B"]
    assert skus(ask("B", OfferKind.DOWN)) == ["C", "A"]


def test_products_whose_need_is_not_known_replace_nothing(ask, shop):
    with shop() as connection:
        stock_up(
            connection,
            {"sku": "VASE", "category": "unsorted", "price": 100},
            {"sku": "EARRINGS", "category": "unsorted", "price": 200},
        )
    assert ask("VASE") == []


def test_a_budget_brings_the_affordable_steps_first(ask, shop):
    with shop() as connection:
        stock_up(connection, *LADDER)
    found = ask("GRAT-3", OfferKind.DOWN, needs=Needs(max_price=65_000))
    assert skus(found) == ["GRAT-1", "KIEFER", "GRAT-2", "MOOR", "GRAT-1S"]


def test_what_is_bought_together_is_no_replacement(ask, shop, engine, now):
    with shop() as connection:
        stock_up(
            connection,
            {"sku": "BOTTLE", "category": "bottles", "price": 500},
            {"sku": "CAGE", "category": "bottles", "price": 900},
            {"sku": "SOAP", "category": "care"},
        )
        sell(connection, now, "BOTTLE CAGE", "SOAP", times=25)
    mine(engine)
    assert [(found.product.sku, found.kind) for found in ask("BOTTLE")] == [("CAGE", OfferKind.CROSS)]


def test_another_wheel_size_is_no_step(ask, shop):
    with shop() as connection:
        stock_up(
            connection,
            {"sku": "TYRE-29", "category": "tyres", "price": 100, "attributes": {"wheel_size": "29"}},
            {"sku": "BETTER-29", "category": "tyres", "price": 200, "attributes": {"wheel_size": "29"}},
            {"sku": "BETTER-28", "category": "tyres", "price": 200, "attributes": {"wheel_size": "28"}},
        )
        relate(connection, "category:bikes", "category:tyres", match={"wheel_size": "wheel_size"})
    assert skus(ask("TYRE-29", OfferKind.UP)) == ["BETTER-29"]


def test_rows_of_the_matrix_may_point_up_down_or_to_a_substitute(ask, shop):
    with shop() as connection:
        stock_up(
            connection,
            {"sku": "A", "price": 200, "category": "a"},
            {"sku": "UP", "price": 300, "category": "b"},
            {"sku": "DOWN", "price": 100, "category": "c"},
            {"sku": "DEARER", "price": 250, "category": "d"},
            {"sku": "CHEAPER", "price": 150, "category": "e"},
            {"sku": "SAME", "price": 200, "category": "f"},
        )
        relate(connection, "sku:A", "sku:UP", "upgrade")
        relate(connection, "sku:A", "sku:DOWN", "downgrade")
        for target in ("DEARER", "CHEAPER", "SAME"):
            relate(connection, "sku:A", f"sku:{target}", "substitute")
    found = {candidate.product.sku: candidate.kind for candidate in ask("A")}
    assert found == {
        "UP": OfferKind.UP,
        "DOWN": OfferKind.DOWN,
        "DEARER": OfferKind.UP,
        "CHEAPER": OfferKind.DOWN,
    }


def test_an_upgrade_of_the_matrix_is_not_named_twice_by_the_ladder(ask, shop):
    with shop() as connection:
        stock_up(connection, *LADDER)
        relate(connection, "sku:GRAT-1", "sku:GRAT-2", "upgrade")
    found = ask("GRAT-1", OfferKind.UP)
    assert skus(found) == ["GRAT-2", "MOOR", "GRAT-1S", "GRAT-3"]
    assert [candidate.relation is None for candidate in found] == [False, True, True, True]


SERIES = tuple(
    {
        "sku": f"{need}-{code}",
        "title_de": f"{need} {code}",
        "title_en": f"{need} {code}",
        "category": need,
        "price": price,
    }
    for need in ("toasters", "kettles", "ovens")
    for code, price in (
        ("E100", 5_000),
        ("E200", 6_000),
        ("E900", 16_000),
        ("M300", 10_000),
        ("M400", 12_000),
        ("X500", 30_000),
    )
)


def test_without_written_tiers_the_names_of_the_models_lead(ask, shop):
    """The gilded economy model is dearer and yet no step up."""
    with shop() as connection:
        stock_up(connection, *({**row, "tier": None} for row in SERIES))
    found = {candidate.product.sku: candidate for candidate in ask("toasters-E100", OfferKind.UP)}
    assert [found[f"toasters-{code}"].tiers for code in ("E200", "E900", "M300", "M400", "X500")] == [0, 0, 1, 1, 2]
    order = list(found)
    assert set(order[:2]) == {"toasters-M300", "toasters-M400"}


def test_written_tiers_leave_nothing_to_learn(ask, shop):
    with shop() as connection:
        stock_up(connection, *LADDER)
    assert {candidate.tiers for candidate in ask("GRAT-1", OfferKind.UP)} == {None}


def test_price_and_stock_are_of_this_moment(engine, shop, now):
    with shop() as connection:
        stock_up(connection, *LADDER)
        snapshot = read_snapshot(connection)
        connection.execute(update(products).where(products.c.sku == "MOOR").values(price=60_000, stock=0))
        connection.execute(update(products).where(products.c.sku == "GRAT-3").values(active=False))
        found = candidates(connection, snapshot, Situation(Stage.INTENT, anchor=snapshot.product("GRAT-1")))
    assert skus(candidate for candidate in found if candidate.kind is OfferKind.UP) == ["GRAT-2", "GRAT-1S"]
