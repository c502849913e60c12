"""What a page of the console is: where it is, what answers it, and which role it needs."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from actions.store.staff import Role
from bot.review.visit import Visit


@dataclass(frozen=True, slots=True)
class Page:
    """One entry of the route table; `path` is below /console, `title` the label in the navigation, "" for none.

    `role` is the least that may see it; None is for everybody, signed in or not. A `polled` one is asked for
    again and again by a page that is left open, so it keeps no session awake.
    """

    path: str
    view: Callable[[Visit], Response]
    role: Role | None
    method: str = "GET"
    title: str = ""
    polled: bool = False
