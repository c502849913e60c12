"""What holds for every shopper, every cart and every merchant."""

import random
from collections import Counter
from copy import deepcopy
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from offer_builders import every, offered
from offer_encounters import FAMILIES, SKUS, Encounter, encounter, encounters

from actions.offers.decision import Refusal
from actions.offers.earning import profit_of
from actions.offers.policy import decide
from actions.offers.situation import Candidate, OfferKind, Stage
from actions.staff_words import PLACE, behind_all, sentences

MONEY = {Refusal.MARGIN, Refusal.MARGIN_UNKNOWN, Refusal.LOSS, Refusal.NO_PROFIT_GAIN}

everywhere = settings(max_examples=100, deadline=None, derandomize=True, database=None)


def test_the_encounters_are_worth_testing_with() -> None:
    decisions = [decide(*encounter(seed)) for seed in range(1_000)]
    kinds = Counter(offer.kind for decision in decisions for offer in decision.offers)
    assert min(kinds[kind] for kind in OfferKind) >= 30
    assert {row.reason for decision in decisions for row in decision.withheld} == set(Refusal)


@everywhere
@given(encounters())
def test_a_turn_makes_one_kind_of_offer_within_the_channels_cap(case: Encounter) -> None:
    situation, _, limits = case
    decision = decide(*case)
    assert len({offer.kind for offer in decision.offers}) <= 1
    assert len(decision.offers) <= (limits.max_choices_voice if situation.voice else limits.max_choices_web)
    wanted = situation.asked_for or situation.requested
    assert {offer.kind for offer in decision.offers} <= ({wanted} if wanted else set(OfferKind))


@everywhere
@given(encounters(), st.sampled_from(OfferKind))
def test_software_that_wants_one_kind_opens_no_rule_but_that_a_need_must_be_known(
    case: Encounter, kind: OfferKind
) -> None:
    situation, candidates, limits = case
    plain = replace(situation, asked_for=None, requested=None)
    refused = {(row.sku, row.kind): row.reason for row in decide(plain, candidates, limits).withheld}
    offers = decide(replace(plain, requested=kind), candidates, limits).offers
    opened = {refused.get((offer.product.sku, offer.kind)) for offer in offers}
    assert {offer.kind for offer in offers} <= {kind}
    assert opened <= {None, Refusal.NEED_UNKNOWN, Refusal.OTHER_KIND_FIRST, Refusal.NOT_AMONG_BEST}


@everywhere
@given(encounters())
def test_every_candidate_is_answered_for_exactly_once(case: Encounter) -> None:
    _, candidates, _ = case
    decision = decide(*case)
    answered = [(offer.product.sku, offer.kind) for offer in decision.offers]
    answered += [(row.sku, row.kind) for row in decision.withheld]
    assert Counter(answered) == Counter(every(candidates))
    assert all(row.details for row in decision.withheld)


@everywhere
@given(encounters())
def test_what_is_behind_a_refusal_is_told_whole_in_both_languages(case: Encounter) -> None:
    for row in decide(*case).withheld:
        for detail in row.details:
            places = {name for name, _ in PLACE.findall(sentences()[detail.code]["de"])}
            assert places == {name for name in detail.values if not name.endswith("currency")}
            assert all(behind_all([detail], language) for language in ("de", "en"))


@everywhere
@given(encounters())
def test_nothing_more_and_nothing_dearer_comes_unprompted_before_the_yes(case: Encounter) -> None:
    situation, _, limits = case
    for offer in decide(*case).offers:
        if offer.kind is OfferKind.DOWN or situation.asked_for:
            continue
        assert situation.stage not in (Stage.BROWSE, Stage.CONSIDER)
        if situation.stage is Stage.INTENT:
            assert offer.anchor.sku in {item.product.sku for item in situation.cart}
        if limits.order_first == "strict":
            assert situation.stage in (Stage.ORDERED, Stage.AFTER)


