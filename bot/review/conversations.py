"""The list of conversations, the console's first page."""

from starlette.responses import Response

from actions.store.staff import Role
from bot.review.page import Page
from bot.review.visit import Visit


def show(visit: Visit) -> Response:
    """GET /"""
    return visit.render("conversations.html")


PAGES = (Page("/", show, Role.VIEWER, title="nav_conversations"),)
