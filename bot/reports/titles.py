"""What each figure is called and the sentence that says of what it is a part, German and English side by side."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A title and a sentence in both languages; `{n}` is the numerator and `{d}` the denominator."""

    de: str
    en: str
    of_de: str
    of_en: str


WORDINGS: Mapping[str, Wording] = {
    "order_rate": Wording(
        "Bestellquote",
        "Order rate",
        "In {n} von {d} Gesprächen, in denen jemand geschrieben hat, wurde bestellt.",
        "{n} of {d} conversations in which the shopper wrote something ended in an order.",
    ),
    "checkout_completion": Wording(
        "Abschluss an der Kasse",
        "Checkout completion",
        "Von {d} Gesprächen, die bis zur Kasse kamen, endeten {n} mit einer Bestellung.",
        "Of {d} conversations that came to the checkout, {n} ended in an order.",
    ),
    "abandonment": Wording(
        "Abbruchquote",
        "Abandonment",
        "Von {d} Gesprächen mit einem Ja zu einem Produkt endeten {n} ohne Bestellung.",
        "Of {d} conversations with a yes to a product, {n} ended without an order.",
    ),
    "average_order_value": Wording(
        "Durchschnittlicher Bestellwert",
        "Average order value",
        "{n} Warenwert ohne Rücksendungen, verteilt auf {d} Bestellungen.",
        "{n} of goods without what was returned, over {d} orders.",
    ),
    "order_profit": Wording(
        "Gewinn je Bestellung",
        "Profit per order",
        "{n} Gewinn ohne Rücksendungen, verteilt auf {d} Bestellungen; nur Ware mit bekanntem Einkaufspreis.",
        "{n} of profit without what was returned, over {d} orders; only goods whose purchase cost is known.",
    ),
    "cross_rate": Wording(
        "Cross-Selling-Quote",
        "Cross-selling rate",
        "{n} von {d} Bestellungen enthalten mindestens ein Zusatzangebot, das angenommen und behalten wurde.",
        "{n} of {d} orders hold at least one extra that was offered, accepted and kept.",
    ),
    "added_revenue": Wording(
        "Mehr Umsatz je Bestellung durch Angebote",
        "Revenue added per order by offers",
        "{n} Mehrumsatz aus angenommenen und bestellten Angeboten, verteilt auf {d} Bestellungen.",
        "{n} of revenue added by offers that were accepted and ordered, over {d} orders.",
    ),
    "added_profit": Wording(
        "Mehr Gewinn je Bestellung durch Angebote",
        "Profit added per order by offers",
        "{n} Mehrgewinn aus angenommenen und bestellten Angeboten, verteilt auf {d} Bestellungen.",
        "{n} of profit added by offers that were accepted and ordered, over {d} orders.",
    ),
    "return_rate": Wording(
        "Rücksendequote",
        "Return rate",
        "{n} von {d} bestelltem Warenwert kamen zurück.",
        "{n} of {d} of goods ordered came back.",
    ),
    "cancellation_rate": Wording(
        "Stornoquote",
        "Cancellation rate",
        "{n} von {d} Bestellungen wurden storniert, oder jemand hat darum gebeten.",
        "{n} of {d} orders were cancelled, or somebody asked for it.",
    ),
    "cost_unknown": Wording(
        "Ohne Einkaufspreis",
        "Without a purchase cost",
        "Bei {n} von {d} behaltenen Bestellpositionen ist der Einkaufspreis unbekannt; ihr Gewinn fehlt.",
        "The purchase cost of {n} of {d} order lines that were kept is unknown; their profit is missing.",
    ),
    "saved_sales": Wording(
        "Gerettete Verkäufe",
        "Saved sales",
        "In {n} von {d} Gesprächen mit Zögern wurde das günstigere Produkt bestellt, das angeboten war.",
        "In {n} of {d} conversations with hesitation the cheaper product on offer was ordered.",
    ),
    "saved_profit": Wording(
        "Gewinn je gerettetem Verkauf",
        "Profit per saved sale",
        "{n} Gewinn der günstigeren Produkte, verteilt auf {d} gerettete Verkäufe.",
        "{n} of profit of the cheaper products, over {d} saved sales.",
    ),
    "hesitated_and_left": Wording(
        "Gezögert und gegangen",
        "Hesitated and left",
        "Von {d} Gesprächen mit Zögern endeten {n} ohne Bestellung.",
        "Of {d} conversations with hesitation, {n} ended without an order.",
    ),
    "opt_out_rate": Wording(
        "Keine Angebote gewünscht",
        "Opt-out rate",
        "In {n} von {d} Gesprächen sagte jemand, keine Angebote zu wollen.",
        "In {n} of {d} conversations the shopper said they want no offers.",
    ),
    "complaint_rate": Wording(
        "Beschwerdequote",
        "Complaint rate",
        "In {n} von {d} Gesprächen gab es eine Beschwerde oder Ärger.",
        "{n} of {d} conversations held a complaint or trouble.",
    ),
    "handoff_rate": Wording(
        "Übergaben an Menschen",
        "Handoffs to a person",
        "{n} von {d} Gesprächen wurden an einen Menschen übergeben.",
        "{n} of {d} conversations were handed over to a person.",
    ),
    "takeover_rate": Wording(
        "Von Menschen beantwortet",
        "Answered by a person",
        "In {n} von {d} übergebenen Gesprächen hat ein Mensch im Chat geantwortet.",
        "In {n} of {d} conversations that were handed over, a person answered in the chat.",
    ),
    "first_human_answer": Wording(
        "Wartezeit auf einen Menschen",
        "Wait for a person",
        "Wer nach einem Menschen fragte, wartete in der Hälfte von {d} Fällen höchstens {n} auf ihn.",
        "Who asked for a person waited at most {n} for that person's first words in half of {d} cases.",
    ),
    "fallback_rate": Wording(
        "Nicht verstanden",
        "Fallback rate",
        "{n} von {d} Nachrichten wurden nicht verstanden.",
        "{n} of {d} messages were not understood.",
    ),
    "error_rate": Wording(
        "Fehler",
        "Error rate",
        "Bei {n} von {d} Nachrichten trat ein Fehler auf.",
        "{n} of {d} messages met a fault.",
    ),
    "review_backlog": Wording(
        "Noch nicht geprüft",
        "Review backlog",
        "{n} von {d} Gesprächen hat noch niemand beurteilt.",
        "Nobody has judged {n} of {d} conversations yet.",
    ),
    "conversion": Wording(
        "Gekaufte Angebote",
        "Conversion of offers",
        "{n} von {d} gezeigten Angeboten wurden angenommen, bestellt und behalten.",
        "{n} of {d} offers shown were accepted, ordered and kept.",
    ),
    "take_rate": Wording(
        "Angenommene Angebote",
        "Take rate",
        "{n} von {d} gezeigten Angeboten wurden angenommen.",
        "{n} of {d} offers shown were accepted.",
    ),
    "decline_rate": Wording(
        "Abgelehnte Angebote",
        "Decline rate",
        "{n} von {d} gezeigten Angeboten wurden abgelehnt.",
        "{n} of {d} offers shown were declined.",
    ),
    "ignore_rate": Wording(
        "Übergangene Angebote",
        "Ignore rate",
        "{n} von {d} gezeigten Angeboten wurden übergangen.",
        "{n} of {d} offers shown were passed over.",
    ),
    "open_rate": Wording(
        "Offene Angebote",
        "Open offers",
        "Auf {n} von {d} gezeigten Angeboten hat noch niemand reagiert.",
        "Nobody has reacted to {n} of {d} offers shown.",
    ),
    "offer_profit": Wording(
        "Mehr Gewinn je Angebot",
        "Profit added per offer",
        "{n} Gewinn aus bestellten Angeboten, verteilt auf {d} gezeigte.",
        "{n} of profit of offers that were ordered, over {d} shown.",
    ),
    "latency_p50": Wording(
        "Mittlere Antwortzeit",
        "Median response time",
        "Die Hälfte von {d} Antworten brauchte höchstens {n}.",
        "Half of {d} answers took at most {n}.",
    ),
    "latency_p95": Wording(
        "Antwortzeit, 95 von 100",
        "Response time, 95 of 100",
        "95 % von {d} Antworten brauchten höchstens {n}.",
        "95 % of {d} answers took at most {n}.",
    ),
    "repeat_rate": Wording(
        "Wiederkaufrate",
        "Repeat rate",
        "{n} von {d} bekannten Kunden haben mehr als einmal bestellt, seit es Aufzeichnungen gibt.",
        "{n} of {d} known customers have ordered more than once since records begin.",
    ),
    "customer_revenue": Wording(
        "Umsatz je Kunde",
        "Revenue per customer",
        "{n} Warenwert bis heute, verteilt auf {d} bekannte Kunden.",
        "{n} of goods until today, over {d} known customers.",
    ),
    "customer_value": Wording(
        "Kundenwert bis heute",
        "Customer value to date",
        "{n} Gewinn bis heute, verteilt auf {d} bekannte Kunden; nichts davon ist hochgerechnet.",
        "{n} of profit until today, over {d} known customers; nothing of it is projected.",
    ),
    "uplift_orders": Wording(
        "Mehr Bestellungen durch ungefragte Angebote",
        "Orders caused by unasked offers",
        "Bestellungen je 100 Gespräche mehr als in der Vergleichsgruppe, die nach Los keine ungefragten Angebote "
        "bekam ({d} Gespräche mit Angeboten).",
        "Orders per 100 conversations more than in the hold-out, which by lot got no unasked offers "
        "({d} conversations with offers).",
    ),
    "uplift_profit": Wording(
        "Mehr Gewinn durch ungefragte Angebote",
        "Profit caused by unasked offers",
        "Gewinn je Gespräch mehr als in der Vergleichsgruppe, die nach Los keine ungefragten Angebote bekam "
        "({d} Gespräche mit Angeboten).",
        "Profit per conversation more than in the hold-out, which by lot got no unasked offers "
        "({d} conversations with offers).",
    ),
}

LEFT_DE = "{n} von {d} Gesprächen mit einem Ja und ohne Bestellung; der zuletzt genannte Grund zählt."
LEFT_EN = "{n} of {d} conversations with a yes and without an order; the reason named last counts."
# why somebody who had said yes left: the codes of hesitation, and none
REASONS: Mapping[str, Wording] = {
    code: Wording(de, en, LEFT_DE, LEFT_EN)
    for code, de, en in (
        ("price_sensitivity", "Preis", "Price"),
        ("shipping_cost", "Versandkosten", "Shipping cost"),
        ("shipping_speed", "Lieferzeit", "Shipping time"),
        ("product_fit", "Passt nicht", "Product fit"),
        ("trust_security", "Vertrauen", "Trust"),
        ("returns_policy", "Rückgabe", "Returns"),
        ("payment_options", "Zahlungsarten", "Payment options"),
        ("comparison", "Will vergleichen", "Wants to compare"),
        ("timing_deferred", "Später", "Later"),
        ("other", "Anderer Grund", "Another reason"),
        ("none_given", "Kein Grund genannt", "No reason given"),
    )
}
