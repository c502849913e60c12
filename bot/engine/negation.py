"""Tells whether a line asks for something or asks *not* to have it done; German and English, by rule."""

import re
from dataclasses import dataclass

from bot.engine.normalise import normalise


@dataclass(frozen=True)
class Refusable:
    """How one consequential intent is refused.

    `deed` finds the words that name the deed. `only_at_deed`: a "not" elsewhere is the reason for the wish
    ("I don't need it any more, please cancel") and no refusal. `says_no_itself`: the wish itself is worded
    with "no" ("no more offers"), so only a "not" beside the deed turns it round. `unable_is_no`: "I can't" is a
    refusal ("das kann ich nicht nehmen"); elsewhere it is a fault the shopper meets on the way.
    """

    deed: re.Pattern[str]
    only_at_deed: bool = False
    says_no_itself: bool = False
    unable_is_no: bool = False


def _words(*stems: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(stems) + ")")


_BUY = _words(
    "kauf", "nehm", "nimm", "bestell", "hol", "buy", "purchas", "tak(?:e|ing)", "order", "want", "will", "möcht"
)
_CART = _words(
    "leg", "pack", "füg", "fueg", "tu", "add", "put", "warenkorb", "korb", "einkaufswagen", "cart", "basket", "bag"
)
_PAY = _words("kasse", "bezahl", "zahl", "bestell", "kauf", "abschlie", "check", "pay", "order", "plac", "complet")
_CANCEL = _words("stornier", "storno", "abbestell", "kündig", "abbrech", "brich", "cancel", "abort", "call off")
_ERASE = _words(
    "lösch", "loesch", "entfern", "vernicht", "vergess", "vergiss", "delet", "eras", "remov", "wip", "forget"
)
_EXPORT = _words(
    "export", "schick", "send", "herunterlad", "download", "auskunft", "kopie", "copy", "daten", "data"
)
_HUMAN = _words(
    "mensch", "mitarbeit", "berat", "kolleg", "person", "sprech", "red", "verbind", "weiterleit", "anruf",
    "telefon", "human", "agent", "someone", "somebody", "representative", "talk", "speak", "connect", "transfer",
    "call",
)  # fmt: skip
_STOP = _words(
    "stop", "aufhör", "aufhoer", "abbestell", "abmeld", "abstell", "abschalt", "ausschalt", "deaktivier", "beend",
    "unsubscrib", "opt", "disabl", "turn", "switch",
)  # fmt: skip
_AGREE = _words(
    "zustimm", "stimm", "einwillig", "einverstanden", "erlaub", "akzeptier", "agree", "consent", "accept", "allow"
)
_REVOKE = _words("widerruf", "zurückzieh", "zurücknehm", "zurueck", "withdraw", "revok", "tak(?:e|ing) back")
_TAKE_OUT = _words("entfern", "raus", "herausnehm", "lösch", "loesch", "remov", "delet", "tak(?:e|ing)", "drop")
_DEAR = _words("teuer", "teure", "kostspielig", "expensiv", "pric(?:e)?y", "costly")
_CHANGE = _words(
    "änder", "aender", "erhöh", "erhoeh", "reduzier", "verringer", "chang", "increas", "reduc", "updat"
)

REFUSABLE: dict[str, Refusable] = {
    "purchase_intent": Refusable(_BUY, unable_is_no=True),
    "add_to_cart": Refusable(_CART),
    "checkout": Refusable(_PAY),
    "export_data": Refusable(_EXPORT),
    "give_consent": Refusable(_AGREE, unable_is_no=True),
    "cancel_order": Refusable(_CANCEL, only_at_deed=True),
    "erase_data": Refusable(_ERASE, only_at_deed=True),
    "human_handoff": Refusable(_HUMAN, only_at_deed=True),
    "remove_from_cart": Refusable(_TAKE_OUT, only_at_deed=True),
    "change_quantity": Refusable(_CHANGE, only_at_deed=True),
    "stop_offers": Refusable(_STOP, says_no_itself=True),
    "withdraw_consent": Refusable(_REVOKE, says_no_itself=True),
    "object_price": Refusable(_DEAR, says_no_itself=True),
}

