"""Finding: hard limits carried over turns, one hit per model, and an honest word where nothing fits."""

from dataclasses import replace

import pytest
from understanding_shops import bikes, electronics, fashion

from actions.offers.situation import Needs
from actions.understanding.finder import find
from actions.understanding.needs import merge_needs, merge_unwanted
from actions.understanding.understood import Understood


@pytest.mark.parametrize(
    ("messages", "families"),
    [
        (("mountainbike unter 800",), {"fels-1"}),
        (("mountainbike", "unter 800"), {"fels-1"}),
        (("mountainbike unter 1000", "lieber in rot"), {"fels-1", "fels-2"}),
        (("mtb bis 900", "in rot", "größe 50"), {"fels-1", "fels-2"}),
        (("mountainbike", "kein carbon"), {"fels-1", "fels-2"}),
        (("mountainbike kein carbon", "unter 700"), {"fels-1"}),
        (("fahrrad für den arbeitsweg",), {"weit-1", "weit-2", "surr"}),
        (("fahrrad für den arbeitsweg", "unter 1000"), {"weit-1"}),
        (("rad unter 15 kg", "mit licht"), {"weit-2"}),
        (("regenjacke herren gr. L",), {"nass"}),
        (("regenjacke", "für damen"), {"nieselt"}),
        (("helm", "kein schwarz"), {"kopf-stadt", "kopf-renn"}),
        (("helm", "nicht in rot", "doch in rot"), {"kopf-renn"}),
        (("mountainbike unter 800", "egal was es kostet"), {"fels-1", "fels-2", "fels-3"}),
        (("mountainbike in rot unter 900", "farbe egal"), {"fels-1", "fels-2"}),
        (("mountainbike unter 800", "doch bis 1000"), {"fels-1", "fels-2"}),
        (("e-bike mit mindestens 80 km",), {"surr"}),
        (("günstiges mountainbike",), {"fels-1"}),
        (("fels 2 in rot größe 50",), {"fels-2"}),
        (("bike for commuting under 1000",), {"weit-1"}),
        (("mountain bike", "not in red", "size 54"), {"fels-1", "fels-2", "fels-3"}),
        (("schloss", "sicherheitsstufe mindestens 10"), {"schloss-b"}),
    ],
)
def test_limits_are_hard_and_carried_over_turns(messages: tuple[str, ...], families: set[str]) -> None:
    assert bikes().found(*messages) == families


@pytest.mark.parametrize(
    ("messages", "families"),
    [
        (("hemd aus baumwolle",), {"hemd-baumwolle"}),
        (("hemd", "nicht aus leinen"), {"hemd-baumwolle"}),
        (("leinenhemd weiß XL",), {"hemd"}),
        (("hemd ohne rot",), {"hemd", "hemd-baumwolle"}),
        (("braune stiefel 39",), {"stiefel"}),
        (("jacke", "in schwarz"), {"jacke-h"}),
        (("softshelljacke damen in 38",), {"jacke-d"}),
        (("women's jacket in red",), {"jacke-d"}),
        (("kleid unter 50",), set()),
    ],
)
def test_another_trade_needs_no_other_code(messages: tuple[str, ...], families: set[str]) -> None:
    assert fashion().found(*messages) == families


def test_the_variants_of_a_hit_all_fit() -> None:
    (hit,) = bikes().search("mountainbike in rot größe 50 unter 700").families
    assert [(p.family, p.colour, p.size) for p in hit.variants] == [("fels-1", "red", "50")]
    assert (hit.price_from, hit.price_to, hit.in_stock) == (64900, 64900, True)
    assert set(hit.why) == {"max_price", "colour", "size"}


def test_a_search_without_hits_names_the_price_from_which_there_is_something() -> None:
    found = bikes().search("mountainbike unter 500")
    assert found.families == ()
    assert found.relaxed is not None
    assert (found.relaxed.filter, found.relaxed.price, found.relaxed.count) == ("max_price", 64900, 3)


def test_a_search_without_hits_names_the_single_filter_in_the_way() -> None:
    found = bikes().search("mountainbike in lila unter 1000")
    assert [(way.filter, way.asked, way.count) for way in found.ways_out] == [("colour", "purple", 2)]


def test_two_filters_in_the_way_are_not_talked_away() -> None:
    found = bikes().search("mountainbike in lila unter 300")
    assert (found.families, found.ways_out) == ((), ())


def test_a_fact_no_product_has_is_missing_not_ignored() -> None:
    found = bikes().search("mountainbike mit licht")
    assert found.families == ()
    assert found.relaxed is not None and found.relaxed.filter == "lights"


def test_refused_things_may_be_what_is_in_the_way() -> None:
    found = bikes().search("rennrad ohne carbon")
    assert found.relaxed is not None
    assert (found.relaxed.filter, found.relaxed.refused) == ("frame", True)


def test_an_unknown_quality_does_not_hide_the_kind() -> None:
    found = bikes().search("helm mit klimaanlage")
    assert {hit.family for hit in found.families} == {"kopf-stadt", "kopf-renn"}
    assert (found.lacking, found.unknown) == (("klimaanlage",), ())


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("helm mit klimaanlage und gps", ("klimaanlage", "gps")),
        ("helm mit eingebauter klimaanlage", ("klimaanlage",)),
        ("helmet with bluetooth", ("bluetooth",)),
        ("waterproof helmet", ("waterproof",)),
        ("mountainbike mit licht", ()),
        ("ein schickes mountainbike mit guten bremsen", ()),
        ("mountainbike mit meinem sohn", ()),
        ("ein helm für eine dame", ()),
    ],
)
def test_a_quality_no_record_tells_of_is_named_as_one_nobody_could_look_for(
    text: str, lacking: tuple[str, ...]
) -> None:
    assert bikes().search(text).lacking == lacking


