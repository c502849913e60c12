"""`tresen offer`: the document of POST /api/offers, from the command line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from actions.offers.decision import Refusal
from actions.store.catalogue import read_snapshot
from actions.store.engine import open_engine, writing
from actions.store.tables import offer_answers, past_order_lines

CASES = yaml.safe_load(Path("data/shop/electronics/expected.yml").read_text("utf-8"))["cases"]


def words_of(request: dict) -> list[str]:
    """The golden request as a merchant would type it."""
    words = ["--cart", ",".join(item["sku"] for item in request["cart"]), "--stage", request["stage"]]
    for name in ("kind", "hesitation", "placement"):
        words += [f"--{name}", request[name]] if name in request else []
    needs = request.get("needs", {})
    if "max_price" in needs:
        words += ["--max-price", str(needs["max_price"]["amount"])]
    for name, value in needs.get("attributes", {}).items():
        words += ["--need", f"{name}={value}"]
    return words


def offered(answer: dict) -> list[str]:
    return [f"{each['kind']} {each['sku']}" for each in answer["offers"]]


def withheld(answer: dict, sku: str) -> set[str]:
    """Why a product was not offered; it may have been a candidate for several moves."""
    return {each["reason"] for each in answer["withheld"] if each["sku"] == sku}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_command_decides_as_the_merchant_expects(electronics, case) -> None:
    answer = electronics.asked("offer", *words_of(case["request"]))
    if "offers" in case:
        assert offered(answer) == [f"{each['kind']} {each['sku']}" for each in case["offers"]]
    assert {f"{each['kind']} {each['sku']}" for each in case.get("includes", [])} <= set(offered(answer))
    assert not {each["sku"] for each in answer["offers"]} & set(case.get("never", []))
    for each in case.get("withheld", []):
        assert each["reason"] in withheld(answer, each["sku"])


def test_the_document_has_the_shape_other_software_relies_on(electronics) -> None:
    said = electronics("offer", "--cart", "LAPTOP-BASIC", "--kind", "up", "--need", "use=photo", "--json")
    assert said.err == ""
    assert list(said.document) == ["offers", "withheld", "policy_version"]
    (offer,) = said.document["offers"]
    assert {"kind", "sku", "anchor", "price", "price_difference", "reason"} <= set(offer)
    assert offer["price"] == {"amount": 120000, "currency": "EUR", "text": "1.200,00 €"}
    assert offer["price_difference"] == {"amount": 30000, "currency": "EUR", "text": "300,00 €"}
    assert {"code", "text", "evidence"} <= set(offer["reason"])
    for each in said.document["withheld"]:
        assert set(each) == {"sku", "kind", "reason", "detail"}
        assert each["reason"] in set(Refusal)
    assert said.document["policy_version"] == electronics.asked("policy", "show")["version"]


def test_whoever_opted_out_gets_no_offer_and_staff_sees_why(electronics) -> None:
    answer = electronics.asked("offer", "--cart", "LAPTOP-BASIC", "--opted-out")
    assert answer["offers"] == []
    assert "opted_out" in withheld(answer, "LAPTOP-BAG")


def test_what_was_refused_is_not_offered_again(electronics) -> None:
    before = electronics.asked("offer", "--cart", "LAPTOP-BASIC", "--kind", "cross")
    after = electronics.asked("offer", "--cart", "LAPTOP-BASIC", "--kind", "cross", "--refused", "LAPTOP-BAG")
    assert "cross LAPTOP-BAG" in offered(before)
    assert "cross LAPTOP-BAG" not in offered(after)
    assert "declined_before" in withheld(after, "LAPTOP-BAG")


def test_a_budget_of_nothing_is_a_budget(electronics) -> None:
    answer = electronics.asked("offer", "--cart", "LAPTOP-BASIC", "--kind", "up", "--max-price", "0")
    assert answer["offers"] == []
    assert "need_not_met" in withheld(answer, "LAPTOP-PRO")


def test_the_last_product_of_the_cart_is_the_anchor(electronics) -> None:
    answer = electronics.asked("offer", "--cart", "LAPTOP-BASIC, TOY", "--kind", "cross")
    assert answer["offers"][0]["anchor"] == "TOY"


def test_people_read_the_offer_its_reason_and_what_was_withheld(electronics) -> None:
    said = electronics("offer", "--cart", "LAPTOP-BASIC", "--kind", "up", "--need", "use=photo", "--lang", "en")
    lines = said.out.splitlines()
    assert lines[0] == "Up-sell: Rechenwerk Zeichentisch laptop (LAPTOP-PRO), €1,200.00, difference €300.00"
    assert lines[1].startswith("  because: The next tier (next_tier). Twice the memory")
    assert "  gains (Memory): 16 GB -> 32 GB" in lines
    assert (
        "  withheld LAPTOP-MAX (Up-sell): The price step does not suit (price_step): price €1,799.00,"
        " main product €900.00; tier 3, main product 1; at most 1.6 times the price" in lines
    )


@pytest.mark.parametrize(("language", "said"), [("de", "Kein Angebot."), ("en", "No offer.")])
def test_no_offer_is_said(electronics, language, said) -> None:
    lines = electronics("offer", "--cart", "LAPTOP-BASIC", "--stage", "browse", "--lang", language).out.splitlines()
    assert lines[0] == said


def test_who_reads_german_reads_no_english_about_what_was_withheld_and_software_always_does(electronics) -> None:
    words = ("offer", "--cart", "LAPTOP-BASIC", "--kind", "cross")
    told = [line for line in electronics(*words, "--lang", "de").out.splitlines() if "(margin)" in line]
    assert told == [
        "  zurückgehalten USB-HUB (Zusatz): Verdient zu wenig (margin): Ertrag 0,62 €, nötig 2,00 €",
    ]
    (document,) = [each for each in electronics.asked(*words)["withheld"] if each["sku"] == "USB-HUB"]
    assert document["detail"] == "profit €0.62, €2.00 needed"


def test_an_unknown_product_is_one_line(electronics) -> None:
    said = electronics("offer", "--cart", "LAPTOP-BASIC,LAWNMOWER", "--json")
    assert (said.code, said.out) == (1, "")
    assert said.sentences == ["there is no product 'LAWNMOWER'"]


def test_asking_leaves_no_trace_in_the_log_of_decisions(electronics) -> None:
    electronics("offer", "--cart", "LAPTOP-BASIC")
    assert electronics.asked("transcripts", "list") == []


def test_what_a_consenting_customer_has_is_left_out(electronics) -> None:
    engine = open_engine(f"sqlite:///{electronics.home / 'core.db'}")
    with writing(engine) as connection:
        line = {"order_id": "O1", "ordered_at": datetime(2026, 1, 2, tzinfo=UTC), "customer": "C7"}
        connection.execute(past_order_lines.insert(), {**line, "sku": "LAPTOP-BAG", "quantity": 1})
    asked = ("offer", "--cart", "LAPTOP-BASIC", "--kind", "cross", "--customer", "C7")
    assert "cross LAPTOP-BAG" in offered(electronics.asked(*asked))
    with_consent = electronics.asked(*asked, "--consented")
    assert "cross LAPTOP-BAG" not in offered(with_consent)
    assert "already_owned" in withheld(with_consent, "LAPTOP-BAG")


def test_what_was_learnt_moves_the_order_here_too_but_nothing_is_drawn(electronics) -> None:
    asked = ("offer", "--cart", "LAPTOP-BASIC", "--kind", "cross")
    before = offered(electronics.asked(*asked))
    engine = open_engine(f"sqlite:///{electronics.home / 'core.db'}")
    with writing(engine) as connection:
        product = read_snapshot(connection).product(before[0].split()[1])
        place = {"kind": "cross", "anchor": "computers/laptops", "category": product.category}
        counts = {"accepted": 0, "declined": 900, "ignored": 0, "expected": 180.0}
        connection.execute(offer_answers.insert(), {**place, **counts})
    engine.dispose()
    assert offered(electronics.asked(*asked)) == before
    page = electronics("playbook", "--category", "computers/laptops").out
    electronics("policy", "set", "learn_from_answers=true")
    answers = [electronics.asked(*asked) for _ in range(5)]
    assert all(answer == answers[0] for answer in answers)
    assert before[0] not in offered(answers[0])
    assert len(offered(answers[0])) == len(before) == 3
    assert withheld(answers[0], before[0].split()[1]) == {"not_among_best"}
    assert electronics("playbook", "--category", "computers/laptops").out != page
