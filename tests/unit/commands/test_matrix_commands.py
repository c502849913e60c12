"""`tresen matrix`: out to a spreadsheet and in again without a loss."""

import csv
from pathlib import Path

import pytest

HEADER = "anchor,target,kind,match,rank,benefit_de,benefit_en,owner,date,approved\n"


def export(tresen, file: Path) -> bytes:
    assert tresen("matrix", "export", file).code == 0
    return file.read_bytes()


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(content.decode("utf-8").splitlines()))


@pytest.mark.parametrize("merchant", ["electronics", "kitchen"])
def test_an_exported_matrix_comes_back_byte_for_byte(merchant, request, tmp_path) -> None:
    tresen = request.getfixturevalue(merchant)
    first = export(tresen, tmp_path / "first.csv")
    assert tresen("matrix", "import", tmp_path / "first.csv").code == 0
    assert export(tresen, tmp_path / "second.csv") == first


@pytest.mark.parametrize("merchant", ["electronics", "kitchen"])
def test_the_export_holds_every_row_the_merchant_wrote(merchant, request, tmp_path) -> None:
    tresen = request.getfixturevalue(merchant)
    written = {
        (row["anchor"], row["target"], row["kind"]): row for row in rows(export(tresen, tmp_path / "out.csv"))
    }
    source = rows(Path(f"data/shop/{merchant}/matrix.csv").read_bytes())
    assert {key: row["benefit_en"] for key, row in written.items()} == {
        (row["anchor"], row["target"], row["kind"]): row["benefit_en"] for row in source
    }


def test_an_empty_shop_takes_a_matrix_over(electronics, tmp_path, monkeypatch) -> None:
    first = export(electronics, tmp_path / "first.csv")
    monkeypatch.setenv("TRESEN_HOME", str(tmp_path / "elsewhere"))
    assert electronics("matrix", "import", tmp_path / "first.csv").code == 0
    assert export(electronics, tmp_path / "second.csv") == first


def test_states_of_approval_survive(electronics, tmp_path) -> None:
    file = tmp_path / "matrix.csv"
    states = ("yes", "no", "rejected")
    lines = [
        f"family:toy,sku:MOUSE,{kind},,1,Gut.,Good.,Einkauf,2026-03-02,{state}\n"
        for kind, state in zip(("accessory", "part_of_set", "often_bought_with"), states, strict=True)
    ]
    file.write_text(HEADER + "".join(lines))
    assert electronics("matrix", "import", file).code == 0
    found = {
        row["kind"]: row["approved"] for row in rows(export(electronics, file)) if row["target"] == "sku:MOUSE"
    }
    assert found == {"accessory": "yes", "part_of_set": "no", "often_bought_with": "rejected"}


def test_a_dry_run_writes_no_row(electronics, tmp_path) -> None:
    before = export(electronics, tmp_path / "before.csv")
    (tmp_path / "more.csv").write_text(
        HEADER + "family:toy,sku:MOUSE,accessory,,1,Gut.,Good.,Einkauf,2026-03-02,yes\n"
    )
    assert electronics("matrix", "import", tmp_path / "more.csv", "--dry-run").code == 0
    assert export(electronics, tmp_path / "after.csv") == before


def test_a_bad_row_is_named_and_no_row_is_taken(electronics, tmp_path) -> None:
    before = export(electronics, tmp_path / "before.csv")
    file = tmp_path / "matrix.csv"
    file.write_text(
        HEADER
        + "family:toy,sku:MOUSE,accessory,,1,Gut.,Good.,Einkauf,2026-03-02,yes\n"
        + "toys,sku:MOUSE,decoration,,first,Gut.,Good.,Einkauf,2026-03-02,perhaps\n"
    )
    said = electronics("matrix", "import", file)
    assert said.code == 1
    assert [sentence.partition(":")[0] for sentence in said.sentences] == [
        "matrix.csv line 3, anchor",
        "matrix.csv line 3, kind",
        "matrix.csv line 3, rank",
        "matrix.csv line 3, approved",
        "matrix.csv",
    ]
    assert export(electronics, tmp_path / "after.csv") == before


def test_an_export_into_nowhere_is_one_line(electronics, tmp_path) -> None:
    said = electronics("matrix", "export", tmp_path / "nowhere" / "matrix.csv")
    assert said.code == 1
    assert len(said.sentences) == 1
    assert said.sentences[0].startswith("Not written: ")


def test_a_matrix_in_order_is_said_to_be(electronics) -> None:
    said = electronics("matrix", "check")
    assert (said.code, said.sentences) == (0, ["The matrix is in order."])


def test_rows_without_a_sentence_or_a_product_are_named(electronics, tmp_path) -> None:
    file = tmp_path / "matrix.csv"
    file.write_text(
        HEADER
        + "family:toy,sku:MOUSE,accessory,,1,,Good.,Einkauf,2026-03-02,yes\n"
        + "family:lawnmower,sku:MOUSE,accessory,,1,Gut.,Good.,Einkauf,2026-03-02,yes\n"
    )
    electronics("matrix", "import", file)
    said = electronics("matrix", "check")
    assert said.code == 1
    assert said.sentences == [
        "without benefit: family:toy -> sku:MOUSE (accessory)",
        "resolves to nothing: family:lawnmower -> sku:MOUSE (accessory)",
    ]
    assert electronics("matrix", "check", "--json").document == {
        "without_benefit": ["family:toy -> sku:MOUSE (accessory)"],
        "resolves_to_nothing": ["family:lawnmower -> sku:MOUSE (accessory)"],
    }
