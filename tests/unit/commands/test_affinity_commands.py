"""`tresen affinity`: counted versions, what they say, and the way back."""

import sys


def test_mining_says_what_was_counted_and_that_the_history_is_simulated(electronics) -> None:
    said = electronics("affinity", "mine")
    assert said.code == 0
    assert said.sentences == ["Version 2: 142 pairs from 950 orders (simulated history)"]


def test_mining_twice_counts_the_same(electronics) -> None:
    first, second = electronics.asked("affinity", "mine"), electronics.asked("affinity", "mine")
    assert first.pop("version") + 1 == second.pop("version")
    assert first == second
    assert first["simulated"] is True


def test_a_laptop_was_bought_with_its_bag(electronics) -> None:
    first = electronics.asked("affinity", "show", "LAPTOP-PRO")[0]
    assert first["family"] == "laptop-bag"
    assert 0 < first["together"] <= first["anchor_orders"]
    assert first["lift"] > 1


def test_people_read_titles_in_their_language(electronics) -> None:
    german = electronics("affinity", "show", "LAPTOP-PRO", "--limit", "1").out
    english = electronics("affinity", "show", "LAPTOP-PRO", "--limit", "1", "--lang", "en").out
    assert len(german.splitlines()) == len(english.splitlines()) == 1
    assert "Laptoptasche" in german
    assert "laptop" in english.lower()
    assert "Laptoptasche" not in english


def test_an_unknown_product_is_one_line(electronics) -> None:
    said = electronics("affinity", "show", "LAWNMOWER")
    assert (said.code, said.out, said.sentences) == (1, "", ["There is no product LAWNMOWER."])


def test_versions_are_listed_newest_first_and_one_is_in_force(electronics) -> None:
    electronics("affinity", "mine")
    listed = electronics.asked("affinity", "versions")
    assert [row["version"] for row in listed] == [2, 1]
    assert [row["current"] for row in listed] == [True, False]
    assert "T" in listed[0]["mined_at"]
    assert [line.endswith("in force") for line in electronics("affinity", "versions").out.splitlines()] == [
        True,
        False,
    ]


def test_a_shop_without_counts_has_no_versions(tresen) -> None:
    assert tresen.asked("affinity", "versions") == []


def test_rolling_back_puts_the_earlier_counts_in_force(electronics) -> None:
    electronics("affinity", "mine")
    said = electronics("affinity", "rollback", "1")
    assert (said.code, said.sentences) == (0, ["Version 1 is in force."])
    assert [row["version"] for row in electronics.asked("affinity", "versions") if row["current"]] == [1]


def test_rolling_back_to_a_version_that_never_was_changes_nothing(electronics) -> None:
    said = electronics("affinity", "rollback", "7")
    assert (said.code, said.sentences) == (1, ["There is no version 7."])
    assert [row["version"] for row in electronics.asked("affinity", "versions") if row["current"]] == [1]


def test_the_own_history_is_evaluated_beside_simple_models(electronics) -> None:
    rows = electronics.asked("affinity", "evaluate", "--questions", "40")
    ours = next(row for row in rows if (row["model"], row["mode"]) == ("Tresen", "mixed"))
    bestsellers = next(row for row in rows if (row["model"], row["mode"]) == ("popularity", "mixed"))
    assert ours["questions"] > 0
    assert ours["figures"]["any3"] > bestsellers["figures"]["any3"]
    assert ours["difference"] == [0.0, 0.0, 0.0]


def test_tables_from_elsewhere_are_evaluated_too(tresen, tmp_path) -> None:
    lines = [
        f"o{n},2026-01-{1 + n // 10:02}T10:00:{n % 10:02},{item}" for n in range(200) for item in ("A", "B", "C")
    ]
    file = tmp_path / "orders.csv"
    file.write_text("\n".join(["order_id,ts,item_id", *lines]), encoding="utf-8")
    said = tresen("affinity", "evaluate", "--orders", file)
    assert said.code == 0
    ours = next(line for line in said.out.splitlines() if line.startswith("| Tresen |"))
    assert ours.split(" | ")[2:4] == ["1.0000", "1.0000"]
    assert "discover: nobody to ask" in said.out


def test_a_table_without_its_columns_is_one_line(tresen, tmp_path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    said = tresen("affinity", "evaluate", "--orders", file)
    assert (said.code, said.sentences) == (1, ["These tables cannot be read: 'order_id'"])


def test_too_few_orders_are_one_line(tresen) -> None:
    said = tresen("affinity", "evaluate")
    assert said.code == 1
    assert said.sentences == ["There are too few orders: nothing can be asked about the last tenth of them."]


def test_mining_on_spark_where_spark_is_not_installed_is_one_line_and_changes_nothing(
    electronics, monkeypatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", "java")
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    said = electronics("affinity", "mine", "--engine", "spark")
    assert (said.code, said.out) == (1, "")
    assert said.sentences == ["Spark is not installed here: `make spark` builds .venv-spark."]
    assert [row["version"] for row in electronics.asked("affinity", "versions")] == [1]


def test_mining_on_spark_without_java_is_one_line(electronics, monkeypatch, tmp_path) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    said = electronics("affinity", "mine", "--engine", "spark")
    assert (said.code, said.sentences) == (1, ["Spark needs Java 17 or newer, and there is none here."])


def test_a_cluster_needs_a_folder_that_its_workers_can_read(electronics, monkeypatch) -> None:
    monkeypatch.setenv("JAVA_HOME", "java")
    monkeypatch.setenv("TRESEN_SPARK_MASTER", "spark://counter.example:7077")
    said = electronics("affinity", "mine", "--engine", "spark")
    assert said.code == 1
    assert said.sentences == ["A Spark cluster needs TRESEN_SPARK_FOLDER, a folder its workers can read."]


def test_the_embedded_engine_is_the_default(electronics) -> None:
    first, second = (
        electronics.asked("affinity", "mine"),
        electronics.asked("affinity", "mine", "--engine", "embedded"),
    )
    assert {**first, "version": 3} == second


def test_an_engine_that_does_not_exist_is_wrong_use(electronics) -> None:
    assert electronics("affinity", "mine", "--engine", "hadoop").code == 2
