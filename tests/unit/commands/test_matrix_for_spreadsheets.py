"""`tresen matrix export --excel`: a table where a plain CSV would be one column, and the same rows."""

import csv
from pathlib import Path


def export(tresen, file: Path, *more: str) -> bytes:
    assert tresen("matrix", "export", file, *more).code == 0
    return file.read_bytes()


def rows(content: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines(), delimiter=delimiter))


def test_a_spreadsheet_in_german_opens_the_export_and_gives_it_back(electronics, tmp_path) -> None:
    plain = export(electronics, tmp_path / "plain.csv")
    content = export(electronics, tmp_path / "excel.csv", "--excel")
    assert content.startswith("\ufeffanchor;target;kind;".encode())
    assert rows(content, ";") == rows(plain)
    assert len(rows(plain)) == 24
    said = electronics("matrix", "import", tmp_path / "excel.csv")
    assert (said.code, said.sentences[0]) == (0, "excel.csv: 24 lines, 0 new, 0 changed, 18 unchanged")
    assert export(electronics, tmp_path / "again.csv") == plain
    assert export(electronics, tmp_path / "again-excel.csv", "--excel") == content


def test_a_yaml_is_no_file_for_a_spreadsheet(electronics, tmp_path) -> None:
    assert electronics("matrix", "export", tmp_path / "matrix.yml", "--excel").code == 2
    assert not (tmp_path / "matrix.yml").exists()