_NOT = re.compile(
    r"\b(?:nicht|nich|net|nie|niemals|kein\w*|nichts|nix|not|never|nothing|cannot)\b"
    r"|\b(?:\w+n't|dont|doesnt|didnt|wont|wouldnt|isnt)\b"
    r"|(?<!^)\bno\b(?! doubt)|^no(?= (?:human|agent|person|checkout|purchase|more|need|thanks)\b)"
)
# said with "not", meant as yes, or about something else
_HARMLESS = re.compile(
    r"\b(?:"
    + "|".join(
        (
            r"(?:warum|wieso|weshalb|why) (?:denn |eigentlich )?(?:nicht|not)",
            r"nicht (?:nur|wahr|schlecht|übel|verkehrt|vergessen|lange|warten|mehr als|weniger als)",
            r"nicht (?:all)?(?:zu|so) teuer\w*|(?:gar |garnicht |gar nicht )so (?:schlecht|übel)",
            r"keine? (?:frage|problem|thema|sorge|zweifel|einwände|ahnung)|kein\w* ander\w+",
            r"(?:nichts|nothing|nix) (?:dagegen|against|sonst|else)|sonst nichts",
            r"(?:nicht|not|kein\w*|\w+n't) (?:\w+ ){0,5}(?:\w*bot|robot\w*|machine|maschine|automat\w*|computer)",
            r"(?:geht|gehen|ging|funktionier\w*|klapp\w*|lädt|laden|öffne\w*|reagier\w*)(?: \w+){0,2} nicht",
            r"(?:passt|passen|gefällt|gefallen)(?: \w+){0,2} nicht",
            r"not (?:only|bad|too expensive|more than|less than|just)",
            r"no (?:problem|worries|doubt|more than|less than|objections?)",
            r"(?:don't|dont|do not|never) (?:forget|mind|hesitate|worry)|wouldn'?t mind",
            r"(?:can't|cannot|can not) wait",
            r"(?:doesn't|doesnt|isn't|isnt|won't|wont|didn't|didnt) (?:work|open|load|respond|fit)\w*",
        )
    )
    + r")\b"
)
_INSTEAD = re.compile(r"\bsondern\b|\bbut (?:rather|instead|the|a|an|this|that)\b")
_CLAUSE_END = re.compile(r"[,.;:!?]+|\s-\s|\b(?:und|aber|denn|weil|sonst|dann|and|but|because|so|then)\b")
# a question with "not" is a polite wish, a statement with "can't" is a fault to report
_POLITE = re.compile(
    r"^(?:bitte |und |ja )?(?:kann\w*|könn\w*|darf\w*|dürf\w*|gibt|ist|sind|habt|haben|hast|wollen wir"
    r"|warum|wieso|weshalb|can|can't|could|couldn't|is|isn't|are|aren't|won't you|why|wouldn't)\b"
)
_UNABLE = re.compile(r"\b(?:kann|können|konnte\w*|can't|cannot|can not|couldn't|cant|unable|won't let)\b")
_ONLY_IF = re.compile(r"\b(?:wenn\w*|wäre\w*|waere\w*|findest|finden sie|if|don't you)\b")
_REACH = 3  # words between "not" and the deed it turns round


def is_refused(text: str, intent: str) -> bool:
    """True where the line asks not to do what `intent` names; False for intents that cannot be refused."""
    refusable = REFUSABLE.get(intent)
    if refusable is None:
        return False
    line = normalise(text)
    if refusable.says_no_itself:
        return _is_turned_round(line, refusable.deed, intent)
    if _INSTEAD.search(line):
        return False
    clauses = [clause for clause in (part.strip() for part in _CLAUSE_END.split(line)) if clause]
    about = [clause for clause in clauses if refusable.deed.search(_HARMLESS.sub(" ", clause))]
    if about:
        return _refuses(about[-1], refusable)  # who says it twice means the last
    return not refusable.only_at_deed and any(_refuses(clause, refusable) for clause in clauses)


def _refuses(clause: str, refusable: Refusable) -> bool:
    said = _HARMLESS.sub(" ", clause).strip()
    if _without_deed(said, refusable.deed):
        return True
    if not _NOT.search(said) or _POLITE.match(said):
        return False
    return refusable.unable_is_no or not _UNABLE.search(said)


def _without_deed(clause: str, deed: re.Pattern[str]) -> bool:
    """`ohne zu bestellen`, `without checking out`: "without" counts only right before the deed."""
    match = re.search(r"\b(?:ohne|without) (?:zu |es zu |etwas zu )?", clause)
    return match is not None and deed.match(clause, match.end()) is not None


def _is_turned_round(line: str, deed: re.Pattern[str], intent: str) -> bool:
    """A "not" within reach before the deed, or a German "nicht" right after it ("bestell mich nicht ab")."""
    if _POLITE.match(line) or _UNABLE.search(line) or _ONLY_IF.search(line):
        return False
    for match in deed.finditer(line):
        before = line[: match.start()].split()[-_REACH:]
        if intent == "object_price":
            before = [word for word in before if word not in _DEGREE][-1:]
        if _NOT.search(" ".join(["", *before])):
            return True
        after = line[match.end() :].split()[: _REACH + 1]
        if intent != "object_price" and any(word.strip(",.!?") in ("nicht", "not") for word in after):
            return True
    return False


_DEGREE = frozenset(
    (
        "zu",
        "so",
        "allzu",
        "sonderlich",
        "wirklich",
        "gar",
        "besonders",
        "sehr",
        "that",
        "too",
        "very",
        "really",
        "all",
    )
)
