"""What a caller says to the voice itself, in either language: again, next, back, stop, and a spoken code."""

import re
from enum import StrEnum


class Act(StrEnum):
    """What a request wants; everything but SAY is answered without asking the engine."""

    SAY = "say"
    LAUNCH = "launch"
    REPEAT = "repeat"
    NEXT = "next"
    PREVIOUS = "previous"
    MISSED = "missed"
    SILENCE = "silence"
    STOP = "stop"
    CODE = "code"


POLITE = r"(?:bitte|please|ähm?|ok(?:ay)?|ja|also|und|and|so)"
SPOKEN = {
    Act.REPEAT: r"noch ?mal|noch ein ?mal|wiederhol\w*(?: (?:sie|das|es|mal|noch|einmal|mir))*|wie bitte|"
    r"was ha(?:st du|ben sie) gesagt|sag(?:en sie)? das noch ?(?:ein)?mal|repeat(?: (?:that|it))?|"
    r"(?:say (?:that|it) )?(?:once )?again|pardon|what did you say|come again|sorry what",
    Act.NEXT: r"weiter(?:e|es|lesen|machen)?|(?:das |die |den )?nächste[nrs]?|lesen sie weiter|"
    r"mehr(?: (?:davon|hören|vorlesen|zeigen))?|next(?: one)?|more|go on|continue|read on|keep going",
    Act.PREVIOUS: r"zurück|(?:das |die |den )?vorherige[nrs]?|(?:eins|einen schritt) zurück|"
    r"previous(?: one)?|(?:go )?back",
    Act.STOP: r"stopp?|ende|beenden|abbrechen|(?:auf )?wieder(?:hören|sehen)|tschüss?|tschau|ciao|auflegen|"
    r"das war(?:'?s| es| alles)|goodbye|(?:good )?bye(?: bye)?|hang up|cancel|quit|exit|that(?:'?s| is) all",
}
PATTERNS = {act: re.compile(rf"(?:{POLITE} )*(?:{said})(?: {POLITE})*") for act, said in SPOKEN.items()}
NO_LETTER = re.compile(r"[^\w']+")
OTHER_CODES = re.compile(r"gutschein|rabatt|aktion|discount|voucher|promo|coupon|gift")
CODE = re.compile(r"\b(?:code|kode|koder|coat|cod)\b")
DIGITS = {
    "null": "0", "zero": "0", "oh": "0", "eins": "1", "ein": "1", "one": "1", "zwei": "2", "zwo": "2", "two": "2",
    "drei": "3", "three": "3", "vier": "4", "four": "4", "fünf": "5", "five": "5", "sechs": "6", "six": "6",
    "sieben": "7", "seven": "7", "acht": "8", "eight": "8", "neun": "9", "nine": "9",
}  # fmt: skip
CODE_LENGTH = 6


def read_act(text: str) -> Act:
    """What a line wants of the voice; SAY where it is meant for the assistant."""
    line = NO_LETTER.sub(" ", text.casefold()).strip()
    if CODE.search(line) and not OTHER_CODES.search(line):
        return Act.CODE if code_in(text) or len(line.split()) <= 4 else Act.SAY
    return next((act for act, pattern in PATTERNS.items() if pattern.fullmatch(line)), Act.SAY)


def code_in(text: str) -> str:
    """The six digits of a line, said one by one or in groups; "" where there are not exactly six."""
    words = NO_LETTER.sub(" ", text.casefold()).split()
    digits = "".join(word if word.isdecimal() and word.isascii() else DIGITS.get(word, "") for word in words)
    return digits if len(digits) == CODE_LENGTH else ""
