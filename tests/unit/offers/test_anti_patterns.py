"""What pushy or careless selling does, and that it does not happen here."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offer_builders import (
    BIKE,
    COMMUTER_UNDER_1500,
    ENOUGH,
    LIMITS,
    after_the_yes,
    asked,
    better_bike,
    cheaper_bike,
    counted,
    cross,
    curated,
    down,
    extra,
    is_offered,
    offered,
    product,
    reasons,
    too_dear,
    up,
    why_not,
)
from offer_encounters import Encounter, encounters

from actions.offers.decision import Refusal
from actions.offers.facts import completeness_facts
from actions.offers.policy import decide
from actions.offers.products import Relation, Words
from actions.offers.shipping import fill_up
from actions.offers.situation import Candidate, CartItem, Hesitation, Needs, OfferKind, Placement, Stage

SUIT = product("SUIT", 19_900, category="fashion/suits")
SHIRT = product("SHIRT", 4_900, category="fashion/shirts")
TIE = product("TIE", 2_900, category="fashion/ties")
LAWNMOWER = product("LAWNMOWER", 29_900, category="garden/lawnmowers")
everywhere = settings(max_examples=60, deadline=None, derandomize=True, database=None)
TOP_SELLER_TOGETHER = replace(ENOUGH, together=4_000, anchor_orders=4_100, confidence=0.97, lift=40.0)


def test_a_lawnmower_is_not_offered_with_a_suit_however_often_both_were_bought() -> None:
    candidates = [
        cross(LAWNMOWER, counted(SUIT, LAWNMOWER, TOP_SELLER_TOGETHER)),
        cross(SHIRT, curated(SUIT, SHIRT)),
        cross(TIE, counted(SUIT, TIE)),
    ]
    decision = decide(after_the_yes(SUIT), candidates, LIMITS)
    assert offered(decision) == ["SHIRT", "TIE"]
    assert reasons(decision) == {"LAWNMOWER": Refusal.UNRELATED}


def test_a_lawnmower_is_not_even_the_answer_to_a_question() -> None:
    lawnmower = cross(LAWNMOWER, counted(SUIT, LAWNMOWER, TOP_SELLER_TOGETHER))
    assert why_not(asked(after_the_yes(SUIT), OfferKind.CROSS), lawnmower) is Refusal.UNRELATED


def test_after_the_second_no_thanks_nothing_more_is_offered() -> None:
    helmet, lock, pump = (cross(extra(sku)) for sku in ("HELMET", "LOCK", "PUMP"))
    first = after_the_yes(needs=COMMUTER_UNDER_1500)
    assert is_offered(first, up(better_bike()))
    after_one = replace(first, refusals=1, refused=frozenset({"BETTER"}), paused=frozenset({OfferKind.UP}))
    assert offered(decide(after_one, [up(better_bike()), helmet], LIMITS)) == ["HELMET"]
    after_two = replace(
        after_one,
        refusals=2,
        refused=frozenset({"BETTER", "HELMET"}),
        paused=frozenset({OfferKind.UP, OfferKind.CROSS}),
    )
    for channel in (
        {"voice": True},
        {"placement": Placement.CART},
        {"stage": Stage.AFTER},
        {"paused": frozenset()},
    ):
        decision = decide(replace(after_two, **channel), [up(better_bike()), helmet, lock, pump], LIMITS)
        assert offered(decision) == []
        assert len(decision.withheld) == 4


def test_a_complaint_is_not_answered_with_something_dearer() -> None:
    complaint = after_the_yes(negative_mood=True, needs=COMMUTER_UNDER_1500)
    for candidate in (up(better_bike()), cross(extra("HELMET"))):
        assert why_not(complaint, candidate) is Refusal.NEGATIVE_MOOD
    hesitant = replace(complaint, hesitation=Hesitation.PRICE_SENSITIVITY)
    assert why_not(hesitant, down(product("CHEAP", 50_000))) is Refusal.NEGATIVE_MOOD


def test_a_dear_filler_is_not_argued_with_free_shipping() -> None:
    limits = replace(LIMITS, free_shipping_from=7_500, shipping_cost=1_000)
    jacket = product("JACKET", 3_000, category="fashion/jackets")
    sums = fill_up(6_600, jacket, limits)
    assert sums is not None
    assert not sums.is_an_argument
    shirts = product("SHIRTS", 6_600, category="fashion/shirts")
    worried = after_the_yes(shirts, hesitation=Hesitation.SHIPPING_COST)
    assert why_not(worried, cross(jacket, curated(shirts, jacket)), limits) is Refusal.WRONG_STAGE


def test_the_same_item_does_not_come_back_after_a_no_in_any_way() -> None:
    declined = after_the_yes(refused=frozenset({"HELMET"}), refusals=1)
    red, blue = extra("HELMET", colour="red"), extra("HELMET-BLUE", family="helmet", colour="blue")
    candidates = [cross(red), cross(blue)]
    for situation in (
        declined,
        replace(declined, voice=True),
        replace(declined, stage=Stage.ORDERED),
        replace(declined, placement=Placement.AFTER),
        asked(declined, OfferKind.CROSS),
    ):
        decision = decide(situation, candidates, LIMITS)
        assert offered(decision) == []
        assert set(reasons(decision).values()) == {Refusal.DECLINED_BEFORE}


def test_a_choice_is_not_padded_with_what_does_not_fit() -> None:
    fits = cross(SHIRT, curated(SUIT, SHIRT))
    padding = [
        cross(LAWNMOWER, counted(SUIT, LAWNMOWER, TOP_SELLER_TOGETHER)),
        cross(TIE, counted(SUIT, TIE, replace(ENOUGH, together=2))),
        Candidate(product("SOCKS", category="fashion/socks"), OfferKind.CROSS),
    ]
    assert offered(decide(after_the_yes(SUIT), [fits, *padding], LIMITS)) == ["SHIRT"]
    nothing = decide(after_the_yes(SUIT), padding, LIMITS)
    assert offered(nothing) == []
    assert len(nothing.withheld) == 3


def test_nothing_is_pushed_before_the_yes_and_not_on_a_second_product_either() -> None:
    looking = after_the_yes(SUIT, stage=Stage.CONSIDER, cart=())
    assert why_not(looking, cross(SHIRT, curated(SUIT, SHIRT))) is Refusal.ORDER_FIRST
    looking_further = after_the_yes(SUIT, cart=(CartItem(BIKE),))
    assert why_not(looking_further, cross(SHIRT, curated(SUIT, SHIRT))) is Refusal.ORDER_FIRST


def test_a_cheaper_laptop_that_lacks_a_must_have_is_not_called_sufficient() -> None:
    laptop = product("LAPTOP", 120_000, category="laptops", attributes={"memory": "32 GB"})
    cheaper = product("LAPTOP-16", 90_000, category="laptops", attributes={"memory": "16 GB"})
    needs = Needs(attributes={"memory": "32 GB"})
    assert why_not(too_dear(laptop, needs=needs), down(cheaper)) is Refusal.NEED_NOT_MET
    assert why_not(asked(too_dear(laptop, needs=needs), OfferKind.DOWN), down(cheaper)) is Refusal.NEED_NOT_MET


def test_what_pays_the_shop_best_does_not_buy_its_way_past_fit() -> None:
    gold = product("GOLD-PEN", 500_000, category="stationery/pens", cost=100)
    fits = cross(SHIRT, curated(SUIT, SHIRT))
    assert offered(decide(after_the_yes(SUIT), [cross(gold, counted(SUIT, gold)), fits], LIMITS)) == ["SHIRT"]


def test_a_claim_of_others_is_never_made_from_three_orders() -> None:
    few = replace(ENOUGH, together=3)
    relation = curated(SUIT, SHIRT, benefit=Words("Passt dazu.", "Goes with it."), evidence=few)
    offer = decide(after_the_yes(SUIT), [cross(SHIRT, relation)], LIMITS).offers[0]
    assert offer.reason.evidence is None


PUSHY = (
    Words("Nur noch heute!", "Only today!"),
    Words("Nur noch 2 Stück auf Lager, greifen Sie zu!", "Only 2 left in stock, hurry!"),
    Words("Nur noch 3 da.", "Only 3 left."),
    Words("Letzte Chance, das Angebot endet am Sonntag.", "Last chance, the offer ends on Sunday."),
    Words("Fast ausverkauft!", "Almost sold out!"),
    Words("Jetzt 20 % Rabatt, statt 99 €.", "20% off, was €99."),
    Words("Unser Bestseller.", "Our bestseller."),
)
HONEST = Words("Hält trocken.", "Keeps you dry.")


@pytest.mark.parametrize("pushy", PUSHY, ids=lambda words: words.en)
def test_fake_scarcity_written_into_the_matrix_is_not_said(pushy: Words) -> None:
    silent = decide(after_the_yes(SUIT), [cross(SHIRT, curated(SUIT, SHIRT, benefit=pushy))], LIMITS)
    assert offered(silent) == ["SHIRT"]
    assert silent.offers[0].reason.benefit == Words()
    shirt = replace(SHIRT, benefit=HONEST)
    speaking = decide(after_the_yes(SUIT), [cross(shirt, curated(SUIT, shirt, benefit=pushy))], LIMITS)
    assert speaking.offers[0].reason.benefit == HONEST


@pytest.mark.parametrize("pushy", PUSHY, ids=lambda words: words.en)
@pytest.mark.parametrize("kind", OfferKind)
def test_fake_scarcity_written_at_a_product_is_not_said_in_any_move(kind: OfferKind, pushy: Words) -> None:
    moves = {
        OfferKind.CROSS: (after_the_yes(), cross(extra("HELMET", benefit=pushy))),
        OfferKind.UP: (after_the_yes(needs=COMMUTER_UNDER_1500), up(better_bike(benefit=pushy))),
        OfferKind.DOWN: (too_dear(), down(cheaper_bike(benefit=pushy))),
    }
    situation, candidate = moves[kind]
    (offer,) = decide(situation, [candidate], LIMITS).offers
    assert (offer.kind, offer.reason.benefit) == (kind, Words())


def test_one_language_that_presses_silences_the_sentence_in_both() -> None:
    half = Words("Nur noch heute!", "Keeps you dry.")
    offer = decide(after_the_yes(SUIT), [cross(SHIRT, curated(SUIT, SHIRT, benefit=half))], LIMITS).offers[0]
    assert offer.reason.benefit == Words()


def test_what_a_product_lacks_is_told_without_pressing() -> None:
    lamp = product("LAMP", not_included=Words("Batterien fehlen. Nur noch heute gratis dazu!", "No batteries."))
    assert completeness_facts(lamp) == (Words("Batterien fehlen.", "No batteries."),)
    pushy = product("LAMP", not_included=Words("Letzte Chance!", "Last chance!"))
    assert completeness_facts(pushy) == ()


@everywhere
@given(encounters(), st.sampled_from(PUSHY))
def test_no_decision_carries_a_sentence_that_presses(case: Encounter, pushy: Words) -> None:
    situation, candidates, limits = case
    pressing = [
        replace(each, product=replace(each.product, benefit=pushy), relation=_with_benefit(each.relation, pushy))
        for each in candidates
    ]
    decision, plain = decide(situation, pressing, limits), decide(*case)
    assert offered(decision) == offered(plain)
    assert all(offer.reason.benefit == Words() for offer in decision.offers)


def _with_benefit(relation: Relation | None, words: Words) -> Relation | None:
    return replace(relation, benefit=words) if relation else None
