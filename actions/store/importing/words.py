"""Categories and terms: the words shoppers use, from the shop's own tables or from what the products imply."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select

from actions.folders import DATA
from actions.store.bulk import insert_new, upsert
from actions.store.importing.fields import Fields
from actions.store.importing.files import SourceFile
from actions.store.importing.headers import refuse_without, unread
from actions.store.importing.mapping import CatalogueMapping
from actions.store.importing.report import FileReport
from actions.store.tables import categories, terms

WORDS = ("synonyms_de", "synonyms_en")
COMMON_TERMS = DATA / "shop" / "common-terms.csv"


def import_categories(connection: Connection, file: SourceFile) -> FileReport:
    """The categories of a shop; a category that is known takes the new words."""
    names = ("category", *WORDS, "title_de", "title_en", "use", "uses")
    return _import(connection, file, categories, ["category"], _category, names)


def import_terms(connection: Connection, file: SourceFile) -> FileReport:
    """The terms of a shop; a term that is known takes the new words."""
    return _import(connection, file, terms, ["term", "kind"], _term, ("term", "kind", *WORDS, "de", "en"))


def add_common_terms(connection: Connection) -> None:
    """Words that every shop needs (colours); what the shop says itself stays."""
    file = SourceFile(COMMON_TERMS)
    rows = [_term(Fields(row.line, row.values, file.problems)) for row in file.rows()]
    insert_new(connection, terms, rows, ["term", "kind"])


def colour_keys(connection: Connection) -> dict[str, str]:
    """From every word for a colour (small letters) to its key."""
    keys: dict[str, str] = {}
    for row in connection.execute(select(terms).where(terms.c.kind == "colour").order_by(terms.c.term)):
        for word in (*row.synonyms_de, *row.synonyms_en, row.de, row.en, row.term):
            keys[word.casefold()] = row.term
    return keys


def add_categories(connection: Connection, paths: Iterable[str]) -> None:
    """A row for every category of `paths` and those above them; without a title until somebody gives it one."""
    steps = (path.split("/") for path in set(paths))
    needed = {"/".join(path[:count]) for path in steps for count in range(1, len(path) + 1)}
    insert_new(connection, categories, [_bare(path) for path in sorted(needed)], ["category"])


def add_mapped_categories(connection: Connection, mapping: CatalogueMapping, words: Mapping[str, str]) -> None:
    """The categories as the mapping names them: its own titles before the words of the source."""
    named = sorted({*words, *mapping.category_titles, *mapping.category_synonyms, *mapping.category_uses})
    rows = []
    for path in named:
        titles = mapping.category_titles.get(path, {})
        synonyms = mapping.category_synonyms.get(path, {})
        row = _bare(path) | {"uses": list(mapping.category_uses.get(path, []))}
        for language in ("de", "en"):
            source = words.get(path, "") if language == mapping.language else ""
            row[f"title_{language}"] = titles.get(language, source)
            row[f"synonyms_{language}"] = list(synonyms.get(language, []))
        rows.append(row)
    upsert(connection, categories, rows, ["category"])


def add_named_categories(connection: Connection, words: Mapping[str, str], language: str) -> None:
    """Titles for categories that have none in `language` yet; what the shop says itself stays."""
    add_categories(connection, words)
    title = categories.c[f"title_{language}"]
    untitled = set(connection.scalars(select(categories.c.category).where(title == "")))
    statement = categories.update().where(categories.c.category == bindparam("path"))
    rows = [{"path": path, "words": words[path]} for path in sorted(untitled & set(words))]
    if rows:
        connection.execute(statement.values({title.name: bindparam("words")}), rows)


def _bare(path: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"category": path, "title_de": "", "title_en": ""}
    return empty | {"synonyms_de": [], "synonyms_en": [], "uses": []}


def _category(fields: Fields) -> dict[str, Any]:
    return {
        "category": fields.needed("category"),
        "title_de": fields.text("title_de"),
        "title_en": fields.text("title_en"),
        "synonyms_de": fields.list("synonyms_de"),
        "synonyms_en": fields.list("synonyms_en"),
        "uses": fields.list("uses") or fields.list("use"),
    }


def _term(fields: Fields) -> dict[str, Any]:
    return {
        "term": fields.needed("term"),
        "kind": fields.needed("kind"),
        "de": fields.text("de"),
        "en": fields.text("en"),
        "synonyms_de": fields.list("synonyms_de"),
        "synonyms_en": fields.list("synonyms_en"),
    }


def _import(
    connection: Connection,
    file: SourceFile,
    table: Table,
    key: list[str],
    make: Callable[[Fields], dict[str, Any]],
    names: Collection[str],
) -> FileReport:
    rows: dict[tuple[str, ...], dict[str, Any]] = {}
    for source in file.rows():
        fields = Fields(source.line, source.values, file.problems)
        row = make(fields)
        fields.check_lengths(row, table)
        identity = tuple(row[name] for name in key)
        if identity in rows:
            fields.fault(key[0], f"{' '.join(identity)} is there twice")
        rows[identity] = row
    refuse_without(file, key, table.name)
    if file.problems.count:
        return file.refused()
    upsert(connection, table, list(rows.values()), key)
    notes = tuple(unread(file.columns, names))
    return FileReport(file.path.name, file.lines, inserted=len(rows), notes=notes)
