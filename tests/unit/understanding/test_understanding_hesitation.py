"""Why somebody hesitates is read in the offer policy's codes."""

import pytest
from understanding_shops import bikes

from actions.offers.situation import Hesitation

LINES = [
    ("zu teuer", Hesitation.PRICE_SENSITIVITY),
    ("das ist mir zu teuer", Hesitation.PRICE_SENSITIVITY),
    ("1.200 € ist mir zu viel", Hesitation.PRICE_SENSITIVITY),
    ("das sprengt mein budget", Hesitation.PRICE_SENSITIVITY),
    ("kann ich mir nicht leisten", Hesitation.PRICE_SENSITIVITY),
    ("stolzer preis", Hesitation.PRICE_SENSITIVITY),
    ("ganz schön viel geld", Hesitation.PRICE_SENSITIVITY),
    ("mehr als ich ausgeben wollte", Hesitation.PRICE_SENSITIVITY),
    ("passt gerade finanziell nicht", Hesitation.PRICE_SENSITIVITY),
    ("too expensive", Hesitation.PRICE_SENSITIVITY),
    ("that's over my budget", Hesitation.PRICE_SENSITIVITY),
    ("I can't afford that", Hesitation.PRICE_SENSITIVITY),
    ("that's a lot of money", Hesitation.PRICE_SENSITIVITY),
    ("a bit pricey", Hesitation.PRICE_SENSITIVITY),
    ("der versand ist mir zu teuer", Hesitation.SHIPPING_COST),
    ("was kosten die versandkosten", Hesitation.SHIPPING_COST),
    ("shipping is too expensive", Hesitation.SHIPPING_COST),
    ("dauert mir zu lange", Hesitation.SHIPPING_SPEED),
    ("kommt das rechtzeitig an?", Hesitation.SHIPPING_SPEED),
    ("ich brauche es bis freitag", Hesitation.SHIPPING_SPEED),
    ("how long does delivery take", Hesitation.SHIPPING_SPEED),
    ("I need it by friday", Hesitation.SHIPPING_SPEED),
    ("so viel brauche ich nicht", Hesitation.PRODUCT_FIT),
    ("ich schreibe nur mails", Hesitation.PRODUCT_FIT),
    ("ich brauche das alles gar nicht", Hesitation.PRODUCT_FIT),
    ("das ist mir zu groß", Hesitation.PRODUCT_FIT),
    ("passt das überhaupt zu mir?", Hesitation.PRODUCT_FIT),
    ("ob das wohl passt", Hesitation.PRODUCT_FIT),
    ("I don't need that much", Hesitation.PRODUCT_FIT),
    ("I only write emails", Hesitation.PRODUCT_FIT),
    ("overkill for me", Hesitation.PRODUCT_FIT),
    ("not sure if it fits", Hesitation.PRODUCT_FIT),
    ("ist der shop seriös?", Hesitation.TRUST_SECURITY),
    ("is this a scam", Hesitation.TRUST_SECURITY),
    ("is this shop legit", Hesitation.TRUST_SECURITY),
    ("kann ich das zurückgeben", Hesitation.RETURNS_POLICY),
    ("und wenn es nicht passt?", Hesitation.RETURNS_POLICY),
    ("can I return it", Hesitation.RETURNS_POLICY),
    ("geht auch ratenzahlung", Hesitation.PAYMENT_OPTIONS),
    ("kann ich auf rechnung zahlen", Hesitation.PAYMENT_OPTIONS),
    ("do you take paypal", Hesitation.PAYMENT_OPTIONS),
    ("ich will erst noch vergleichen", Hesitation.COMPARISON),
    ("woanders ist es günstiger", Hesitation.COMPARISON),
    ("ich schaue mich noch um", Hesitation.COMPARISON),
    ("I'll compare with other shops first", Hesitation.COMPARISON),
    ("ich überlege noch", Hesitation.TIMING_DEFERRED),
    ("da muss ich nochmal drüber schlafen", Hesitation.TIMING_DEFERRED),
    ("vielleicht später", Hesitation.TIMING_DEFERRED),
    ("erst nächsten monat", Hesitation.TIMING_DEFERRED),
    ("muss ich mit meiner frau besprechen", Hesitation.TIMING_DEFERRED),
    ("I'll think about it", Hesitation.TIMING_DEFERRED),
    ("maybe later", Hesitation.TIMING_DEFERRED),
    ("not today", Hesitation.TIMING_DEFERRED),
    ("weiß nicht", Hesitation.OTHER),
    ("ich bin mir nicht sicher", Hesitation.OTHER),
    ("keine ahnung", Hesitation.OTHER),
    ("not sure", Hesitation.OTHER),
    ("I haven't decided yet", Hesitation.OTHER),
]


@pytest.mark.parametrize(("text", "reason"), LINES)
def test_the_reason_of_a_hesitation_is_read(text: str, reason: Hesitation) -> None:
    assert bikes().understand(text).hesitation is reason


@pytest.mark.parametrize(
    "text",
    [
        "das ist mir nicht zu teuer",
        "nicht zu teuer",
        "ich suche ein mountainbike",
        "unter 800 euro",
        "in rot",
        "das zweite",
        "ich nehme zwei davon",
        "noch einen",
        "mountainbike nicht in rot",
        "i want a red bike",
        "add it to my cart",
    ],
)
def test_what_sounds_settled_is_no_hesitation(text: str) -> None:
    assert bikes().understand(text).hesitation is None
