"""A matrix comes in with every default, every unread column and every changed decision named."""

import pytest

from actions.store.catalogue import read_snapshot
from actions.store.engine import reading, writing
from actions.store.importing.files import SourceFile
from actions.store.importing.matrix import import_matrix
from actions.store.matrix_file import export_matrix

HEADER = "anchor,target,kind,match,rank,benefit_de,benefit_en,owner,date,approved"
PAIR = "sku:BIKE,sku:HELMET,accessory,,1,Schützt.,Protects.,Anna"


@pytest.fixture
def load(engine, write):
    def load(*lines, header=HEADER, name="m.csv", **options):
        with writing(engine) as connection:
            return import_matrix(connection, SourceFile(write(name, header, *lines)), **options)

    return load


@pytest.fixture
def rows(engine):
    def rows():
        with reading(engine) as connection:
            return read_snapshot(connection).matrix

    return rows


def notes(report):
    """What is noted besides products that are not there, which no test here puts in."""
    return [note for note in report.notes if "no product answers" not in note]


def test_a_file_that_says_nothing_of_approval_says_so(load, rows):
    report = load(
        "sku:A,sku:B,accessory,nein", "sku:A,sku:C,accessory,nein", header="anchor,target,kind,freigegeben"
    )
    assert notes(report) == ["not read: freigegeben", "no column approved: all 2 rows count as approved"]
    assert [row.approved for row in rows()] == [True, True]


def test_rows_of_yaml_that_say_nothing_of_approval_are_counted(load, rows):
    pair = ("- anchor: sku:A", "  kind: accessory", "  target: sku:")
    written = (*pair[:2], f"{pair[2]}B", "  approved: no", *pair[:2], f"{pair[2]}C")
    report = load(*written[1:], header=written[0], name="m.yml")
    assert notes(report) == ["approved is missing in 1 of 2 rows, which count as approved"]
    assert [row.state for row in rows()] == ["proposed", "approved"]


def test_a_file_with_every_column_has_nothing_to_say(load, engine, tmp_path):
    assert notes(load(f"{PAIR},2026-03-02,yes")) == []
    with reading(engine) as connection:
        export_matrix(connection, tmp_path / "out.csv")
    with writing(engine) as connection:
        report = import_matrix(connection, SourceFile(tmp_path / "out.csv"))
    assert (report.unchanged, notes(report)) == (1, [])


@pytest.mark.parametrize("written", ["2026-03-02", "02.03.2026", "2.3.26", "2. März 2026", "2026-03-02 10:30"])
def test_a_date_is_kept_as_a_day_however_it_is_written(load, rows, written):
    assert load(f"{PAIR},{written},yes").ok
    assert [row.dated for row in rows()] == ["2026-03-02"]


@pytest.mark.parametrize("written", ["gestern", "32.13.2026", "03/02/2026"])
def test_what_is_no_date_is_refused_with_its_line(load, rows, written):
    report = load(f"{PAIR},{written},yes")
    reason = f"{written!r} is not a date; write it like 2026-05-03 or 03.05.2026"
    assert [(each.line, each.column, each.reason) for each in report.problems] == [(2, "date", reason)]
    assert rows() == ()


@pytest.mark.parametrize(("first", "then", "was", "now"), [
    ("rejected", "yes", "rejected", "approved"),
    ("rejected", "no", "rejected", "proposed"),
    ("yes", "no", "approved", "proposed"),
    ("yes", "rejected", "approved", "rejected"),
])  # fmt: skip
def test_a_decision_that_a_file_changes_is_named_with_who_took_it(load, rows, first, then, was, now):
    load(f"{PAIR},2026-03-02,{first}")
    report = load(f"{PAIR},2026-03-02,{then}")
    assert notes(report) == [
        f"decision taken back: sku:BIKE -> sku:HELMET (accessory), was {was} by Anna on 2026-03-02, now {now}",
    ]
    assert [row.state for row in rows()] == [now]


def test_several_decisions_that_a_file_changes_are_counted(load):
    pairs = [PAIR, PAIR.replace("HELMET", "BAG")]
    load(*(f"{pair},2026-03-02,rejected" for pair in pairs))
    report = load(*(f"{pair},2026-03-02,no" for pair in pairs))
    assert notes(report)[0] == "2 decisions taken back"
    assert len(notes(report)) == 3


def test_a_proposal_that_somebody_decides_on_takes_nothing_back(load):
    load(f"{PAIR},,no")
    assert notes(load(f"{PAIR},,rejected")) == []
    assert notes(load(f"{PAIR},,rejected")) == []


def test_a_sentence_in_the_wrong_encoding_is_named_with_its_line(load):
    report = load(f"{PAIR},2026-03-02,yes", "sku:BIKE,sku:BAG,accessory,,1,GrÃ¶ÃŸer.,Bigger.,Anna,2026-03-02,yes")
    assert notes(report) == ["line 3, benefit_de: saved in the wrong encoding, 'GrÃ¶ÃŸer.'"]


def test_a_catalogue_given_as_a_matrix_is_one_problem(load):
    report = load("A,Rad,bikes,9", "B,Rad,bikes,9", header="sku,title_de,category,price")
    reason = "the columns anchor, kind are missing; this looks like a file for `tresen import catalogue`"
    assert [(each.line, each.reason) for each in report.problems] == [(1, reason)]
