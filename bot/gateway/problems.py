"""What a caller hears when a request cannot be served: problem documents, never a traceback."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

MEDIA_TYPE = "application/problem+json"


class ProblemError(Exception):
    """A request that is refused: the status, a short name for machines and a sentence for people."""

    def __init__(self, status: int, name: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.name = name
        self.detail = detail
        self.headers = dict(headers or {})


def bad_request(detail: str) -> ProblemError:
    """The body could not be read at all."""
    return ProblemError(400, "unreadable-body", detail)


def invalid(detail: str) -> ProblemError:
    """The body was read, but a field is missing or wrong."""
    return ProblemError(422, "invalid-field", detail)


def unauthorised(detail: str) -> ProblemError:
    """No valid token or key came with the request."""
    return ProblemError(401, "not-authorised", detail, {"WWW-Authenticate": "Bearer"})


def problem_response(status: int, name: str, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A problem document of RFC 9457."""
    document = {
        "type": f"urn:tresen:problem:{name}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return JSONResponse(document, status, headers=headers, media_type=MEDIA_TYPE)


async def refused(_request: Request, error: ProblemError) -> Response:
    """Answer a ProblemError."""
    return problem_response(error.status, error.name, error.detail, error.headers)


async def not_routed(_request: Request, error: HTTPException) -> Response:
    """Answer what the router itself refuses: unknown paths and methods."""
    name = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
    return problem_response(error.status_code, name, error.detail, error.headers)


async def client_left(_request: Request, _error: Exception) -> Response:
    """The client closed the connection before its body was complete; nobody reads this answer."""
    return problem_response(400, "unreadable-body", "the connection was closed before the body was complete")


async def database_busy(_request: Request, _error: Exception) -> Response:
    """The core database does not answer; the caller may try again with the same id."""
    return problem_response(
        503, "database-busy", "the shop's records cannot be reached just now", {"Retry-After": "2"}
    )


async def failed(_request: Request, _error: Exception) -> Response:
    """Something that should not happen; the traceback is in the log, not in the answer."""
    return problem_response(500, "internal-error", "this is our fault; it has been logged")
