"""Starts the whole house on free ports with a state directory of its own, and talks to it over HTTP."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil

READY_WITHIN = 240


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on right now."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@dataclass
class House:
    """One running stack."""

    home: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    port: int = 0
    engine_port: int = 0
    actions_port: int = 0
    seconds_to_ready: float = 0.0

    @classmethod
    def build(cls, home: Path, **settings: str) -> "House":
        """A house that is not started yet."""
        port, engine, actions = free_ports(3)
        environment = {
            **os.environ,
            "TRESEN_HOME": str(home),
            "TRESEN_PORT": str(port),
            "TRESEN_ENGINE_PORT": str(engine),
            "TRESEN_ACTIONS_PORT": str(actions),
            "TRESEN_RATE_LIMIT": "100000/minute",
            "TRESEN_SESSION_LIMIT": "100000/minute",
            "TRESEN_API_KEY": "test-key",
            "TRESEN_VOICE_SECRET": "stack-voice",
            **settings,
        }
        return cls(home, environment, port=port, engine_port=engine, actions_port=actions)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start `tresen run` and wait until a real turn is answered."""
        self.home.mkdir(parents=True, exist_ok=True)
        began = time.monotonic()
        with (self.home / "run.log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(Path(sys.executable).with_name("tresen")), "run"],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.wait_ready()
        self.seconds_to_ready = time.monotonic() - began

    def wait_ready(self) -> None:
        """Wait for the canary turn."""
        give_up = time.monotonic() + READY_WITHIN
        while time.monotonic() < give_up:
            if self.process and self.process.poll() is not None:
                raise RuntimeError(f"the house stopped:\n{(self.home / 'run.log').read_text()[-3000:]}")
            try:
                if httpx.get(f"{self.url}/health/ready", timeout=10).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.3)
        raise RuntimeError(f"the house is not ready:\n{(self.home / 'run.log').read_text()[-3000:]}")

    def stop(self) -> int:
        """Stop as Ctrl-C would; returns the exit code."""
        assert self.process
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def parts(self) -> dict[str, psutil.Process]:
        """The three processes by name."""
        assert self.process
        found: dict[str, psutil.Process] = {}
        for child in psutil.Process(self.process.pid).children():
            line = " ".join(child.cmdline())
            for name, mark in (
                ("engine", "bot.engine.serve"),
                ("actions", "-m actions"),
                ("gateway", "bot.gateway"),
            ):
                if mark in line:
                    found[name] = child
        return found

    def listening(self) -> dict[tuple[str, int], set[str]]:
        """On which addresses each part, and whatever it has started, listens on which port."""
        found: dict[tuple[str, int], set[str]] = {}
        for name, part in self.parts().items():
            for process in (part, *part.children(recursive=True)):
                for each in process.net_connections(kind="inet"):
                    if each.status == psutil.CONN_LISTEN:
                        found.setdefault((name, each.laddr.port), set()).add(each.laddr.ip)
        return found


@dataclass
class Visitor:
    """A shopper who speaks over HTTP."""

    url: str
    language: str = "de"
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=40))
    token: str = ""
    session: str = ""
    last: dict[str, Any] = field(default_factory=dict)

    def comes_in(self, sku: str = "") -> dict[str, Any]:
        """Open a session; returns its document."""
        answer = self.knocks(sku)
        assert answer.status_code == 201, answer.text
        return self.is_in(answer.json())

    def knocks(self, sku: str = "") -> httpx.Response:
        """Ask for a session."""
        page = {"page": {"url": f"/p/{sku}", "sku": sku}} if sku else {}
        return self.client.post(f"{self.url}/api/sessions", json={"language": self.language, **page})

    def is_in(self, document: dict[str, Any]) -> dict[str, Any]:
        """Go on in the session of this document."""
        self.token, self.session = document["token"], document["session"]
        self.last = document
        return document

    def posts(self, body: dict[str, Any]) -> httpx.Response:
        """Send a raw message body."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.client.post(f"{self.url}/api/messages", json=body, headers=headers)

    def says(self, text: str, message: str = "") -> dict[str, Any]:
        """Say something and return the answer."""
        answer = self.posts({"id": message or str(uuid4()), "text": text})
        assert answer.status_code == 200, answer.text
        self.last = answer.json()
        return self.last

    def presses(self, title: str) -> dict[str, Any]:
        """Press the first button of the last answer whose title contains `title`."""
        for choice in self.choices():
            if title in choice["title"]:
                answer = self.posts({"id": str(uuid4()), "payload": choice["payload"]})
                assert answer.status_code == 200, answer.text
                self.last = answer.json()
                return self.last
        raise AssertionError(f"no button {title!r} among {[c['title'] for c in self.choices()]}")

    def choices(self) -> list[dict[str, Any]]:
        """All buttons of the last answer."""
        found: list[dict[str, Any]] = []
        for message in self.last["messages"]:
            found += message.get("choices", [])
            for card in message.get("cards", []):
                found += card.get("choices", [])
        return found

    @property
    def text(self) -> str:
        """What the last answer said."""
        return "\n".join(m["text"] for m in self.last["messages"] if m["type"] == "text")

    def messages(self, kind: str) -> list[dict[str, Any]]:
        """Messages of one type in the last answer."""
        return [m for m in self.last["messages"] if m["type"] == kind]

    @property
    def cart(self) -> dict[str, int]:
        """The cart the last answer reported."""
        return {line["sku"]: line["quantity"] for line in self.last["cart"]["lines"]}
