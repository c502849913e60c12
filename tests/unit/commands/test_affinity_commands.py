"""`tresen affinity`: counted versions, what they say, and the way back."""

import re
import sys
from math import log

import pytest


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


def test_the_counts_of_a_pair_come_with_how_sure_they_are(teashop) -> None:
    (first, *_) = [row for row in teashop.asked("affinity", "show", "POT") if row["family"] == "cup"]
    assert (first["together"], first["anchor_orders"], first["target_orders"], first["orders"]) == (
        72,
        200,
        72,
        460,
    )
    both, pot, cup, neither = 72, 128, 0, 260
    expected = [200 * 72 / 460, 200 * 388 / 460, 0, 260 * 388 / 460]
    by_hand = 2 * (
        both * log(both / expected[0]) + pot * log(pot / expected[1]) + neither * log(neither / expected[3])
    )
    assert cup == 0
    assert first["log_likelihood_ratio"] == pytest.approx(by_hand, abs=0.01)
    assert "72 von 200 Bestellungen, Lift 2,3, Log-Likelihood-Quotient " in teashop("affinity", "show", "POT").out


def test_what_was_never_counted_or_never_bought_along_is_said(tresen, teashop, tmp_path) -> None:
    said = teashop("affinity", "show", "LAMP", "--lang", "en")
    assert (said.code, said.out) == (0, "")
    assert said.sentences == ["Nothing was bought together with Lamp in 3 orders or more."]
    assert teashop.asked("affinity", "show", "LAMP") == []


def test_a_shop_that_never_counted_is_told_how(tresen, tmp_path) -> None:
    (tmp_path / "products.csv").write_text("sku,title_de,category,price\nHAT,Hut,hats,20.00\n")
    tresen("import", "catalogue", tmp_path / "products.csv")
    said = "Bestellungen wurden noch nie ausgezählt: `tresen affinity mine` holt das nach."
    assert tresen("affinity", "show", "HAT").sentences == [said]
    assert tresen("affinity", "versions").sentences == [
        "Past orders were never counted: `tresen affinity mine` counts them."
    ]


def test_what_is_bought_again_is_told_with_its_days(teashop) -> None:
    assert teashop("affinity", "rhythm", "TEA").out.splitlines() == [
        "Tee",
        "  wieder gekauft nach 42 Tagen (Median; mittlere Hälfte 42 bis 42; 30 Wiederholungen)",
        "  regelmäßig genug für eine Erinnerung",
        "  gleichmäßig; Bestellungen: 4 in den letzten 30 Tagen, 22 in den 90 davor",
        "Gesehen vom Tag der neuesten Bestellung: 2026-06-27",
    ]
    (tea,) = teashop.asked("affinity", "rhythm", "TEA")["models"]
    assert tea["again"] == {"median_days": 42, "low_days": 42, "high_days": 42, "regular": True}
    assert (tea["orders"], tea["repeats"], tea["trend"]["course"]) == (40, 30, "steady")


def test_what_nobody_buys_any_more_is_stale(teashop) -> None:
    said = teashop("affinity", "rhythm", "LAMP", "--lang", "en").out.splitlines()
    assert said[1:3] == [
        "  bought again too rarely to name an interval: 0 times, 8 needed",
        "  stale: no order for 158 days, which is no chance at the pace before",
    ]


def test_too_few_orders_are_said_to_be_too_few(teashop) -> None:
    said = teashop("affinity", "rhythm", "POT-2").out.splitlines()
    assert said[1:3] == [
        "  zu selten wieder gekauft für einen Abstand: 0 mal, nötig 8",
        "  zu wenig für einen Trend; Bestellungen: 0, nötig 10",
    ]


def test_all_models_with_enough_orders_stand_in_one_table_what_changes_first(teashop) -> None:
    said = teashop("affinity", "rhythm", "--lang", "en").out.splitlines()
    assert said[0] == "Orders, bought again after, trend, model:"
    assert said[1].split() == ["20", "stale", "Lamp"]
    assert "    40  42 days (42 to 42, 30 times)      steady        Tea" in said
    assert said[-2] == "Models with too few orders to say anything: 1 (10 needed)"
    short = teashop("affinity", "rhythm", "--lang", "en", "--limit", "1").out.splitlines()
    assert short[2] == "More with enough orders: 5 (`--limit`)"


def test_nobody_who_bought_is_in_what_is_told_of_the_rhythm(teashop) -> None:
    assert "C1" not in teashop("affinity", "rhythm", "--json").out
    assert set(teashop.asked("affinity", "rhythm")) == {"seen_from", "simulated", "models"}


def test_a_simulated_history_is_called_so_there_too(electronics) -> None:
    assert electronics("affinity", "rhythm").out.splitlines()[-1].endswith("die Bestellhistorie ist simuliert")


def test_a_rhythm_of_an_unknown_product_is_one_line(teashop) -> None:
    said = teashop("affinity", "rhythm", "LAWNMOWER")
    assert (said.code, said.out, said.sentences) == (1, "", ["There is no product LAWNMOWER."])


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
    lines_said = said.out.splitlines()
    assert lines_said[0] == "mixed: gelernt aus 180 Bestellungen, 40 Fragen aus den 20 danach"
    assert "discover: niemand zu fragen" in lines_said


def test_people_read_what_the_figures_mean_and_when_they_are_few(electronics) -> None:
    said = electronics("affinity", "evaluate", "--questions", "40", "--lang", "en").out
    lines = said.splitlines()
    assert re.match(r"mixed: learnt from 855 orders, \d+ questions from the 95 after them$", lines[0])
    assert sum(line.startswith("Careful: ") and "questions are few" in line for line in lines) == 2
    assert any(line.startswith("Each question hides one product of a real order. hit1, hit3:") for line in lines)
    assert lines[-1].startswith("Your shop: ")
    german = electronics("affinity", "evaluate", "--questions", "40").out.splitlines()
    assert german[-1].startswith("Ihr Laden: ")


def test_a_table_without_its_columns_is_one_line(tresen, tmp_path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    said = tresen("affinity", "evaluate", "--orders", file)
    assert (said.code, said.sentences) == (
        1,
        ["These tables cannot be read: orders.csv has no column order_id and no item_id, only a, b"],
    )


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
