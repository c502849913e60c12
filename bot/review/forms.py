"""Reads the fields of a form, strictly and within a size."""

import asyncio
from urllib.parse import parse_qsl

from starlette.datastructures import ImmutableMultiDict
from starlette.exceptions import HTTPException
from starlette.requests import Request

LARGEST = 64 * 1024
MOST_FIELDS = 100
SECONDS = 15
Form = ImmutableMultiDict[str, str]


async def read_form(request: Request) -> Form:
    """The fields, each as often as it came; HTTPException 400, 408, 413 or 415 where it is no form of ours."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    body = bytearray()
    try:
        async with asyncio.timeout(SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > LARGEST:
                    raise HTTPException(413)
    except TimeoutError as late:
        raise HTTPException(408) from late
    try:
        given = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except (UnicodeDecodeError, ValueError) as error:
        raise HTTPException(400) from error
    if any("\x00" in name + value for name, value in given):
        raise HTTPException(400)
    return ImmutableMultiDict(given)
