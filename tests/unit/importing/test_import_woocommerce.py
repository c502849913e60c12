"""A WooCommerce export becomes what the assistant sells from."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from actions.offers.decision import Refusal
from actions.offers.policy import decide
from actions.offers.products import Money, Provenance, RelationKind, Words
from actions.offers.situation import OfferKind, Situation, Stage
from actions.store import policy
from actions.store.affinities import candidates
from actions.store.catalogue import read_snapshot
from actions.store.engine import reading, writing
from actions.store.importing import Terms, import_catalogue
from tests.unit.importing.exports import sample

SPRING = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def load(engine):
    def load(name="woocommerce.csv", **more):
        terms = Terms(**{"language": "en", "now": SPRING, **more})
        return import_catalogue(engine, [sample(name)], terms=terms).files[0]

    return load


def test_the_export_is_recognised_and_what_cannot_be_sold_is_left_out_by_reason(load, snapshot):
    report = load()
    assert (report.ok, report.format, report.inserted) == (True, "woocommerce", 6)
    assert report.left_out == {
        "drafts and private products": 1,
        "headings of variations or groups": 2,
        "hidden in the catalogue": 1,
        "sold by another shop": 1,
        "without a price": 1,
    }
    assert "DRAFT-CAP" not in snapshot().products


def test_variations_are_one_model_in_colours_and_sizes(load, snapshot):
    load()
    jackets = snapshot().variants("TRAILJACKET")
    assert [(p.sku, p.colour, p.size) for p in jackets] == [
        ("TRAILJACKET-12", "red", "L"),
        ("TRAILJACKET-BLUE-M", "blue", "M"),
    ]
    assert {p.title for p in jackets} == {Words("", "Trail Jacket & Hood")}
    assert {p.brand for p in jackets} == {"Nordhang"}
    assert jackets[0].attributes == {"weight_kg": "0.45"}
    assert jackets[0].description.en == "Keeps you dry."


def test_a_sale_price_counts_while_the_sale_lasts(load, snapshot):
    report = load()
    assert snapshot().product("TRAILJACKET-BLUE-M").price == Money(9_900)
    assert snapshot().product("TRAILJACKET-12").price == Money(12_900)
    assert report.notes == ("line 3: the sale price ends 2026-12-31; import again then",)


def test_a_variation_costs_what_its_parent_costs_and_what_it_adds(load, snapshot):
    load()
    assert snapshot().product("TRAILJACKET-BLUE-M").cost == 4_000
    assert snapshot().product("TRAILJACKET-12").cost == 4_250


@pytest.mark.parametrize(
    ("sku", "stock"), [("TRAILJACKET-12", 0), ("STORMJACKET", 1_000), ("GLOVES", 0), ("woo-30", 40)]
)
def test_stock_is_never_below_none_and_what_nobody_counts_is_there(load, snapshot, sku, stock):
    load()
    assert snapshot().product(sku).stock == stock


def test_categories_are_paths_with_the_shops_own_words(load, snapshot):
    load()
    held = snapshot()
    assert held.product("STORMJACKET").category == "clothing/jackets/rain-jackets"
    assert held.product("woo-30").category == "care/wash-dry-proof"
    assert held.categories["care/wash-dry-proof"].title.en == "Wash, dry, proof"


def test_the_apostrophe_against_spreadsheet_formulas_is_no_part_of_a_number(load, snapshot):
    load()
    assert snapshot().product("-GIFTWRAP") is not None


def test_reduced_tax_is_understood(load, snapshot):
    load()
    assert snapshot().product("woo-30").tax_percent == 7


def test_net_prices_become_what_the_shopper_pays(load, snapshot):
    load(net=True)
    assert snapshot().product("STORMJACKET").price == Money(22_491)
    assert snapshot().product("woo-30").price == Money(1_338)


def test_upsells_cross_sells_and_sets_become_proposals_of_the_feed(load, snapshot):
    report = load()
    assert {(row.anchor, row.target, row.kind) for row in snapshot().matrix} == {
        ("family:TRAILJACKET", "sku:STORMJACKET", RelationKind.UPGRADE),
        ("family:TRAILJACKET", "sku:woo-30", RelationKind.ACCESSORY),
        ("family:TRAILJACKET", "sku:GLOVES", RelationKind.ACCESSORY),
        ("sku:GLOVES", "family:TRAILJACKET", RelationKind.ACCESSORY),
        ("sku:woo-30", "sku:-GIFTWRAP", RelationKind.PART_OF_SET),
        ("sku:-GIFTWRAP", "sku:woo-30", RelationKind.PART_OF_SET),
    }
    assert {(row.provenance, row.state) for row in snapshot().matrix} == {(Provenance.FEED, "proposed")}
    assert report.relations == {"proposed": 6, "to_nothing": 1}


def decided(engine, kind, limits=None):
    with reading(engine) as connection:
        held = read_snapshot(connection)
        shopper = Situation(Stage.INTENT, anchor=held.product("TRAILJACKET-BLUE-M"), asked_for=kind)
        return decide(shopper, candidates(connection, held, shopper), limits or held.own_limits)


def test_a_cross_sell_of_the_shop_is_not_spoken_before_a_person_approves_it(load, engine):
    load()
    decision = decided(engine, OfferKind.CROSS)
    assert decision.offers == ()
    assert {(w.sku, w.reason) for w in decision.withheld if w.kind is OfferKind.CROSS} >= {
        ("woo-30", Refusal.NOT_APPROVED)
    }


def test_a_merchant_may_let_the_shops_cross_sells_speak(load, engine):
    load()
    with writing(engine) as connection:
        policy.set_value(connection, "use_feed", True)
    assert [offer.product.sku for offer in decided(engine, OfferKind.CROSS).offers] == ["woo-30"]


def test_an_undecided_upsell_does_not_silence_the_ladder(load, engine):
    load()
    decision = decided(engine, OfferKind.UP, replace(policy_of(engine), max_price_step=3.0))
    assert [offer.product.sku for offer in decision.offers] == ["STORMJACKET"]


def policy_of(engine):
    with reading(engine) as connection:
        return policy.own_limits(connection)


def test_the_same_export_again_changes_nothing(load, snapshot):
    load()
    before = snapshot().matrix
    again = load()
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 6)
    assert again.relations == {"known": 6, "to_nothing": 1}
    assert snapshot().matrix == before


def edited(write, old, new):
    text = sample("woocommerce.csv").read_bytes().decode("utf-8-sig")
    assert old in text
    return write("edited.csv", text.replace(old, new))


def test_a_proposal_the_shop_no_longer_states_is_withdrawn_and_a_decision_stays(load, engine, write, snapshot):
    load()
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE relations SET state = 'approved' WHERE target = 'sku:GLOVES'")
    fewer = edited(write, '"id:30, GLOVES"', "")
    report = import_catalogue(engine, [fewer], terms=Terms("en", now=SPRING)).files[0]
    assert (report.relations["withdrawn"], report.relations["no_longer_stated"]) == (1, 1)
    states = {row.target: row.state for row in snapshot().matrix if row.anchor == "family:TRAILJACKET"}
    assert states == {"sku:STORMJACKET": "proposed", "sku:GLOVES": "approved"}


def test_what_the_merchant_added_survives_the_next_export(load, engine, write, snapshot):
    load()
    more = write("more.csv", "sku,tier,benefit_de,attributes", "STORMJACKET,3,Hält alles ab.,use=storm")
    assert import_catalogue(engine, [more]).files[0].updated == 1
    load()
    jacket = snapshot().product("STORMJACKET")
    assert (jacket.tier, jacket.benefit.de, jacket.price) == (3, "Hält alles ab.", Money(18_900))
    assert jacket.attributes == {"water_column": "20000 mm", "use": "storm"}


def test_a_product_that_becomes_a_draft_is_no_longer_sold(load, engine, write, snapshot):
    load()
    draft = edited(write, "50,simple,GLOVES,,Gloves,1", "50,simple,GLOVES,,Gloves,-1")
    report = import_catalogue(engine, [draft], terms=Terms("en", now=SPRING)).files[0]
    assert report.removed == 1
    assert "GLOVES" not in snapshot().products


def test_a_bad_price_is_named_by_line_and_by_the_column_of_the_file(engine, write, snapshot):
    report = import_catalogue(engine, [edited(write, ",39.90,", ",about 40,")], terms=Terms("en")).files[0]
    assert [(p.line, p.column, p.reason) for p in report.problems] == [
        (9, "Regular price", "'about 40' is not a number")
    ]
    assert snapshot().products == {}


def test_a_german_export_saved_by_excel_reads_the_same(load, snapshot):
    report = load("woocommerce_deutsch.csv", language="de")
    assert (report.format, report.inserted, report.relations) == ("woocommerce", 3, {"proposed": 1})
    shoe = snapshot().product("SCHUH-GRUEN-42")
    assert (shoe.title.de, shoe.colour, shoe.size) == ("Wanderschuh Höhenweg", "green", "42")
    assert (shoe.price, shoe.cost, shoe.stock) == (Money(14_990), 6_200, 3)
    assert shoe.category == "schuhe/wanderschuhe"
    assert snapshot().product("SOCKE").price == Money(1_490)
    assert snapshot().categories["schuhe"].title.de == "Schuhe"


WOO = "ID,Type,SKU,Name,Regular price,Sale price,Date sale price starts,Date sale price ends,Cost of goods"


@pytest.fixture
def load_lines(engine, write):
    def load_lines(*lines, header=WOO):
        terms = Terms(language="de", now=SPRING)
        return import_catalogue(engine, [write("woo.csv", header, *lines)], terms=terms).files[0]

    return load_lines


@pytest.mark.parametrize("ends", ["01.02.2026", "1. Februar 2026", "2026-02-01", "2026/02/01 23:59"])
def test_a_sale_that_is_over_sells_at_the_regular_price_however_its_end_is_written(load_lines, snapshot, ends):
    assert load_lines(f"1,simple,HELM,Helm,59.90,49.90,,{ends},").ok
    assert snapshot().product("HELM").price == Money(5_990)


@pytest.mark.parametrize("ends", ["01.11.2026", "31. Dezember 2026"])
def test_a_sale_with_a_german_date_runs_until_then(load_lines, snapshot, ends):
    report = load_lines(f"1,simple,HELM,Helm,59.90,49.90,01.03.2026,{ends},")
    assert snapshot().product("HELM").price == Money(4_990)
    assert [note.partition("2026")[0] for note in report.notes] == ["line 2: the sale price ends "]


def test_a_sale_whose_end_cannot_be_read_does_not_count_and_is_named(load_lines, snapshot):
    report = load_lines("1,simple,HELM,Helm,59.90,49.90,,Ende Mai,")
    assert snapshot().product("HELM").price == Money(5_990)
    (note,) = report.notes
    assert note.startswith("line 2: the sale price does not count, 'Ende Mai' is not a date")


def test_a_cost_with_three_decimals_is_read_where_the_other_prices_tell_the_mark(load_lines, snapshot):
    assert load_lines("1,simple,HELM,Helm,59.90,,,,4.125").ok
    assert snapshot().product("HELM").cost == 413
    assert load_lines('1,simple,HELM,Helm,"59,90",,,,"4,135"').ok
    assert snapshot().product("HELM").cost == 414


def test_a_cost_that_may_be_two_is_refused_where_no_price_tells(load_lines):
    report = load_lines("1,simple,HELM,Helm,59,,,,4.125")
    assert [(each.line, each.column) for each in report.problems] == [(2, "Cost of goods")]
