"""Reads why a shopper hesitates, in the offer policy's codes."""

from collections.abc import Mapping

from actions.offers.situation import Hesitation
from actions.understanding.reading import Reading

SHIPPING = "versand|versandkosten|lieferkosten|porto|shipping|delivery|lieferung|postage"
RULES: Mapping[str, tuple[str, ...]] = {
    "hesitate_shipping_cost": (
        f"{SHIPPING} *4 teuer|hoch|viel|expensive|much|high|pricey|kostet|drauf",
        f"zu|too|so|teuer|expensive *3 {SHIPPING}",
        "versandkosten|lieferkosten|porto|postage",
        "shipping|delivery costs|cost|fee|fees|charge|charges",
        "auch noch|dazu versand",
    ),
    "hesitate_shipping_speed": (
        "dauert|dauern|takes|take *3 lange|long|ewig|forever|ages",
        "lieferzeit|lieferdauer|lieferfrist",
        "wie|how lange|long|schnell|soon|fast *4 da|geliefert|lieferung|liefern|arrive|delivery|here|shipping",
        "rechtzeitig|pünktlich *3 da|an|geliefert|kommt?",
        "kommt|kommen|arrive|come|get *4 rechtzeitig|pünktlich|time",
        "bis|vor montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|wochenende",
        "bis|vor weihnachten|morgen|geburtstag|dem|zum",
        "by|before monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas|weekend|tomorrow",
        "brauche|need *4 bis|by|morgen|tomorrow|sofort|urgently|dringend",
        "delivery|shipping|lieferung *2 slow|langsam|time|spät|late|lange",
        "too|zu slow|langsam|late|spät",
    ),
    "hesitate_returns": (
        "zurückgeben|umtauschen|zurückschicken|rückgabe|retoure|retour|rücksendung|widerruf|umtausch|zurücksenden",
        "return|returns|refund|exchange|returnable",
        "send|give|schicken *3 back|zurück",
        "wenn|falls|if *4 nicht|not|doesnt passt|gefällt|passen|fit|like|right",
    ),
    "hesitate_payment": (
        "ratenzahlung|ratenkauf|paypal|klarna|vorkasse|lastschrift|kreditkarte|finanzierung|finanzieren|nachnahme",
        "auf|in|per|monatliche|kleinen raten|rechnung",
        "instalment|instalments|installment|installments|invoice|financing|finance|paypal|klarna",
        "auf|per|mit|by|with|credit|debit karte|card|rechnung",
        "zahlungsart|zahlungsarten|zahlungsmöglichkeit|zahlungsmöglichkeiten",
        "pay monthly|later",
        "apple|google pay",
    ),
    "hesitate_trust": (
        "seriös|unseriös|betrug|abzocke|fake|fakeshop|scam|legit|trustworthy|vertrauenswürdig|vertrauen|trust|reputable|fälschung|gefälscht|genuine",
        "ist|is *2 echt|original|authentic",
        "traue|trau *4 nicht",
        "ist|is *4 sicher|safe|secure",
        "datenschutz|datensicherheit|privacy",
        "fraud|ripped|rip",
        "noch nie|nicht gehört|bestellt",
        "never heard|bought|ordered",
        "echte bewertungen",
    ),
    "hesitate_comparison": (
        "vergleichen|vergleiche",
        "compare|comparing|comparison",
        "woanders|anderswo|elsewhere|amazon|ebay|konkurrenz|competitor|competitors",
        "anderen|andere|other|another shop|shops|laden|läden|store|stores|anbieter",
        "schau|schaue|gucke|look|looking|umschauen|umsehen|shop|shopping *3 um|around|umschauen|umsehen",
        "im internet|netz",
        "umschauen|umsehen",
    ),
    "hesitate_fit": (
        "so|soviel viel|viele|soviel? *3 brauche|brauch|brauchen|benötige *2 nicht|gar",
        "soviel|so brauche|viel *2 ich|brauch *2 nicht",
        "brauche|brauch|benötige *4 so viel|viele|großes|teures|gutes|etwas|was|vieles",
        "brauche|brauch *2 das|die|den *2 alles|ganze|ganzen|meiste|nicht",
        "brauche|brauch *1 alles|sowas|das|die|diese *2 nicht",
        "dont|not|never need *4 that|this|much|all|such|so|these|those",
        "doesnt need to? be",
        "more|mehr *2 than|als *3 need|brauche|nötig",
        "overkill|übertrieben|überdimensioniert|oversized|oversize",
        "too|zu viel|much *2 zwecke|needs|bedürfnisse|purposes|bedarf",
        "too|zu groß|big|klein|small|schwer|heavy|kompliziert|complicated|sportlich|fancy|eng|tight|weit|lang|kurz",
        "nur|only|just|bloß *3 schreibe|schreiben|fahre|nutze|benutze|write|use|ride|drive|gelegentlich|selten",
        "only|just *3 occasionally|sometimes|emails|mails",
        "schreibe|fahre|nutze|benutze|write|use|ride *3 nur|only|just|bloß",
        "reicht|genügt|enough|suffices *3 weniger|kleiner|einfaches|einfacher|einfachere|less|smaller|simpler",
        "weniger|etwas|was|smaller|less *2 reicht|genügt|would *2 enough|do|völlig|auch",
        "passt|passen|fit|fits|suit|suits *4 mir|mich|me|überhaupt|dazu|zusammen",
        "not|nicht sure|sicher *4 passt|fit|fits|richtig|right|richtige",
        "ob *3 passt|richtige|richtig|geeignet",
        "whether|if *3 fits|fit|right|suits",
        "more|mehr *3 can|kann|could use|nutzen",
        "nicht|not das|the richtige|right",
    ),
    "hesitate_price": (
        "zu|too|so|ganz|ziemlich|echt|sehr|very|quite|really|bit|bisschen|pretty|mir teuer|expensive|pricey|steep",
        "teuer|expensive|pricey|überteuert|overpriced|unbezahlbar|preisintensiv",
        "too|zu|so|viel|that|a much|viel|lot *2 money|geld|euro|eur|€|for|für|bezahlen|zahlen",
        "sprengt|übersteigt|exceeds|over|above|über|beyond|outside|out *3 budget",
        "# €|euro|eur|euros|bucks|dollars? *4 zu|too viel|teuer|much|expensive|hoch|high",
        "nicht|cant|cannot|kaum *3 leisten|afford|drin|justify",
        "afford|leisten",
        "stolzer|hoher|happiger|saftiger|heftiger|high|hefty preis|price",
        "preis|price|kostet|costs|cost *4 hoch|high|viel|much|heftig|happig|krass|viele|lot|arg|steep",
        "mehr|more *3 ausgeben|spend|wollte|wanted|gedacht|planned|expected|geplant",
        "so viel|much *3 ausgeben|spend|zahlen|pay",
        "günstiger|billiger|cheaper|discount|rabatt",
        "bisschen|etwas|little|bit|ganz|schön viel|much|heftig",
        "finanziell|financially|knapp|klamm",
        "kleines|tight|small budget",
        "budget|geld|money|cash *3 knapp|tight|reicht|short|eng|limited|nicht",
        "liegt nicht drin",
    ),
    "hesitate_timing": (
        "überlegen|überlege|überleg|nachdenken|bedenkzeit|grübeln",
        "überlegung",
        "think|sleep|sleeping|thinking about|on|over|it",
        "drüber|darüber|nochmal|mal|over *2 schlafen|nachdenken|think|sleep",
        "später|later",
        "nicht|not jetzt|heute|sofort|now|today|right|yet|noch",
        "noch nicht",
        "nächste|nächsten|next woche|monat|monats|jahr|mal|week|month|year|time|payday",
        "wait|warte|warten|abwarten",
        "gehalt|payday|lohn|zahltag",
        "ask|talk|discuss|fragen *2 frau|mann|partner|partnerin|wife|husband|freundin|freund|chef|boss",
        "frau|mann|partner|wife|husband|partnerin *3 absprechen|besprechen|bereden|fragen|ask|talk|discuss",
        "maybe|vielleicht *2 später|later|morgen|tomorrow|another|someday|irgendwann",
        "komme|come|melde *3 zurück|wieder|back|mich|nochmal",
        "need|brauche *2 time|zeit",
        "eilt nicht",
        "no|keine rush|hurry|eile",
    ),
    "hesitate_other": (
        "weiß|weiss *2 nicht",
        "unsicher|unentschlossen|unschlüssig|undecided|unsure|hm|hmm|naja|tja|zögere|hesitant|hesitating",
        "not|nicht|noch ganz? sure|sicher|schlüssig|überzeugt|convinced",
        "dont|not|no|cant know|idea|decide|decided|clue|certain|make|entscheiden|say",
        "keine ahnung",
        "mal sehen|schauen|gucken",
        "entscheiden|decide",
        "vielleicht|maybe|perhaps|eventuell|jein",
        "havent decided",
        "bin mir nicht",
    ),
    "hesitate_denied": ("nicht|not zu|too|so|that teuer|expensive|pricey|much|viel", "nicht|not zu|too *1"),
}
ORDER = (
    ("hesitate_shipping_cost", Hesitation.SHIPPING_COST),
    ("hesitate_shipping_speed", Hesitation.SHIPPING_SPEED),
    ("hesitate_returns", Hesitation.RETURNS_POLICY),
    ("hesitate_payment", Hesitation.PAYMENT_OPTIONS),
    ("hesitate_trust", Hesitation.TRUST_SECURITY),
    ("hesitate_comparison", Hesitation.COMPARISON),
    ("hesitate_price", Hesitation.PRICE_SENSITIVITY),
    ("hesitate_fit", Hesitation.PRODUCT_FIT),
    ("hesitate_timing", Hesitation.TIMING_DEFERRED),
    ("hesitate_other", Hesitation.OTHER),
)


def read_hesitation(reading: Reading) -> Hesitation | None:
    """The reason that speaks most clearly from a message; None where nothing sounds like hesitation.

    A reason is read, not judged: whether the shopper hesitates at all is for the intent to say.
    """
    denied = reading.spans("hesitate_denied")
    for label, reason in ORDER:
        spans = [s for s in reading.spans(label) if not any(d[0] <= s[1] and s[0] <= d[1] for d in denied)]
        if spans:
            return reason
    return None
