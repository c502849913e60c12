"""What the columns of a file tell: what is not read, what is missing, and what kind of file it is instead."""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from actions.store.importing.detect import looks_like
from actions.store.importing.files import SourceFile
from actions.store.importing.report import Problems

# how alike a name must be to be taken for a slip of the pen
ALIKE = 0.75


def unread(names: Iterable[str], known: Collection[str]) -> Iterator[str]:
    """One note that names all that is not read, with the known name it may have meant; none where all is read."""
    present = list(names)
    free = [name for name in known if name not in present]
    others = [_with_guess(name, free) for name in present if name not in known]
    if others:
        yield f"not read: {', '.join(others)}"


def refuse_without(file: SourceFile, needed: Iterable[str], kind: str) -> None:
    """Where a read file lacks a needed column, that is its one problem, in place of one for every line."""
    lacking = [name for name in needed if file.columns and name not in file.columns]
    if lacking:
        what = f"the column {lacking[0]} is" if len(lacking) == 1 else f"the columns {', '.join(lacking)} are"
        file.problems = Problems()
        file.problems.add(1, "", f"{what} missing{looks_like(tuple(file.columns), kind)}")


def _with_guess(name: str, free: Collection[str]) -> str:
    key = "_".join(name.casefold().split())
    alike = get_close_matches(key, free, n=1, cutoff=ALIKE)
    return f"{name or 'a column without a name'}{f' ({alike[0]}?)' if alike else ''}"
