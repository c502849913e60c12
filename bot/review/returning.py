"""Where a page leads back to that was answered to a form: its own address answers no link."""

from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from starlette.requests import Request
from starlette.routing import compile_path

from bot.review.rendering import BASE


def came_from(request: Request, public_url: str, readable: Iterable[str]) -> str:
    """The page with the form where the browser says which, else the nearest above among the `readable` paths."""
    patterns = [compile_path(path)[0] for path in readable]

    def is_readable(path: str) -> bool:
        below = path.removeprefix(BASE)
        return path.startswith(f"{BASE}/") and any(pattern.match(below) for pattern in patterns)

    page = _split(request.headers.get("referer", ""))
    if page.netloc in {request.url.netloc, urlsplit(public_url).netloc} and is_readable(page.path):
        return f"{page.path}?{page.query}" if page.query else page.path
    path = request.url.path
    while path.startswith(f"{BASE}/") and not is_readable(path):
        path = path.rstrip("/").rpartition("/")[0]
    return path if path.startswith(f"{BASE}/") else f"{BASE}/"


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
