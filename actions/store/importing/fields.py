"""Reads the fields of one row and notes every problem instead of stopping at the first."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import String, Table

from actions.offers.pressure import pressure_in
from actions.store.importing.report import Problems
from actions.store.importing.values import parts, text

# umlauts and signs as they read where UTF-8 was taken for Windows text: `GrÃ¶ÃŸe`
GARBLED = re.compile(r"Ã[¤¶¼ŸœŒ„–©¨\x80-\xbf]|â‚¬")


@dataclass(slots=True)
class Fields:
    """The values of one line; a problem with one of them is noted and `sound` turns False.

    `columns` tells what the file calls a field, where that is not our name.
    """

    line: int
    values: Mapping[str, Any]
    problems: Problems
    columns: Mapping[str, str] = field(default_factory=dict)
    sound: bool = field(default=True)

    def text(self, name: str) -> str:
        """Trimmed text, empty where there is none."""
        value = text(self.values.get(name))
        if "\x00" in value:
            self.fault(name, "holds a zero byte")
        return value

    def needed(self, name: str) -> str:
        """Text that must be there."""
        value = self.text(name)
        if not value:
            self.fault(name, "is missing")
        return value

    def read[Value](self, name: str, reader: Callable[[Any], Value], default: Value) -> Value:
        """What `reader` makes of the value; `default` where there is none or it is wrong."""
        value = self.values.get(name)
        if not text(value):
            return default
        try:
            return reader(value)
        except (ValueError, ArithmeticError) as error:
            self.fault(name, str(error))
            return default

    def list(self, name: str) -> list[str]:
        return parts(self.values.get(name))

    def fault(self, name: str, reason: str) -> None:
        self.sound = False
        self.problems.add(self.line, self.columns.get(name, name), reason)

    def check_lengths(self, row: Mapping[str, Any], table: Table) -> None:
        """Note what would not fit into its column."""
        for name, value in row.items():
            longest = limits_of(table).get(name)
            if longest is not None and isinstance(value, str) and len(value) > longest:
                self.fault(name, f"is longer than {longest} characters")

    def garbled(self, *names: str) -> Iterator[str]:
        """A note for each of these texts that was saved in the wrong encoding before it came here."""
        for name in names:
            words = text(self.values.get(name))
            if GARBLED.search(words):
                yield f"line {self.line}, {self.columns.get(name, name)}: saved in the wrong encoding, {words!r}"

    def pressing(self, *names: str) -> Iterator[str]:
        """A note for each of these texts that presses and will not be said."""
        for name in names:
            for pressure in pressure_in(text(self.values.get(name))):
                yield f"line {self.line}, {self.columns.get(name, name)}: not said, {pressure}"


def limits_of(table: Table) -> dict[str, int]:
    """The most characters each text column of `table` holds."""
    if table.name not in _LIMITS:
        columns = ((column.name, column.type) for column in table.columns)
        _LIMITS[table.name] = {n: kind.length for n, kind in columns if isinstance(kind, String) and kind.length}
    return _LIMITS[table.name]


_LIMITS: dict[str, dict[str, int]] = {}
