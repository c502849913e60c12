"""The code stays readable: small modules, small functions, a first sentence, nothing left for later."""

import ast
import re
from statistics import median

from tests.architecture.repository import files, functions, sources, text, tree

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
USUAL_MODULE = 90
USUAL_FUNCTION = 9
# spelled apart, so that this guard does not find itself
LATER = re.compile("|".join(rf"\b{a}{b}\b" for a, b in (("TO", "DO"), ("FIX", "ME"), ("X", "XX"), ("HA", "CK"))))
UNDONE = "NotImplemented" + "Error"
OURS = ("actions", "bot")


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    lengths = {name: len(text(name).splitlines()) for name in sources(*OURS)}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    lengths = {f"{name} {function}": lines for name in sources(*OURS) for function, lines in functions(name)}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_most_modules_and_functions_are_far_smaller() -> None:
    written = [name for name in sources(*OURS) if text(name)]
    assert median(len(text(name).splitlines()) for name in written) <= USUAL_MODULE
    assert median(lines for name in written for _, lines in functions(name)) <= USUAL_FUNCTION


def test_every_module_starts_with_a_sentence() -> None:
    silent = []
    for name in sources(*OURS, "benchmarks", "data"):
        docstring = ast.get_docstring(tree(name)) or ""
        if text(name) and not re.match(r"\S.*[.?!]$", docstring.partition("\n")[0]):
            silent.append(name)
    assert silent == []


def test_tests_start_with_a_sentence_too() -> None:
    silent = [name for name in sources("tests") if text(name) and not ast.get_docstring(tree(name))]
    assert silent == []


def test_nothing_is_left_for_later() -> None:
    assert [name for name in files() if LATER.search(text(name)) or UNDONE in text(name)] == []


def test_no_module_of_ours_uses_star_imports() -> None:
    stars = [
        name
        for name in sources(*OURS)
        for node in ast.walk(tree(name))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    assert stars == []


def test_every_import_of_ours_is_absolute() -> None:
    relative = [
        name
        for name in sources(*OURS, "tests")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []
