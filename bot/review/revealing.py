"""Shows a message as it was written, to those who may, and writes down that it was shown."""

from starlette.responses import Response

from actions.store import messages
from actions.store.engine import writing
from actions.store.staff import Role
from bot.review.numbers import asked_number
from bot.review.page import Page
from bot.review.visit import RefusedError, Visit
from bot.transcripts import originals
from bot.transcripts.originals import OriginalSeal


def reveal(visit: Visit) -> Response:
    """POST /c/{conversation}/reveal: the original of the message at a position."""
    name, given, console = visit.request.path_params["conversation"], visit.form.get("position", ""), visit.console
    position = asked_number(given)
    with writing(console.database) as connection:
        said = messages.history(connection, name, from_position=position, before=position + 1)
        seal = OriginalSeal.of_house(console.seals)
        original = originals.reveal(connection, said[0].id, seal) if said else None
        if original is None:
            raise RefusedError(404, "refused_original")
        visit.write_down(connection, "revealed", name, position=position)
    return visit.render("original.html", original=original, position=position, conversation=name)


PAGES = (Page("/c/{conversation:str}/reveal", reveal, Role.ADMIN, method="POST"),)
