"""What holds for any file: order of rows, encodings, decisions and words survive."""

import csv
import io
import random
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.store.engine import migrate, open_engine, reading, writing
from actions.store.importing import Terms
from actions.store.importing.files import SourceFile
from actions.store.importing.formats import google, shopify, woocommerce
from actions.store.importing.formats.prices import Sale, gross, price_in_force
from actions.store.importing.formats.wording import category_path, plain_text
from actions.store.importing.matrix import import_matrix
from actions.store.importing.reading import SourceRow, read_rows
from actions.store.matrix_file import COLUMNS, export_matrix
from actions.store.spreadsheets import safe, unsafe
from tests.unit.importing.exports import sample

TERMS = Terms("en", now=datetime(2026, 3, 2, tzinfo=UTC))
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=20).map(str.strip)
# what a spreadsheet computes, what keeps it from that, and what it takes for the end of a cell
CELLS = st.text("'=+-@\t\r\n; a1\uff1d", max_size=8)
NAMES = st.text("abcäöüß-_/. 0123456789", min_size=1, max_size=12).map(str.strip).filter(bool)


@pytest.mark.parametrize("seed", range(5))
def test_variations_may_come_before_their_parents(seed):
    rows = list(read_rows(sample("woocommerce.csv"), doubles=True))
    usual = woocommerce.read(rows, TERMS)
    random.Random(seed).shuffle(rows)
    shuffled = woocommerce.read(rows, TERMS)
    known = {entry.values["sku"]: dict(entry.values) for entry in usual.entries}
    assert {entry.values["sku"]: dict(entry.values) for entry in shuffled.entries} == known
    assert {(e.anchor, e.target, e.kind) for e in shuffled.edges} == {
        (e.anchor, e.target, e.kind) for e in usual.edges
    }
    assert shuffled.left_out == usual.left_out


@pytest.mark.parametrize("name", ["woocommerce.csv", "shopify_2019.csv", "google.tsv"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_an_export_reads_the_same_however_a_spreadsheet_saved_it(tmp_path, name, encoding, delimiter):
    rows = [list(row.values.values()) for row in read_rows(sample(name), doubles=True)]
    header = next(iter(read_rows(sample(name), doubles=True))).values
    saved = io.StringIO()
    csv.writer(saved, delimiter=delimiter, lineterminator="\r\n").writerows([list(header), *rows])
    path = tmp_path / name
    path.write_bytes(saved.getvalue().encode(encoding))
    assert [list(row.values.values()) for row in read_rows(path, doubles=True)] == rows


@given(cells=st.lists(st.dictionaries(WORDS, st.one_of(WORDS, st.lists(WORDS), st.none())), max_size=5))
@settings(deadline=None)
def test_nonsense_in_a_feed_is_never_a_crash(cells):
    google.read([_row(number, values) for number, values in enumerate(cells)], TERMS)


KNOWN = (
    "Handle",
    "Title",
    "Variant SKU",
    "Variant Price",
    "Option1 Name",
    "Option1 Value",
    "Variant Inventory Qty",
)
OTHERS = ("ID", "Type", "SKU", "Name", "Parent", "Regular price", "Sale price", "Stock", "Upsells", "Categories")


@pytest.mark.parametrize(("read", "names"), [(shopify.read, KNOWN), (woocommerce.read, OTHERS)])
@given(data=st.data())
@settings(deadline=None, max_examples=50)
def test_nonsense_in_an_export_is_never_a_crash(read, names, data):
    rows = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(names, WORDS)), max_size=5))
    made = read([_row(number, values) for number, values in enumerate(rows)], TERMS)
    assert len(made.entries) <= len(rows)


def _row(number, values):
    return SourceRow(number + 2, values)


@given(source=st.text(max_size=80))
def test_no_tag_survives(source):
    assert "<b>" not in plain_text(f"<p>{source}<b>x</b>")
    assert plain_text(source) == " ".join(plain_text(source).split())


@given(steps=st.lists(st.text(max_size=60), max_size=6))
def test_a_category_path_has_no_empty_step_and_fits_its_column(steps):
    path = category_path(steps, {})
    assert path
    assert all(path.split("/"))
    assert len(path) <= 160


@given(cents=st.integers(1, 10**7), tax=st.sampled_from([0, 7, 19]))
def test_tax_is_added_once(cents, tax):
    price = str(Decimal(cents) / 100)
    assert abs(Decimal(gross(price, tax, net=True)) - Decimal(cents * (100 + tax)) / 10_000) <= Decimal("0.005")
    assert gross(price, tax, net=False) == price


@given(regular=st.integers(1, 10_000), sale=st.integers(1, 10_000))
def test_a_sale_never_raises_the_price(regular, sale):
    found = price_in_force(str(regular), Sale(str(sale)), datetime(2026, 3, 2, tzinfo=UTC))
    assert int(found) == min(regular, sale)


COMPUTES = re.compile(r"^[\t\r\n]|(^|[;\t\r\n]) *[=+\-@\uff1d\uff0b\uff0d\uff20]")
ROWS = st.fixed_dictionaries(
    {
        "anchor": NAMES.map(lambda name: f"family:{name}"),
        "target": NAMES.map(lambda name: f"sku:{name}"),
        "kind": st.sampled_from(["accessory", "upgrade", "required_part", "none_fits"]),
        "match": st.sampled_from(["", "wheel_size", "screen_inch=fits_inch|size"]),
        "rank": st.integers(0, 9).map(str),
        "benefit_de": st.one_of(WORDS, CELLS),
        "benefit_en": st.one_of(WORDS, CELLS),
        "owner": st.one_of(WORDS, CELLS),
        "date": st.sampled_from(["", "2026-03-02"]),
        "approved": st.sampled_from(["yes", "no", "rejected"]),
        "provenance": st.sampled_from(["merchant", "feed"]),
        "confidence": st.sampled_from(["", "0.25", "1"]),
    }
)


@given(text=st.one_of(CELLS, st.text(max_size=20)))
@settings(max_examples=500)
def test_what_keeps_a_cell_from_being_computed_is_taken_away_again(text):
    assert unsafe(safe(text)) == text
    assert COMPUTES.search(safe(text)) is None


@pytest.mark.parametrize("suffix", ["csv", "yml"])
@given(rows=st.lists(ROWS, max_size=4, unique_by=lambda row: (row["anchor"], row["target"], row["kind"])))
@settings(deadline=None, max_examples=20)
def test_any_matrix_survives_the_way_out_and_in(suffix, rows):
    with TemporaryDirectory() as folder:
        first, second = (Path(folder) / f"{name}.{suffix}" for name in ("first", "second"))
        source = Path(folder) / "source.csv"
        with source.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows(rows)
        engine = open_engine(f"sqlite:///{folder}/core.db")
        migrate(engine)
        for path, written in ((source, first), (first, second)):
            with writing(engine) as connection:
                report = import_matrix(connection, SourceFile(path))
            assert report.ok, report.problems
            with reading(engine) as connection:
                assert export_matrix(connection, written) == len(rows)
        engine.dispose()
        assert first.read_bytes() == second.read_bytes()
        assert report.inserted == report.updated == 0
