"""Questions and wishes that are known by their wording alone, whatever the catalogue holds."""

import re

WHICH_SIZE = re.compile(r"\b(?:welche|what|which)\b.{0,12}?(?:größe|groesse|rahmenhöhe|size)\b", re.IGNORECASE)
OF_ALL = re.compile(
    r"\b(?:überhaupt|insgesamt|von allen|im (?:ganzen )?(?:shop|laden|sortiment|programm)|(?:ihr|du) (?:habt|hast)|"
    r"sie haben|es (?:bei \w+ )?gibt|of all|overall|you(?:'ve| have)(?: got)?|you sell|"
    r"in (?:your|the)(?: whole| entire)? (?:shop|store|range))\b",
    re.IGNORECASE,
)
TOO_HEAVY = re.compile(r"\b(?:zu|too|viel zu) (?:schwer|heavy)\b(?! (?:zu|to)\b)", re.IGNORECASE)
FREE = re.compile(r"frei|free|kostenlos|gratis", re.IGNORECASE)
CALL_ME = re.compile(
    r"\b(?:ruf\w* (?:sie )?(?:mich|uns)|rückruf|zurückrufen|meld\w* (?:sie |euch |dich )|"
    r"schreib\w* (?:sie )?(?:mir|uns)|(?:call|ring|phone|e-?mail|contact|reach|write to) (?:me|us)\b|"
    r"call(?: me)? back)",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"\W*(?:und\b|and\b|what about|how about|wie (?:ist|steht|sieht)|(?:der |the )?(?:unterschied|difference))",
    re.IGNORECASE,
)
# how both of the next begin
HAVE_YOU = r"habt ihr|führt ihr|verkauft ihr|haben sie|führen sie|hast du|gibt es|gibt's"
IS_IT_SOLD = re.compile(
    rf"\b(?:{HAVE_YOU}|gibts|(?:do|have) you (?:have|sell|stock|carry|got)|have you|any)\b", re.IGNORECASE
)
SOLD_HERE = re.compile(
    rf"\b(?:{HAVE_YOU}|verkaufen sie|do you (?:have|sell|stock|carry)|have you got)"
    r"(?: (?:auch|noch|denn|any|also|some))* (?P<what>\w+)",
    re.IGNORECASE,
)
RANGE = re.compile(
    r"\b(?:was|what)\b(?: all| alles| so| denn| kind of \w+)*"
    r" (?:(?:verkauft|habt|führt) ihr|(?:verkaufen|haben|führen) sie|gibt(?: e|')?s hier"
    r"|(?:do|can) (?:you|i) (?:all )?(?:sell|carry|stock|offer|buy)(?: here| from you)?"
    r"|kann (?:ich|man) (?:hier|bei (?:euch|ihnen))(?: (?:so|alles|denn))* kaufen)"
    r"(?: (?:so|alles|denn|hier|eigentlich|bei euch))*\W*$",
    re.IGNORECASE,
)
OF_IT = re.compile(r"^(?:wie|how) \w+ (?:ist|sind|is|are)\b|\b(?:it|they|them|these|those)\b", re.IGNORECASE)
FITS_ME = re.compile(
    r"\b(?:pass\w*|fit) (?:(?:das|es|der|die|dies\w*|it|this|that) )?(?:mir|me)\b|\bfits? me\b|\bmeine größe\b",
    re.IGNORECASE,
)
HOW_MANY = re.compile(r"\b(?:wie ?viele?|how many)\b", re.IGNORECASE)
TO_PAY = re.compile(
    r"\b(?:wie ?viel|was|how much|what)\b.*\b(?:muss|müsste|soll|macht|do i|have to|need to)\b.*"
    r"\b(?:(?:be)?zahlen|pay|owe)\b",
    re.IGNORECASE,
)
PRICE = re.compile(r"(?:preis(?!klasse|wert)|\bprice)", re.IGNORECASE)


def asks_which_size(text: str) -> bool:
    """True for "welche Rahmengröße brauche ich bei 1,83?"."""
    return bool(WHICH_SIZE.search(text))


def means_all_there_is(text: str) -> bool:
    """True for "das billigste überhaupt" and "the cheapest you have"."""
    return bool(OF_ALL.search(text))


def finds_it_too_heavy(text: str) -> bool:
    """True for "ist mir zu schwer", not for "too heavy to carry"."""
    return bool(TOO_HEAVY.search(text))


def asks_for_free_of_charge(text: str) -> bool:
    """True where something shall cost nothing: "wie viel fehlt bis versandkostenfrei?"."""
    return bool(FREE.search(text))


def wants_to_be_reached(text: str) -> bool:
    """True for "rufen Sie mich an" and "write to me"."""
    return bool(CALL_ME.search(text))


def goes_on_asking(text: str) -> bool:
    """True for "und im Federweg?" and "what about the weight?", which ask on about what was just talked of."""
    return bool(GOES_ON.match(text))


def asks_whether_it_is_sold(text: str) -> bool:
    """True for "habt ihr Waschmaschinen?" and "any laptops?"."""
    return bool(IS_IT_SOLD.search(text))


def what_is_asked_for(text: str) -> str:
    """The word right after "habt ihr" or "do you sell", in small letters; empty where nothing is asked for so."""
    found = SOLD_HERE.search(text)
    return found["what"].casefold() if found else ""


def speaks_of_it(text: str) -> bool:
    """True for "wie laut ist der?" and "is it waterproof?", which ask about what is shown."""
    return bool(OF_IT.search(text))


def asks_for_the_range(text: str) -> bool:
    """True for "was verkaufen Sie?" and "what do you sell here?", which name nothing."""
    return bool(RANGE.search(text))


def asks_whether_it_fits_me(text: str) -> bool:
    """True for "passt mir das?" and "does it fit me?"."""
    return bool(FITS_ME.search(text))


def asks_how_many(text: str) -> bool:
    """True for "wie viele habt ihr davon noch?"."""
    return bool(HOW_MANY.search(text))


def asks_what_is_to_pay(text: str) -> bool:
    """True for "wieviel muss ich jetzt bezahlen?"."""
    return bool(TO_PAY.search(text))


def names_the_price(text: str) -> bool:
    """True for "der Preisunterschied" and "the difference in price"."""
    return bool(PRICE.search(text))
