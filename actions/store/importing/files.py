"""Goes through files one by one, each in a transaction of its own."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine

from actions.store.engine import writing
from actions.store.importing.reading import SourceRow, UnreadableFileError, read_rows
from actions.store.importing.report import FileReport, ImportReport, Problems, Progress

STEP = 10_000
# the formats whose headers are ours: there a column that comes twice is a mistake
OWN = frozenset({"", "tresen"})


@dataclass(slots=True)
class SourceFile:
    """A file being read: how far, and what is wrong with it so far; `format` is what it is read as.

    `columns` are those of all rows so far, in the order they were met; `counts` is what problems are numbered by.
    """

    path: Path
    progress: Progress | None = None
    problems: Problems = field(default_factory=Problems)
    lines: int = 0
    format: str = ""
    columns: dict[str, None] = field(default_factory=dict)
    counts: Literal["line", "entry"] = "line"

    def rows(self, *, guarded: bool = False) -> Iterator[SourceRow]:
        """The well-formed rows, what is not is noted as a problem; `guarded` as in `read_rows`."""
        try:
            for row in read_rows(self.path, doubles=self.format not in OWN, guarded=guarded):
                self.lines += 1
                self.counts = row.counts
                if self.progress and self.lines % STEP == 0:
                    self.progress(self.path.name, self.lines)
                if row.fault:
                    self.problems.add(row.line, "", row.fault)
                else:
                    if not row.values.keys() <= self.columns.keys():
                        self.columns.update(dict.fromkeys(row.values))
                    yield row
        except UnreadableFileError as error:
            self.problems.add(error.line, "", str(error))

    def refused(self) -> FileReport:
        """The report of a file that is not imported."""
        problems = self.problems
        listed = tuple(sorted(problems.listed, key=lambda problem: problem.line))
        return FileReport(
            self.path.name, self.lines, problems=listed, problem_count=problems.count, format=self.format
        )


class NothingKeptError(Exception):
    """Rolls a transaction back on purpose: a dry run, or a file with problems."""


def import_files(
    engine: Engine,
    paths: Iterable[Path],
    import_one: Callable[[Connection, SourceFile], FileReport],
    *,
    dry_run: bool,
    progress: Progress | None,
) -> ImportReport:
    """Import every file with `import_one`; one with a problem, or any on a dry run, leaves nothing behind."""
    reports: list[FileReport] = []
    for path in paths:
        with suppress(NothingKeptError), writing(engine) as connection:
            file = SourceFile(path, progress)
            reports.append(_numbered(import_one(connection, file), file))
            if dry_run or not reports[-1].ok:
                raise NothingKeptError
    return ImportReport(tuple(reports), dry_run)


def _numbered(report: FileReport, file: SourceFile) -> FileReport:
    if file.counts == "line":
        return report
    notes = (*report.notes, "lines are counted by the entries of the list") if report.notes else ()
    return replace(report, counts=file.counts, notes=notes)
