"""Files in every form shops send them."""

import gzip

import pyarrow as pa
import pytest
from pyarrow import parquet

from actions.store.importing.reading import UnreadableFileError, column_names, read_rows


def values(path):
    return [dict(row.values) for row in read_rows(path)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_found_out(write, encoding, delimiter):
    lines = [delimiter.join(line) for line in (("sku", "title"), ("A", "Größe"), ("B", "Öl"))]
    path = write("any.csv", *lines, encoding=encoding)
    assert values(path) == [{"sku": "A", "title": "Größe"}, {"sku": "B", "title": "Öl"}]


def test_a_delimiter_inside_quotes_does_not_decide(write):
    assert values(write("a.csv", '"a;b;c",title', "1,2")) == [{"a;b;c": "1", "title": "2"}]


def test_each_row_knows_the_line_it_begins_on(write):
    path = write("a.csv", "sku,title", "A,one", 'B,"two', 'lines"', "", "C,three")
    assert [(row.line, row.values["sku"]) for row in read_rows(path)] == [(2, "A"), (3, "B"), (6, "C")]


def test_a_row_with_too_many_or_too_few_values_is_told_and_the_rest_is_read(write):
    rows = list(read_rows(write("a.csv", "sku,title", "A", "B,b,bb", "C,c")))
    assert [row.fault for row in rows] == ["1 values under 2 columns", "3 values under 2 columns", ""]


def test_json_lines_are_objects(write):
    rows = list(read_rows(write("a.jsonl", '{"sku": "A", "price": 1.5}', "", "[1]", '{"sku":')))
    assert rows[0].values == {"sku": "A", "price": 1.5}
    assert [(row.line, row.fault) for row in rows[1:]] == [
        (3, "not a JSON object"),
        (4, "not valid JSON: Expecting value at character 8"),
    ]


@pytest.mark.parametrize("name", ["a.csv.gz", "a.csv"])
def test_gzip_is_recognised_by_what_is_inside(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(gzip.compress("sku;title\nA;Öl\n".encode()))
    assert values(path) == [{"sku": "A", "title": "Öl"}]


def test_parquet_keeps_its_types(tmp_path):
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"sku": ["A", "B"], "price": [1.5, None]}), path)
    assert [(row.line, dict(row.values)) for row in read_rows(path)] == [
        (1, {"sku": "A", "price": 1.5}),
        (2, {"sku": "B", "price": None}),
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"sku,sku\n1,2\n", "names sku twice"),
        ("a.csv", b'sku,title\nA,"open\n', "not valid CSV"),
        ("a.csv", b"sku\nA\x81\n", "neither UTF-8 nor Windows text"),
        ("a.csv.gz", gzip.compress(b"sku,title\nA,b\n")[:-6], "cannot be read"),
        ("a.parquet", b"not parquet at all", "not a readable Parquet file"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=reason):
        list(read_rows(path))


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        list(read_rows(tmp_path / "nothing.csv"))


def test_a_column_named_by_a_number_sign_is_no_comment(write):
    assert values(write("a.csv", "#,title", "1,one")) == [{"#": "1", "title": "one"}]


def test_lines_are_counted_with_the_comments_above_them(write):
    path = write("a.csv", "# saved today", "#", "", "sku,title", "A,one", "B")
    assert [(row.line, row.fault) for row in read_rows(path)] == [(5, ""), (6, "1 values under 2 columns")]


def test_a_list_of_objects_is_read_like_json_lines_and_counts_its_entries(write):
    path = write("a.json", '[{"sku": "A", "price": 1.5},', '  7, {"sku": "B"}]')
    assert [(row.line, row.counts, dict(row.values), row.fault) for row in read_rows(path)] == [
        (1, "entry", {"sku": "A", "price": 1.5}, ""),
        (2, "entry", {}, "not a JSON object"),
        (3, "entry", {"sku": "B"}, ""),
    ]
    assert column_names(path) == ("sku", "price")
    assert values(write("named.txt", '[{"sku": "A"}]')) == [{"sku": "A"}]


def test_a_list_that_breaks_off_names_its_line(write):
    with pytest.raises(UnreadableFileError, match="not valid JSON") as found:
        list(read_rows(write("a.json", '[{"sku": "A"},', '{"sku": "B"')))
    assert found.value.line == 3


@pytest.mark.parametrize("above", [("sep=;", "# saved today"), ("# saved today", "sep=;"), ("sep=;",)])
def test_a_delimiter_and_comments_may_stand_above_the_header_in_any_order(write, above):
    path = write("a.csv", *above, "sku;title, in words", "A;one", "B")
    assert [(row.line, dict(row.values), row.fault) for row in read_rows(path)] == [
        (len(above) + 2, {"sku": "A", "title, in words": "one"}, ""),
        (len(above) + 3, {}, "1 values under 2 columns"),
    ]
    assert column_names(write("b.csv", *above, "sku;title, in words")) == ("sku", "title, in words")
