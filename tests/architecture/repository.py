"""What the guards look at: the files of the repository, and the code parsed once."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEFT_OUT = re.compile(r"(^|/)(\.[a-z][\w.-]*|var|models|artefacts|build|__pycache__|[\w-]+\.egg-info)/")
MIGRATIONS = "actions/store/migrations/"


@cache
def files() -> tuple[str, ...]:
    """Every file under version control or about to be, as a path from the root; without git, every file."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        found = (path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file())
        listed = [name for name in found if not LEFT_OUT.search(name)]
    return tuple(sorted(name for name in set(listed) if (ROOT / name).is_file()))


@cache
def text(name: str) -> str:
    """The text of a file; "" where it holds none (a picture, an archive)."""
    try:
        return (ROOT / name).read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def sources(*rooms: str) -> list[str]:
    """The Python files of these folders, migrations left out."""
    return [
        name
        for name in files()
        if name.endswith(".py") and name.startswith(tuple(f"{room}/" for room in rooms))
        if not name.startswith(MIGRATIONS)
    ]


@cache
def tree(name: str) -> ast.Module:
    """A Python file parsed."""
    return ast.parse(text(name), name)


def functions(name: str) -> Iterator[tuple[str, int]]:
    """Every function of a Python file with the number of its lines, from `def` to the last."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield node.name, node.end_lineno - node.lineno + 1


def modules(*rooms: str) -> Iterator[str]:
    """The names by which the Python files of these folders are imported."""
    for name in sources(*rooms):
        yield name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
