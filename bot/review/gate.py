"""Who may come in: the session behind a cookie, the token of its forms, and where a form was sent from."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from actions.store import staff
from actions.store.engine import reading
from bot.review.console import Console
from bot.review.forms import Form
from bot.review.page import Page
from bot.review.rendering import BASE
from bot.review.visit import RefusedError, Visit

COOKIE = "tresen_console"
SESSION = "console.session"
TOKEN = "console.form"  # noqa: S105  the name of a seal
HEADER = "x-form-token"
IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
# a cookie tells when it was last used; it is not made anew at every request
RENEWED_AFTER = timedelta(minutes=1)


def visit_of(console: Console, request: Request, pages: Sequence[Page], form: Form) -> Visit:
    """The request with the person whose session it belongs to, if there is one."""
    key = session_key(console, request)
    visit = Visit(console, request, pages, form)
    if key is None:
        return visit
    with reading(console.database) as connection:
        person = staff.of_session(connection, hash_of(key), console.clock() - LONGEST)
    return visit if person is None else replace(visit, person=person, token=token_of(console, key))


def check(visit: Visit, page: Page) -> None:
    """RefusedError where this page is not for this person, or a form is not one we gave them."""
    if page.method != "GET":
        refuse_foreign(visit.request, visit.console.public_url)
    if page.role is None:
        return
    if visit.person is None:
        raise RefusedError(401, "refused_session")
    if page.method != "GET" and not has_token(visit, visit.token):
        raise RefusedError(403, "refused_form")
    if not visit.may(page.role):
        raise RefusedError(403, "refused_role")


def has_token(visit: Visit, token: str) -> bool:
    """Whether the form brings this token, in a field or as a header."""
    given = visit.form.get("token") or visit.request.headers.get(HEADER, "")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def refuse_foreign(request: Request, public_url: str) -> None:
    """RefusedError unless a browser says that the form came from our own page."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    own = {urlsplit(public_url).netloc, request.headers.get("host", "")}
    is_ours = site == "same-origin" if origin in (None, "null") else urlsplit(origin).netloc in own
    if not is_ours or site not in (None, "same-origin"):
        raise RefusedError(403, "refused_origin")


def session_key(console: Console, request: Request) -> str | None:
    """The key in the cookie, where we sealed it and it was used not long ago."""
    opened = console.seals.open_dated(SESSION, request.cookies.get(COOKIE, ""))
    return opened.value if opened and opened.age <= IDLE and isinstance(opened.value, str) else None


def hash_of(key: str) -> str:
    """What the database keeps of a session's key; the key is random, so a plain hash tells nothing."""
    return hashlib.sha256(key.encode()).hexdigest()


def token_of(console: Console, key: str) -> str:
    """What the forms of a session carry."""
    return console.seals.fingerprint(TOKEN, key)


def new_key() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def give_cookie(console: Console, response: Response, key: str) -> None:
    """Let the browser keep the session."""
    response.set_cookie(
        COOKIE,
        console.seals.close_dated(SESSION, key),
        max_age=int(LONGEST.total_seconds()),
        path=BASE,
        secure=console.public_url.startswith("https:"),
        httponly=True,
        samesite="lax",
    )


def renew_cookie(visit: Visit, response: Response) -> None:
    """Note in the cookie that the session was used just now; nothing is written on our side."""
    console = visit.console
    opened = console.seals.open_dated(SESSION, visit.request.cookies.get(COOKIE, ""))
    if visit.person is not None and opened and opened.age > RENEWED_AFTER and "set-cookie" not in response.headers:
        give_cookie(console, response, opened.value)


def take_cookie(response: Response) -> None:
    """Have the browser forget the session."""
    response.delete_cookie(COOKIE, path=BASE)
