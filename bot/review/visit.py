"""One request to the console: who asks, in which language, with which form, and how the answer is made."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from actions.store import audit_log
from actions.store.staff import Person, Role
from bot.review.console import Console
from bot.review.forms import Form
from bot.review.rendering import BASE
from bot.review.returning import came_from
from bot.shopfront.pages import Labels

if TYPE_CHECKING:
    from bot.review.page import Page

LANGUAGES = ("de", "en")
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}


class RefusedError(Exception):
    """The request is not served: the status, and the label of the sentence that says why."""

    def __init__(self, status: int, label: str, **values: object) -> None:
        super().__init__(label)
        self.status = status
        self.label = label
        self.values = values


@dataclass(frozen=True, slots=True)
class Visit:
    """A request being answered; `person` is None before signing in, `token` guards this session's forms."""

    console: Console
    request: Request
    pages: "Sequence[Page]"
    form: Form = field(default_factory=Form)
    person: Person | None = None
    token: str = ""

    @property
    def language(self) -> str:
        """The person's own; before signing in the one asked for, else what the browser prefers."""
        if self.person is not None:
            return self.person.language
        asked = self.request.query_params.get("lang", "")
        preferred = self.request.headers.get("accept-language", "").strip().lower()
        return asked if asked in LANGUAGES else "en" if preferred.startswith("en") else "de"

    @property
    def words(self) -> Labels:
        """The words of the console in that language."""
        return self.console.rendering.words(self.language)

    @property
    def here(self) -> str:
        """The address of this page with its filters; answered to a form, that of the page the form was on."""
        if self.request.method != "GET":
            readable = [page.path for page in self.pages if page.method == "GET"]
            return came_from(self.request, self.console.public_url, readable)
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    @property
    def is_partial(self) -> bool:
        """Whether htmx asks for a part of a page."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def signed_in(self) -> Person:
        """Who asks, on pages that need a role."""
        if self.person is None:
            raise RefusedError(403, "refused_role")
        return self.person

    def write_down(self, connection: Connection, what: str, subject: str, /, **details: object) -> None:
        """Say in the audit log who did what, in the transaction that does it."""
        now = self.console.clock()
        audit_log.add(connection, who=self.signed_in.name, what=what, subject=subject, details=details, now=now)

    def may(self, role: Role) -> bool:
        """Whether the person may do what needs this role."""
        return self.person is not None and self.person.role >= role

    def render(self, template: str, status: int = 200, **values: Any) -> Response:
        """Answer with a page."""
        html = self.console.rendering.page(
            template,
            t=self.words,
            language=self.language,
            person=self.person,
            token=self.token,
            path=self.request.url.path,
            here=self.here,
            partial=self.is_partial,
            navigation=[page for page in self.pages if page.title and self.may(page.role or Role.VIEWER)],
            may=lambda word: self.may(Role[word.upper()]),
            **values,
        )
        return HTMLResponse(html, status, HEADERS)

    def lead_to(self, path: str, place: str = "", /, **query: str) -> Response:
        """Send the browser to another page of the console, or a place on it; htmx loads it whole."""
        url = f"{BASE}{path}" + (f"?{urlencode(query)}" if query else "") + (f"#{place}" if place else "")
        if self.is_partial:
            return Response(status_code=204, headers={**HEADERS, "HX-Redirect": url})
        return RedirectResponse(url, 303, HEADERS)
