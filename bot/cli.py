"""The `tresen` command: loads the command that was asked for, and no other."""

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

# the name on the command line -> the module of bot.commands that holds its `app`
COMMANDS = {
    "run": "run",
    "train": "train",
    "doctor": "doctor",
    "import": "imports",
    "affinity": "affinity",
    "matrix": "matrix",
    "playbook": "playbook",
    "offer": "offer",
    "explain": "explain",
    "policy": "policy",
    "campaign": "campaign",
    "rollout": "rollout",
    "transcripts": "transcripts",
    "consent": "consent",
    "privacy": "privacy",
    "retention": "retention",
    "kpi": "kpi",
    "roi": "roi",
    "console": "console",
    "lint": "lint",
    "voice": "voice",
    "demo": "demo",
}


class Counter(TyperGroup):
    """Imports a command's module when that command is called or listed: most need libraries that others do not."""

    def list_commands(self, _context: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: Any, name: str) -> Any:
        if name not in COMMANDS:
            return None
        command = get_command(import_module(f"bot.commands.{COMMANDS[name]}").app)
        command.name = name
        return command


app = typer.Typer(cls=Counter, no_args_is_help=True, add_completion=False)


@app.callback()
def tresen() -> None:
    """Tresen, the selling assistant behind the counter."""


def main() -> None:
    """Entry point: exit code 0 done, 1 failed with one clear line, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):
        # a terminal without umlauts or euro signs gets a substitute instead of a traceback
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    # before numpy is loaded: threads that wait for each other cost several times the work, and gain nothing here
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    app()
