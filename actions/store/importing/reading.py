"""Rows of a file, whatever its form: CSV, JSON lines or Parquet, plain or gzipped."""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

DELIMITERS = (",", ";", "\t")
BATCH = 50_000


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; `line` is where it broke, 1 where it could not be opened at all."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row: the line it begins on, its values by column, and what is wrong with its form."""

    line: int
    values: Mapping[str, Any]
    fault: str = ""


def read_rows(path: Path) -> Iterator[SourceRow]:
    """The rows in the order of the file; UnreadableFileError where there is no telling what it holds."""
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    if suffix == ".parquet":
        return _parquet_rows(path)
    text = _text(path)
    return _json_rows(text) if suffix in {".jsonl", ".ndjson"} else _csv_rows(text)


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


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        return decoded(gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFileError(f"cannot be read: {error}") from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(f"neither UTF-8 nor Windows text: {error.reason}", line) from error


def _csv_rows(text: str) -> Iterator[SourceRow]:
    header_line = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(header_line), strict=True)
    header = [name.strip() for name in next(reader, [])]
    if not any(header):
        raise UnreadableFileError("the file is empty: it has no header line")
    doubled = sorted({name for name in header if header.count(name) > 1})
    if doubled:
        raise UnreadableFileError(f"the header names {', '.join(doubled)} twice")
    line = reader.line_num + 1
    try:
        for values in reader:
            if values:
                yield _csv_row(line, header, values)
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(f"not valid CSV: {error}", line) from error


def _csv_row(line: int, header: list[str], values: list[str]) -> SourceRow:
    if len(values) == len(header):
        return SourceRow(line, dict(zip(header, values, strict=True)))
    return SourceRow(line, {}, f"{len(values)} values under {len(header)} columns")


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
