"""What shop systems tell about returns of past orders: pieces and money, whichever file tells it and when."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from actions.store.engine import migrate, open_engine, reading, writing
from actions.store.importing import import_orders
from actions.store.importing.customers import pseudonyms
from actions.store.tables import past_order_lines, past_returns

HIDDEN = pseudonyms("a secret of the shop")
OURS = "order_id,ts,customer_id,sku,quantity,price,returned,refunded"
SHOPIFY = (
    "Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem price,Lineitem sku,"
    "Shipping,Total,Refunded Amount"
)
WOO = "Order Number,Order Status,Order Date,SKU,Quantity,Quantity (- Refund),Item Cost"
PURCHASE = (
    '{"event_name": "purchase", "event_timestamp": "1772447400000000", "user_pseudo_id": "1",'
    ' "ecommerce": {"transaction_id": "T1"}, "items": [{"item_id": "BELT", "price": 39, "quantity": 3}]}'
)
REFUND = (
    '{"event_name": "refund", "event_timestamp": "%d", "user_pseudo_id": "1",'
    ' "ecommerce": {"transaction_id": "T1"}, "items": [{"item_id": "BELT", "quantity": %d}]}'
)


def kept(engine: Engine) -> dict[tuple[str, str], tuple[int, int]]:
    """Of each line the pieces that were kept and the cents that were paid for it and not paid back."""
    line, back = past_order_lines.c, past_returns.c
    with reading(engine) as connection:
        lines = connection.execute(select(line.order_id, line.sku, line.quantity, line.price)).tuples().all()
        sums = select(back.order_id, back.sku, func.sum(back.quantity), func.sum(back.amount))
        came = {
            (order, sku): (int(pieces), int(amount))
            for order, sku, pieces, amount in connection.execute(sums.group_by(back.order_id, back.sku)).tuples()
        }
    found = {}
    for order, sku, quantity, price in lines:
        pieces, amount = came.get((order, sku), (0, 0))
        found[order, sku] = quantity - pieces, (price or 0) * (quantity - pieces) - amount
    return found


@pytest.fixture
def load(engine, write):
    def load(*lines, name="orders.csv"):
        report = import_orders(engine, [write(name, *lines)], pseudonym=HIDDEN).files[0]
        assert report.problems == ()
        return report

    return load


def test_a_piece_that_came_back_is_not_kept_and_the_line_stays_bought(load, engine):
    load(OURS, "O1,2026-03-02,C1,BELT,3,39.00,1,", "O1,2026-03-02,C1,SHIRT,1,59.00,0,")
    assert kept(engine) == {("O1", "BELT"): (2, 7_800), ("O1", "SHIRT"): (1, 5_900)}


def test_a_line_that_came_back_altogether_is_none(load, engine):
    report = load(OURS, "O1,2026-03-02,C1,BELT,3,39.00,3,", "O1,2026-03-02,C1,SHIRT,1,59.00,,")
    assert kept(engine) == {("O1", "SHIRT"): (1, 5_900)}
    assert report.left_out == {"lines that were sent back": 1}


def test_a_later_file_speaks_anew_of_what_came_back(load, engine):
    load(OURS, "O1,2026-03-02,C1,BELT,3,39.00,,")
    load(OURS, "O1,2026-03-02,C1,BELT,3,39.00,2,")
    assert kept(engine) == {("O1", "BELT"): (1, 3_900)}
    load(OURS, "O1,2026-03-02,C1,BELT,3,39.00,0,")
    assert kept(engine) == {("O1", "BELT"): (3, 11_700)}
    removed = load(OURS, "O1,2026-03-02,C1,BELT,3,39.00,3,").removed
    assert (removed, kept(engine)) == (1, {})


def test_a_file_that_says_nothing_of_returns_takes_none_back(load, engine):
    load(OURS, "O1,2026-03-02,C1,BELT,3,39.00,2,")
    load("order_id,ts,customer_id,sku,quantity,price", "O1,2026-03-02,C1,BELT,3,39.00")
    assert kept(engine) == {("O1", "BELT"): (1, 3_900)}


def test_money_of_a_whole_order_is_spread_over_what_was_kept_by_its_price(load, engine):
    # 30.00 of 137.00 were paid back: 17.08 of the belts' 78.00 and 12.92 of the shirt's 59.00
    load(OURS, "O1,2026-03-02,C1,BELT,2,39.00,0,30.00", "O1,2026-03-02,C1,SHIRT,1,59.00,,")
    assert kept(engine) == {("O1", "BELT"): (2, 7_800 - 1_708), ("O1", "SHIRT"): (1, 5_900 - 1_292)}


def test_money_for_pieces_that_came_back_is_not_subtracted_twice(load, engine):
    load(OURS, "O1,2026-03-02,C1,BELT,2,39.00,1,39.00", "O1,2026-03-02,C1,SHIRT,1,59.00,,39.00")
    assert kept(engine) == {("O1", "BELT"): (1, 3_900), ("O1", "SHIRT"): (1, 5_900)}


def test_an_order_of_which_all_money_was_paid_back_is_none(load, engine):
    load(OURS, "O1,2026-03-02,C1,BELT,2,39.00,,78.00", "O2,2026-03-02,C1,BELT,1,39.00,,")
    assert kept(engine) == {("O2", "BELT"): (1, 3_900)}


def test_shopify_tells_money_of_the_order_and_shipping_is_no_goods(load, engine):
    load(
        SHOPIFY,
        "#1,ada@example.com,partially_refunded,2026-03-02,1,59.00,SHIRT,5.00,103.00,49.00",
        "#1,ada@example.com,,,1,39.00,BELT,,,",
        "#2,ada@example.com,partially_refunded,2026-03-03,1,59.00,SHIRT,5.00,64.00,59.00",
        "#3,ada@example.com,paid,2026-03-03,1,59.00,SHIRT,5.00,64.00,0.00",
    )
    # the half of the goods of #1; the goods of #2 altogether, though not its shipping
    assert kept(engine) == {("#1", "SHIRT"): (1, 2_950), ("#1", "BELT"): (1, 1_950), ("#3", "SHIRT"): (1, 5_900)}


def test_a_refund_that_shopify_tells_later_reaches_an_order_known_before(load, engine):
    order = "#1,ada@example.com,%s,2026-03-02,2,50.00,SHIRT,0.00,100.00,%s"
    load(SHOPIFY, order % ("paid", "0.00"))
    assert load(SHOPIFY, order % ("partially_refunded", "25.00")).unchanged == 1
    assert kept(engine) == {("#1", "SHIRT"): (2, 7_500)}
    load(SHOPIFY, order % ("refunded", "100.00"))
    assert kept(engine) == {}
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(past_returns)) == 0


def test_woocommerce_tells_what_was_bought_and_what_remains(load, engine):
    load(WOO, "501,completed,2026-03-02,SOCK,3,2,10.00", "501,completed,2026-03-02,SHOE,1,0,90.00")
    assert kept(engine) == {("501", "SOCK"): (2, 2_000)}


def test_woocommerce_that_tells_only_what_remains_is_compared_with_what_was_bought(load, engine):
    header = WOO.replace("Quantity,", "")
    lines = ("501,completed,2026-03-02,SOCK,%d,10.00", "501,completed,2026-03-02,SHOE,%d,90.00")
    load(header, lines[0] % 3, lines[1] % 1)
    later = load(header, lines[0] % 2, lines[1] % 0)
    assert kept(engine) == {("501", "SOCK"): (2, 2_000)}
    assert (later.removed, later.left_out) == (1, {"lines that were sent back": 1})
    assert load(header, lines[0] % 2, lines[1] % 0).inserted == 0
    assert kept(engine) == {("501", "SOCK"): (2, 2_000)}


def test_the_shops_interface_tells_refunds_of_the_order(load, engine):
    load(
        '{"number": "7", "status": "completed", "date_created_gmt": "2026-03-02T10:30:00", "total": "105.00",'
        ' "shipping_total": "5.00", "shipping_tax": "0.00", "refunds": [{"id": 1, "total": "-20.00"}],'
        ' "line_items": [{"product_id": 4, "sku": "SOCK", "quantity": 2, "price": 50}]}',
        name="orders.jsonl",
    )
    assert kept(engine) == {("7", "SOCK"): (2, 8_000)}


def test_an_item_of_a_wide_export_tells_its_pieces(load, engine):
    load(
        "order_id,order_date,status,line_item_1",
        "7,2026-03-02,completed,product_id:4|sku:SOCK|quantity:3|price:10.00|refunded_qty:-1",
    )
    assert kept(engine) == {("7", "SOCK"): (2, 2_000)}


@pytest.mark.parametrize("first", ["purchase", "refund"])
def test_refund_events_count_whichever_file_comes_first(load, engine, first):
    events = {"purchase": PURCHASE, "refund": REFUND % (1772620200000000, 1)}
    for name in sorted(events, key=lambda name: name != first):
        load(events[name], name=f"{name}.jsonl")
    assert kept(engine) == {("T1", "BELT"): (2, 7_800)}


def test_refunds_of_two_days_add_up_and_the_same_file_again_changes_nothing(load, engine):
    load(PURCHASE, name="purchase.jsonl")
    for _ in range(2):
        load(REFUND % (1772620200000000, 1), name="first.jsonl")
    assert kept(engine) == {("T1", "BELT"): (2, 7_800)}
    assert load(REFUND % (1772720200000000, 2), name="second.jsonl").removed == 1
    assert kept(engine) == {}
    # what came back does not return with an old file
    load(PURCHASE, name="purchase.jsonl")
    assert kept(engine) == {}


ORDERS = st.dictionaries(
    st.tuples(st.sampled_from(["O1", "O2", "O3"]), st.sampled_from(["BELT", "SHIRT", "SOCK"])),
    st.tuples(st.integers(1, 4), st.integers(0, 9_999), st.integers(0, 5)),
    min_size=1,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("returns")


@pytest.fixture(scope="module")
def reused(folder) -> Iterator[Engine]:
    opened = open_engine(f"sqlite:///{folder / 'core.db'}")
    migrate(opened)
    yield opened
    opened.dispose()


@settings(max_examples=60, deadline=None)
@given(ORDERS, st.dictionaries(st.sampled_from(["O1", "O2", "O3"]), st.integers(0, 50_000)))
def test_whatever_came_back_no_line_keeps_less_than_nothing(folder, reused, orders, refunded):
    with writing(reused) as connection:
        connection.execute(past_order_lines.delete())
        connection.execute(past_returns.delete())
    lines = [
        f"{order},2026-03-02,C1,{sku},{quantity},{cents / 100:.2f},{back},{refunded.get(order, 0) / 100:.2f}"
        for (order, sku), (quantity, cents, back) in orders.items()
    ]
    (folder / "orders.csv").write_text("\n".join([OURS, *lines]))
    assert import_orders(reused, [folder / "orders.csv"]).ok
    found = kept(reused)
    assert all(pieces > 0 and amount >= 0 for pieces, amount in found.values())
    assert found.keys() <= {key for key, (quantity, _, back) in orders.items() if back < quantity}
    import_orders(reused, [folder / "orders.csv"])
    assert kept(reused) == found
