"""Supervises engine, actions and gateway: prepares what they need, starts them, restarts one that dies."""

import errno
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import httpx

from actions.settings import Settings, misformed

ENGINE_PYTHON = Path(".venv-rasa/bin/python")
READY_WITHIN = 180.0
# longer than the gateway takes to let the turns in progress end
STOP_WITHIN = 20.0
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 30.0
LOOPBACK = "127.0.0.1"
HIGHEST_PORT = 65_535
NOT_FOR_THE_ENGINE = frozenset(
    {
        "TRESEN_DATABASE_URL",
        "TRESEN_API_KEY",
        "TRESEN_SECRET",
        "TRESEN_TWILIO_AUTH_TOKEN",
        "TRESEN_DIALOGFLOW_SECRET",
        "TRESEN_VOICE_SECRET",
    }
)
Say = Callable[[str], None]


class CannotRunError(RuntimeError):
    """Why the house cannot be started, in one sentence."""


@dataclass(slots=True)
class Process:
    """One supervised process; `failures` counts deaths in a row and sets the pause before the next start."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None
    failures: int = 0
    start_after: float = 0.0
    started: float = 0.0

    def start(self) -> None:
        """Start it; its output goes to the log file."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            # S603: the command is ours, built from settings
            self.running = subprocess.Popen(  # noqa: S603
                self.command,
                env=dict(self.environment),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.started = time.monotonic()

    def died(self) -> bool:
        """True where it was started and has ended by itself."""
        return self.running is not None and self.running.poll() is not None

    def stop(self) -> None:
        """Ask it to end, then insist."""
        if self.running and self.running.poll() is None:
            self.running.terminate()
            try:
                self.running.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                self.running.kill()
                self.running.wait()


def check_settings(settings: Settings) -> None:
    """Refuse a value that would only end a process later, again and again."""
    wrong = misformed(settings)
    if wrong:
        raise CannotRunError(" ".join(wrong))


def check_ports(settings: Settings) -> None:
    """Refuse a port that is busy, shared or none at all, with one sentence that names the setting."""
    hosts = {"TRESEN_PORT": settings.host, "TRESEN_ENGINE_PORT": LOOPBACK, "TRESEN_ACTIONS_PORT": LOOPBACK}
    taken: dict[str, str] = {}
    for name, host in hosts.items():
        port = settings[name]
        if not port.isdecimal() or not 0 < int(port) <= HIGHEST_PORT:
            raise CannotRunError(f"{name} must be a port from 1 to {HIGHEST_PORT}, not {port!r}.")
        if port in taken:
            raise CannotRunError(f"{taken[port]} and {name} are both {port}; they must differ.")
        taken[port] = name
        _check_free(name, host, int(port))


def _check_free(name: str, host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                reason = f"Port {port} on {host} is in use; stop what runs there or set {name}."
            else:
                reason = f"Nothing can listen on {host} port {port} ({error}); see {name} and TRESEN_HOST."
            raise CannotRunError(reason) from error


def check_engine_python() -> None:
    """Refuse to start without the sealed environment."""
    if not ENGINE_PYTHON.exists():
        raise CannotRunError("The engine environment is missing: run `make setup` first (it needs Python 3.10).")


def train(say: Say, settings: Settings) -> None:
    """Train the model if its training data changed; the trainer decides and shows its progress."""
    say("Model: checking the training data")
    environment = {
        **_without_secrets({**os.environ, **settings.values}),
        "RASA_TELEMETRY_ENABLED": "false",
        "OMP_NUM_THREADS": "1",
        "PYTHONWARNINGS": "ignore",
    }
    result = subprocess.run([str(ENGINE_PYTHON), "-m", "bot.engine.train"], env=environment, check=False)  # noqa: S603
    if result.returncode:
        raise CannotRunError("Training failed; the lines above say why.")


def _without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name not in NOT_FOR_THE_ENGINE}


def processes(settings: Settings) -> list[Process]:
    """The three processes; the keys between them are new at every start and live in no file."""
    logs = settings.home / "logs"
    keys = {"TRESEN_ENGINE_KEY": secrets.token_hex(32), "TRESEN_ACTIONS_KEY": secrets.token_hex(32)}
    base = {**os.environ, **settings.values, "RASA_TELEMETRY_ENABLED": "false", "OMP_NUM_THREADS": "1"}
    app, engine = sys.executable, str(ENGINE_PYTHON)
    actions_key = {"TRESEN_ACTIONS_KEY": keys["TRESEN_ACTIONS_KEY"]}
    engine_key = {"TRESEN_ENGINE_KEY": keys["TRESEN_ENGINE_KEY"]}
    engine_environment = _without_secrets(base)
    return [
        Process(
            "actions",
            [app, "-m", "actions", "--port", settings["TRESEN_ACTIONS_PORT"]],
            {**base, **actions_key},
            logs / "actions.log",
        ),
        Process(
            "engine",
            [engine, "-m", "bot.engine.serve", "--port", settings["TRESEN_ENGINE_PORT"]],
            {**engine_environment, **keys},
            logs / "engine.log",
        ),
        Process("gateway", [app, "-m", "bot.gateway"], {**base, **engine_key}, logs / "gateway.log"),
    ]


class Supervisor:
    """Keeps the processes up until told to stop."""

    def __init__(
        self,
        house: list[Process],
        say: Say,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._house = house
        self._say = say
        self._clock = clock
        self._sleep = sleep
        self._stopping = False

    def ask_stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """End after the current step; a signal handler."""
        self._stopping = True

    def start(self) -> None:
        """Start all of them."""
        for process in self._house:
            process.start()

    def look_after(self) -> None:
        """Restart what died, with a growing pause for one that keeps dying."""
        now = self._clock()
        for process in self._house:
            if process.died() and process.start_after <= 0:
                steady = now - process.started > LONGEST_PAUSE
                process.failures = 1 if steady else process.failures + 1
                process.start_after = now + pause_after(process.failures)
                self._say(f"{process.name} ended unexpectedly; starting it again (log: {process.log})")
            if process.start_after and now >= process.start_after:
                process.start_after = 0.0
                process.start()

    def run(self, ready: Callable[[], bool], announce: Callable[[], None]) -> int:
        """Look after the house until a signal comes; returns the exit code."""
        signal.signal(signal.SIGTERM, self.ask_stop)
        signal.signal(signal.SIGINT, self.ask_stop)
        self.start()
        announced, give_up = False, self._clock() + READY_WITHIN
        try:
            while not self._stopping:
                self.look_after()
                if not announced and ready():
                    announce()
                    announced = True
                elif not announced and self._clock() > give_up:
                    self._say(f"The house does not answer; {self._house[0].log.parent} says why.")
                    return 1
                self._sleep(0.1 if announced else 0.25)
        finally:
            self._say("Stopping")
            for process in reversed(self._house):
                process.stop()
        return 0


def pause_after(failures: int) -> float:
    """Seconds to wait before starting again what died so often in a row: doubling, up to the longest pause."""
    # a power of hundreds of deaths in a row would be no float any more
    return float(min(FIRST_PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE))


def is_ready(settings: Settings) -> bool:
    """True once a real turn is answered."""
    try:
        answer = httpx.get(f"http://{settings.host}:{settings.port}/health/ready", timeout=10)
    except httpx.HTTPError:
        return False
    return answer.status_code == httpx.codes.OK