def test_what_alone_is_called_so_is_named_and_what_the_kind_is_called_is_not() -> None:
    def named(text: str) -> str:
        hit = bikes().search(text).named
        return hit.family if hit else ""

    assert named("bügelschloss") == "schloss-a"
    assert [hit.family for hit in bikes().search("kettenschloss").families] == ["schloss-b"]
    assert named("schloss") == named("fahrradschloss") == ""


def test_what_a_compound_is_for_comes_first() -> None:
    assert [hit.family for hit in bikes().search("Rennradhelm").families] == ["kopf-renn", "kopf-stadt"]


def test_out_of_stock_comes_last() -> None:
    shop = bikes()
    sold_out = {sku: p for sku, p in shop.snapshot.products.items() if p.family == "fels-1"}
    products = {**shop.snapshot.products, **{sku: replace(p, stock=0) for sku, p in sold_out.items()}}
    snapshot = replace(shop.snapshot, products=products)
    understood = shop.understand("mountainbike")
    needs = merge_needs(Needs(), understood, new_search=True)
    found = find(needs, understood, snapshot, shop.lexicon, limit=3)
    assert [hit.family for hit in found.families][-1] == "fels-1"
    assert not found.families[-1].in_stock


def test_cheapest_first_where_the_cheapest_is_asked_for() -> None:
    families = [hit.family for hit in bikes().search("das günstigste mountainbike").families]
    assert families == ["fels-1", "fels-2", "fels-3"]


def test_the_limit_cuts_the_list_and_the_total_says_so() -> None:
    found = bikes().search("fahrrad", limit=3)
    assert (len(found.families), found.total) == (3, 8)


def test_nothing_said_finds_nothing() -> None:
    for text in ("", "hm", "hallo", "ja bitte", "egal was es kostet"):
        assert bikes().search(text).families == ()


def test_a_new_kind_in_the_same_department_keeps_only_the_budget() -> None:
    shop = bikes()
    needs = merge_needs(Needs(), shop.understand("mountainbike in rot größe 50 unter 900"), new_search=True)
    after = merge_needs(needs, shop.understand("dann lieber ein rennrad"), new_search=True)
    assert after == Needs("bikes/road", 90000, None, {})


def test_a_kind_from_another_department_begins_afresh() -> None:
    shop = bikes()
    needs = merge_needs(Needs(), shop.understand("mountainbike unter 900"), new_search=True)
    assert merge_needs(needs, shop.understand("und einen helm"), new_search=True) == Needs("gear/helmets")


def test_a_narrower_word_for_the_same_kind_keeps_everything() -> None:
    shop = bikes()
    needs = merge_needs(Needs(), shop.understand("fahrrad unter 900 in rot"), new_search=True)
    after = merge_needs(needs, shop.understand("ein mountainbike"), new_search=True)
    assert after == Needs("bikes/mountain", 90000, None, {"colour": "red"})


def test_uses_add_up_only_where_the_shopper_adds() -> None:
    shop = bikes()
    needs = merge_needs(Needs(), shop.understand("fahrrad für den arbeitsweg"), new_search=True)
    also = merge_needs(needs, shop.understand("auch für touren"), new_search=False)
    instead = merge_needs(needs, shop.understand("fürs gelände"), new_search=False)
    assert (also.attributes["use"], instead.attributes["use"]) == ("commute,touring", "trail")


def test_a_use_that_no_product_of_the_kind_records_is_no_need() -> None:
    shop = bikes()
    understood = shop.understand("schloss für den arbeitsweg")
    assert merge_needs(Needs(), understood, new_search=True, snapshot=shop.snapshot).attributes == {}


def test_a_new_limit_replaces_the_old_ones() -> None:
    shop = bikes()
    needs = merge_needs(Needs(), shop.understand("mtb zwischen 500 und 700"), new_search=True)
    after = merge_needs(needs, shop.understand("doch eher bis 1000"), new_search=False)
    assert (after.min_price, after.max_price) == (None, 100000)


def test_both_ends_said_one_after_the_other_make_a_range() -> None:
    shop = bikes()
    needs = merge_needs(Needs(), shop.understand("mtb ab 700"), new_search=True)
    after = merge_needs(needs, shop.understand("bis 1000"), new_search=False)
    assert (after.min_price, after.max_price) == (70000, 100000)


def test_what_is_refused_is_no_longer_wanted_and_the_other_way_round() -> None:
    shop = bikes()
    needs = merge_needs(Needs(), shop.understand("mountainbike in rot"), new_search=True)
    no_red = shop.understand("doch nicht in rot")
    refused = merge_unwanted({}, needs, no_red, new_search=False)
    needs = merge_needs(needs, no_red, new_search=False)
    assert ("colour" not in needs.attributes, refused) == (True, {"colour": ["red"]})
    again = shop.understand("ach, rot ist ok")
    assert merge_unwanted(refused, needs, again, new_search=False) == {}


def test_refusals_are_forgotten_with_the_kind_they_were_about() -> None:
    shop = bikes()
    before = Needs("bikes/mountain")
    helmet = shop.understand("helm")
    assert merge_unwanted({"colour": ["red"]}, before, helmet, new_search=True) == {}


def test_words_of_earlier_messages_go_on_counting() -> None:
    shop = electronics()
    refinement = shop.understand("unter 1000")
    needs = Needs("computer/laptops", 100000)
    found = find(needs, refinement, shop.snapshot, shop.lexicon, limit=5, words=("buch",))
    assert [hit.family for hit in found.families] == ["buch-14"]


def test_an_empty_message_changes_nothing() -> None:
    needs = Needs("bikes", 50000, None, {"colour": "red"})
    assert merge_needs(needs, Understood(), new_search=False) == needs
