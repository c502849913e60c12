"""What a merchant can set and call is written down, and what is written down exists."""

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from actions.settings import TABLE
from bot.cli import app
from tests.architecture.repository import ROOT, files, sources, text

SETTINGS, COMMANDS = text("docs/settings.md"), text("docs/commands.md")
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
    known = {" ".join(path.split()[:depth]) for path in CALLABLE for depth in (1, 2, 3)}
    rooms = {path.split()[1] for path in CALLABLE}
    for page in (name for name in files() if name.endswith(".md")):
        for first, second in re.findall(r"`(?:\.venv/bin/)?tresen ([a-z]+)(?: ([a-z]+))?", text(page)):
            assert first in rooms, f"{page}: tresen {first}"
            deeper = {path.split()[2] for path in CALLABLE if path.split()[1] == first and len(path.split()) > 2}
            assert not second or not deeper or f"tresen {first} {second}" in known, (
                f"{page}: tresen {first} {second}"
            )


def test_every_link_between_our_pages_leads_somewhere() -> None:
    broken = []
    for page in (name for name in files() if name.endswith(".md")):
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
