"""The few SSML elements that every platform speaks alike, escaped; and what is left when they are taken away."""

import html
import re
from collections.abc import Collection, Sequence

PAUSE = '<break time="350ms"/>'
ELEMENT = re.compile(r"<[^>]*>")


def document(parts: Sequence[tuple[str, bool]], spelled: Collection[str] = ()) -> str:
    """`<speak>` around sentences; True beside one: a pause before it; `spelled` words are said by letter."""
    said = "".join((PAUSE if pause else "") + f"<s>{_escaped(text, spelled)}</s>" for text, pause in parts)
    return f"<speak><p>{said}</p></speak>"


def plain(ssml: str) -> str:
    """The words of an SSML document."""
    return " ".join(html.unescape(ELEMENT.sub(" ", ssml)).split()).replace(" .", ".").replace(" ,", ",")


def _escaped(text: str, spelled: Collection[str]) -> str:
    safe = html.escape(text, quote=False)
    for word in spelled:
        letters = html.escape(word, quote=False)
        safe = safe.replace(letters, f'<say-as interpret-as="characters">{letters}</say-as>')
    return safe
