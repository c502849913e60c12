"""Starting the house: refuses with a sentence, and hands each process its keys and no more."""

import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from actions.settings import Settings, read_settings
from bot import run as house
from bot.run import CannotRunError, Process, check_ports, processes


@pytest.fixture
def said() -> list[str]:
    return []


def free_ports(count: int) -> list[str]:
    """Ports nobody listens on, held together so that they differ."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [str(probe.getsockname()[1]) for probe in probes]


def settings_with(**values: object) -> Settings:
    names = ("TRESEN_PORT", "TRESEN_ENGINE_PORT", "TRESEN_ACTIONS_PORT")
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    return read_settings(ports | {name: str(value) for name, value in values.items()})


def test_three_free_ports_are_fine() -> None:
    check_ports(settings_with())


@pytest.mark.parametrize("name", ["TRESEN_PORT", "TRESEN_ENGINE_PORT", "TRESEN_ACTIONS_PORT"])
def test_a_busy_port_is_refused_by_the_name_of_its_setting(name) -> None:
    with socket.socket() as neighbour:
        neighbour.bind(("127.0.0.1", 0))
        neighbour.listen()
        port = neighbour.getsockname()[1]
        with pytest.raises(CannotRunError, match=f"Port {port} on 127.0.0.1 is in use; .* set {name}"):
            check_ports(settings_with(**{name: port}))


@pytest.mark.parametrize("port", ["eighty", "0", "-1", "65536", "80.5"])
def test_a_port_that_is_none_is_refused(port) -> None:
    with pytest.raises(CannotRunError, match="TRESEN_PORT must be a port from 1 to 65535"):
        check_ports(settings_with(TRESEN_PORT=port))


def test_two_processes_cannot_have_one_port() -> None:
    (port,) = free_ports(1)
    with pytest.raises(CannotRunError, match="TRESEN_PORT and TRESEN_ACTIONS_PORT are both"):
        check_ports(settings_with(TRESEN_PORT=port, TRESEN_ACTIONS_PORT=port))


def test_an_address_that_is_not_ours_is_not_called_busy() -> None:
    with pytest.raises(CannotRunError, match=r"Nothing can listen on 192\.0\.2\.1 .* TRESEN_HOST"):
        check_ports(settings_with(TRESEN_HOST="192.0.2.1"))


def test_a_missing_engine_environment_is_said(monkeypatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotRunError, match="make setup"):
        house.check_engine_python()


def test_training_that_fails_stops_the_start(monkeypatch, said) -> None:
    monkeypatch.setattr(house, "ENGINE_PYTHON", Path("/bin/false"))
    with pytest.raises(CannotRunError, match="Training failed"):
        house.train(said.append, settings_with())
    monkeypatch.setattr(house, "ENGINE_PYTHON", Path("/bin/true"))
    house.train(said.append, settings_with())
    assert said == ["Model: checking the training data"] * 2


@pytest.fixture
def staff(monkeypatch) -> dict[str, Process]:
    """The three processes of a shop whose environment holds secrets."""
    monkeypatch.setenv("TRESEN_SECRET", "sealing-wax")
    values = settings_with(TRESEN_DATABASE_URL="postgresql://shop:word@db/core", TRESEN_API_KEY="till")
    return {process.name: process for process in processes(values)}


def test_the_house_is_actions_engine_and_gateway(staff) -> None:
    assert list(staff) == ["actions", "engine", "gateway"]
    assert {process.log.name for process in staff.values()} == {"actions.log", "engine.log", "gateway.log"}
    assert staff["engine"].command[0] == str(house.ENGINE_PYTHON)
    assert staff["actions"].command[0] == staff["gateway"].command[0] == sys.executable


def test_the_engine_knows_no_secret_of_the_database(staff) -> None:
    engine = staff["engine"].environment
    assert not {"TRESEN_DATABASE_URL", "TRESEN_API_KEY", "TRESEN_SECRET"} & set(engine)
    assert "sealing-wax" not in engine.values()
    assert staff["gateway"].environment["TRESEN_DATABASE_URL"] == "postgresql://shop:word@db/core"


def test_each_process_gets_the_keys_of_its_own_doors_and_no_other(staff) -> None:
    held = {
        name: {key for key in ("TRESEN_ENGINE_KEY", "TRESEN_ACTIONS_KEY") if key in process.environment}
        for name, process in staff.items()
    }
    assert held == {
        "actions": {"TRESEN_ACTIONS_KEY"},
        "engine": {"TRESEN_ENGINE_KEY", "TRESEN_ACTIONS_KEY"},
        "gateway": {"TRESEN_ENGINE_KEY"},
    }


def test_keys_are_long_alike_on_both_sides_and_new_at_every_start(staff) -> None:
    again = {process.name: process for process in processes(settings_with())}
    for name in ("TRESEN_ENGINE_KEY", "TRESEN_ACTIONS_KEY"):
        values = {process.environment[name] for process in staff.values() if name in process.environment}
        assert len(values) == 1
        assert len(values.pop()) >= 32
        assert staff["engine"].environment[name] != again["engine"].environment[name]


def test_the_ports_of_the_settings_reach_the_commands() -> None:
    values = settings_with()
    staff = {process.name: process for process in processes(values)}
    assert staff["actions"].command[-1] == values["TRESEN_ACTIONS_PORT"]
    assert staff["engine"].command[-1] == values["TRESEN_ENGINE_PORT"]
    assert staff["engine"].environment["TRESEN_ACTIONS_PORT"] == values["TRESEN_ACTIONS_PORT"]


def test_a_real_process_writes_its_log_and_ends(tmp_path) -> None:
    log = tmp_path / "logs" / "greeter.log"
    for _ in range(2):
        greeter = Process("greeter", [sys.executable, "-c", "print('hello')"], {}, log)
        assert not greeter.died()
        greeter.start()
        greeter.running.wait(30)
        assert greeter.died()
        greeter.stop()
    assert log.read_text().split() == ["hello", "hello"]


def test_ctrl_c_reaches_the_supervisor_alone_which_then_ends_the_others_in_order(tmp_path) -> None:
    code = "import os; print(os.getpid() == os.getsid(0) == os.getpgrp())"
    leader = Process("leader", [sys.executable, "-c", code], {}, tmp_path / "log")
    leader.start()
    leader.running.wait(30)
    assert leader.log.read_text() == "True\n"


def test_stopping_asks_first(tmp_path) -> None:
    sleeper = Process("sleeper", ["/bin/sleep", "60"], {}, tmp_path / "log")
    sleeper.start()
    sleeper.stop()
    assert sleeper.running.returncode == -signal.SIGTERM


class Stubborn:
    """A process that ignores the first request."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def poll(self) -> None:
        return None

    def terminate(self) -> None:
        self.asked.append("terminate")

    def kill(self) -> None:
        self.asked.append("kill")

    def wait(self, seconds: float | None = None) -> int:
        if "kill" not in self.asked:
            raise subprocess.TimeoutExpired("stubborn", seconds or 0)
        return -9


def test_stopping_insists_where_asking_does_not_help(tmp_path) -> None:
    process = Process("stubborn", [], {}, tmp_path / "log")
    process.running = Stubborn()  # type: ignore[assignment]
    process.stop()
    assert process.running.asked == ["terminate", "kill"]


def test_ready_means_that_a_turn_was_answered(monkeypatch) -> None:
    answers = iter([httpx.Response(200), httpx.Response(503), httpx.ConnectError("nobody there")])
    asked: list[str] = []

    def get(url: str, timeout: float) -> httpx.Response:
        asked.append(url)
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(httpx, "get", get)
    values = settings_with(TRESEN_PORT=8099)
    assert [house.is_ready(values) for _ in range(3)] == [True, False, False]
    assert set(asked) == {"http://127.0.0.1:8099/health/ready"}
