"""Takes away what is listed, or one conversation as a test, as a file; each time is written down first."""

from collections.abc import Iterator

from starlette.responses import Response, StreamingResponse

from actions.store.engine import reading, writing
from actions.store.staff import Role
from bot.review.filters import read_filters
from bot.review.page import Page
from bot.review.visit import HEADERS, RefusedError, Visit
from bot.transcripts.as_tests import FORMS, as_test
from bot.transcripts.exporting import FORMATS, export

MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


def take_away(visit: Visit) -> Response:
    """POST /export: the conversations that the filters find, as CSV or JSON lines."""
    form, console, filters = visit.form.get("format", ""), visit.console, read_filters(visit.form)
    if form not in FORMATS or filters.misread:
        raise RefusedError(400, "refused_value")
    now = console.clock()
    with writing(console.database) as connection:
        # of a search only that there was one: its words may name somebody
        asked = {name: value if name != "q" else "…" for name, value in filters.values.items()}
        visit.write_down(connection, "exported", form, **asked)

    def pieces() -> Iterator[str]:
        with reading(console.database) as connection:
            yield from export(connection, filters.wanted, form, console.redact)

    name = f"conversations-{now:%Y-%m-%d}.{form}"
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces(), headers=headers, media_type=MEDIA_TYPES[form])


def take_as_test(visit: Visit) -> Response:
    """POST /c/{conversation}/test: one conversation as a story for Rasa, or as a dialogue to be played again."""
    form, name, console = visit.form.get("format", ""), visit.request.path_params["conversation"], visit.console
    if form not in FORMS:
        raise RefusedError(400, "refused_value")
    with writing(console.database) as connection:
        text = as_test(connection, name, form, console.redact)
        if text is None:
            raise RefusedError(404, "refused_not_found")
        visit.write_down(connection, "exported", name, format=form)
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{form}-{name[:8]}.yml"'}
    return Response(text, headers=headers, media_type="application/yaml")


PAGES = (
    Page("/export", take_away, Role.EDITOR, method="POST"),
    Page("/c/{conversation:str}/test", take_as_test, Role.EDITOR, method="POST"),
)
