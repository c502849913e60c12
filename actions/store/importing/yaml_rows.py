"""Rows of a YAML list, each with its line; values stay the text they were written as."""

from collections.abc import Iterator

import yaml


class YamlError(ValueError):
    """The text is no list of rows; `line` is where."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.line = line


def yaml_items(text: str) -> Iterator[tuple[int, dict[str, str] | None]]:
    """The line and the values of each row, None where it is not a plain one.

    Nothing is interpreted: `yes`, `2026-03-02` and `1` arrive as text, as they do from CSV.
    """
    try:
        document = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise YamlError(f"not valid YAML: {error.problem}", line) from error
    except yaml.YAMLError as error:
        raise YamlError(f"not valid YAML: {error}") from error
    if document is None:
        return
    if not isinstance(document, yaml.SequenceNode):
        raise YamlError("the file is no list of rows", document.start_mark.line + 1)
    for node in document.value:
        yield node.start_mark.line + 1, _row(node)


def _row(node: yaml.Node) -> dict[str, str] | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    values: dict[str, str] = {}
    for name, value in node.value:
        if not isinstance(name, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode) or name.value in values:
            return None
        nothing = value.tag == "tag:yaml.org,2002:null"
        values[name.value] = "" if nothing else value.value
    return values
