"""Who may import whom: the contracts hold, and a breach of any of them turns the check red."""

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import grimp
import pytest
from importlinter.api import read_configuration
from importlinter.contracts.forbidden import ForbiddenContract

from tests.architecture.repository import ROOT, modules

CONTRACTS: list[dict[str, Any]] = read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]
NAMES = [contract["name"] for contract in CONTRACTS]
OWN_LIBRARIES = {"actions.offers": set(), "actions.affinity": {"numpy", "scipy"}}


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("actions", "bot", include_external_packages=True, cache_dir=None)


def check(contract: dict[str, Any], imports: grimp.ImportGraph) -> Any:
    """What import-linter says of one contract."""
    session = {"root_packages": ["actions", "bot"], "include_external_packages": "True"}
    made = ForbiddenContract(name=contract["name"], session_options=session, contract_options=contract)
    return made.check(imports, verbose=False)


def lint(folder: Path) -> tuple[int, dict[str, str]]:
    """Run `lint-imports` in a folder; returns its exit code and each contract's verdict."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache", "--no-logo"], cwd=folder, capture_output=True, text=True, check=False
    )
    printed = re.sub(r"\s+", " ", done.stdout)
    found = (re.search(rf"{re.escape(name)} (KEPT|BROKEN)", printed) for name in NAMES)
    return done.returncode, {name: hit[1] for name, hit in zip(NAMES, found, strict=True) if hit}


def test_every_contract_is_kept() -> None:
    assert lint(ROOT) == (0, dict.fromkeys(NAMES, "KEPT"))


def test_a_planted_breach_of_every_contract_turns_the_check_red(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("actions", "bot"):
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "shopfront/*")
        )
    for contract in CONTRACTS:
        place = tmp_path / contract["source_modules"][0].replace(".", "/")
        with (place / "planted.py").open("a") as planted:
            planted.write(f"import {contract['forbidden_modules'][0]}\n")
    assert lint(tmp_path) == (1, dict.fromkeys(NAMES, "BROKEN"))


@pytest.mark.parametrize("contract", CONTRACTS, ids=NAMES)
def test_no_source_may_import_anything_forbidden(contract: dict[str, Any]) -> None:
    imports = grimp.build_graph("actions", "bot", include_external_packages=True, cache_dir=None)
    wanted = set()
    for source in contract["source_modules"]:
        planted = f"{source}.planted" if imports.find_children(source) else source
        imports.add_module(planted)
        for forbidden in contract["forbidden_modules"]:
            if forbidden not in imports.modules:
                imports.add_module(forbidden, is_squashed=True)
            imports.add_import(importer=planted, imported=forbidden)
            wanted.add((source, forbidden))
    result = check(contract, imports)
    assert not result.kept
    named = {(each["downstream_module"], each["upstream_module"]) for each in result.metadata["invalid_chains"]}
    assert named == wanted


@pytest.mark.parametrize("contract", CONTRACTS, ids=NAMES)
def test_a_detour_over_another_module_is_a_breach_too(contract: dict[str, Any]) -> None:
    imports = grimp.build_graph("actions", "bot", include_external_packages=True, cache_dir=None)
    source, forbidden = contract["source_modules"][0], contract["forbidden_modules"][0]
    for name in ("detour", forbidden):
        if name not in imports.modules:
            imports.add_module(name, is_squashed=name == forbidden)
    planted = f"{source}.planted"
    imports.add_module(planted)
    imports.add_import(importer=planted, imported="detour")
    imports.add_import(importer="detour", imported=forbidden)
    assert not check(contract, imports).kept


@pytest.mark.parametrize("room", OWN_LIBRARIES)
def test_the_pure_rooms_import_the_standard_library_and_what_they_calculate_with(room: str) -> None:
    inside = {name for name in graph().modules if name == room or name.startswith(f"{room}.")}
    used = {each.partition(".")[0] for name in inside for each in graph().find_modules_directly_imported_by(name)}
    assert used - set(sys.stdlib_module_names) - {"actions"} == OWN_LIBRARIES[room]


@pytest.mark.parametrize("name", ["nobody of ours imports the engine room", "the command line is nobody's library"])
def test_every_room_of_the_conversation_side_stands_behind_these_doors(name: str) -> None:
    contract = next(each for each in CONTRACTS if each["name"] == name)
    rooms = {".".join(module.split(".")[:2]) for module in modules("bot")} - {"bot"}
    behind = {*contract["source_modules"], *contract["forbidden_modules"]}
    assert rooms - behind == set()


def test_a_door_names_only_what_exists() -> None:
    ours = {
        name for contract in CONTRACTS for key in ("source_modules", "forbidden_modules") for name in contract[key]
    }
    named = {name for name in ours if name.partition(".")[0] in {"actions", "bot"}}
    assert named <= set(graph().modules)
