"""Conversations as files for other programs: CSV that no spreadsheet takes for formulas, and JSON lines."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from actions.store import digest_search, messages
from actions.store.digest_keys import Place, Wanted
from actions.store.digest_search import Listed
from actions.store.spreadsheets import safe

AT_ONCE = 500
FORMATS = ("csv", "jsonl")
BYTE_ORDER_MARK = "\ufeff"
COLUMNS = tuple(field.name for field in fields(Listed) if field.name != "number")
Redact = Callable[[str], str]


def export(connection: Connection, wanted: Wanted, form: str, redact: Redact) -> Iterator[str]:
    """The conversations that are so, newest first, in pieces; personal data in their words is hidden."""
    rows = every(connection, wanted)
    return as_csv(rows, redact) if form == "csv" else as_json_lines(connection, rows, redact)


def every(connection: Connection, wanted: Wanted) -> Iterator[Listed]:
    """All conversations that are so, page by page."""
    before: Place | None = None
    while page := digest_search.page(connection, wanted, AT_ONCE, before):
        yield from page
        before = Place(page[-1].active_at, page[-1].number)


def as_csv(rows: Iterator[Listed], redact: Redact) -> Iterator[str]:
    """One line for each conversation, with a head; marked as UTF-8 for spreadsheets."""
    yield BYTE_ORDER_MARK + _line(COLUMNS)
    for row in rows:
        values = document(row, redact)
        yield _line(tuple(cell(values[name]) for name in COLUMNS))


def as_json_lines(connection: Connection, rows: Iterator[Listed], redact: Redact) -> Iterator[str]:
    """One document for each conversation, with what was said."""
    for row in rows:
        talk = {**document(row, redact), "turns": list(turns(connection, row.conversation, redact))}
        yield json.dumps(talk, ensure_ascii=False, default=_plain) + "\n"


def turns(connection: Connection, conversation: str, redact: Redact) -> Iterator[dict[str, Any]]:
    """What was said and answered, without what lay behind it."""
    for message in messages.history(connection, conversation):
        reply = json.loads(message.reply) if message.reply else {}
        answers = [answer["text"] for answer in reply.get("messages", ()) if answer["type"] == "text"]
        yield {
            "position": message.position,
            "at": message.received_at,
            "said": redact(message.text),
            "intent": (message.payload or {}).get("intent") or (message.nlu or {}).get("intent"),
            "confidence": (message.nlu or {}).get("confidence"),
            "answers": [redact(text) for text in answers],
            "answered_by": message.answered_by,
            "error": message.error,
        }


def document(row: Listed, redact: Redact) -> dict[str, Any]:
    """A conversation as a document."""
    values = asdict(row)
    del values["number"]
    return {**values, "first_words": redact(row.first_words), "flagged": bool(row.flagged), "tags": list(row.tags)}


def cell(value: Any) -> str:
    """A value as a spreadsheet shows it, and never computes it."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return safe("; ".join(_joined(each) for each in value))
    if isinstance(value, datetime):
        return value.isoformat()
    return safe(value) if isinstance(value, str) else str(value)


def _joined(value: Any) -> str:
    return ":".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value)


def _line(cells: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()


def _plain(value: Any) -> str:
    return str(value.isoformat() if isinstance(value, datetime) else value)
