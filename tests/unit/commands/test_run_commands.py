"""`tresen run` and `tresen train`: what is prepared before the house starts, and what stops it."""

import socket
from pathlib import Path

import pytest

from bot import run as house


@pytest.fixture
def stage(monkeypatch) -> list[str]:
    """The house without its processes: what would have happened, in order."""
    happened: list[str] = []

    def supervise(_self: house.Supervisor, _ready: object, announce) -> int:
        happened.append("supervised")
        announce()
        return 0

    monkeypatch.setattr(house, "check_engine_python", lambda: happened.append("engine environment"))
    monkeypatch.setattr(house, "check_ports", lambda _settings: happened.append("ports"))
    monkeypatch.setattr(house, "train", lambda _say, _settings: happened.append("trained"))
    monkeypatch.setattr(house.Supervisor, "run", supervise)
    monkeypatch.setenv("TRESEN_SHOP", "data/shop/kitchen")
    return happened


def test_an_empty_database_is_filled_and_counted_before_the_house_starts(tresen, stage) -> None:
    said = tresen("run")
    assert said.code == 0
    assert stage == ["engine environment", "ports", "trained", "supervised"]
    assert "Database: loading the shop kitchen" in said.sentences
    assert any(line.endswith("orders (simulated history)") for line in said.sentences)
    assert tresen.asked("doctor")["products"] == 18
    assert [row["version"] for row in tresen.asked("affinity", "versions")] == [1]


def test_a_filled_database_is_left_as_it_is(electronics, stage) -> None:
    said = electronics("run")
    assert said.code == 0
    assert not any("loading the shop" in line for line in said.sentences)
    assert electronics.asked("doctor")["products"] == 19
    assert [row["version"] for row in electronics.asked("affinity", "versions")] == [1]


def test_it_says_where_the_shop_is(electronics, stage, monkeypatch) -> None:
    monkeypatch.setenv("TRESEN_PUBLIC_URL", "https://shop.example")
    said = electronics("run")
    assert any(line.split() == ["Shop", "and", "chat", "https://shop.example/"] for line in said.sentences)
    assert said.sentences[-1] == "Ctrl-C stops everything."


def test_the_exit_code_is_that_of_the_house(electronics, stage, monkeypatch) -> None:
    monkeypatch.setattr(house.Supervisor, "run", lambda *_given: 1)
    assert electronics("run").code == 1


def test_a_folder_that_is_none_is_one_line(tresen, stage, monkeypatch) -> None:
    monkeypatch.setenv("TRESEN_SHOP", "no-such-shop")
    said = tresen("run")
    assert said.code == 1
    assert said.sentences == ["TRESEN_SHOP names no folder: no-such-shop"]
    assert "supervised" not in stage


def test_the_limits_in_force_at_the_start_are_written_down(tresen, stage, monkeypatch) -> None:
    monkeypatch.setenv("TRESEN_SHOP", "data/shop/electronics")
    tresen("run")
    (kept,) = tresen.asked("policy", "versions")
    shown = tresen.asked("policy", "show")
    assert (kept["version"], kept["policy"]["high_ticket"]) == (shown["version"], 180_000)


def test_a_shop_with_a_bad_line_does_not_open(tresen, stage, monkeypatch, tmp_path) -> None:
    (tmp_path / "shop.yml").write_text("name: Half a shop\ncurrency: EUR\n")
    (tmp_path / "products.csv").write_text("sku,category,title_de,price\nA,x,Ding,cheap\n")
    monkeypatch.setenv("TRESEN_SHOP", str(tmp_path))
    said = tresen("run")
    assert said.code == 1
    assert any(line.startswith("products.csv line 2, price: ") for line in said.sentences)
    assert "supervised" not in stage
    assert tresen.asked("doctor")["products"] == 0


def test_a_busy_port_is_one_line_and_nothing_is_prepared(tresen, monkeypatch) -> None:
    monkeypatch.setattr(house, "check_engine_python", lambda: None)
    with socket.socket() as neighbour:
        neighbour.bind(("127.0.0.1", 0))
        neighbour.listen()
        monkeypatch.setenv("TRESEN_PORT", str(neighbour.getsockname()[1]))
        said = tresen("run")
    assert said.code == 1
    assert len(said.sentences) == 1
    assert said.sentences[0].endswith("set TRESEN_PORT.")
    assert not (tresen.home / "core.db").exists()


@pytest.mark.parametrize("command", ["run", "train"])
def test_a_missing_engine_environment_is_one_line(tresen, monkeypatch, command) -> None:
    monkeypatch.setattr(house, "ENGINE_PYTHON", Path("no/such/python"))
    said = tresen(command)
    assert said.code == 1
    assert len(said.sentences) == 1
    assert "make setup" in said.sentences[0]


def test_training_that_fails_is_exit_code_one(tresen, monkeypatch) -> None:
    monkeypatch.setattr(house, "ENGINE_PYTHON", Path("/bin/false"))
    said = tresen("train")
    assert said.code == 1
    assert said.sentences[-1] == "Training failed; the lines above say why."
