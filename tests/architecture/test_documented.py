"""What a merchant can set and call is written down, and what is written down exists."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

import actions.store.tables  # noqa: F401  fills the metadata
from actions.settings import TABLE
from actions.store.columns import metadata
from bot.cli import app
from tests.architecture.repository import ROOT, files, sources, text

SETTINGS, COMMANDS, ARCHITECTURE = text("docs/settings.md"), text("docs/commands.md"), text("docs/architecture.md")
PAGES = [name for name in files() if name.endswith(".md")]
NAME = re.compile(r"\bTRESEN_[A-Z]+(?:_[A-Z]+)*\b")
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")


def walk(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Every command below `command` that does something, by the words that call it."""
    names = command.list_commands(None) if hasattr(command, "list_commands") else []
    if not names:
        yield " ".join(path), command
    for name in names:
        yield from walk(command.get_command(None, name), (*path, name))


CALLABLE = dict(walk(get_command(app), ("tresen",)))
SECTIONS = {part.partition("\n")[0].strip(): part for part in re.split(r"^### ", COMMANDS, flags=re.MULTILINE)[1:]}


def table_rows(page: str) -> list[str]:
    """The rows of the first table of a page, its head left out."""
    lines = page.split("\n|---", 1)[1].split("\n\n", 1)[0].splitlines()
    return lines[1:]


def examples(section: str) -> list[str]:
    """The lines of a section that one could type."""
    blocks = re.findall(r"```sh\n(.*?)```", section, flags=re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_every_setting_is_documented_with_its_default_and_help_and_no_other() -> None:
    expected = [
        f"| `{setting.name}` | {f'`{setting.default}`' if setting.default else ''} | {setting.help} |"
        for setting in TABLE
    ]
    assert table_rows(SETTINGS) == expected


def test_every_name_the_code_reads_is_a_setting_or_a_documented_key() -> None:
    keys = set(NAME.findall(SETTINGS.split("## Keys that are no settings")[1]))
    read = {name for file in sources("actions", "bot") for name in NAME.findall(text(file))}
    assert read - {setting.name for setting in TABLE} == keys


def test_every_name_written_anywhere_exists() -> None:
    known = {setting.name for setting in TABLE} | set(NAME.findall(SETTINGS))
    pages = [name for name in files() if name.endswith((".md", ".yml", "Makefile"))]
    written = {name for page in pages for name in NAME.findall(text(page))}
    assert written - known == set()


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    headings = re.findall(r"^### (.+)$", COMMANDS, flags=re.MULTILINE)
    assert sorted(headings) == sorted(CALLABLE)


@pytest.mark.parametrize("name", CALLABLE)
def test_a_command_is_documented_with_its_options_an_example_and_its_exit_codes(name: str) -> None:
    section = SECTIONS[name]
    options = {option for each in CALLABLE[name].params for option in each.opts if option.startswith("--")}
    assert options - {"--help"} <= set(re.findall(r"--[a-z-]+", section))
    assert any(line == name or line.startswith(f"{name} ") for line in examples(section))
    assert re.search(r"^Exit codes: 0\b.*\.$", section, flags=re.MULTILINE)


@pytest.mark.parametrize("line", [line for section in SECTIONS.values() for line in examples(section)])
def test_an_example_can_be_typed_as_it_stands(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    name = max((name for name in CALLABLE if f"{line} ".startswith(f"{name} ")), key=len)
    CALLABLE[name].make_context(name, shlex.split(line.removeprefix(name)))


@pytest.mark.parametrize("name", CALLABLE)
def test_a_command_says_what_it_does(name: str) -> None:
    assert re.match(r"[A-Z].*[.]$", (CALLABLE[name].help or "").strip(), flags=re.DOTALL)


def test_every_command_named_on_any_page_exists() -> None:
    known = {tuple(path.split()[1:]) for path in CALLABLE}
    rooms = {path[0] for path in known if len(path) > 1}
    for page in PAGES:
        for first, second in re.findall(
            r"(?:^|`)(?:\.venv/bin/)?tresen ([a-z]+)(?: ([a-z][a-z-]*))?", text(page), re.M
        ):
            called = (first, second) if first in rooms and second else (first,)
            assert called in known or (called[0] in rooms and len(called) == 1), f"{page}: tresen {first} {second}"


def test_every_make_target_named_on_any_page_exists_and_explains_itself() -> None:
    explained = set(re.findall(r"^([a-z-]+):.*##", text("Makefile"), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text(page), re.MULTILINE))
        assert named - explained == set(), page


def test_every_link_between_our_pages_leads_somewhere() -> None:
    broken = []
    for page in PAGES:
        for picture, target in LINK.findall(text(page)):
            path, _, anchor = target.partition("#")
            if picture or "://" in target:
                continue
            place = (ROOT / page).parent / path if path else ROOT / page
            headings = re.findall(r"^#+ (.+)$", place.read_text("utf-8"), re.MULTILINE) if place.is_file() else []
            slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
            if not place.exists() or (anchor and anchor not in slugs):
                broken.append(f"{page}: {target}")
    assert broken == []


def test_every_page_named_in_the_code_exists() -> None:
    named = {page for file in sources("actions", "bot") for page in re.findall(r"docs/[\w/-]+\.md", text(file))}
    assert {page for page in named if page not in files()} == set()


def test_every_page_can_be_found_from_the_readme() -> None:
    reached, waiting = set(), ["README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for _, target in LINK.findall(text(page)):
            place = ((ROOT / page).parent / target.partition("#")[0]).resolve()
            if target.partition("#")[0].endswith(".md") and place.is_relative_to(ROOT):
                waiting.append(place.relative_to(ROOT).as_posix())
    assert {name for name in files() if name.startswith("docs/") and name.endswith(".md")} - reached == set()


def test_the_tree_names_every_room_and_no_room_that_is_not_there() -> None:
    tree = ARCHITECTURE.split("\n## The tree\n")[1].split("\n## ")[0]
    named = {place for row in table_rows(tree) for place in re.findall(r"`([^`]+)`", row.split("|")[1])}
    assert {place for place in named if not (ROOT / place).exists()} == set()
    packages = {name.removesuffix("/__init__.py") for name in files() if name.endswith("/__init__.py")}
    folders = {"/".join(name.split("/")[:2]) for name in files() if re.match(r"(data|tests)/[^/]+/", name)}
    top = {name.partition("/")[0] for name in files() if "/" in name and not name.startswith(".")}
    assert (packages | folders | top) - named - {"data", "tests", "tests/engine/inside"} == set()


def test_every_door_is_written_down() -> None:
    doors = set(re.findall(r"^- (.+)$", ARCHITECTURE.split("\n## Doors\n")[1].split("\n## ")[0], re.MULTILINE))
    contracts = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    assert doors == {contract["name"] for contract in contracts}


def test_every_table_of_the_core_database_has_its_place() -> None:
    recorded = ARCHITECTURE.split("\n## What is recorded where\n")[1].split("\n## ")[0]
    named = {name for row in table_rows(recorded) for name in re.findall(r"`(\w+)`", row.split("|")[2])}
    assert named == set(metadata.tables)
