"""`tresen affinity`: counted versions, what they say, and the way back."""


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
