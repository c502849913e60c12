"""`tresen campaign`: limits for a time, which weaken none of the merchant's own."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

TODAY = datetime.now(UTC).replace(microsecond=0)


def written(tresen: Any, name: str = "xmas", *, begins: int = -1, lasts: int = 30, **limits: Any) -> Path:
    """A campaign file that began `-begins` days ago."""
    starts = TODAY + timedelta(days=begins)
    lines = [
        f"name: {name}",
        "title: Advent",
        f"starts: {starts.isoformat()}",
        f"ends: {(starts + timedelta(days=lasts)).isoformat()}",
        "policy:",
        *(f"  {limit}: {value}" for limit, value in limits.items()),
    ]
    file: Path = tresen.home / f"{name}.yml"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def test_a_campaign_counts_from_the_next_decision_on_and_no_longer_when_it_is_ended(electronics) -> None:
    asked = ("offer", "--cart", "LAPTOP-BASIC", "--kind", "cross")
    before = electronics.asked(*asked)
    said = electronics("campaign", "apply", written(electronics, max_choices_web=1))
    during = electronics.asked(*asked)
    assert (said.code, len(said.sentences)) == (0, 1)
    assert said.sentences[0].startswith("xmas applied: from ")
    assert said.sentences[0].endswith(" UTC")
    assert len(before["offers"]) > len(during["offers"]) == 1
    assert before["policy_version"] != during["policy_version"]
    ended = electronics("campaign", "end", "xmas")
    assert (ended.code, ended.sentences) == (0, ["xmas has ended."])
    assert electronics.asked(*asked) == before


def test_the_policy_says_which_campaign_is_in_force_and_what_it_changes(electronics) -> None:
    own = electronics.asked("policy", "show")
    electronics(
        "campaign", "apply", written(electronics, shipping_cost=0, min_profit_cross=own["min_profit_cross"])
    )
    electronics("campaign", "apply", written(electronics, "later", begins=60, max_choices_web=1))
    shown = electronics.asked("policy", "show")
    (campaign,) = shown["campaigns"]
    assert (campaign["name"], campaign["title"]) == ("xmas", "Advent")
    assert campaign["changes"] == {"shipping_cost": {"own": own["shipping_cost"], "in_force": 0}}
    assert shown["shipping_cost"] == 0
    assert shown["version"] != own["version"]
    lines = electronics("policy", "show").out.splitlines()
    assert "shipping_cost = 0" in lines
    assert any(line.startswith("campaign xmas, until ") for line in lines)
    assert f"  shipping_cost: 0 instead of {own['shipping_cost']}" in lines


def test_the_table_of_stages_is_that_of_the_campaign(electronics) -> None:
    electronics("campaign", "apply", written(electronics, order_first="strict"))
    assert electronics.asked("policy", "show", "--table")["cross"] == ["ordered", "after"]


def test_every_line_that_would_weaken_a_guard_rail_is_named_and_nothing_is_applied(electronics) -> None:
    file = written(electronics, shipping_cost=0, min_profit_cross=0, use_mined="true", max_choices_web=9)
    electronics("policy", "set", "use_mined=false")
    own = electronics.asked("policy", "show")
    said = electronics("campaign", "apply", file)
    assert (said.code, said.out) == (1, "")
    assert said.sentences == [
        f"{file} line 7, min_profit_cross: 0 would weaken your own {own['min_profit_cross']}; "
        "a campaign may raise it, not lower it",
        f"{file} line 8, use_mined: true would weaken your own false; a campaign may switch it off, not on",
        f"{file} line 9, max_choices_web: 9 would weaken your own {own['max_choices_web']}; "
        "a campaign may lower it, not raise it",
        f"{file}: 3 problems, nothing applied",
    ]
    assert electronics.asked("campaign", "list") == []
    assert electronics.asked("policy", "show") == own


def test_a_policy_tightened_during_the_campaign_counts_and_one_that_cannot_yet_is_told(electronics) -> None:
    electronics("campaign", "apply", written(electronics, min_profit_cross=500))
    assert electronics("policy", "set", "min_profit_cross=900").sentences == ["min_profit_cross = 900"]
    assert electronics.asked("policy", "show")["min_profit_cross"] == 900
    assert electronics("policy", "set", "min_profit_cross=300").sentences == [
        "min_profit_cross = 300",
        "A campaign has 500 for the time being: `tresen policy show`.",
    ]


def test_the_same_file_twice_changes_nothing_and_a_changed_one_replaces(electronics) -> None:
    file = written(electronics, shipping_cost=0)
    assert electronics("campaign", "apply", file).code == 0
    before = electronics.asked("campaign", "list")
    again = electronics("campaign", "apply", file)
    assert again.sentences[0].startswith("xmas unchanged: ")
    assert electronics.asked("campaign", "list") == before
    changed = electronics("campaign", "apply", written(electronics, shipping_cost=100))
    assert changed.sentences[0].startswith("xmas replaced: ")
    assert [each["policy"] for each in electronics.asked("campaign", "list")] == [{"shipping_cost": 100}]


def test_a_dry_run_says_the_same_and_keeps_nothing(electronics) -> None:
    file = written(electronics, shipping_cost=0)
    said = electronics("campaign", "apply", file, "--dry-run")
    assert (said.code, said.sentences[0].startswith("xmas would be applied: ")) == (0, True)
    assert electronics.asked("campaign", "list") == []
    assert electronics("campaign", "apply", written(electronics, max_choices_web=9), "--dry-run").code == 1


def test_the_list_says_what_is_planned_what_runs_and_what_is_over(electronics) -> None:
    assert electronics("campaign", "list").sentences == ["There is no campaign."]
    electronics("campaign", "apply", written(electronics, "now", placements_off="cart", shipping_cost=0))
    electronics("campaign", "apply", written(electronics, "soon", begins=3, lasts=2, min_lift=5))
    electronics("campaign", "apply", written(electronics, "gone", begins=-2, max_choices_web=1))
    electronics("campaign", "end", "gone")
    listed = electronics.asked("campaign", "list")
    assert [(each["name"], each["state"]) for each in listed] == [
        ("gone", "over"),
        ("now", "running"),
        ("soon", "planned"),
    ]
    assert listed[1]["policy"] == {"placements_off": ["cart"], "shipping_cost": 0}
    assert listed[1]["starts"].endswith("+00:00")
    lines = electronics("campaign", "list").out.splitlines()
    assert lines[0].startswith("gone (over): from ")
    assert lines[0].endswith(" UTC, Advent")
    assert "  placements_off = cart" in lines


def test_what_has_not_begun_is_called_off_and_what_there_is_not_cannot_end(electronics) -> None:
    electronics("campaign", "apply", written(electronics, begins=2, shipping_cost=0))
    assert electronics("campaign", "end", "xmas").sentences == ["xmas was called off."]
    said = electronics("campaign", "end", "xmas")
    assert (said.code, said.sentences) == (1, ["There is no campaign xmas."])


def test_an_ended_campaign_may_be_ended_again(electronics) -> None:
    electronics("campaign", "apply", written(electronics, shipping_cost=0))
    electronics("campaign", "end", "xmas")
    said = electronics("campaign", "end", "xmas")
    assert (said.code, said.sentences) == (0, ["xmas was over already."])


def test_two_shipping_prices_at_one_time_are_refused(electronics) -> None:
    electronics("campaign", "apply", written(electronics, shipping_cost=0))
    said = electronics("campaign", "apply", written(electronics, "other", begins=5, shipping_cost=290))
    assert said.code == 1
    assert "line 6, shipping_cost: the campaign xmas runs at the same time and has 0;" in said.sentences[0]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"policy: [", "line 1: not valid YAML"),
        (b"name: a\n", "line 1, starts: it is missing"),
        (b"\xff\xfe\x00", "'utf-8' codec"),
    ],
)
def test_a_file_that_is_no_campaign_is_named_and_changes_nothing(electronics, content: bytes, named: str) -> None:
    file = electronics.home / "broken.yml"
    file.write_bytes(content)
    said = electronics("campaign", "apply", file)
    assert said.code == 1
    assert named in said.err
    assert electronics.asked("campaign", "list") == []


def test_a_file_that_is_not_there_is_wrong_use(electronics) -> None:
    assert electronics("campaign", "apply", electronics.home / "nothing.yml").code == 2


def test_the_playbook_speaks_by_the_limits_of_the_moment(electronics) -> None:
    electronics("campaign", "apply", written(electronics, refusals_end_offers=1, max_choices_web=1))
    said = electronics("playbook", "--lang", "en", "--limit", "1").out
    assert "At most 1 suggestions at once" in said
    assert f"(policy {electronics.asked('policy', 'show')['version']})" in said


def test_days_are_those_of_the_shops_time_zone(tresen, tmp_path) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "shop.yml").write_text("name: Laden\ntime_zone: Europe/Berlin\n", "utf-8")
    (folder / "products.csv").write_text("sku,category,price,title_de\nA,care,5.00,Seife\n", "utf-8")
    assert tresen("import", "shop", folder).code == 0
    file = tmp_path / "day.yml"
    file.write_text("name: day\nstarts: 2099-01-06\nends: 2099-01-06\npolicy: {shipping_cost: 0}\n", "utf-8")
    said = tresen("campaign", "apply", file)
    assert said.sentences == ["day applied: from 2099-01-06 00:00 until 2099-01-07 00:00 CET"]
    (listed,) = tresen.asked("campaign", "list")
    assert listed["starts"] == "2099-01-05T23:00:00+00:00"


def test_a_time_zone_that_there_is_not_is_refused_with_the_shop(tresen, tmp_path) -> None:
    (tmp_path / "shop.yml").write_text("name: Laden\ntime_zone: Europe/Entenhausen\n", "utf-8")
    (tmp_path / "products.csv").write_text("sku,category,price,title_de\nA,care,5.00,Seife\n", "utf-8")
    said = tresen("import", "shop", tmp_path)
    assert said.code == 1
    assert "time_zone cannot be 'Europe/Entenhausen'" in said.err
