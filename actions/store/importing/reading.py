"""Rows of a file, whatever its form: CSV, JSON, XML feed, YAML or Parquet, plain or gzipped."""

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pyarrow
from pyarrow import parquet

from actions.store.importing.feed_xml import XmlError, feed_items
from actions.store.importing.yaml_rows import YamlError, yaml_items
from actions.store.spreadsheets import unsafe

DELIMITERS = (",", ";", "\t")
BATCH = 50_000
COMMENTS = re.compile(r"(?:#(?: [^\n]*)?\r?\n|\r?\n)+(?=[^#\n])")
JSON_NAMES = frozenset({".jsonl", ".ndjson", ".json"})
JSON_START = re.compile(rb"\{|\[\s*\{")
YAML_NAMES = frozenset({".yml", ".yaml"})


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; `line` is where it broke, 1 where it could not be opened at all."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.line = line


class SourceRow(NamedTuple):
    """One row: the line it begins on, its values by column, and what is wrong with its form.

    In a list that is written as one JSON document `line` counts its entries, which `counts` says.
    """

    line: int
    values: Mapping[str, Any]
    fault: str = ""
    counts: Literal["line", "entry"] = "line"


def read_rows(path: Path, *, doubles: bool = False, guarded: bool = False) -> Iterator[SourceRow]:
    """The rows in the order of the file; UnreadableFileError where there is no telling what it holds.

    A header that names a column twice is refused unless `doubles` allows it; then the first of them counts.
    With `guarded` the cells of a CSV come without the marks that keep spreadsheets from computing them.
    """
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    if suffix == ".parquet":
        return _parquet_rows(path)
    content = _content(path)
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix == ".xml" or start.startswith(b"<"):
        return _xml_rows(content)
    text = _text(content)
    if suffix in YAML_NAMES:
        return _yaml_rows(text)
    if suffix in JSON_NAMES or JSON_START.match(start):
        return _json_list(text) if text.lstrip().startswith("[") else _json_rows(text)
    rows = _csv_rows(text, doubles=doubles)
    return map(_unguarded, rows) if guarded else rows


def column_names(path: Path) -> tuple[str, ...]:
    """The columns of the first row, or of a table's header where there is no sound row below it."""
    first = next(read_rows(path, doubles=True), None)
    if first is not None and first.values:
        return tuple(first.values)
    if first is None or first.fault:
        table, announced, _ = _table(_text(_content(path)))
        header = next(iter(table.splitlines()), "")
        return tuple(name.strip().strip('"') for name in header.split(announced or delimiter_of(header)))
    return ()


def decoded(content: bytes) -> str:
    """Text in UTF-8 or UTF-16 with its mark, in UTF-8 without, else in the code page of Western Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def delimiter_of(header: str) -> str:
    """The delimiter that splits the header line into most columns; quoted parts do not count."""
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        plain = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFileError(f"cannot be read: {error}") from error
    if plain.startswith(b"PK\x03\x04"):
        raise UnreadableFileError("this is an Excel workbook or an archive; save the table as CSV")
    return plain


def _text(content: bytes) -> str:
    try:
        return decoded(content)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(f"neither UTF-8 nor Windows text: {error.reason}", line) from error


def _csv_rows(text: str, *, doubles: bool) -> Iterator[SourceRow]:
    """A line of empty cells is no row."""
    text, announced, above = _table(text)
    delimiter = announced or delimiter_of(text.partition("\n")[0])
    literal = delimiter == "\t" and not _is_quoted(text)
    quoting: Literal[0, 3] = csv.QUOTE_NONE if literal else csv.QUOTE_MINIMAL
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=True)
    line = 1
    try:
        header = _header(next(reader, []), doubles=doubles)
        line = reader.line_num + 1
        for values in reader:
            if any(values):
                yield _csv_row(line + above, header, list(map(_unquoted, values)) if literal else values)
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(f"not valid CSV: {error}", line + above) from error


def _table(text: str) -> tuple[str, str, int]:
    """The text from its header on, the delimiter it announces, and how many lines stand above.

    Spreadsheets may put `sep=;` above the header, analytics lines of `# `, one before or after the other.
    """
    announced, above = "", 0
    while True:
        comments = COMMENTS.match(text)
        first, _, rest = text.partition("\n")
        said = first.strip().strip('"')
        if comments:
            text, above = text[comments.end() :], above + comments.group().count("\n")
        elif not announced and said.lower().startswith("sep=") and len(said) <= 5:
            announced, text, above = said[4:] or "\t", rest, above + 1
        else:
            return text, announced, above


def _is_quoted(text: str) -> bool:
    """False for a tab-separated file in which quotation marks are mere characters: `"Studio" monitor 27"`."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True):
            pass
    except csv.Error:
        return False
    return True


