"""The route table: every page of the console with the role it needs, in the order of the navigation."""

from bot.review import (
    account,
    audit,
    conversations,
    export,
    figures,
    files,
    labelling,
    live,
    matrix,
    matrix_row,
    policy_page,
    replying,
    revealing,
    reviewing,
    roi,
    timeline,
)
from bot.review.page import Page

PAGES: tuple[Page, ...] = (
    *conversations.PAGES,
    *reviewing.PAGES,
    *live.PAGES,
    *replying.PAGES,
    *timeline.PAGES,
    *figures.PAGES,
    *roi.PAGES,
    *labelling.PAGES,
    *matrix.PAGES,
    *matrix_row.PAGES,
    *policy_page.PAGES,
    *revealing.PAGES,
    *export.PAGES,
    *audit.PAGES,
    *account.PAGES,
    *files.PAGES,
)
