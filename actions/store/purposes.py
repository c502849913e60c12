"""What every column is kept for, whose it is and for how long; the record of processing is made from this."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Words:
    """The same said in both languages."""

    de: str
    en: str


class Whose(Enum):
    """Whom a value is about."""

    NOBODY = Words("niemanden", "nobody")
    SHOPPER = Words("Kundschaft", "shoppers")
    STAFF = Words("Personal", "staff")


class Purpose(Enum):
    """What a value is for, with the legal ground where it is about a person (GDPR, Article 6 (1))."""

    SELLING = Words("das Sortiment zeigen und beraten", "showing and advising on what the shop sells")
    LEARNING = Words("lernen, was zusammen gekauft wird", "learning what is bought together")
    TALKING = Words("im Gespräch antworten (Buchst. b)", "answering in the conversation (b)")
    SHOWING = Words(
        "zeigen können, warum etwas angeboten wurde, und das Angebot verbessern (Buchst. f)",
        "being able to show why something was offered, and improving it (f)",
    )
    CALLING = Words("zurückrufen oder zurückschreiben können (Buchst. b)", "calling or writing back (b)")
    ORDERING = Words("bestellen und liefern (Buchst. b und c)", "ordering and delivery (b and c)")
    ADVISING = Words(
        "persönlich beraten, nur mit Einwilligung (Buchst. a)", "personal advice, with consent only (a)"
    )
    PROVING = Words("Einwilligungen nachweisen (Buchst. c)", "proving consents (c)")
    KEEPING = Words(
        "Ansprüche verteidigen, Löschung aussetzen (Buchst. f)", "defending claims, putting off erasure (f)"
    )
    RUNNING = Words("Betrieb und Fehlersuche (Buchst. f)", "running the house and finding faults (f)")


class Period(Enum):
    """How long a value is kept."""

    MERCHANT = Words("bis der Laden es ändert", "until the shop changes it")
    ANONYMOUS = Words(
        "TRESEN_TRANSCRIPT_DAYS nach dem letzten Wort, dann geleert",
        "TRESEN_TRANSCRIPT_DAYS after the last word, then emptied",
    )
    ROW = Words(
        "TRESEN_TRANSCRIPT_DAYS nach dem letzten Wort, dann gelöscht",
        "TRESEN_TRANSCRIPT_DAYS after the last word, then deleted",
    )
    FIGURE = Words(
        "bleibt nach TRESEN_TRANSCRIPT_DAYS als Zahl ohne Person",
        "stays after TRESEN_TRANSCRIPT_DAYS as a figure without a person",
    )
    ORIGINAL = Words("TRESEN_ORIGINAL_DAYS nach der Nachricht", "TRESEN_ORIGINAL_DAYS after the message")
    CODE = Words("10 Minuten", "10 minutes")
    BUSINESS = Words("so lange wie die Geschäftsunterlagen des Ladens", "as long as the shop's business records")
    RELEASE = Words("bis zur Freigabe", "until it is released")
    ACCOUNT = Words("bis das Konto entfernt wird", "until the account is removed")
    SIGNED_IN = Words("bis zur Abmeldung, höchstens 12 Stunden", "until signing out, 12 hours at most")


@dataclass(frozen=True, slots=True)
class Entry:
    """The columns of one table that are kept for the same purpose and time; `*` where none is about a person."""

    table: str
    columns: str
    whose: Whose
    purpose: Purpose
    period: Period


def _of_the_shop(purpose: Purpose, *tables: str) -> tuple[Entry, ...]:
    return tuple(Entry(table, "*", Whose.NOBODY, purpose, Period.MERCHANT) for table in tables)


SHOPPER, STAFF = Whose.SHOPPER, Whose.STAFF
ENTRIES: tuple[Entry, ...] = (
    *_of_the_shop(
        Purpose.SELLING,
        *("shop_facts", "policy_values", "campaigns", "categories", "terms", "products", "relations"),
        "price_changes",
    ),
    *_of_the_shop(
        Purpose.LEARNING,
        *("affinity_versions", "affinity_items", "affinities", "affinity_switches", "offer_answers"),
    ),
    Entry(
        "past_order_lines",
        "id order_id ordered_at sku quantity price",
        SHOPPER,
        Purpose.LEARNING,
        Period.BUSINESS,
    ),
    Entry("past_order_lines", "customer", SHOPPER, Purpose.ADVISING, Period.BUSINESS),
    Entry(
        "conversations",
        "id language channel stage started_at active_at opted_out refusals negative_mood handed_off arm rollout"
        " rating simulated forgotten_at",
        SHOPPER,
        Purpose.SHOWING,
        Period.FIGURE,
    ),
    Entry("conversations", "consent", SHOPPER, Purpose.PROVING, Period.FIGURE),
    Entry("conversations", "customer", SHOPPER, Purpose.ADVISING, Period.ANONYMOUS),
    Entry("conversations", "memory", SHOPPER, Purpose.TALKING, Period.ANONYMOUS),
    Entry("messages", "text payload digest reply client_id", SHOPPER, Purpose.TALKING, Period.ANONYMOUS),
    Entry(
        "messages",
        "id conversation position received_at state answered_at answered_by nlu actions model",
        SHOPPER,
        Purpose.SHOWING,
        Period.FIGURE,
    ),
    Entry("messages", "engine_ms error", SHOPPER, Purpose.RUNNING, Period.FIGURE),
    Entry("message_originals", "message sealed", SHOPPER, Purpose.CALLING, Period.ORIGINAL),
    Entry(
        "action_replies",
        "conversation message action reply changes created_at",
        SHOPPER,
        Purpose.TALKING,
        Period.ROW,
    ),
    Entry(
        "offer_decisions",
        "id conversation message decided_at policy_version stage placement anchor asked_for hesitation offered"
        " withheld eligible ranking",
        SHOPPER,
        Purpose.SHOWING,
        Period.FIGURE,
    ),
    Entry(
        "offers",
        "id decision conversation kind sku anchor price price_difference currency reason state shown_at"
        " answered_at",
        SHOPPER,
        Purpose.SHOWING,
        Period.FIGURE,
    ),
    Entry("voice_callers", "caller conversation since came_from", SHOPPER, Purpose.TALKING, Period.ROW),
    Entry("link_codes", "conversation code valid_until", SHOPPER, Purpose.TALKING, Period.CODE),
    Entry(
        "handoffs",
        "reference conversation requested_at asked_again_at reason",
        SHOPPER,
        Purpose.SHOWING,
        Period.FIGURE,
    ),
    Entry("handoffs", "context", SHOPPER, Purpose.CALLING, Period.ANONYMOUS),
    Entry(
        "takeovers",
        "id conversation asked_at since answered_at said_at ended_at",
        SHOPPER,
        Purpose.SHOWING,
        Period.FIGURE,
    ),
    Entry("takeovers", "staff", STAFF, Purpose.SHOWING, Period.FIGURE),
    Entry(
        "consent_events",
        "id conversation state given_at text_version language channel",
        SHOPPER,
        Purpose.PROVING,
        Period.FIGURE,
    ),
    Entry(
        "cart_lines",
        "conversation sku quantity price currency offer added_at position",
        SHOPPER,
        Purpose.TALKING,
        Period.ROW,
    ),
    Entry(
        "orders",
        "id conversation key number state lines total shipping currency created_at placed_at",
        SHOPPER,
        Purpose.ORDERING,
        Period.BUSINESS,
    ),
    Entry("orders", "customer", SHOPPER, Purpose.ADVISING, Period.ANONYMOUS),
    Entry(
        "outbox",
        "id topic key payload state attempts next_at error",
        SHOPPER,
        Purpose.ORDERING,
        Period.BUSINESS,
    ),
    Entry(
        "shop_orders",
        "number key lines total currency state placed_at",
        SHOPPER,
        Purpose.ORDERING,
        Period.BUSINESS,
    ),
    Entry("returned_lines", "order sku returned_at quantity", SHOPPER, Purpose.ORDERING, Period.BUSINESS),
    Entry("past_returns", "order_id sku returned_at quantity amount", SHOPPER, Purpose.LEARNING, Period.BUSINESS),
    Entry("privacy_holds", "conversation reason placed_at", SHOPPER, Purpose.KEEPING, Period.RELEASE),
    Entry("privacy_holds", "placed_by", STAFF, Purpose.KEEPING, Period.RELEASE),
    Entry("staff", "id name shown_as role password language active", STAFF, Purpose.RUNNING, Period.ACCOUNT),
    Entry("staff_sessions", "key staff opened_at", STAFF, Purpose.RUNNING, Period.SIGNED_IN),
    Entry("sign_in_failures", "subject failures last_at closed_until", STAFF, Purpose.RUNNING, Period.SIGNED_IN),
    Entry("audit_log", "id at who what subject details previous digest", STAFF, Purpose.KEEPING, Period.BUSINESS),
    Entry(
        "conversation_digests",
        "id conversation started_at active_at channel language turns outcome offers confidence fallbacks repeats"
        " errors handed_off fingerprint read_at",
        SHOPPER,
        Purpose.SHOWING,
        Period.FIGURE,
    ),
    Entry("conversation_digests", "first_words", SHOPPER, Purpose.SHOWING, Period.ANONYMOUS),
    Entry("digest_facets", "kind value active_us digest", SHOPPER, Purpose.SHOWING, Period.FIGURE),
    Entry(
        "reviews",
        "conversation status verdict causes served flagged tags changed_at",
        SHOPPER,
        Purpose.SHOWING,
        Period.FIGURE,
    ),
    Entry("reviews", "note", SHOPPER, Purpose.SHOWING, Period.ANONYMOUS),
    Entry("reviews", "assignee reviewer", STAFF, Purpose.SHOWING, Period.FIGURE),
    Entry("review_steps", "id conversation at before", SHOPPER, Purpose.SHOWING, Period.ANONYMOUS),
    Entry("review_steps", "staff", STAFF, Purpose.SHOWING, Period.ANONYMOUS),
    Entry(
        "label_corrections",
        "id message conversation intent state part changed_at",
        SHOPPER,
        Purpose.SHOWING,
        Period.FIGURE,
    ),
    Entry("label_corrections", "annotations", SHOPPER, Purpose.SHOWING, Period.ANONYMOUS),
    Entry("label_corrections", "proposed_by decided_by", STAFF, Purpose.SHOWING, Period.FIGURE),
    Entry("policy_versions", "*", Whose.NOBODY, Purpose.SHOWING, Period.BUSINESS),
    Entry("retention_runs", "*", Whose.NOBODY, Purpose.RUNNING, Period.MERCHANT),
)