def _unquoted(value: str) -> str:
    """A cell wrapped in quotation marks as a whole, without them."""
    inside = value[1:-1].replace('""', "")
    wrapped = len(value) > 1 and value[0] == value[-1] == '"' and '"' not in inside
    return value[1:-1].replace('""', '"') if wrapped else value


def _header(names: list[str], *, doubles: bool) -> list[str]:
    header = [name.strip() for name in names]
    if not any(header):
        raise UnreadableFileError("the file is empty: it has no header line")
    doubled = sorted({name for name in header if header.count(name) > 1})
    if doubled and not doubles:
        raise UnreadableFileError(f"the header names {', '.join(doubled)} twice")
    return [name if header.index(name) == place else f"{name} #{place}" for place, name in enumerate(header)]


def _csv_row(line: int, header: list[str], values: list[str]) -> SourceRow:
    if len(values) == len(header):
        return SourceRow(line, dict(zip(header, values, strict=True)))
    return SourceRow(line, {}, f"{len(values)} values under {len(header)} columns")


def _unguarded(row: SourceRow) -> SourceRow:
    return row._replace(values={name: unsafe(value) for name, value in row.values.items()})


def _json_rows(text: str) -> Iterator[SourceRow]:
    for line, source in enumerate(text.split("\n"), start=1):
        if not source.strip():
            continue
        try:
            values = json.loads(source)
        except json.JSONDecodeError as error:
            yield SourceRow(line, {}, f"not valid JSON: {error.msg} at character {error.pos + 1}")
            continue
        is_object = isinstance(values, dict)
        yield SourceRow(line, values if is_object else {}, "" if is_object else "not a JSON object")


def _json_list(text: str) -> Iterator[SourceRow]:
    """The objects of one list, as databases and shop systems hand them out."""
    try:
        entries = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableFileError(f"not valid JSON: {error.msg}", error.lineno) from error
    for number, values in enumerate(entries, start=1):
        is_object = isinstance(values, dict)
        fault = "" if is_object else "not a JSON object"
        yield SourceRow(number, values if is_object else {}, fault, "entry")


def _xml_rows(content: bytes) -> Iterator[SourceRow]:
    try:
        for line, values in feed_items(content):
            yield SourceRow(line, values)
    except XmlError as error:
        raise UnreadableFileError(str(error), error.line) from error


def _yaml_rows(text: str) -> Iterator[SourceRow]:
    try:
        for line, values in yaml_items(text):
            yield SourceRow(line, values or {}, "" if values is not None else "not a row of names and values")
    except YamlError as error:
        raise UnreadableFileError(str(error), error.line) from error


def _parquet_rows(path: Path) -> Iterator[SourceRow]:
    try:
        with parquet.ParquetFile(path) as file:
            line = 0
            for batch in file.iter_batches(BATCH):
                for values in batch.to_pylist():
                    line += 1
                    yield SourceRow(line, values)
    except (OSError, pyarrow.ArrowException) as error:
        raise UnreadableFileError(f"not a readable Parquet file: {error}") from error
