"""Invented personal details in the spellings people use."""

from hypothesis import strategies as st

from bot.transcripts.banking import LENGTHS

DIGIT = "0123456789"
NAMES = st.text("abcdefghijklmnopqrstuvwxyzäöü", min_size=1, max_size=12)
HOSTS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
ENDINGS = st.sampled_from(["de", "com", "org", "co.uk", "example", "berlin", "at", "museum"])
STREETS = st.sampled_from(
    [
        *("Musterstr.", "Musterstraße", "musterstrasse", "Bahnhofsallee", "Schlossgasse", "Ludwig-Erhard-Straße"),
        *("Berliner Straße", "Lange Str."),
    ]
)
WAYS = st.sampled_from(
    ["Lindenweg", "Marktplatz", "Am Alten Markt", "Hohenzollernring", "Elbchaussee", "Mühlendamm"]
)
GERMAN_TOWNS = st.sampled_from(["Köln", "Bad Homburg", "München", "Berlin-Kreuzberg", "Frankfurt am Main"])
ENGLISH_STREETS = st.sampled_from(
    ["High Street", "Abbey Road", "Kings Lane", "Church St", "Old Mill Close", "Park Avenue"]
)
CODES = st.sampled_from(["London SW1A 1AA", "Leeds LS1 4AP", "Springfield, IL 62704", "Bath BA1 1AA"])


@st.composite
def emails(draw: st.DrawFn) -> str:
    name = draw(NAMES) + draw(st.sampled_from(["", ".", "_", "-", "+"])) + draw(NAMES)
    at = draw(st.sampled_from(["@", "@", " @ ", "(at)", " (at) ", "[at]"]))
    return f"{name}{at}{draw(HOSTS)}.{draw(ENDINGS)}"


@st.composite
def grouped(draw: st.DrawFn, digits: str, gaps: str = " -") -> str:
    """Digits with at most one separator between two groups."""
    gap, size = draw(st.sampled_from(["", *gaps])), draw(st.integers(2, 4))
    return gap.join(digits[place : place + size] for place in range(0, len(digits), size))


@st.composite
def phones(draw: st.DrawFn) -> str:
    begin, gap = (
        draw(st.sampled_from(["+49 ", "0049", "+44 (0)", "+1-", "+43", "0", "(0", "+49(0)"])),
        draw(st.sampled_from([" ", "/", "-", " / ", ""])),
    )
    area, rest = draw(st.integers(15, 999)), draw(st.text(DIGIT, min_size=6, max_size=7))
    close = ")" if begin == "(0" else ""
    return f"{begin}{area}{close}{gap or ' '}{draw(grouped(rest))}"


@st.composite
def ibans(draw: st.DrawFn) -> str:
    country = draw(st.sampled_from(sorted(LENGTHS)))
    body = draw(st.text(DIGIT, min_size=LENGTHS[country] - 4, max_size=LENGTHS[country] - 4))
    plain = "".join(str(int(sign, 36)) for sign in f"{body}{country}00")
    number = f"{country}{98 - int(plain) % 97:02d}{body}"
    gap = draw(st.sampled_from(["", " ", "-"]))
    spelled = gap.join(number[place : place + 4] for place in range(0, len(number), 4))
    return draw(st.sampled_from([spelled, spelled.lower()]))


@st.composite
def cards(draw: st.DrawFn) -> str:
    begin, length = draw(st.sampled_from([("4", 16), ("51", 16), ("2221", 16), ("34", 15), ("37", 15), ("36", 14)]))
    body = begin + draw(st.text(DIGIT, min_size=length - len(begin) - 1, max_size=length - len(begin) - 1))
    doubled = [int(digit) * 2 for digit in body[::-2]]
    total = sum(value // 10 + value % 10 for value in doubled) + sum(map(int, body[-2::-2]))
    number = body + str(-total % 10)
    gap = draw(st.sampled_from(["", " ", "-"]))
    return gap.join(number[place : place + 4] for place in range(0, length, 4))


@st.composite
def addresses(draw: st.DrawFn) -> str:
    number = f"{draw(st.integers(1, 399))}{draw(st.sampled_from(['', 'a', ' b']))}"
    place = f"{draw(st.integers(1001, 99998)):05d} {draw(GERMAN_TOWNS)}"
    gap = draw(st.sampled_from([", ", " ", ",\n"]))
    return draw(
        st.sampled_from(
            [
                f"{draw(STREETS)} {number}{gap}{place}",
                f"{draw(WAYS)} {number}{gap}{place}",
                f"{draw(STREETS)} {draw(st.integers(1, 399))}",
                f"{draw(st.integers(1, 399))} {draw(ENGLISH_STREETS)}, {draw(CODES)}",
            ]
        )
    )


DETAILS = {"email": emails(), "phone": phones(), "iban": ibans(), "card": cards(), "address": addresses()}
