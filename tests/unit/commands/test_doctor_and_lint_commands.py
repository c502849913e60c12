"""`tresen doctor` and `tresen lint`: what the data lacks, and what the sentences must not say."""

from pathlib import Path

import yaml


def test_the_doctor_names_what_costs_offers(electronics) -> None:
    findings = electronics.asked("doctor")
    assert findings["products"] == 19
    assert findings["without_cost"] == ["DOCK"]
    assert findings["out_of_stock"] == ["WALL-MOUNT-400"]


def test_people_read_one_line_for_each_finding(electronics) -> None:
    said = electronics("doctor")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].split() == ["19", "products"]
    assert "    1  without a cost: never offered (DOCK)" in lines
    assert "   11  without a tier: they climb by price alone (BATTERY-AA, DOCK, HEADSET, ...)" in lines


def test_products_that_were_sold_but_are_not_known_are_counted(kitchen) -> None:
    kitchen("import", "orders", "data/shop/electronics/orders.csv.gz")
    assert any("unknown to the catalogue" in line for line in kitchen("doctor").out.splitlines())


def test_the_sentences_of_the_shop_are_in_order(tresen) -> None:
    said = tresen("lint", "wording")
    assert (said.code, said.sentences) == (0, ["Every sentence is in order."])
    assert tresen.asked("lint", "wording") == []


def write(folder: Path, **sentences: str) -> Path:
    english = [{"type": "slot", "name": "language", "value": "en"}]
    responses = {
        f"utter_{name}": [
            {"id": f"{name}.de", "text": text},
            {"id": f"{name}.en", "condition": english, "text": "Fine."},
        ]
        for name, text in sentences.items()
    }
    (folder / "test.yml").write_text(yaml.safe_dump({"responses": responses}, allow_unicode=True), "utf-8")
    return folder


def test_a_sentence_that_presses_fails_the_check(tresen, tmp_path) -> None:
    said = tresen("lint", "wording", write(tmp_path, hurry="Nur noch heute!", fine="Gern."))
    assert said.code == 1
    assert said.sentences == ["test.yml: utter_hurry false urgency: 'Nur noch heute'"]
    found = tresen("lint", "wording", tmp_path, "--json").document
    assert found == [{"file": "test.yml", "response": "utter_hurry", "problem": "false urgency: 'Nur noch heute'"}]


def test_a_folder_without_sentences_is_no_pass(tresen, tmp_path) -> None:
    said = tresen("lint", "wording", tmp_path)
    assert said.code == 1
    assert said.sentences[0].startswith("There are no responses in ")


def test_a_file_that_holds_no_responses_is_one_line(tresen, tmp_path) -> None:
    for content in ("rules: []", "responses: [", "just words"):
        (tmp_path / "test.yml").write_text(content)
        said = tresen("lint", "wording", tmp_path)
        assert said.code == 1
        assert len(said.sentences) == 1
        assert said.sentences[0].startswith("No responses as Rasa writes them in ")
