"""The files of the repository are clean: no path of a computer, no private registry, every pin hashed."""

import json
import re
import tomllib

import pytest

from tests.architecture.repository import ROOT, files, text

HERE = "tests/architecture/test_files.py"
# a path of somebody's computer, not a word that ends so
COMPUTER = re.compile(r"(?<![\w.})-])/(home|root|work|Users)/")
SCRATCH = re.compile(r"(?<![\w.})-])/tmp/")
REGISTRY = re.compile(
    r"\b[\w.-]*(artifactory|pythonhosted|nexus|devpi|npmjs|ghcr\.io|docker\.io|pypi\.org)[\w.-]*|(extra-)?index[-_]url",
    re.I,
)
LOCKS = tuple(f"requirements/{room}.txt" for room in ("app", "bench", "engine", "spark", "tools", "voice-tests"))
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
LARGEST = 1_000_000


def logical_lines(name: str) -> list[str]:
    """The requirements of a file, one a line, without comments."""
    whole = text(name).replace("\\\n", " ")
    return [line for line in map(str.strip, whole.splitlines()) if line and not line.startswith("#")]


def distribution(requirement: str) -> str:
    """The name of a requirement in its normal form."""
    name = re.match(r"[\w.-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


@pytest.mark.parametrize(
    ("guard", "caught", "passed"),
    [
        (
            COMPUTER,
            ["cd /home/ann/shop", '"/root/.cache"', "file:///work/main", "(/Users/ann)"],
            ["bikes/work/", "a/home/b"],
        ),
        (SCRATCH, ["open('/tmp/x')"], ["data/tmp/x"]),
        (
            REGISTRY,
            ["https://pypi.org/simple", "--index-url https://x", "UV_INDEX_URL", "shop.artifactory.example"],
            ["npm"],
        ),
    ],
)
def test_the_guards_see_what_they_look_for(guard: re.Pattern[str], caught: list[str], passed: list[str]) -> None:
    assert [line for line in caught if not guard.search(line)] == []
    assert [line for line in passed if guard.search(line)] == []


def test_no_file_holds_a_path_of_a_computer() -> None:
    assert [name for name in files() if name != HERE and COMPUTER.search(text(name))] == []


def test_only_tests_speak_of_the_scratch_directory() -> None:
    outside = (name for name in files() if not name.startswith("tests/"))
    assert [name for name in outside if SCRATCH.search(text(name))] == []


def test_no_file_names_a_registry() -> None:
    found = {name: hit[0] for name in files() if name != HERE and (hit := REGISTRY.search(text(name)))}
    assert found == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_pinned_and_hashed(lock: str) -> None:
    requirements = logical_lines(lock)
    assert requirements
    assert [line.split()[0] for line in requirements if not re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+ ", line)] == []
    assert [line.split()[0] for line in requirements if not HASH.search(line)] == []


def test_every_package_for_node_is_hashed_and_comes_from_the_reader_s_own_registry() -> None:
    lock, asked = json.loads(text("tests/npm/package-lock.json")), json.loads(text("tests/npm/package.json"))
    root, packages = lock["packages"].pop(""), lock["packages"]
    assert root["devDependencies"] == asked["devDependencies"]
    pinned = {name: packages[f"node_modules/{name}"]["version"] for name in asked["devDependencies"]}
    assert pinned == asked["devDependencies"]
    hashed = {name for name, each in packages.items() if each.get("integrity", "").startswith("sha512-")}
    assert set(packages) - hashed == set()
    assert [name for name, each in packages.items() if "resolved" in each] == []


def test_no_other_requirements_file_pins_anything() -> None:
    others = [
        name for name in files() if name.startswith("requirements/") and name.endswith(".txt") and name not in LOCKS
    ]
    assert [line for name in others for line in logical_lines(name) if "==" in line.partition(";")[0]] == []


@pytest.mark.parametrize("room", ["app", "bench", "engine", "spark"])
def test_what_is_asked_for_is_locked(room: str) -> None:
    locked = {distribution(line) for line in logical_lines(f"requirements/{room}.txt")}
    wanted = {distribution(line) for line in logical_lines(f"requirements/{room}.in") if not line.startswith("-")}
    assert wanted - locked == set()


def test_spark_stands_on_the_very_same_app() -> None:
    pinned = {
        room: {line.split()[0] for line in logical_lines(f"requirements/{room}.txt")} for room in ("app", "spark")
    }
    assert len(pinned["app"]) > 50
    assert pinned["app"] - pinned["spark"] == set()


def test_the_package_asks_for_nothing_that_is_not_locked() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    locked = {distribution(line) for line in logical_lines("requirements/app.txt")}
    wanted = {
        distribution(line) for line in (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])
    }
    assert wanted - locked == set()


def test_no_secret_and_no_state_is_kept_under_version_control() -> None:
    kept = [name for name in files() if re.search(r"(^|/)(\.env|.*\.key|.*\.pem|.*\.db|.*\.sqlite)$", name)]
    assert [name for name in kept if not name.startswith("tests/")] == []


def test_no_file_is_so_large_that_it_belongs_elsewhere() -> None:
    assert {name for name in files() if (ROOT / name).stat().st_size > LARGEST} == set()
