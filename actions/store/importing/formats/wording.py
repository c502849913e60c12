"""Turns the words of an export into ours: texts without markup, options as colour and size, category paths."""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from actions.store.importing.formats.columns import plain
from actions.store.importing.values import slug
from actions.store.selectors import UNSORTED

COLOURS = frozenset({"color", "colour", "farbe", "farbton", "pa color", "pa farbe"})
SIZES = frozenset(
    {"size", "größe", "groesse", "grösse", "konfektionsgröße", "rahmengröße", "schuhgröße", "pa size", "pa groesse"}
)
BRANDS = frozenset({"brand", "marke", "hersteller", "pa brand", "pa marke"})
NO_CATEGORY = frozenset({"uncategorized", "uncategorised", "unkategorisiert", "allgemein", "nicht kategorisiert"})
LONGEST_PATH = 160
LONGEST_TEXT = 600


def plain_text(source: str) -> str:
    r"""Text without tags and entities; blocks end a sentence's line, a written `\n` counts as one."""
    spaced = re.sub(r"<(script|style)\b.*?</\1\s*>", " ", source, flags=re.DOTALL | re.IGNORECASE)
    spaced = re.sub(r"<\s*(br|/p|/li|/h\d|/div)\b[^>]*>", "\n", spaced, flags=re.IGNORECASE)
    spaced = re.sub(r"</?(a|b|em|font|i|small|span|strong|sub|sup|u)\b[^>]*>", "", spaced, flags=re.IGNORECASE)
    spaced = html.unescape(re.sub(r"<[^>]+>", " ", spaced.replace("\\n", "\n")))
    lines = (" ".join(line.split()) for line in spaced.splitlines())
    return " ".join(line for line in lines if line)


def description(*sources: str) -> str:
    """The first text that says something, cut after a sentence where it is long."""
    words = next(filter(None, map(plain_text, sources)), "")
    if len(words) <= LONGEST_TEXT:
        return words
    kept = words[:LONGEST_TEXT]
    end = max(kept.rfind(mark) for mark in (". ", "! ", "? "))
    return kept[: end + 1] if end > 0 else kept.rpartition(" ")[0]


def options(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Named options as fields: colour, size and brand where they are such, the others as attributes."""
    fields: dict[str, Any] = {}
    attributes: dict[str, str] = {}
    for name, value in pairs:
        if not name or not value:
            continue
        key = plain(name)
        known = {"colour": COLOURS, "size": SIZES, "brand": BRANDS}
        ours = next((field for field, words in known.items() if key in words), "")
        if ours:
            fields.setdefault(ours, value)
        else:
            attributes.setdefault(attribute_key(name), value)
    return fields | ({"attributes": attributes} if attributes else {})


def attribute_key(name: str) -> str:
    """A key such as `wheel_size`, without the `pa_` of WooCommerce's global attributes."""
    return (slug(re.sub(r"^pa[_ ]", "", name.strip(), flags=re.IGNORECASE)) or "option").replace("-", "_")


def category_path(steps: Iterable[str], titles: dict[str, str]) -> str:
    """The path of the steps, from the broad to the narrow; notes the words of each step in `titles`."""
    named = [" ".join(html.unescape(step).split()) for step in steps]
    kept = [(slug(step), step) for step in named if slug(step) and plain(step) not in NO_CATEGORY]
    while len("/".join(key for key, _ in kept)) > LONGEST_PATH and len(kept) > 1:
        kept = kept[1:]
    path = ""
    for key, words in kept:
        path = f"{path}/{key}" if path else key[:LONGEST_PATH]
        titles.setdefault(path, words)
    return path or UNSORTED


def without_options(title: str, values: Iterable[str]) -> str:
    """A title speaks of the model: "Shirt - blue, M" and "Shirt blau M" are the Shirt."""
    words = title
    known = [value for value in values if value]
    for _ in known:
        for value in known:
            words = re.sub(rf"[\s,–/|()-]+{re.escape(value)}[)\s]*$", "", words, flags=re.IGNORECASE)
    return words.strip(" ,-–") or title


def changed_columns(columns: Mapping[str, str], language: str) -> dict[str, str]:
    """`title` and `description` as the fields of the language they are in."""
    return {f"{name}_{language}" if name in {"title", "description"} else name: of for name, of in columns.items()}
