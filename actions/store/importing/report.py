"""What an import did, file by file, and what is wrong with lines it could not take."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

MOST_LISTED = 1_000

# called with the name of the file and the number of lines read so far
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad line: its number in the file (the header is line 1), the column and what is wrong in plain words."""

    line: int
    column: str
    reason: str


@dataclass(slots=True)
class Problems:
    """Collects problems; beyond the first thousand they are only counted."""

    listed: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, line: int, column: str, reason: str) -> None:
        self.count += 1
        if len(self.listed) < MOST_LISTED:
            self.listed.append(Problem(line, column, reason))


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: `lines` read and what became of them; a file with a problem is not imported at all.

    `format` is what the file was read as. `left_out` counts what was passed over on purpose, by reason; `removed`
    what was taken away again (cancelled orders, relations a feed no longer states). `unknown_products` counts order
    lines by skus the catalogue does not have; they are kept, not refused. `relations` counts those of a feed:
    proposed, known, to nothing, no longer stated. `missing` names rows of the matrix that are not in the file.
    `counts` is what problems are numbered by: lines, or the entries of a list.
    """

    path: str
    lines: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    unknown_products: Mapping[str, int] = field(default_factory=dict)
    format: str = ""
    removed: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    relations: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    counts: Literal["line", "entry"] = "line"

    @property
    def ok(self) -> bool:
        return self.problem_count == 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """All files of one import; with `dry_run` the counts tell what would have happened.

    `nothing_kept` is a whole refused because of one of its parts: no file of it counts as imported.
    `off_sale` are the products that no file named, where the files were said to be the whole catalogue.
    """

    files: tuple[FileReport, ...]
    dry_run: bool = False
    off_sale: tuple[str, ...] = ()
    nothing_kept: bool = False

    @property
    def ok(self) -> bool:
        return all(file.ok for file in self.files)
