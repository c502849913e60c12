"""Catalogues come in whole or not at all, and again without harm."""

import pytest

from actions.offers.products import Money, Quantity, Words
from actions.store.engine import reading, writing
from actions.store.importing import import_catalogue
from actions.store.products import live_product, take_stock
from tests.unit.importing.exports import problems

HEADER = "sku,title_de,title_en,category,price,cost,stock,tier,colour,attributes,content"
BIKE = "BIKE-42,Mountainbike,Mountain bike,bikes/mountain,899.00,540.50,3,2,Schwarz,frame=aluminium|use=trail,"
OIL = 'OIL,Öl,,care/oil,"8,90",,12,,,,100 ml'


@pytest.fixture
def load(engine, write):
    def load(*lines, **options):
        return import_catalogue(engine, [write("products.csv", HEADER, *lines)], **options).files[0]

    return load


def test_a_product_arrives_with_all_that_was_written(load, snapshot):
    report = load(BIKE, OIL)
    assert (report.ok, report.lines, report.inserted) == (True, 2, 2)
    bike, oil = snapshot().product("BIKE-42"), snapshot().product("OIL")
    assert (bike.title, bike.price, bike.cost, bike.stock, bike.tier) == (
        Words("Mountainbike", "Mountain bike"),
        Money(89_900),
        54_050,
        3,
        2,
    )
    assert (bike.family, bike.category, bike.tax_percent) == ("BIKE-42", "bikes/mountain", 19)
    assert bike.attributes == {"frame": "aluminium", "use": "trail"}
    assert (oil.price, oil.cost, oil.content) == (Money(890), None, Quantity(100.0, "ml"))
    assert oil.title.of("en") == "Öl"


def test_a_colour_in_any_words_becomes_its_key(load, snapshot):
    load(
        BIKE,
        BIKE.replace("BIKE-42", "B2").replace("Schwarz", "jet black"),
        BIKE.replace("BIKE-42", "B3").replace("Schwarz", "Petunie"),
    )
    assert [snapshot().product(sku).colour for sku in ("BIKE-42", "B2", "B3")] == ["black", "black", "Petunie"]


def test_categories_without_words_are_made_and_speak_by_their_path(load, snapshot):
    load(BIKE)
    assert snapshot().categories["bikes/mountain"].title == Words("Mountain", "Mountain")
    assert "bikes" in snapshot().categories


def test_the_same_file_again_changes_nothing(load, snapshot):
    load(BIKE, OIL)
    again = load(BIKE, OIL)
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 2)


def test_a_new_price_updates_and_what_is_missing_stays(load, snapshot):
    load(BIKE, OIL)
    report = load(BIKE.replace("899.00", "849.00"))
    assert (report.inserted, report.updated, report.unchanged) == (0, 1, 0)
    assert set(snapshot().products) == {"BIKE-42", "OIL"}
    assert snapshot().product("BIKE-42").price == Money(84_900)


def whole_catalogue(engine, write, *files, dry_run=False):
    paths = [write(f"part{number}.csv", HEADER, *lines) for number, lines in enumerate(files)]
    return import_catalogue(engine, paths, remove_missing=True, dry_run=dry_run)


def test_what_a_whole_catalogue_no_longer_names_goes_off_sale_and_comes_back_with_it(load, engine, write, snapshot):
    load(BIKE, OIL)
    assert whole_catalogue(engine, write, [OIL]).off_sale == ("BIKE-42",)
    assert set(snapshot().products) == {"OIL"}
    assert whole_catalogue(engine, write, [OIL], [BIKE]).off_sale == ()
    assert set(snapshot().products) == {"BIKE-42", "OIL"}


def test_a_bad_line_in_one_of_the_files_takes_nothing_off_sale(load, engine, write, snapshot):
    load(BIKE, OIL)
    report = whole_catalogue(engine, write, [OIL], [BIKE.replace("899.00", "dear")])
    assert not report.ok
    assert report.off_sale == ()
    assert set(snapshot().products) == {"BIKE-42", "OIL"}


def test_a_dry_run_names_what_would_go_off_sale(load, engine, write, snapshot):
    load(BIKE, OIL)
    assert whole_catalogue(engine, write, [OIL], dry_run=True).off_sale == ("BIKE-42",)
    assert set(snapshot().products) == {"BIKE-42", "OIL"}


def test_the_stock_of_the_file_counts(load, engine):
    load(BIKE)
    with writing(engine) as connection:
        take_stock(connection, "BIKE-42", 2)
    load(BIKE)
    with reading(engine) as connection:
        assert live_product(connection, "BIKE-42").stock == 3


def test_every_bad_line_is_named_and_nothing_is_half_imported(load, snapshot):
    report = load(
        BIKE,
        "NOPRICE,Titel,,c,,1,1,,,,",
        ",Titel,,c,1,1,1,,,,",
        "BIKE-42,Titel,,c,abc,1,-1,0,,nopair,viel",
        "SHORT,Titel",
        "X" * 81 + ",,,c,1,1,1,,,,",
    )
    assert set(problems(report)) == {
        (3, "price", "is missing"),
        (4, "sku", "is missing"),
        (5, "content", "'viel' is not an amount with a unit, such as 250 ml"),
        (5, "price", "'abc' is not a number"),
        (5, "tier", "'0' is below 1"),
        (5, "stock", "'-1' is below 0"),
        (5, "attributes", "'nopair' is not of the form key=value"),
        (5, "sku", "BIKE-42 is in line 2 already"),
        (6, "", "2 values under 11 columns"),
        (7, "title_de", "is missing, and so is title_en"),
        (7, "sku", "is longer than 80 characters"),
        (7, "family", "is longer than 80 characters"),
    }
    assert report.problem_count == 12
    assert snapshot().products == {}


