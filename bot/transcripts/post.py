"""Finds postal addresses as German and English speakers write them; a place or postcode alone is none."""

import re
from collections.abc import Iterator

_NUMBER = r"[0-9]{1,4}(?: ?[a-hA-H](?!\w))?(?:\s?[-–/]\s?[0-9]{1,4}[a-h]?)?(?![\w,.]*[0-9])"
_WORD = r"[^\W\d_](?:[^\W\d_]|['’.-]){0,30}"
# "Lange Straße 5", "Am Alten Markt-Str. 7", "Musterstr. 12": sure by the word; the others need a postcode or a cue
_STREET = (
    r"(?:[^\W\d_][^\W\d_-]{1,24}(?:-[^\W\d_]{1,20}){0,3}-?(?:straße|strasse|str\.?|gasse|allee|chaussee)"
    r"|[^\W\d_][^\W\d_-]{1,20}(?:er|e|en|s) (?:straße|strasse|str\.|gasse|allee))"
)
_ANY_WAY = (
    rf"(?:[^\W\d_][^\W\d_-]{{0,24}}(?:-[^\W\d_]{{1,20}}){{0,3}}[ -]?"
    rf"(?:straße|strasse|str\.?|gasse|allee|chaussee|weg|platz|ring|damm|ufer|hof|markt|steig|stieg|pfad|berg|graben"
    r"|wall|promenade|zeile|kamp|feld|garten|winkel|brücke|tor)"
    rf"|(?:straße|platz|allee|weg|ufer) (?:des|der|am|zum|zur) (?:[0-9]{{1,2}}\. )?{_WORD}"
    rf"|(?:am|an der|auf der|auf dem|im|in der|zum|zur|unter den) {_WORD}(?: {_WORD})?)"
)
_TOWN_NAME = (
    rf"(?:(?:bad|sankt|st\.|groß|klein|neu|alt|markt|stadt) )?{_WORD}"
    rf"(?: (?:am|an der|im|bei|ob der|vor der|auf|a\.|i\.|v\.)(?: d(?:er|\.))? ?{_WORD})?"
)
_PLACE = rf"(?:D[- ]|A[- ]|CH[- ])?[0-9]{{4,5}} {_TOWN_NAME}"
_MEASURE = r"(?!\s?(?:km|m|cm|mm|kg|g|zoll|inch|euro|eur|€|prozent|%|min|stunden|tage|mal|x|fahr|grad|gäng)\w{0,8})"
GERMAN_WHOLE = re.compile(rf"(?<!\w){_ANY_WAY}\s{{0,2}}{_NUMBER},?\s{{1,3}}{_PLACE}", re.IGNORECASE)
GERMAN_STREET = re.compile(rf"(?<!\w){_STREET}\s{{0,2}}{_NUMBER}{_MEASURE}", re.IGNORECASE)
GERMAN_CUED = re.compile(
    rf"(?:wohn\w{{0,4}}|adresse|anschrift|liefer\w{{0,6}} (?:an|nach|in))[^0-9\n]{{0,12}}?\s"
    rf"(?P<place>{_ANY_WAY}\s{_NUMBER}{_MEASURE})",
    re.IGNORECASE,
)

_SURE = r"(?:street|avenue|boulevard|lane|crescent|terrace|gardens|mews|grove)"
_SOME = (
    r"(?:street|st|road|rd|avenue|ave|boulevard|blvd|lane|ln|drive|dr|close|court|ct|way|square|sq|gardens|grove"
    r"|hill|terrace|crescent|place|pl|park|mews|row|walk|green|parade|parkway|pkwy|highway|hwy)\.?"
)
_HOUSE = r"(?:(?:flat|apt\.?|apartment|unit|suite) \w{1,5},? )?[0-9]{1,5}[a-h]?,?"
_NAMES = r"(?:[^\W\d_](?:[^\W\d_]|['’.-]){0,20} ){1,3}"
_UK = r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}"
_US = r"[A-Z]{2} [0-9]{5}(?:-[0-9]{4})?"
_TOWN = r"(?:[^\W\d_](?:[^\W\d_]|['’.-]){0,20}[ ,]{1,2}){0,4}"
ENGLISH_WHOLE = re.compile(
    rf"(?<![\w.,]){_HOUSE} {_NAMES}{_SOME},?\s{{1,2}}{_TOWN}(?:{_UK}|{_US})(?!\w)", re.IGNORECASE
)
ENGLISH_STREET = re.compile(
    rf"(?<![\w.,]){_HOUSE} {_NAMES}{_SURE}(?=\s*(?:$|[,.;!?\n)]| in | and ))", re.IGNORECASE
)
ENGLISH_CUED = re.compile(
    r"(?:\blive (?:at|on)|\baddress\b|\b(?:ship|deliver)(?: it)? to|\bsend (?:it|them) to)[^0-9\n]{0,12}?\s"
    rf"(?P<place>{_HOUSE} {_NAMES}{_SOME}(?!\w))",
    re.IGNORECASE,
)


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where postal addresses stand, whole ones first."""
    for pattern in (GERMAN_WHOLE, ENGLISH_WHOLE, GERMAN_STREET, ENGLISH_STREET):
        for match in pattern.finditer(text):
            yield match.span()
    for pattern in (GERMAN_CUED, ENGLISH_CUED):
        for match in pattern.finditer(text):
            yield match.span("place")
