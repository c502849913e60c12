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
    assert "   11  without a tier: names and prices tell it (BATTERY-AA, DOCK, HEADSET, ...)" in lines


def test_an_empty_shop_is_told_what_to_bring_in(tresen) -> None:
    assert tresen("doctor").out.splitlines() == [
        "    0  products",
        "    0  past orders",
        "There is nothing to sell yet: `tresen import shop` or `tresen import catalogue` brings it in.",
        "No past orders, so nothing is learnt from them: `tresen import orders` brings them in.",
        "    4  facts about the shop that nobody stated, so that shoppers hear no answer: "
        "name, contact, shipping_cost, returns",
    ]


def test_products_that_cost_nothing_to_buy_are_named(tresen, tmp_path) -> None:
    file = tmp_path / "products.csv"
    file.write_text("sku,title_de,category,price,cost,stock\nHAT,Hut,hats,20.00,0,5\nCAP,Mütze,hats,20.00,9.00,5\n")
    assert tresen("import", "catalogue", file).code == 0
    assert tresen.asked("doctor")["cost_of_nothing"] == ["HAT"]
    assert "    1  with a cost of 0: the whole price counts as profit (HAT)" in tresen("doctor").out.splitlines()


def test_one_of_a_thing_is_told_as_one(tresen, tmp_path) -> None:
    (tmp_path / "products.csv").write_text("sku,title_de,category,price\nHAT,Hut,hats,20.00\n")
    (tmp_path / "orders.csv").write_text("order_id,ts,sku,quantity\nO1,2026-01-01,HAT,1\nO1,2026-01-01,GONE,1\n")
    tresen("import", "catalogue", tmp_path / "products.csv")
    said = tresen("import", "orders", tmp_path / "orders.csv")
    assert "  1 line names 1 product the catalogue lacks" in said.sentences
    lines = tresen("doctor").out.splitlines()
    assert lines[:2] == ["    1  product", "    1  past order"]
    assert "    1  past order names unknown products" in lines
    assert "    1  past order was never counted: `tresen affinity mine`" in lines


def test_attributes_that_no_term_names_are_named_the_most_frequent_first(electronics, tmp_path) -> None:
    lines = (
        *("sku,title_de,category,price,attributes", "FAN,Lüfter,fans,20,noise_db=30|ram_gb=1|use=office"),
        *("HEATER,Heizer,fans,30,noise_db=40|timer_h=2", "LAMP,Lampe,lamps,40,timer_h=1|noise_db=0|Lumen=4"),
    )
    (tmp_path / "products.csv").write_text("\n".join(lines))
    assert electronics("import", "catalogue", tmp_path / "products.csv").code == 0
    assert electronics.asked("doctor")["attributes_without_term"] == ["noise_db", "timer_h", "Lumen"]
    said = "attributes without a row in terms.csv: shoppers' words for them are not understood"
    assert f"    3  {said} (noise_db, timer_h, Lumen)" in electronics("doctor").out.splitlines()


def test_categories_nobody_described_are_told_apart_by_whether_shoppers_find_them(tresen, tmp_path) -> None:
    feed = tmp_path / "products.csv"
    feed.write_text("sku,title_en,category,price\nA,R200,Kitchen/Fridges,99\nB,X1,Kitchen/Miscellany,9\n", "utf-8")
    tresen("import", "catalogue", feed)
    lines = tresen("doctor").out.splitlines()
    bare = "without a title in both languages"
    assert f"    1  category {bare}: understood by common words (Kitchen/Fridges)" in lines
    assert f"    2  categories {bare}: only their own name is understood (Kitchen, Kitchen/Miscellany)" in lines
    assert tresen.asked("doctor")["categories_recognised"] == ["Kitchen/Fridges"]


def test_products_that_were_sold_but_are_not_known_are_counted(kitchen) -> None:
    kitchen("import", "orders", "data/shop/electronics/orders.csv.gz")
    assert any("unknown to the catalogue" in line for line in kitchen("doctor").out.splitlines())


def test_the_sentences_of_the_shop_are_in_order(tresen) -> None:
    said = tresen("lint", "wording")
    assert (said.code, said.sentences) == (0, ["Every sentence is in order."])
    assert tresen.asked("lint", "wording") == []


