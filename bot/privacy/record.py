"""The record of processing activities (GDPR, Article 30), made from the purposes of every column."""

from collections.abc import Iterable, Iterator

from sqlalchemy import MetaData

from actions.folders import DATA
from actions.store.purposes import ENTRIES, Entry, Whose, Words

FILES = {"en": "docs/processing-record.md", "de": "docs/processing-record.de.md"}
HEADS = DATA / "privacy"
ABOUT_PEOPLE = Words("Angaben über Menschen", "About people")
ABOUT_NOBODY = Words("Ohne Bezug zu Menschen", "About nobody")
COLUMNS = Words("| Tabelle | Spalten | über | Zweck | Frist |", "| Table | Columns | about | Purpose | Period |")


def record(language: str) -> str:
    """The whole document."""
    people = [entry for entry in ENTRIES if entry.whose is not Whose.NOBODY]
    nobody = [entry for entry in ENTRIES if entry.whose is Whose.NOBODY]
    parts = [
        (HEADS / f"processing-record.{language}.txt").read_text("utf-8").strip(),
        f"\n## {_in(ABOUT_PEOPLE, language)}",
        *_rows(people, language),
        f"\n## {_in(ABOUT_NOBODY, language)}",
        *_rows(nobody, language),
    ]
    return "\n".join(parts) + "\n"


def _rows(entries: Iterable[Entry], language: str) -> Iterator[str]:
    yield _in(COLUMNS, language)
    yield "|---|---|---|---|---|"
    for entry in entries:
        names = "*" if entry.columns == "*" else ", ".join(f"`{name}`" for name in entry.columns.split())
        said = (_in(each.value, language) for each in (entry.whose, entry.purpose, entry.period))
        yield f"| `{entry.table}` | {names} | {' | '.join(said)} |"


def _in(words: Words, language: str) -> str:
    return words.de if language == "de" else words.en


def untagged(schema: MetaData) -> list[str]:
    """Columns without a purpose, and purposes without a column, each as `table.column`; empty where all is told."""
    tagged: list[str] = []
    for entry in ENTRIES:
        known = schema.tables.get(entry.table)
        names = [column.name for column in known.columns] if entry.columns == "*" and known is not None else None
        tagged += [f"{entry.table}.{name}" for name in (entry.columns.split() if names is None else names)]
    existing = [f"{table.name}.{column.name}" for table in schema.sorted_tables for column in table.columns]
    twice = {name for name in tagged if tagged.count(name) > 1}
    return sorted(set(tagged) ^ set(existing) | twice)
