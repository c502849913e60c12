"""Finds a column by any of the names it has in different versions and languages."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from actions.store.importing.values import text

Aliases = Mapping[str, tuple[str, ...]]


def plain(name: str) -> str:
    """A header without case and punctuation: "Cross-Sells (Querverkäufe)" is "cross sells querverkäufe"."""
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()


class Columns:
    """The columns of one file by Tresen's name for them."""

    def __init__(self, header: Iterable[str], aliases: Aliases) -> None:
        names: dict[str, str] = {}
        for name in header:
            names.setdefault(plain(name), name)
        found = {
            key: next((names[plain(each)] for each in known if plain(each) in names), "")
            for key, known in aliases.items()
        }
        self.names: dict[str, str] = {key: name for key, name in found.items() if name}

    def __contains__(self, key: str) -> bool:
        return key in self.names

    def of(self, values: Mapping[str, Any], key: str) -> str:
        """The trimmed value of the column, empty where the file has no such column."""
        value = values.get(self.names.get(key, ""))
        return value.strip() if type(value) is str else text(value)

    def number(self, values: Mapping[str, Any], key: str) -> Any:
        """A number as such, else as `of`."""
        value = values.get(self.names.get(key, ""))
        return value if isinstance(value, int | float) else self.of(values, key)

    def renamed(self, **fields: str) -> dict[str, str]:
        """From fields of ours to the columns that hold them: `renamed(cost="cogs")`."""
        return {ours: self.names[key] for ours, key in fields.items() if key in self.names}