def test_a_command_finds_what_the_project_ships_from_any_folder(electronics, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert electronics("lint", "wording").sentences == ["Every sentence is in order."]
    assert electronics("playbook", "--output", tmp_path / "playbook.md").code == 0


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


PRODUCTS = "sku,title_de,title_en,category,price,cost,stock,benefit_de,benefit_en,description_de\n"
MATRIX = "anchor,target,kind,benefit_de,benefit_en,approved\n"


def pushes(tresen, tmp_path: Path) -> list[list[str]]:
    """What is said when a merchant brings a product and a row of the matrix that press."""
    (tmp_path / "more.csv").write_text(
        PRODUCTS + "HAT,Hut,Bestseller hat,fashion,20.00,5.00,9,Nur noch 2 Stück!,Keeps the sun off.,Nur heute!\n"
    )
    (tmp_path / "rows.csv").write_text(
        MATRIX
        + "sku:HAT,sku:MOUSE,accessory,Passt dazu.,Goes with it. Only 3 left!,yes\n"
        + "sku:HAT,sku:DOCK,accessory,Letzte Chance!,Last chance!,rejected\n"
    )
    said = [
        tresen("import", "catalogue", tmp_path / "more.csv"),
        tresen("matrix", "import", tmp_path / "rows.csv"),
    ]
    assert [each.code for each in said] == [0, 0]
    return [each.sentences for each in said]


def test_an_import_names_line_and_column_of_what_will_not_be_said(electronics, tmp_path) -> None:
    products, rows = pushes(electronics, tmp_path)
    assert products[1:] == ["  line 2, benefit_de: not said, scarcity: 'Nur noch 2 Stück'"]
    assert [sentence for sentence in rows if "not said" in sentence] == [
        "  line 2, benefit_en: not said, scarcity: 'Only 3 left'",
        "  line 3, benefit_de: not said, false urgency: 'Letzte Chance'",
        "  line 3, benefit_en: not said, false urgency: 'Last chance'",
    ]


def test_the_merchants_own_texts_are_read_through_too(electronics, tmp_path) -> None:
    assert electronics("lint", "wording").code == 0
    pushes(electronics, tmp_path)
    said = electronics("lint", "wording")
    assert said.code == 1
    assert said.sentences == [
        "products: HAT title_en crowd without count: 'Bestseller'",
        "products: HAT description_de false urgency: 'Nur heute'",
        "products: HAT benefit_de scarcity: 'Nur noch 2 Stück'",
        "matrix: sku:HAT -> sku:MOUSE (accessory) benefit_en scarcity: 'Only 3 left'",
    ]
    assert electronics("lint", "wording", "--json").document[-1] == {
        "table": "matrix",
        "row": "sku:HAT -> sku:MOUSE (accessory)",
        "column": "benefit_en",
        "language": "en",
        "problem": "scarcity: 'Only 3 left'",
    }


def test_the_terms_of_the_shop_are_read_through_too(tresen, tmp_path) -> None:
    (tmp_path / "shop.yml").write_text(
        "name: Hut\nfacts:\n  returns:\n    de: Rückgabe nur noch heute.\n    en: Thirty days.\n"
    )
    (tmp_path / "products.csv").write_text(PRODUCTS + "HAT,Hut,Hat,fashion,20.00,5.00,9,Gut.,Good.,\n")
    assert tresen("import", "shop", tmp_path).code == 0
    assert tresen("lint", "wording").sentences == ["shop: returns returns_de false urgency: 'nur noch heute'"]


def test_the_check_of_the_matrix_and_the_doctor_name_sentences_that_press(electronics, tmp_path) -> None:
    pushes(electronics, tmp_path)
    row = "sku:HAT -> sku:MOUSE (accessory) benefit_en, scarcity: 'Only 3 left'"
    said = electronics("matrix", "check")
    assert said.code == 1
    assert f"benefit presses: {row}" in said.sentences
    assert electronics("matrix", "check", "--json").document["benefit_presses"] == [row]
    assert (
        f"    1  matrix row with a sentence that presses: not said ({row})"
        in electronics("doctor").out.splitlines()
    )


def test_the_doctor_names_the_facts_that_shoppers_ask_for_and_nobody_stated(tresen, tmp_path) -> None:
    feed = tmp_path / "products.csv"
    feed.write_text("sku,title_en,category,price\nA,R200,fridges,99\n", "utf-8")
    tresen("import", "catalogue", feed)
    assert tresen.asked("doctor")["facts_missing"] == ["name", "contact", "shipping_cost", "returns"]
    said = "facts about the shop that nobody stated, so that shoppers hear no answer"
    assert f"    4  {said}: name, contact, shipping_cost, returns" in tresen("doctor").out.splitlines()
