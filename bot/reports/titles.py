"""What each figure is called and the sentence that says of what it is a part, German and English side by side."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A title and a sentence in both languages; `{n}` is the numerator, `{d}` the denominator, and
    `{n:one|several}` the words that agree with it."""

    de: str
    en: str
    of_de: str
    of_en: str

    def title(self, language: str) -> str:
        """What it is called."""
        return self.en if language == "en" else self.de


WORDINGS: Mapping[str, Wording] = {
    "order_rate": Wording(
        "Bestellquote",
        "Order rate",
        "In {n} von {d} {d:Gespräch, in dem|Gesprächen, in denen} jemand geschrieben hat, wurde bestellt.",
        "{n} of {d} {d:conversation|conversations} in which the shopper wrote something ended in an order.",
    ),
    "checkout_completion": Wording(
        "Abschluss an der Kasse",
        "Checkout completion",
        "Von {d} {d:Gespräch, das bis zur Kasse kam|Gesprächen, die bis zur Kasse kamen}, {n:endete|endeten} {n} "
        "mit einer Bestellung.",
        "Of {d} {d:conversation|conversations} that came to the checkout, {n} ended in an order.",
    ),
    "abandonment": Wording(
        "Abbruchquote",
        "Abandonment",
        "Von {d} {d:Gespräch|Gesprächen} mit einem Ja zu einem Produkt {n:endete|endeten} {n} ohne Bestellung.",
        "Of {d} {d:conversation|conversations} with a yes to a product, {n} ended without an order.",
    ),
    "average_order_value": Wording(
        "Durchschnittlicher Bestellwert",
        "Average order value",
        "{n} Warenwert ohne Rücksendungen, verteilt auf {d} {d:Bestellung|Bestellungen}.",
        "{n} of goods without what was returned, over {d} {d:order|orders}.",
    ),
    "order_profit": Wording(
        "Gewinn je Bestellung",
        "Profit per order",
        "{n} Gewinn ohne Rücksendungen, verteilt auf {d} {d:Bestellung|Bestellungen}; nur Ware mit bekanntem "
        "Einkaufspreis.",
        "{n} of profit without what was returned, over {d} {d:order|orders}; only goods whose purchase cost is "
        "known.",
    ),
    "cross_rate": Wording(
        "Cross-Selling-Quote",
        "Cross-selling rate",
        "{n} von {d} {d:Bestellung|Bestellungen} {n:enthält|enthalten} mindestens ein Zusatzangebot, das "
        "angenommen und behalten wurde.",
        "{n} of {d} {d:order|orders} {n:holds|hold} at least one extra that was offered, accepted and kept.",
    ),
    "added_revenue": Wording(
        "Mehr Umsatz je Bestellung durch Angebote",
        "Revenue added per order by offers",
        "{n} Mehrumsatz aus angenommenen und bestellten Angeboten, verteilt auf {d} {d:Bestellung|Bestellungen}.",
        "{n} of revenue added by offers that were accepted and ordered, over {d} {d:order|orders}.",
    ),
    "added_profit": Wording(
        "Mehr Gewinn je Bestellung durch Angebote",
        "Profit added per order by offers",
        "{n} Mehrgewinn aus angenommenen und bestellten Angeboten, verteilt auf {d} {d:Bestellung|Bestellungen}.",
        "{n} of profit added by offers that were accepted and ordered, over {d} {d:order|orders}.",
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
        "{n} von {d} {d:Bestellung|Bestellungen} {n:wurde|wurden} storniert, oder jemand hat darum gebeten.",
        "{n} of {d} {d:order|orders} {n:was|were} cancelled, or somebody asked for it.",
    ),
    "cost_unknown": Wording(
        "Ohne Einkaufspreis",
        "Without a purchase cost",
        "Bei {n} von {d} behaltenen {d:Bestellposition|Bestellpositionen} ist der Einkaufspreis unbekannt; ihr "
        "Gewinn fehlt.",
        "The purchase cost of {n} of {d} order {d:line that was|lines that were} kept is unknown; {n:its|their} "
        "profit is missing.",
    ),
    "saved_sales": Wording(
        "Gerettete Verkäufe",
        "Saved sales",
        "In {n} von {d} {d:Gespräch|Gesprächen} mit Zögern wurde das günstigere Produkt bestellt, das angeboten "
        "war.",
        "In {n} of {d} {d:conversation|conversations} with hesitation the cheaper product on offer was ordered.",
    ),
    "saved_profit": Wording(
        "Gewinn je gerettetem Verkauf",
        "Profit per saved sale",
        "{n} Gewinn der günstigeren Produkte, verteilt auf {d} {d:geretteten Verkauf|gerettete Verkäufe}.",
        "{n} of profit of the cheaper products, over {d} saved {d:sale|sales}.",
    ),
    "hesitated_and_left": Wording(
        "Gezögert und gegangen",
        "Hesitated and left",
        "Von {d} {d:Gespräch|Gesprächen} mit Zögern {n:endete|endeten} {n} ohne Bestellung.",
        "Of {d} {d:conversation|conversations} with hesitation, {n} ended without an order.",
    ),
    "opt_out_rate": Wording(
        "Keine Angebote gewünscht",
        "Opt-out rate",
        "In {n} von {d} {d:Gespräch|Gesprächen} sagte jemand, keine Angebote zu wollen.",
        "In {n} of {d} {d:conversation|conversations} the shopper said they want no offers.",
    ),
    "csat": Wording(
        "Zufriedenheit (CSAT)",
        "Satisfaction (CSAT)",
        "Von {d} {d:Bewertung|Bewertungen} im Chat {n:hatte|hatten} {n} vier oder fünf Sterne.",
        "Of {d} {d:rating|ratings} in the chat, {n} had four or five stars.",
    ),
    "complaint_rate": Wording(
        "Beschwerdequote",
        "Complaint rate",
        "In {n} von {d} {d:Gespräch|Gesprächen} gab es eine Beschwerde oder Ärger.",
        "{n} of {d} {d:conversation|conversations} held a complaint or trouble.",
    ),
    "handoff_rate": Wording(
        "Übergaben an Menschen",
        "Handoffs to a person",
        "{n} von {d} {d:Gespräch|Gesprächen} {n:wurde|wurden} an einen Menschen übergeben.",
        "{n} of {d} {d:conversation|conversations} {n:was|were} handed over to a person.",
    ),
    "takeover_rate": Wording(
        "Von Menschen beantwortet",
        "Answered by a person",
        "In {n} von {d} übergebenen {d:Gespräch|Gesprächen} hat ein Mensch im Chat geantwortet.",
        "In {n} of {d} {d:conversation that was|conversations that were} handed over, a person answered in the "
        "chat.",
    ),
    "first_human_answer": Wording(
        "Wartezeit auf einen Menschen",
        "Wait for a person",
        "Wer nach einem Menschen fragte, wartete in der Hälfte von {d} {d:Fall|Fällen} höchstens {n} auf ihn.",
        "Who asked for a person waited at most {n} for that person's first words in half of {d} {d:case|cases}.",
    ),
    "fallback_rate": Wording(
        "Nicht verstanden",
        "Fallback rate",
        "{n} von {d} {d:Nachricht|Nachrichten} {n:wurde|wurden} nicht verstanden.",
        "{n} of {d} {d:message|messages} {n:was|were} not understood.",
    ),
    "error_rate": Wording(
        "Fehler",
        "Error rate",
        "Bei {n} von {d} {d:Nachricht|Nachrichten} trat ein Fehler auf.",
        "{n} of {d} {d:message|messages} met a fault.",
    ),
    "review_backlog": Wording(
        "Noch nicht geprüft",
        "Review backlog",
        "{n} von {d} {d:Gespräch|Gesprächen} hat noch niemand beurteilt.",
        "Nobody has judged {n} of {d} {d:conversation|conversations} yet.",
    ),
    "conversion": Wording(
        "Gekaufte Angebote",
        "Conversion of offers",
        "{n} von {d} gezeigten {d:Angebot|Angeboten} {n:wurde|wurden} angenommen, bestellt und behalten.",
        "{n} of {d} {d:offer|offers} shown {n:was|were} accepted, ordered and kept.",
    ),
    "take_rate": Wording(
        "Angenommene Angebote",
        "Take rate",
        "{n} von {d} gezeigten {d:Angebot|Angeboten} {n:wurde|wurden} angenommen.",
        "{n} of {d} {d:offer|offers} shown {n:was|were} accepted.",
    ),
    "decline_rate": Wording(
        "Abgelehnte Angebote",
        "Decline rate",
        "{n} von {d} gezeigten {d:Angebot|Angeboten} {n:wurde|wurden} abgelehnt.",
        "{n} of {d} {d:offer|offers} shown {n:was|were} declined.",
    ),
    "ignore_rate": Wording(
        "Übergangene Angebote",
        "Ignore rate",
        "{n} von {d} gezeigten {d:Angebot|Angeboten} {n:wurde|wurden} übergangen.",
        "{n} of {d} {d:offer|offers} shown {n:was|were} passed over.",
    ),
    "open_rate": Wording(
        "Offene Angebote",
        "Open offers",
        "Auf {n} von {d} gezeigten {d:Angebot|Angeboten} hat noch niemand reagiert.",
        "Nobody has reacted to {n} of {d} {d:offer|offers} shown.",
    ),
    "offer_profit": Wording(
        "Mehr Gewinn je Angebot",
        "Profit added per offer",
        "{n} Gewinn aus bestellten Angeboten, verteilt auf {d} {d:gezeigtes|gezeigte}.",
        "{n} of profit of offers that were ordered, over {d} shown.",
    ),
    "latency_p50": Wording(
        "Mittlere Antwortzeit",
        "Median response time",
        "Die Hälfte von {d} {d:Antwort|Antworten} brauchte höchstens {n}.",
        "Half of {d} {d:answer|answers} took at most {n}.",
    ),
    "latency_p95": Wording(
        "Antwortzeit, 95 von 100",
        "Response time, 95 of 100",
        "95 % von {d} {d:Antwort|Antworten} brauchten höchstens {n}.",
        "95 % of {d} {d:answer|answers} took at most {n}.",
    ),
    "repeat_rate": Wording(
        "Wiederkaufrate",
        "Repeat rate",
        "{n} von {d} bekannten Kunden {n:hat|haben} mehr als einmal bestellt, seit es Aufzeichnungen gibt.",
        "{n} of {d} known {d:customer|customers} {n:has|have} ordered more than once since records begin.",
    ),
    "customer_revenue": Wording(
        "Umsatz je Kunde",
        "Revenue per customer",
        "{n} Warenwert bis heute, verteilt auf {d} {d:bekannten|bekannte} Kunden.",
        "{n} of goods until today, over {d} known {d:customer|customers}.",
    ),
    "customer_value": Wording(
        "Kundenwert bis heute",
        "Customer value to date",
        "{n} Gewinn bis heute, verteilt auf {d} {d:bekannten|bekannte} Kunden; nichts davon ist hochgerechnet.",
        "{n} of profit until today, over {d} known {d:customer|customers}; nothing of it is projected.",
    ),
    "uplift_orders": Wording(
        "Mehr Bestellungen durch ungefragte Angebote",
        "Orders caused by unasked offers",
        "Bestellungen je 100 Gespräche mehr als in der Vergleichsgruppe, die nach Los keine ungefragten Angebote "
        "bekam ({d} {d:Gespräch|Gespräche} mit Angeboten).",
        "Orders per 100 conversations more than in the hold-out, which by lot got no unasked offers "
        "({d} {d:conversation|conversations} with offers).",
    ),
    "uplift_profit": Wording(
        "Mehr Gewinn durch ungefragte Angebote",
        "Profit caused by unasked offers",
        "Gewinn je Gespräch mehr als in der Vergleichsgruppe, die nach Los keine ungefragten Angebote bekam "
        "({d} {d:Gespräch|Gespräche} mit Angeboten).",
        "Profit per conversation more than in the hold-out, which by lot got no unasked offers "
        "({d} {d:conversation|conversations} with offers).",
    ),
}

LEFT_DE = "{n} von {d} {d:Gespräch|Gesprächen} mit einem Ja und ohne Bestellung; der zuletzt genannte Grund zählt."
LEFT_EN = "{n} of {d} {d:conversation|conversations} with a yes and without an order; the reason named last counts."
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
