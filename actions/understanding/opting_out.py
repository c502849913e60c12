"""Reads that somebody plainly wants no more offers, whatever else the line says."""

import re

OFFERS = (
    r"(?:kauf)?vorschl(?:ag|äge|aege)\w*|\w*angebote?n?|(?:kauf|produkt)?empfehlung(?:en)?|werbung|"
    r"zusatz(?:artikel|produkte?|verkäufe?|kram|zeug)"
)
OFFERS_EN = (
    r"(?:offers?|suggestions?|recommendations?|ads?|adverts?|advertis(?:ing|ements?)|promotions?|"
    r"up-?sell(?:s|ing)?|cross-?sell(?:s|ing)?)"
)
SAYS_NO = re.compile(
    rf"\bkeine?n? (?:weiteren? |mehr |anderen? |zusätzlichen? |solchen? |neuen? )*(?:{OFFERS})\b|"
    rf"\b(?:no|not any|don'?t (?:want|need)(?: any)?|without) (?:more |further |other |additional |extra |such )*"
    rf"{OFFERS_EN}\b",
    re.IGNORECASE,
)
SAYS_STOP = re.compile(
    rf"\bh(?:ör|oer)\w*\b.{{0,20}}\bauf\b.{{0,25}}"
    rf"(?:\b(?:{OFFERS})\b|\b(?:anzubieten|vorzuschlagen|zu empfehlen))|"
    rf"\baufhören\b.{{0,25}}\b(?:{OFFERS})\b|\bschluss mit\b.{{0,15}}\b(?:{OFFERS})\b|"
    rf"\b(?:mit|den|die|der) (?:{OFFERS}) (?:bitte )?(?:aufhören|aufzuhören)\b|"
    rf"\b(?:könn(?:en|t)|kannst)\b.{{0,20}}\bkeine?n? (?:weiteren? |mehr )*(?:{OFFERS}) mehr\b|"
    r"\bstop (?:suggesting|offering|recommending|up-?selling|advertising|promoting|pushing)\b|"
    rf"\bstop (?:with )?(?:the |these |those |your |making |sending )*{OFFERS_EN}\b|"
    r"\bdon'?t (?:suggest|recommend|offer)(?: me)? (?:anything|any ?more|more|other|further)\b",
    re.IGNORECASE,
)
# a question, or a word on what there is, is no wish to be left alone
TELLS = re.compile(
    r"\b(?:habt|hast|gibt'?s?|haben sie|bietet|bekomm\w*|erhalten|gefunden|sehe|seht|warum|wieso|weshalb|"
    r"why|are there|there(?:'s| is| are)|(?:do|have) you|you have|how come|got|found|see|saw)\b",
    re.IGNORECASE,
)


def wants_no_offers(text: str) -> bool:
    """True for "keine weiteren Vorschläge" and "stop suggesting things", not for "habt ihr keine Angebote?"."""
    if SAYS_STOP.search(text):
        return True
    return bool(SAYS_NO.search(text)) and not text.rstrip().endswith("?") and not TELLS.search(text)
