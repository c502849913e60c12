"""Keeps cells of a CSV file text to every spreadsheet, and gives the text back as it was."""

import re

# what a spreadsheet would compute; German ones take a semicolon, and some a break, for the end of a cell
SIGNS = r" *[=+\-@\uff1d\uff0b\uff0d\uff20]"
# marks that stand there already count, so that taking one away is always right
COMPUTED = re.compile(rf"^(?='*(?:[\t\r\n]|{SIGNS}))|(?<=[;\t\r\n])(?='*{SIGNS})")
MARKED = re.compile(rf"^'(?='*(?:[\t\r\n]|{SIGNS}))|(?<=[;\t\r\n])'(?='*{SIGNS})")


def safe(text: str) -> str:
    """The text with a mark before whatever a spreadsheet would take for a formula."""
    return COMPUTED.sub("'", text)


def unsafe(text: str) -> str:
    """The text that `safe` was given."""
    return MARKED.sub("", text)
