"""Reads a campaign from its YAML file, each key with its line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

import yaml

from actions.offers.campaigns import Campaign
from actions.store.importing.report import Problem
from actions.store.importing.spans import beginning, ending
from actions.store.limit_values import typed

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
LONGEST_TITLE = 160
KEYS = ("name", "title", "starts", "ends", "policy")
NEEDED = ("name", "starts", "ends", "policy")


@dataclass(frozen=True, slots=True)
class CampaignFile:
    """The campaign, and the line of each key, of its limits too."""

    campaign: Campaign
    lines: Mapping[str, int]


class CampaignFileError(ValueError):
    """A file that holds no campaign; `problems` says where and why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"line {each.line}: {each.reason}" for each in problems))
        self.problems = problems


def read_campaign(text: str, zone: tzinfo) -> CampaignFile:
    """The campaign; days begin and end in `zone`, and so do moments that name no offset of their own."""
    reader = _Reader(_root(text))
    name = reader.take("name", _name)
    title = reader.take("title", _title) or ""
    starts = reader.take("starts", lambda written: beginning(written, zone))
    ends = reader.take("ends", lambda written: ending(written, zone))
    changes = reader.limits()
    if starts and ends and ends <= starts:
        reader.refuse("ends", "it ends before it starts")
    if reader.problems or not (name and starts and ends):
        raise CampaignFileError(*sorted(reader.problems, key=lambda problem: problem.line))
    return CampaignFile(Campaign(name, starts, ends, changes, title), reader.lines)


@dataclass(slots=True)
class _Reader:
    """The keys of the file as nodes; what is wrong with them is collected."""

    root: yaml.MappingNode
    nodes: dict[str, yaml.Node] = field(init=False)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.nodes = {}
        for line, key, node in self._keys(self.root):
            self.lines[key], self.nodes[key] = line, node
            if key not in KEYS:
                self.problems.append(Problem(line, key, f"no such key; there are {', '.join(KEYS)}"))
        self.problems += [Problem(1, key, "it is missing") for key in NEEDED if key not in self.nodes]

    def refuse(self, key: str, reason: str) -> None:
        self.problems.append(Problem(self.lines[key], key, reason))

    def take[Value](self, key: str, read: Callable[[str], Value]) -> Value | None:
        """What `read` makes of the text of the key; None where it is not there or cannot be."""
        node = self.nodes.get(key)
        if node is None:
            return None
        try:
            return read(_text(node))
        except ValueError as error:
            self.refuse(key, str(error))
            return None

    def limits(self) -> dict[str, Any]:
        """The limits under `policy`, typed."""
        node = self.nodes.get("policy")
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode) or not node.value:
            self.refuse("policy", "it holds no limits with values")
            return {}
        found: dict[str, Any] = {}
        for line, name, value in self._keys(node):
            self.lines.setdefault(name, line)
            try:
                found[name] = typed(name, _value(value))
            except ValueError as error:
                self.problems.append(Problem(line, name, str(error).removeprefix(f"{name} ")))
        return found

    def _keys(self, node: yaml.MappingNode) -> Iterator[tuple[int, str, yaml.Node]]:
        """Line, name and value of each key; one that comes twice is refused."""
        met: set[str] = set()
        for key, value in node.value:
            line, name = key.start_mark.line + 1, str(key.value)
            if name in met:
                self.problems.append(Problem(line, name, "it stands there twice"))
            else:
                met.add(name)
                yield line, name, value


def _root(text: str) -> yaml.MappingNode:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CampaignFileError(Problem(line, "", f"not valid YAML: {error.problem}")) from error
    except yaml.YAMLError as error:
        raise CampaignFileError(Problem(1, "", f"not valid YAML: {error}")) from error
    if not isinstance(root, yaml.MappingNode):
        raise CampaignFileError(Problem(1, "", "the file holds no keys with values"))
    return root


def _text(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or not str(node.value).strip():
        raise ValueError("it holds no plain value")
    return str(node.value).strip()


def _value(node: yaml.Node) -> str | list[str] | None:
    """A limit as text, a list as a list of texts; nothing is interpreted but an empty value."""
    if isinstance(node, yaml.SequenceNode):
        return [_text(each) for each in node.value]
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)
    raise ValueError("it holds no plain value")


def _name(written: str) -> str:
    if not NAME.fullmatch(written):
        raise ValueError("write it in up to 60 small letters, digits, hyphens and underscores")
    return written


def _title(written: str) -> str:
    if len(written) > LONGEST_TITLE:
        raise ValueError(f"it has more than {LONGEST_TITLE} characters")
    return written
