"""`tresen matrix`: out to a spreadsheet and in again without a loss."""

import csv
import json
from pathlib import Path

import pytest

HEADER = "anchor,target,kind,match,rank,benefit_de,benefit_en,owner,date,approved\n"


def export(tresen, file: Path, *more: str) -> bytes:
    assert tresen("matrix", "export", file, *more).code == 0
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
        (row["anchor"], row["target"], row["kind"]): row
        for row in rows(export(tresen, tmp_path / "out.csv"))
        if row["provenance"] == "merchant"
    }
    source = rows(Path(f"data/shop/{merchant}/matrix.csv").read_bytes())
    assert {key: row["benefit_en"] for key, row in written.items()} == {
        (row["anchor"], row["target"], row["kind"]): row["benefit_en"] for row in source
    }


def test_an_empty_shop_takes_a_matrix_over(electronics, tmp_path, monkeypatch) -> None:
    first = export(electronics, tmp_path / "first.csv", "--no-proposals")
    monkeypatch.setenv("TRESEN_HOME", str(tmp_path / "elsewhere"))
    assert electronics("matrix", "import", tmp_path / "first.csv").code == 0
    second = export(electronics, tmp_path / "second.csv")
    # the notes name products, which the empty shop does not have
    without = [{name: value for name, value in row.items() if name != "note"} for row in rows(first)]
    assert [{name: value for name, value in row.items() if name != "note"} for row in rows(second)] == without


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


def test_a_dry_run_says_what_would_be_taken_out(electronics, tmp_path) -> None:
    (tmp_path / "one.csv").write_text(
        HEADER + "family:toy,sku:MOUSE,accessory,,1,Gut.,Good.,Einkauf,2026-03-02,yes\n"
    )
    said = electronics("matrix", "import", tmp_path / "one.csv", "--remove-missing", "--dry-run").sentences
    assert any(sentence.endswith(" would be taken away again") for sentence in said)
    assert any(sentence.endswith("of the matrix not in the file; would be taken out:") for sentence in said)


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
    assert said.sentences == [f"Not written: there is no folder {tmp_path / 'nowhere'}"]


def test_a_matrix_in_order_is_said_to_be(kitchen) -> None:
    said = kitchen("matrix", "check")
    assert (said.code, said.sentences) == (0, ["1 proposal to be decided on.", "The matrix is in order."])


def test_a_matrix_without_rows_is_not_called_in_order(tresen) -> None:
    said = tresen("matrix", "check")
    assert (said.code, said.sentences) == (
        0,
        ["The matrix has no rows: `tresen matrix import` reads yours, `tresen matrix export` proposes some."],
    )


def test_rows_that_cannot_sell_any_more_are_named(electronics) -> None:
    said = electronics("matrix", "check")
    assert said.code == 1
    assert said.sentences == [
        "cost unknown: category:computers/laptops -> family:dock (accessory)",
        "margin lost: category:computers/laptops -> family:usb-hub (accessory)",
        "margin lost: family:laptop-basic -> family:laptop-old (downgrade)",
    ]


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
    assert said.sentences[:2] == [
        "without benefit: family:toy -> sku:MOUSE (accessory)",
        "resolves to nothing: family:lawnmower -> sku:MOUSE (accessory)",
    ]
    document = electronics("matrix", "check", "--json").document
    assert document["without_benefit"] == ["family:toy -> sku:MOUSE (accessory)"]
    assert document["resolves_to_nothing"] == ["family:lawnmower -> sku:MOUSE (accessory)"]


def proposed(tresen, file: Path) -> list[dict[str, str]]:
    """What past orders propose."""
    return [row for row in rows(export(tresen, file)) if row["provenance"] == "mined" and row["approved"] == "no"]


def test_well_counted_pairs_are_proposed_beside_the_curated_rows(electronics, tmp_path) -> None:
    first, *_ = proposed(electronics, tmp_path / "m.csv")
    assert (first["kind"], first["benefit_de"], first["owner"]) == ("often_bought_with", "", "")
    assert 0 < float(first["confidence"]) <= 1
    assert "orders, lift" in first["note"]
    assert first["note"].endswith("simulated history")


def decide(tresen, folder: Path, decision: str) -> dict[str, str]:
    """Write a decision beside the first proposal and give the file back."""
    first, *_ = proposed(tresen, folder / "before.csv")
    pair = f"{first['anchor']},{first['target']},{first['kind']},"
    lines = (folder / "before.csv").read_text("utf-8").splitlines()
    changed = [line.replace(",no,mined", f",{decision},mined") if line.startswith(pair) else line for line in lines]
    (folder / "decided.csv").write_text("\n".join(changed) + "\n", "utf-8")
    said = tresen("matrix", "import", folder / "decided.csv")
    assert said.code == 0
    assert "1 new" in said.sentences[0]
    return first


@pytest.mark.parametrize("suffix", ["csv", "yml"])
@pytest.mark.parametrize("decision", ["yes", "rejected"])
def test_a_decision_on_a_proposal_is_remembered_when_orders_are_counted_again(
    electronics, tmp_path, decision, suffix
) -> None:
    pair = decide(electronics, tmp_path, decision)
    assert electronics("affinity", "mine").code == 0
    assert pair["target"] not in [
        row["target"] for row in proposed(electronics, tmp_path / "m.csv") if row["anchor"] == pair["anchor"]
    ]
    (kept,) = [
        row
        for row in rows(export(electronics, tmp_path / "after.csv"))
        if (row["anchor"], row["target"]) == (pair["anchor"], pair["target"])
    ]
    assert (kept["approved"], kept["provenance"]) == (decision, "mined")
    assert kept["date"]
    first = export(electronics, tmp_path / f"first.{suffix}")
    assert electronics("matrix", "import", tmp_path / f"first.{suffix}").code == 0
    assert export(electronics, tmp_path / f"second.{suffix}") == first


def test_the_matrix_goes_out_and_in_as_yaml(kitchen, tmp_path) -> None:
    first = export(kitchen, tmp_path / "first.yml")
    assert b"benefit_de: Mit den Bohnen" in first
    said = kitchen("matrix", "import", tmp_path / "first.yml")
    assert "0 new, 0 changed" in said.sentences[0]
    assert export(kitchen, tmp_path / "second.yml") == first


def test_a_bad_row_of_a_yaml_file_is_named_by_its_line(kitchen, tmp_path) -> None:
    file = tmp_path / "m.yml"
    file.write_text("- {anchor: 'sku:A', target: 'sku:B', kind: accessory}\n\n- {anchor: beans, kind: wish}\n- 7\n")
    said = kitchen("matrix", "import", file)
    assert [sentence.partition(":")[0] for sentence in said.sentences[:-1]] == [
        "m.yml line 3, anchor",
        "m.yml line 3, target",
        "m.yml line 3, kind",
        "m.yml line 4",
    ]


def test_rows_that_vanish_from_the_file_stay_until_it_is_said_that_they_go(kitchen, tmp_path) -> None:
    export(kitchen, tmp_path / "all.csv", "--no-proposals")
    lines = (tmp_path / "all.csv").read_text("utf-8").splitlines()
    (tmp_path / "fewer.csv").write_text("\n".join(lines[:-1]) + "\n", "utf-8")
    said = kitchen("matrix", "import", tmp_path / "fewer.csv")
    assert said.sentences[1].startswith("  1 row of the matrix not in the file; they stay")
    assert len(rows(export(kitchen, tmp_path / "still.csv", "--no-proposals"))) == len(lines) - 1
    said = kitchen("matrix", "import", tmp_path / "fewer.csv", "--remove-missing")
    assert said.sentences[1] == "  1 taken away again"
    assert len(rows(export(kitchen, tmp_path / "gone.csv", "--no-proposals"))) == len(lines) - 2


