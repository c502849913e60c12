"""Signing in and out, and the language somebody reads the console in."""

import hmac
import secrets
from datetime import timedelta
from math import ceil

from starlette.responses import RedirectResponse, Response

from actions.store import audit_log, sign_ins, staff
from actions.store.engine import reading, writing
from actions.store.staff import Person, Role
from bot.review import gate, passwords
from bot.review.page import Page
from bot.review.rendering import BASE
from bot.review.visit import HEADERS, LANGUAGES, RefusedError, Visit

# before there is a session, a cookie of its own makes the form ours
VISITOR = "tresen_visitor"
VISITOR_TOKEN = "console.sign-in"  # noqa: S105  the name of a seal
SIGN_IN = "/sign-in"


def show_sign_in(visit: Visit) -> Response:
    """GET /sign-in"""
    if visit.person is not None:
        return visit.lead_to("/")
    return _form(visit)


def sign_in(visit: Visit) -> Response:
    """POST /sign-in: a session where name and password are right; the same answer whichever of them is wrong."""
    visitor = visit.request.cookies.get(VISITOR, "")
    given = visit.form.get("token", "")
    if not visitor or not hmac.compare_digest(given.encode(), _visitor_token(visit, visitor).encode()):
        raise RefusedError(403, "refused_form")
    name, password = visit.form.get("name", "").strip().lower(), visit.form.get("password", "")
    account, address = _subjects(visit, name)
    console, now = visit.console, visit.console.clock()
    with writing(console.database) as connection:
        sign_ins.forget(connection, now)
        wait = sign_ins.try_in(connection, (account, address), now)
        person = staff.named(connection, name)
    if wait is not None:
        return _refused(visit, account, wait)
    if not passwords.is_right(console.hasher, person.password if person and person.active else None, password):
        return _refused(visit, account, None)
    assert person is not None  # noqa: S101  for the type checker: nobody's password is never right
    return _open_session(visit, person, account=account, address=address)


def sign_out(visit: Visit) -> Response:
    """POST /sign-out"""
    key = gate.session_key(visit.console, visit.request)
    with writing(visit.console.database) as connection:
        staff.close_session(connection, gate.hash_of(key or ""))
    answer = visit.lead_to(SIGN_IN)
    gate.take_cookie(answer)
    return answer


def choose_language(visit: Visit) -> Response:
    """POST /language"""
    language = visit.form.get("language", "")
    if language not in LANGUAGES:
        raise RefusedError(400, "refused_value")
    with writing(visit.console.database) as connection:
        staff.set_language(connection, visit.signed_in.id, language)
    return to_own_page(visit.form.get("next", ""))


def to_own_page(wanted: str) -> Response:
    """Lead to a page of the console, and to no other address whatever the form says."""
    is_ours = wanted.startswith(f"{BASE}/") and "\\" not in wanted and wanted.isprintable()
    return RedirectResponse(wanted if is_ours else f"{BASE}/", 303, HEADERS)


def _open_session(visit: Visit, person: Person, *, account: str, address: str) -> Response:
    console, now, key = visit.console, visit.console.clock(), gate.new_key()
    with writing(console.database) as connection:
        sign_ins.succeeded(connection, account=account, address=address)
        staff.close_old(connection, now - gate.LONGEST)
        staff.open_session(connection, gate.hash_of(key), person.id, now)
        if console.hasher.check_needs_rehash(person.password):
            staff.rehash(connection, person.id, console.hasher.hash(visit.form.get("password", "")))
        audit_log.add(connection, who=person.name, what="signed_in", now=now)
    answer = to_own_page(visit.form.get("next", ""))
    gate.give_cookie(console, answer, key)
    return answer


def _refused(visit: Visit, account: str, wait: timedelta | None) -> Response:
    if wait is not None:
        # not written down: whoever hammers at the door shall not fill the log
        return _form(visit, 429, visit.words("sign_in_wait", minutes=ceil(wait.total_seconds() / 60)))
    with writing(visit.console.database) as connection:
        details = {"account": account[:12]}
        audit_log.add(connection, who="", what="sign_in_failed", now=visit.console.clock(), details=details)
    return _form(visit, 401, visit.words("sign_in_wrong"))


def _form(visit: Visit, status: int = 200, problem: str = "") -> Response:
    with reading(visit.console.database) as connection:
        is_empty = not staff.anybody(connection)
    visitor = visit.request.cookies.get(VISITOR) or secrets.token_urlsafe(32)
    wanted = visit.form.get("next") or visit.request.query_params.get("next", "")
    answer = visit.render(
        "sign_in.html",
        status,
        problem=problem,
        is_empty=is_empty,
        visitor_token=_visitor_token(visit, visitor),
        name=visit.form.get("name", ""),
        next=wanted,
    )
    is_secure = visit.console.public_url.startswith("https:")
    answer.set_cookie(VISITOR, visitor, path=BASE, secure=is_secure, httponly=True, samesite="lax")
    return answer


def _visitor_token(visit: Visit, visitor: str) -> str:
    return visit.console.seals.fingerprint(VISITOR_TOKEN, visitor)


def _subjects(visit: Visit, name: str) -> tuple[str, str]:
    """The name and the address as hashes that nobody can search without the key of the house."""
    client, seals = visit.request.client, visit.console.seals
    return (
        seals.fingerprint("console.account", name),
        seals.fingerprint("console.address", client.host if client else ""),
    )


PAGES = (
    Page(SIGN_IN, show_sign_in, None),
    Page(SIGN_IN, sign_in, None, method="POST"),
    Page("/sign-out", sign_out, Role.VIEWER, method="POST"),
    Page("/language", choose_language, Role.VIEWER, method="POST"),
)
