"""A Google Merchant feed, XML or tab-separated, becomes what the assistant sells from."""

from datetime import UTC, datetime

import pytest

from actions.offers.products import Money, Quantity, RelationKind
from actions.store.engine import reading
from actions.store.facts import read_currency
from actions.store.importing import Terms, import_catalogue
from tests.unit.importing.exports import sample

SPRING = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def load(engine):
    def load(source, **more):
        path = sample(source) if isinstance(source, str) else source
        return import_catalogue(engine, [path], terms=Terms(**{"language": "en", "now": SPRING, **more})).files[0]

    return load


@pytest.mark.parametrize(("name", "products"), [("google.xml", 4), ("google.tsv", 4), ("google_atom.xml", 1)])
def test_every_form_of_the_feed_is_recognised(load, name, products):
    report = load(name)
    assert (report.ok, report.format, report.inserted) == (True, "google", products)


def test_an_item_group_is_one_model_in_colours(load, snapshot):
    load("google.xml")
    cameras = snapshot().variants("CAM")
    assert [(p.sku, p.colour, p.title.en) for p in cameras] == [
        ("CAM-BLACK", "black", "System Camera Z5"),
        ("CAM-SILVER", "silver", "System Camera Z5"),
    ]
    assert cameras[0].category == "photo/cameras/system-cameras"
    assert cameras[0].attributes == {"sensor_size": "24 mm"}
    assert cameras[0].description.en == "Takes sharp pictures & films."


@pytest.mark.parametrize(("month", "price"), [(3, 119_900), (4, 129_900)])
def test_a_sale_price_counts_between_its_dates(load, snapshot, month, price):
    load("google.xml", now=datetime(2026, month, 2, tzinfo=UTC))
    assert snapshot().product("CAM-BLACK").price == Money(price)


@pytest.mark.parametrize(
    ("sku", "stock"), [("CAM-BLACK", 1_000), ("CAM-SILVER", 0), ("BATTERY", 1_000), ("BAG", 0)]
)
def test_a_feed_tells_availability_and_hardly_ever_pieces(load, snapshot, sku, stock):
    load("google.xml")
    assert snapshot().product(sku).stock == stock


def test_what_every_colour_needs_is_said_of_the_model(load, snapshot):
    report = load("google.xml")
    assert report.relations == {"proposed": 2}
    assert {(row.anchor, row.target, row.kind) for row in snapshot().matrix} == {
        ("family:CAM", "sku:BATTERY", RelationKind.REQUIRED_PART),
        ("sku:CAM-BLACK", "sku:BAG", RelationKind.ACCESSORY),
    }


def test_related_products_stand_in_a_cell_too_and_a_nonsense_one_is_noted(load, snapshot):
    report = load("google.tsv")
    assert {(row.target, row.kind) for row in snapshot().matrix} == {
        ("sku:CABLE", RelationKind.ACCESSORY),
        ("sku:MON-27-OWN", RelationKind.DIFFERENT_BRAND),
    }
    assert report.notes == ("line 2: related_product 'wish:id:CABLE' is no relation",)


def test_quotation_marks_in_a_tab_separated_feed_are_inches(load, snapshot):
    load("google.tsv")
    assert snapshot().product("MON-27").title.en == '"Studio" Monitor 27"'
    assert snapshot().product("INK").content == Quantity(250.0, "ml")
    assert (snapshot().product("CABLE").price, snapshot().product("CABLE").cost) == (Money(990), 300)


def test_a_feed_in_another_encoding_is_read_by_what_it_declares(load, snapshot):
    load("google_atom.xml", language="de")
    assert snapshot().product("BATTERY").title.de == "Akku für Z5"


def feed(write, *items):
    head = '<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel>'
    return write("feed.xml", head, *items, "</channel></rss>")


def item(sku, price="10.00 EUR", more="<g:availability>in_stock</g:availability>"):
    named = f"<g:id>{sku}</g:id><title>{sku}</title><g:product_type>a</g:product_type>"
    return f"<item>{named}<g:price>{price}</g:price>{more}</item>"


def test_the_first_feed_of_a_shop_tells_its_currency(load, write, engine, snapshot):
    assert load(feed(write, item("A", "10.00 CHF"), item("B", "12.00 CHF"))).ok
    assert snapshot().product("A").price == Money(1_000, "CHF")
    with reading(engine) as connection:
        assert read_currency(connection) == "CHF"


def test_one_price_in_another_currency_is_a_bad_line(load, write, snapshot):
    report = load(feed(write, item("A"), item("B"), item("C", "12.00 USD")))
    assert [(p.line, p.column, p.reason) for p in report.problems] == [
        (4, "price", "is in USD, the shop sells in EUR")
    ]
    assert snapshot().products == {}


def test_an_availability_nobody_knows_is_a_bad_line(load, write):
    report = load(feed(write, item("A", more="<g:availability>perhaps</g:availability>")))
    assert [(p.line, p.column) for p in report.problems] == [(2, "availability")]


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("trick", [BOMB, FILE], ids=["a bomb", "a foreign file"])
def test_a_feed_that_declares_entities_is_not_read(load, write, snapshot, trick):
    path = write("feed.xml", '<?xml version="1.0"?>', trick, "<rss><item><id>&b;&f;</id></item></rss>")
    report = load(path)
    assert [(p.line, p.reason) for p in report.problems] == [
        (2, "the document declares a type; feeds have none, it is not read")
    ]


def test_a_feed_that_breaks_off_is_refused_with_its_line(load, write, snapshot):
    path = feed(write, item("A"))
    path.write_text(path.read_text().replace("</channel></rss>", ""))
    (problem,) = load(path).problems
    assert problem.line == 4
    assert problem.reason.startswith("not valid XML")
    assert snapshot().products == {}