def test_no_cell_of_the_export_is_a_formula_and_the_sentence_comes_back_as_it_was(kitchen, tmp_path) -> None:
    sentences = ("=1+1", "'=1+1", "Gut;@SUM(A1)")
    row = {"target": "*", "kind": "accessory", "owner": "=A1"}
    matrix = [{"anchor": f"category:x/{place}", "benefit_de": said, **row} for place, said in enumerate(sentences)]
    (tmp_path / "own.yml").write_text(json.dumps(matrix))
    assert kitchen("matrix", "import", tmp_path / "own.yml").code == 0
    written = {row["anchor"]: row for row in rows(export(kitchen, tmp_path / "out.csv"))}
    assert [written[f"category:x/{place}"]["benefit_de"] for place in range(3)] == [
        "'=1+1",
        "''=1+1",
        "Gut;'@SUM(A1)",
    ]
    assert {written[f"category:x/{place}"]["owner"] for place in range(3)} == {"'=A1"}
    again = kitchen("matrix", "import", tmp_path / "out.csv")
    assert "0 new, 0 changed" in again.sentences[0]


def test_a_lone_carriage_return_does_not_break_the_file(kitchen, tmp_path) -> None:
    row = {"anchor": "category:x", "target": "*", "kind": "accessory", "owner": "Ein\rkauf"}
    (tmp_path / "own.yml").write_text(json.dumps([row]))
    assert kitchen("matrix", "import", tmp_path / "own.yml").code == 0
    export(kitchen, tmp_path / "out.csv")
    assert "0 new, 0 changed" in kitchen("matrix", "import", tmp_path / "out.csv").sentences[0]


def test_every_export_is_in_the_audit_log(kitchen, tmp_path) -> None:
    export(kitchen, tmp_path / "matrix.csv", "--no-proposals")
    (entry,) = kitchen.asked("console", "audit")
    assert (entry["who"], entry["what"], entry["subject"]) == ("command line", "exported", "matrix")
    assert entry["details"] == {"proposals": False}


def test_an_export_is_written_down_before_anything_is_read(kitchen, tmp_path) -> None:
    assert kitchen("matrix", "export", tmp_path / "nowhere" / "matrix.csv").code == 1
    assert [entry["what"] for entry in kitchen.asked("console", "audit")] == ["exported"]


def test_a_row_about_products_that_do_not_exist_is_kept_and_named_by_its_line(kitchen, tmp_path) -> None:
    anchor = rows(export(kitchen, tmp_path / "out.csv"))[0]["anchor"]
    line = "{},{},accessory,,,Gut.,Good.,,,{}\n"
    lines = (
        line.format(anchor, "family:trial-helmet", "yes"),
        line.format("category:garden/*", anchor, "no"),
        line.format(anchor, "sku:GONE", "rejected"),
        line.format("*", anchor, "yes"),
    )
    (tmp_path / "own.csv").write_text(HEADER + "".join(lines))
    said = kitchen("matrix", "import", tmp_path / "own.csv")
    assert said.code == 0
    assert "4 new" in said.sentences[0]
    assert [sentence.strip() for sentence in said.sentences if "no product answers" in sentence] == [
        "line 2, target: no product answers to family:trial-helmet",
        "line 3, anchor: no product answers to category:garden/*",
    ]
    assert kitchen.asked("matrix", "import", tmp_path / "own.csv", "--dry-run")["files"][0]["notes"] == [
        "line 2, target: no product answers to family:trial-helmet",
        "line 3, anchor: no product answers to category:garden/*",
    ]


@pytest.mark.parametrize("shop", ["radhaus", "kitchen", "electronics"])
def test_every_row_of_the_example_shops_is_about_products_they_have(shop, tresen) -> None:
    said = tresen("import", "shop", f"data/shop/{shop}", "--dry-run")
    assert said.code == 0
    assert not [sentence for sentence in said.sentences if "no product answers" in sentence]
