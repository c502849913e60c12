"""Reads request bodies strictly: size, encoding, JSON and the fields a route expects."""

import asyncio
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.gateway.problems import ProblemError, bad_request, invalid

BODY_LIMIT = 16 * 1024
BODY_SECONDS = 15
TEXT_LIMIT = 1000
LANGUAGES = ("de", "en")
CLIENT_ID = re.compile(r"[\x21-\x7e]{1,80}")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")

Document = dict[str, Any]


async def read_body(request: Request, limit: int = BODY_LIMIT) -> bytes:
    """Return the body; 413 beyond the limit, 408 where it comes too slowly."""
    too_large = ProblemError(413, "body-too-large", f"a body may hold {limit} bytes")
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limit:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > limit:
                    raise too_large
    except TimeoutError as late:
        raise ProblemError(408, "body-too-slow", "the body did not arrive in time") from late
    return bytes(body)


async def read_object(request: Request, *, optional: bool = False) -> Document:
    """Return the JSON object of the body; an empty body counts as {} where it is optional."""
    body = await read_body(request)
    return {} if not body and optional else object_of(body)


def object_of(body: bytes) -> Document:
    """Return the JSON object a body holds; 400 or 422 where it holds none."""
    try:
        document = json.loads(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise bad_request("the body is not UTF-8") from error
    except RecursionError as error:
        raise bad_request("the body is nested too deeply") from error
    except ValueError as error:
        raise bad_request("the body is not valid JSON") from error
    if not isinstance(document, dict):
        raise invalid("the body must be a JSON object")
    return document


async def read_form(request: Request) -> Mapping[str, str]:
    """Return the fields of an HTML form."""
    body = await read_body(request)
    try:
        return dict(parse_qsl(body.decode("ascii"), strict_parsing=False, max_num_fields=20, errors="strict"))
    except (UnicodeDecodeError, ValueError) as error:
        raise bad_request("the form cannot be read") from error


def text_field(document: Document, name: str, *, limit: int) -> str | None:
    """Return a string field, None where it is absent or null; 422 for other types, NUL or lone surrogates."""
    value = document.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise invalid(f"{name} must be a string")
    if len(value) > limit:
        raise invalid(f"{name} may hold {limit} characters, this one has {len(value)}")
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise invalid(f"{name} holds characters that are not text")
    return value


def language_field(document: Document) -> str | None:
    """Return "de", "en" or None."""
    language = text_field(document, "language", limit=20)
    if language is not None and language not in LANGUAGES:
        raise invalid('language must be "de" or "en"')
    return language


def client_id_field(document: Document) -> str:
    """Return the client's own id of a message."""
    value = text_field(document, "id", limit=80)
    if value is None or not CLIENT_ID.fullmatch(value):
        raise invalid("id must be 1 to 80 visible ASCII characters, best a UUID")
    return value


def page_field(document: Document) -> str:
    """Return the sku of the page the shopper looks at, "" where none is told."""
    page = document.get("page")
    if page is None:
        return ""
    if not isinstance(page, dict):
        raise invalid("page must be an object")
    text_field(page, "url", limit=2000)
    return text_field(page, "sku", limit=80) or ""


def shopper_text(document: Document) -> str | None:
    """Return what the shopper typed, without control characters; 422 where nothing readable is left."""
    value = text_field(document, "text", limit=TEXT_LIMIT)
    if value is None:
        return None
    cleaned = CONTROL.sub("", unicodedata.normalize("NFC", value.replace("\r\n", "\n"))).strip()
    if not cleaned:
        raise invalid("text is empty")
    return cleaned