@everywhere
@given(encounters())
def test_every_offer_earns_and_none_is_sold_at_a_loss_or_at_an_unknown_cost(case: Encounter) -> None:
    _, _, limits = case
    for offer in decide(*case).offers:
        profit = profit_of(Candidate(offer.product, offer.kind), limits)
        assert profit is not None
        assert profit >= 0
        if offer.kind is OfferKind.CROSS:
            assert profit >= limits.min_profit_cross
        if offer.kind is OfferKind.UP:
            assert offer.anchor.profit is not None
            assert profit - offer.anchor.profit >= max(limits.min_profit_gain_up, 1)


@everywhere
@given(encounters())
def test_a_no_holds_for_the_whole_model_asked_or_not(case: Encounter) -> None:
    situation, candidates, _ = case
    declined = {c.product.family for c in candidates if c.product.sku in situation.refused}
    declined |= situation.refused_families
    for offer in decide(*case).offers:
        assert offer.product.sku not in situation.refused
        assert offer.product.family not in declined


@everywhere
@given(encounters())
def test_nothing_is_offered_that_is_there_already_or_cannot_be_had(case: Encounter) -> None:
    situation, _, _ = case
    held = {item.product.family for item in situation.cart} | situation.owned_families
    for offer in decide(*case).offers:
        assert offer.product.family not in held | {offer.anchor.family}
        assert offer.product.stock > 0


@everywhere
@given(encounters())
def test_deciding_leaves_cart_anchor_and_candidates_as_they_were(case: Encounter) -> None:
    before = deepcopy(case)
    decision = decide(*case)
    assert case == before
    assert decide(*before) == decision


@everywhere
@given(encounters())
def test_every_offer_names_its_anchor_in_the_cart_or_in_discussion(case: Encounter) -> None:
    situation, _, _ = case
    at_hand = [item.product for item in situation.cart] + [situation.anchor]
    for offer in decide(*case).offers:
        assert offer.anchor in at_hand
        assert offer.product.sku != offer.anchor.sku


@everywhere
@given(encounters())
def test_an_extra_adds_its_whole_price_and_takes_the_place_of_nothing_in_the_cart(case: Encounter) -> None:
    situation, _, _ = case
    held = {item.product.family for item in situation.cart}
    for offer in decide(*case).offers:
        if offer.kind is OfferKind.CROSS:
            assert offer.price_difference == offer.product.price
            assert offer.product.family not in held | {offer.anchor.family}


def test_where_the_merchant_says_that_nothing_fits_no_count_says_otherwise() -> None:
    silenced = 0
    for seed in range(600):
        situation, candidates, limits = encounter(seed)
        counted = [c for c in candidates if c.kind is OfferKind.CROSS and c.relation and not c.relation.approved]
        believing = replace(limits, use_mined=True)
        silenced += bool(decide(situation, counted, believing).offers)
        closed = replace(situation, nothing_fits=frozenset(SKUS))
        assert decide(closed, counted, believing).offers == ()
    assert silenced >= 10


@everywhere
@given(encounters())
def test_who_chose_a_size_gets_that_size_where_the_model_is_made_in_it(case: Encounter) -> None:
    situation, candidates, limits = case
    sized = replace(
        situation,
        anchor=situation.anchor and replace(situation.anchor, size="42"),
        cart=tuple(replace(item, product=replace(item.product, size="42")) for item in situation.cart),
        family_sizes={family: frozenset({"42", "46"}) for family in FAMILIES[::2]},
    )
    for offer in decide(sized, candidates, limits).offers:
        if offer.kind is not OfferKind.CROSS and offer.product.family in sized.family_sizes:
            assert offer.product.size == "42"


