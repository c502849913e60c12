"""Words that press or claim what no record holds, and texts without the sentences that use them.

Stock and prices come from records. A sentence that counts what is left, or says how long a price holds, was true
once at best.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

_COUNT = r"(?:\d+|wenige|ein paar|ein(?:e[nrs]?|s)?|zwei|drei|vier|fünf|a few|one|two|three|four|five)"
# what fills a placeholder comes from the records, yet it may not press either
_FEW = rf"(?:\{{\w+\}}|{_COUNT})"

# regular expressions of lower-case text, each from the beginning of a word; German before English
PRESSURE: Mapping[str, tuple[str, ...]] = {
    "false urgency": (
        r"(?<!nicht )nur (?:noch )?(?:heute|(?:noch |nur )?bis (?:heute|morgen|\w+tag\b|\d{1,2}\.\d{1,2}\.))",
        r"nur (?:noch )?diese[ns]? (?:tage|woche|wochenende|monat)|(?:nur|noch) für kurze zeit",
        r"(?:jetzt|lieber) schnell sein|schnell zugreifen|seien sie schnell|beeilen sie sich",
        r"jetzt (?:oder nie|zuschlagen|zugreifen)|(?:greifen|schlagen) sie (?:\w+ )?zu\b",
        r"letzte (?:chance|gelegenheit)|solange (?:der |unser |noch )?vorrat",
        r"nicht verpassen|verpassen sie (?!kein|nie)",
        r"(?:angebot|aktion|rabatt|preis)\w* läuft (?:\w+ )?ab|läuft bald ab",
        r"(?:only today|today only|last chance|act (?:now|fast)|now or never|don['’]t miss)\b",
        r"(?<!to )(?<!a )(?<!no )hurry\b",
        r"while (?:stocks?|supplies) last|limited[- ]time|for a limited time|before it['’]?s (?:gone|too late)",
        r"ends (?:soon|today|tonight|tomorrow)",
        r"countdown(?![- ]?(?:timer|uhr|clock|fun[ck]tion|anzeige|display|mod))",
    ),
    "scarcity": (
        rf"nur noch {_FEW} (?:\w+ )?(?:stück|exemplare?|verfügbar|vorrätig|übrig|auf lager|lieferbar)",
        # "nur noch {left} da" answers a shopper who wants more than there is
        rf"nur noch {_COUNT} da\b|nur {_FEW} (?:\w+ )?übrig|(?:nur|noch) {_FEW} (?:\w+ )?(?:auf lager|vorrätig)",
        r"\d+ (?:stück )?(?:auf lager|vorrätig)|(?:die|unsere) letzten (?:\w+ )?(?:stücke?|exemplare?)\b",
        r"letztes (?:exemplar|stück auf lager)|(?:fast|bald|beinahe|so gut wie) (?:ausverkauft|vergriffen)",
        rf"(?:only|just) {_FEW} (?:\w+ )?(?:left|remaining|in stock)\b(?!-)|only (?:\d+|a few) available",
        rf"\d+ (?:left )?in stock|last (?:one|few) in stock|last (?:few|{_COUNT}) (?:pieces|units|items|ones)",
        r"(?:almost|nearly) (?:gone|sold out)|selling (?:out )?fast",
    ),
    "price claim": (
        r"\d+ ?(?:%|prozent|percent) (?:rabatt|nachlass|off|discount)\b",
        r"jetzt (?:nur )?(?:um )?\d+ ?(?:%|prozent) (?:günstiger|billiger)",
        r"statt (?:bisher |früher |vorher )?(?:€ ?)?\d[\d.,]* ?(?:€|euro\b)|(?:was|instead of) [€$£] ?\d",
        r"(?:preis|jetzt) (?:stark |kräftig )?(?:reduziert|gesenkt)\b|reduzierter preis|reduced price",
        r"(?:sonder|tages|wochen)angebot|angebot (?:der woche|des tages)|schnäppchen|(?:tief|aktions|sonder)preis",
        r"special offer|bargain|deal of the (?:day|week)",
    ),
    "guilt": (
        r"schade,? dass|(?<!nie )(?<!nicht )enttäusch(?!t (?:nie|nicht))|sie wollen doch|es wäre schade|so schade",
        r"we['’]d be sad|you['’]d disappoint",
    ),
    "fear": (
        r"bereuen|regret|ohne das riskieren|gefährlich ohne|sonst verlieren|you['’]ll lose(?! no)|risk losing",
    ),
    "flattery": (r"(?:kluge|hervorragende|exzellente) wahl|(?:great|smart|excellent) choice|sie haben geschmack",),
    "confirmshaming": (
        r"nein,? ich (?:verzichte|zahle|möchte kein)|no,? i don['’]t want",
        r"lieber ohne sicherheit|ich brauche kein(?:en)? schutz",
    ),
    "preselection": (
        r"(?:schon|bereits) (?:für sie )?(?:hinzugefügt|dazugelegt)|already added|i['’]ve added .* for you",
    ),
    "crowd without count": (
        r"alle kaufen|jeder nimmt|die meisten kund|most customers|everyone buys|best-?seller|beliebteste",
        r"(?:personen|kunden|andere|leute) (?:schauen|sehen) sich|people are (?:looking|viewing)",
    ),
    "superlative claim": (r"beste[rns]? preis|günstigster preis|best price|cheapest|unschlagbar|unbeatable",),
    "machine as human": (r"ich bin (?:ein|eine) (?:mensch|mitarbeiter)|i am (?:a )?(?:human|person)\b",),
}


# abbreviations ("z. B.", "3.5") end no sentence; what is not split is left out as a whole
_END = re.compile(r"(?<=\w\w[.!?…])[.!?…]*\s+(?=[^\W\d_a-zäöüß]|[\d„\"»])")


@dataclass(frozen=True, slots=True)
class Pressure:
    """What is wrong with a text, and the words that say it."""

    label: str
    words: str

    def __str__(self) -> str:
        return f"{self.label}: {self.words!r}"


@lru_cache(maxsize=4_096)
def pressure_in(text: str) -> tuple[Pressure, ...]:
    """Every kind of pressure in a text, each with its first words; empty is a pass."""
    line = " ".join(text.split())
    lower = line.lower()
    # one search tells of most texts that they are in order
    if not _pattern(*PRESSURE).search(lower):
        return ()
    hits = ((label, _pattern(label).search(lower)) for label in PRESSURE)
    return tuple(Pressure(label, line[hit.start() : hit.end()]) for label, hit in hits if hit)


@cache
def _pattern(*labels: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(pattern for label in labels for pattern in PRESSURE[label])})")


def without_pressure(text: str) -> str:
    """The sentences of a text that do not press, as they stand; empty where none is left."""
    if not pressure_in(text):
        return text
    return " ".join(sentence for sentence in _END.split(text) if not pressure_in(sentence))
