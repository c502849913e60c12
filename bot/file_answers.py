"""Answers with a static file: compressed where it can be, and only if the browser does not have it yet."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from bot.assets import Asset

FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
ASK_AGAIN = {"Cache-Control": "no-cache"}


def send_file(request: Request, asset: Asset, caching: Mapping[str, str]) -> Response:
    """The file, or 304 where the browser names its version."""
    headers = {**caching, "ETag": f'"{asset.version}"', "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(asset.compressed, headers=headers, media_type=asset.media_type)
    return Response(asset.content, headers=headers, media_type=asset.media_type)
