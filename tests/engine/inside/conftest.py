"""A small shop assistant, trained and served for real, with an action server that remembers what it was asked."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot.engine.lean import keep_tensorflow_out

keep_tensorflow_out()
ROOT = Path(__file__).parents[3]
ENGINE_KEY, ACTIONS_KEY = "engine-key-for-tests", "actions-key-for-tests"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class ActionServer:
    """Answers every action with its name; `action_complain` breaks, `action_mumble` raves, SKU `slow` is slow."""

    port: int
    calls: "list[dict[str, Any]]" = field(default_factory=list)
    keys: "list[str | None]" = field(default_factory=list)

    def answer(self, call: "dict[str, Any]") -> "tuple[int, bytes]":
        self.calls.append(call)
        name = call["next_action"]
        if any(one["value"] == "slow" for one in call["tracker"]["latest_message"]["entities"]):
            threading.Event().wait(1.5)
        if name == "action_complain":
            return 500, b'{"error": "secret"}'
        if name == "action_mumble":
            return 200, b'{"events": "none"}'
        said = {"custom": {"type": "text", "text": f"erste Zeile\n\n{name}"}}
        return 200, json.dumps({"events": [], "responses": [said]}).encode()


@dataclass
class Engine:
    """A running engine and the log it has written."""

    port: int
    actions: ActionServer
    log: Path
    asked: int = 0

    def post(self, body: bytes, key: str = ENGINE_KEY, path: str = "webhook") -> "tuple[int, dict[str, Any]]":
        url = f"http://127.0.0.1:{self.port}/webhooks/tresen/{path}"
        return call(urllib.request.Request(url, body or None, {"X-Engine-Key": key}))

    def forget(self, conversation: str, key: str = ENGINE_KEY) -> int:
        url = f"http://127.0.0.1:{self.port}/webhooks/tresen/conversations/{conversation}"
        request = urllib.request.Request(url, headers={"X-Engine-Key": key}, method="DELETE")
        try:
            with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310 - our own loopback
                return response.status
        except urllib.error.HTTPError as error:
            return error.code

    def remembered(self, sender: str) -> int:
        """How many lines of the shopper an action hears of, the present one among them."""
        self.press("/add_to_cart", sender=sender)
        return sum(event["event"] == "user" for event in self.actions.calls[-1]["tracker"]["events"])

    def say(self, message: str, **changes: Any) -> "tuple[int, dict[str, Any]]":
        self.asked += 1
        sent = {
            "sender": f"c{self.asked}.0",
            "message_id": f"m{self.asked}",
            "message": message,
            "channel": "web",
            "language": "de",
            "metadata": {},
        }
        return self.post(json.dumps({**sent, **changes}).encode())

    def press(self, payload: str, **changes: Any) -> "tuple[int, dict[str, Any]]":
        return self.say(payload, **{"metadata": {"payload": True}, **changes})


def call(request: urllib.request.Request) -> "tuple[int, dict[str, Any]]":
    try:
        with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310 - our own loopback
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest.fixture(scope="session")
def action_server() -> Iterator[ActionServer]:
    served = ActionServer(free_port())

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            served.keys.append(self.headers.get("X-Actions-Key"))
            status, body = served.answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", served.port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield served
    server.shutdown()


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory, action_server: ActionServer) -> "tuple[Path, dict[str, str]]":
    """A trained project folder and the environment its processes run in."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(Path(__file__).parent / "small_shop", folder, dirs_exist_ok=True)
    shutil.copy(ROOT / "config.yml", folder)
    endpoints = (ROOT / "endpoints.yml").read_text()
    (folder / "endpoints.yml").write_text(endpoints.replace("seconds: 6", "seconds: 1"))
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TRESEN_MODELS": "models",
        "TRESEN_HOST": "0.0.0.0",  # noqa: S104 - the gateway's, and nobody else's
        "TRESEN_ENGINE_KEY": ENGINE_KEY,
        "TRESEN_ACTIONS_KEY": ACTIONS_KEY,
        "TRESEN_ACTIONS_PORT": str(action_server.port),
    }
    command = [sys.executable, "-m", "bot.engine.train"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, environment


@pytest.fixture(scope="session")
def engine(project: "tuple[Path, dict[str, str]]", action_server: ActionServer) -> Iterator[Engine]:
    folder, environment = project
    running = Engine(free_port(), action_server, folder / "engine.log")
    with running.log.open("w") as log:
        command = [sys.executable, "-m", "bot.engine.serve", "--port", str(running.port)]
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None and not is_ready(running):
        threading.Event().wait(0.2)
    assert process.poll() is None, running.log.read_text()
    yield running
    process.terminate()
    process.wait(20)


def is_ready(engine: Engine) -> bool:
    try:
        return engine.post(b"", path="ready")[0] == 200
    except (urllib.error.URLError, ConnectionError):
        return False