@everywhere
@given(encounters())
def test_a_replacement_costs_the_difference_to_its_anchor_and_can_be_had_as_often(case: Encounter) -> None:
    situation, _, _ = case
    for offer in decide(*case).offers:
        if offer.kind is not OfferKind.CROSS:
            assert offer.price_difference.amount == offer.product.price.amount - offer.anchor.price.amount
            replaced = [item.quantity for item in situation.cart if item.product.sku == offer.anchor.sku]
            assert offer.product.stock >= max(replaced, default=1)


@everywhere
@given(encounters())
def test_unprompted_offers_end_with_the_shoppers_word_mood_or_patience(case: Encounter) -> None:
    situation, candidates, limits = case
    unprompted = replace(situation, asked_for=None)
    spent = {
        "opted_out": {"opted_out": True},
        "negative_mood": {"negative_mood": True},
        "two noes": {"refusals": limits.refusals_end_offers},
        "everything rests": {"paused": frozenset(OfferKind)},
        "every cap is reached": {"shown": {OfferKind.CROSS: limits.max_offers_conversation}},
        "the placement is off": {"placement": next(iter(limits.placements_off), None)},
    }
    if not limits.placements_off:
        del spent["the placement is off"]
    for change in spent.values():
        assert decide(replace(unprompted, **change), candidates, limits).offers == ()


@everywhere
@given(encounters())
def test_caps_hold_by_kind_and_nothing_is_shown_twice_unasked(case: Encounter) -> None:
    situation, _, limits = case
    decision = decide(*case)
    if situation.asked_for:
        return
    for offer in decision.offers:
        assert situation.shown.get(offer.kind, 0) < limits.max_offers_kind
        assert offer.kind not in situation.paused
        assert offer.product.sku not in situation.shown_skus


@everywhere
@given(encounters())
def test_a_question_changes_nothing_about_money(case: Encounter) -> None:
    situation, candidates, limits = case
    for kind in OfferKind:
        of_kind = [candidate for candidate in candidates if candidate.kind is kind]
        answer = decide(replace(situation, asked_for=kind), of_kind, limits)
        unasked = decide(replace(situation, asked_for=None), of_kind, limits)
        assert set(offered(unasked)).isdisjoint(row.sku for row in answer.withheld if row.reason in MONEY)
        assert set(offered(answer)).isdisjoint(row.sku for row in unasked.withheld if row.reason in MONEY)


@everywhere
@given(encounters(), st.randoms(use_true_random=False))
def test_the_order_of_candidates_decides_nothing(case: Encounter, chance: random.Random) -> None:
    situation, candidates, limits = case
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    assert decide(situation, shuffled, limits) == decide(*case)


@everywhere
@given(encounters())
def test_voice_says_the_first_of_what_the_web_shows(case: Encounter) -> None:
    situation, candidates, limits = case
    web = decide(replace(situation, voice=False), candidates, limits).offers
    voice = decide(replace(situation, voice=True), candidates, limits).offers
    assert voice == web[: limits.max_choices_voice]


@everywhere
@given(encounters())
def test_a_choice_holds_each_model_once_and_extras_of_different_categories(case: Encounter) -> None:
    decision = decide(*case)
    families = [offer.product.family for offer in decision.offers]
    categories = [o.product.category for o in decision.offers if o.kind is OfferKind.CROSS and o.product.category]
    assert len(families) == len(set(families))
    assert len(categories) == len(set(categories))


@everywhere
@given(encounters())
def test_replacements_keep_every_stated_need_and_move_the_price_the_right_way(case: Encounter) -> None:
    situation, _, limits = case
    for offer in decide(*case).offers:
        difference = offer.price_difference.amount
        assert difference < 0 if offer.kind is OfferKind.DOWN else difference > 0
        if offer.kind is OfferKind.CROSS:
            continue
        budget = situation.needs.max_price
        assert budget is None or offer.product.price.amount <= budget
        wanted = situation.needs.attributes.get("use", "")
        assert wanted in offer.product.attributes["use"]
        if offer.kind is OfferKind.UP:
            assert offer.product.price.amount <= offer.anchor.price.amount * limits.max_price_step
