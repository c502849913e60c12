"""The route table: every page of the console with the role it needs, in the order of the navigation."""

from bot.review import account, conversations, files, timeline
from bot.review.page import Page

PAGES: tuple[Page, ...] = (
    *conversations.PAGES,
    *timeline.PAGES,
    *account.PAGES,
    *files.PAGES,
)