def test_one_bad_file_does_not_hold_up_the_good_one(engine, write, snapshot):
    files = [write("bad.csv", HEADER, "A,,,,,,,,,,"), write("good.csv", HEADER, BIKE), write("empty.csv")]
    report = import_catalogue(engine, files)
    assert [file.ok for file in report.files] == [False, True, False]
    assert not report.ok
    assert set(snapshot().products) == {"BIKE-42"}


def test_a_dry_run_tells_what_would_happen_and_writes_nothing(load, snapshot):
    report = load(BIKE, OIL, dry_run=True)
    assert (report.ok, report.inserted) == (True, 2)
    assert snapshot().products == {}
    assert snapshot().categories == {}


def test_progress_is_told_on_a_long_file(engine, write):
    lines = [BIKE.replace("BIKE-42", f"B{number}") for number in range(20_000)]
    told = []
    import_catalogue(
        engine,
        [write("big.csv", HEADER, *lines)],
        dry_run=True,
        progress=lambda name, done: told.append((name, done)),
    )
    assert told == [("big.csv", 10_000), ("big.csv", 20_000)]


def test_thousands_of_bad_lines_are_counted_but_not_all_listed(load):
    report = load(*["A,,,,,,,,,,"] * 1_500)
    assert report.problem_count > 1_500
    assert len(report.problems) == 1_000


def test_a_file_with_a_few_columns_changes_only_these(load, engine, write, snapshot):
    load(BIKE)
    path = write("sentences.csv", "sku;benefit_de", "BIKE-42;Trägt Sie bergauf.")
    report = import_catalogue(engine, [path]).files[0]
    assert (report.ok, report.updated) == (True, 1)
    bike = snapshot().product("BIKE-42")
    assert (bike.benefit.de, bike.price, bike.cost, bike.colour) == (
        "Trägt Sie bergauf.",
        Money(89_900),
        54_050,
        "black",
    )


def test_a_new_product_needs_what_a_known_one_has(load, engine, write):
    load(BIKE)
    path = write("sentences.csv", "sku;benefit_de", "NEW;Gut.")
    found = problems(import_catalogue(engine, [path]).files[0])
    assert found == [(1, "", "the columns category, price, title_de are missing")]
    path = write("sentences.csv", "sku;benefit_de", "BIKE-42;Rollt.", "NEW;Gut.")
    found = problems(import_catalogue(engine, [path]).files[0])
    assert [(line, column) for line, column, _ in found] == [(3, "category"), (3, "price"), (3, "title_de")]


def test_a_number_shortened_by_a_spreadsheet_is_refused(load):
    report = load(BIKE.replace("BIKE-42", '"4,00612E+12"'))
    assert problems(report) == [
        (2, "sku", "'4,00612E+12' was shortened by a spreadsheet; format the column as text and export again")
    ]


def test_titles_in_the_wrong_encoding_are_noticed(load):
    report = load(BIKE.replace("Mountainbike", "GrÃ¶ÃŸe"))
    assert report.ok
    assert report.notes == ("1 titles look as if the file had been saved in the wrong encoding, such as 'GrÃ¶ÃŸe'",)


def test_a_table_without_rows_is_nothing_new(load):
    assert (load().ok, load().lines) == (True, 0)


def test_columns_nobody_knows_are_told_and_nothing_is_guessed(engine, write, snapshot):
    path = write("list.csv", "Artikel;Bezeichnung;VK", "1;Rad;899,00")
    (problem,) = import_catalogue(engine, [path]).files[0].problems
    assert problem.reason.startswith("the columns (Artikel, Bezeichnung, VK) are of no catalogue Tresen knows")
    assert snapshot().products == {}


def test_a_spreadsheet_may_announce_its_delimiter(engine, write, snapshot):
    path = write("list.csv", "sep=;", "sku;title_de;category;price", "A;Rad, rot;bikes;899,00", ";;;")
    assert import_catalogue(engine, [path]).files[0].inserted == 1
    assert snapshot().product("A").title.de == "Rad, rot"


def test_prices_that_are_hardly_meant_are_named_with_their_lines(load):
    lines = [OIL.replace("OIL", f"OIL-{n}").replace('"8,90"', price) for n, price in enumerate(("0", "2000000000"))]
    report = load(BIKE, *lines)
    assert (report.inserted, report.notes) == (
        3,
        ("the price is 0: line 3", "the price is above a billion: line 4"),
    )


def test_a_stock_that_may_be_one_or_a_thousand_is_refused(load):
    assert [(line, column) for line, column, _ in problems(load(BIKE.replace(",3,2,", ",1.000,2,")))] == [
        (2, "stock")
    ]


def test_a_benefit_in_the_wrong_encoding_is_named_with_its_line(load, engine, write):
    load(BIKE)
    path = write("sentences.csv", "sku;benefit_de", "BIKE-42;TrÃ¤gt Sie.")
    report = import_catalogue(engine, [path]).files[0]
    assert report.notes == ("line 2, benefit_de: saved in the wrong encoding, 'TrÃ¤gt Sie.'",)
