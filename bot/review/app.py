"""The console as an application of its own, which the gateway mounts at /console."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.review import gate
from bot.review.account import SIGN_IN
from bot.review.console import Console
from bot.review.forms import Form, read_form
from bot.review.page import Page
from bot.review.registry import PAGES
from bot.review.visit import RefusedError, Visit

Endpoint = Callable[[Request], Awaitable[Response]]
SAID = {404: "refused_not_found", 405: "refused_not_found", 413: "refused_too_large", 503: "refused_busy"}


def create_console(console: Console, pages: Sequence[Page] = PAGES) -> Starlette:
    """The application over what its pages share."""

    async def not_served(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        status = 503 if isinstance(error, OperationalError) else status
        refused = RefusedError(status, SAID.get(status, "refused_fault" if status == 500 else "refused_value"))
        return await asyncio.to_thread(_refuse, console, request, pages, refused)

    return Starlette(
        routes=[Route(page.path, endpoint(console, page, pages), methods=[page.method]) for page in pages],
        exception_handlers={HTTPException: not_served, OperationalError: not_served, Exception: not_served},
    )


def endpoint(console: Console, page: Page, pages: Sequence[Page]) -> Endpoint:
    """What answers a route: the gate, and behind it the page's view, in a thread."""

    async def answer(request: Request) -> Response:
        form = await read_form(request) if page.method != "GET" else Form()
        return await asyncio.to_thread(_serve, console, page, pages, request, form)

    return answer


def _serve(console: Console, page: Page, pages: Sequence[Page], request: Request, form: Form) -> Response:
    visit = gate.visit_of(console, request, pages, form)
    try:
        gate.check(visit, page)
        answer = page.view(visit)
    except RefusedError as refused:
        answer = _refused(visit, page, refused)
    if not page.polled:
        gate.renew_cookie(visit, answer)
    return answer


def _refused(visit: Visit, page: Page, refused: RefusedError) -> Response:
    if refused.status == 401 and page.polled and visit.is_partial:
        # the page that asks is what they come back to after signing in
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    if refused.status == 401 and page.method == "GET":
        return visit.lead_to(SIGN_IN, next=visit.here)
    return visit.render("refused.html", refused.status, words=visit.words(refused.label, **refused.values))


def _refuse(console: Console, request: Request, pages: Sequence[Page], refused: RefusedError) -> Response:
    try:
        visit = gate.visit_of(console, request, pages, Form())
    except OperationalError:
        # the database does not answer, so nobody is known
        visit = Visit(console, request, pages)
    return visit.render("refused.html", refused.status, words=visit.words(refused.label))
