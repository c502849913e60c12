"""The supervisor: restarts what dies, with patience, and stops everything in reverse order."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.run import Process, Supervisor, pause_after


class Clock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Actor(Process):
    """A process that only plays its part."""

    def __init__(self, name: str, clock: Clock) -> None:
        super().__init__(name, [], {}, Path("logs") / f"{name}.log")
        self.clock = clock
        self.alive = False
        self.starts: list[float] = []
        self.stops: list[str] = []

    def start(self) -> None:
        self.alive = True
        self.started = self.clock()
        self.starts.append(self.clock())

    def died(self) -> bool:
        return bool(self.starts) and not self.alive

    def stop(self) -> None:
        self.stops.append(self.name)
        self.alive = False


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Signal handlers as they were."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_pauses_double_up_to_half_a_minute_and_stay_there() -> None:
    assert [pause_after(failures) for failures in range(1, 10)] == [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30.0]
    assert pause_after(5000) == 30.0


def test_what_dies_is_started_again_after_its_pause(clock, said) -> None:
    engine = Actor("engine", clock)
    supervisor = Supervisor([engine], said.append, clock, clock.sleep)
    supervisor.start()
    clock.sleep(1)
    engine.alive = False
    supervisor.look_after()
    assert engine.starts == [1000.0]
    clock.sleep(0.2)
    supervisor.look_after()
    assert engine.starts == [1000.0, 1001.2]
    assert said == ["engine ended unexpectedly; starting it again (log: logs/engine.log)"]


def test_what_keeps_dying_waits_longer_each_time_and_does_not_disturb_the_others(clock, said) -> None:
    engine, gateway = Actor("engine", clock), Actor("gateway", clock)
    supervisor = Supervisor([engine, gateway], said.append, clock, clock.sleep)
    supervisor.start()
    for _ in range(300):
        engine.alive = False
        supervisor.look_after()
        clock.sleep(0.1)
    pauses = [round(later - earlier, 1) for earlier, later in zip(engine.starts, engine.starts[1:], strict=False)]
    assert pauses == sorted(pauses)
    assert pauses[0] <= 0.4
    assert pauses[-1] >= 6.4
    assert len(said) == len(engine.starts)
    assert gateway.starts == [1000.0]


def test_what_ran_steadily_before_it_died_comes_back_at_once(clock, said) -> None:
    engine = Actor("engine", clock)
    supervisor = Supervisor([engine], said.append, clock, clock.sleep)
    supervisor.start()
    engine.failures = 8
    clock.sleep(31)
    engine.alive = False
    supervisor.look_after()
    assert engine.failures == 1
    clock.sleep(0.2)
    supervisor.look_after()
    assert engine.alive


def test_it_announces_once_that_the_house_is_ready_and_stops_in_reverse_order(clock, said) -> None:
    stopped: list[str] = []
    staff = [Actor(name, clock) for name in ("actions", "engine", "gateway")]
    for each in staff:
        each.stops = stopped
    answers = iter([False, False, True])
    announced: list[float] = []

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        if clock() > 1010:
            signal.raise_signal(signal.SIGTERM)

    supervisor = Supervisor(staff, said.append, clock, sleep)
    code = supervisor.run(lambda: next(answers), lambda: announced.append(clock()))
    assert code == 0
    assert announced == [1000.5]
    assert stopped == ["gateway", "engine", "actions"]
    assert said == ["Stopping"]


def test_a_house_that_never_answers_is_given_up_with_exit_code_one(clock, said) -> None:
    engine = Actor("engine", clock)
    supervisor = Supervisor([engine], said.append, clock, clock.sleep)
    assert supervisor.run(lambda: False, lambda: said.append("ready")) == 1
    assert said == [f"The house does not answer; {engine.log.parent} says why.", "Stopping"]
    assert not engine.alive
