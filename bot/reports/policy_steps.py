"""The live offer policy as steps: every eligibility rule in its real order, a question with the limits in force."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from actions.offers.decision import Refusal
from actions.offers.eligibility import RULES, Rule
from actions.offers.limits import OfferLimits
from actions.offers.situation import OfferKind
from actions.store.limit_values import told


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule as a question whose no refuses; `always` also where the shopper asked for advice."""

    de: str
    en: str
    refusals: tuple[Refusal, ...]
    limits: tuple[str, ...] = ()
    always: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One question of the ladder, the limits that bound it, and the reasons its no may have."""

    question: str
    limits: tuple[str, ...]
    refusals: tuple[str, ...]
    always: bool


R = Refusal
QUESTIONS: Mapping[str, Asked] = {
    "placement_is_on": Asked(
        "Sind Angebote an dieser Stelle eingeschaltet?",
        "Are offers switched on in this place?",
        (R.PLACEMENT_OFF,),
        ("placements_off",),
        always=True,
    ),
    "shopper_wants_offers": Asked("Sind Angebote erwünscht?", "Does the shopper want offers?", (R.OPTED_OUT,)),
    "mood_allows_it": Asked(
        "Ist das Gespräch frei von Beschwerde und Ärger?",
        "Is it free of complaint and trouble?",
        (R.NEGATIVE_MOOD,),
    ),
    "order_came_first": Asked(
        "Gibt es schon das Ja zum Produkt (streng: die Bestellung)?",
        "Is there a yes to the product (strict: the order)?",
        (R.ORDER_FIRST,),
        ("order_first",),
    ),
    "was_not_declined": Asked(
        "Wurde dieses Modell noch nicht abgelehnt?",
        "Was this model not declined yet?",
        (R.DECLINED_BEFORE,),
        always=True,
    ),
    "stage_suits_cross": Asked(
        "Zögert niemand (oder spart der Zusatz den Versand)?",
        "Does nobody hesitate (or does it save shipping)?",
        (R.WRONG_STAGE,),
    ),
    "dear_anchor_stays_alone": Asked(
        "Ist der Kauf nicht so teuer, dass er allein bleiben soll?",
        "Is the purchase not so dear that it should stay alone?",
        (R.WRONG_STAGE,),
        ("high_ticket",),
    ),
    "stage_suits_up": Asked(
        "Ist noch nicht bestellt, und zögert niemand?",
        "Is nothing ordered yet, and nobody hesitates?",
        (R.WRONG_STAGE,),
    ),
    "stage_suits_down": Asked(
        "Zögert jemand wegen Preis oder Eignung, vor der Bestellung?",
        "Does somebody hesitate over price or fit, before the order?",
        (R.WRONG_STAGE,),
    ),
    "offers_have_not_ended": Asked(
        "Wurde noch nicht zu oft nein gesagt?",
        "Have there not been too many noes?",
        (R.FREQUENCY_CAP,),
        ("refusals_end_offers",),
    ),
    "kind_does_not_rest": Asked(
        "Ruht diese Art von Angebot nicht?", "Is this kind of offer not resting?", (R.KIND_PAUSED,)
    ),
    "caps_leave_room": Asked(
        "Wurde noch nicht zu viel gezeigt, und dieses noch nie?",
        "Was not too much shown yet, and this never?",
        (R.FREQUENCY_CAP,),
        ("max_offers_conversation", "max_offers_kind"),
    ),
    "is_not_in_cart": Asked(
        "Liegt es noch nicht im Warenkorb?", "Is it not in the cart yet?", (R.IN_CART,), always=True
    ),
    "is_another_model": Asked(
        "Ist es ein anderes Modell als im Warenkorb?",
        "Is it another model than those in the cart?",
        (R.SAME_FAMILY,),
        always=True,
    ),
    "is_not_owned": Asked(
        "Wurde es nicht schon gekauft (nur mit Einwilligung bekannt)?",
        "Was it not bought before (known only with consent)?",
        (R.ALREADY_OWNED,),
        always=True,
    ),
    "goes_with_the_anchor": Asked(
        "Passt es zum Produkt: Matrix, oder genug Bestellungen?",
        "Does it go with the product: matrix, or enough orders?",
        (R.UNRELATED, R.NOT_APPROVED, R.NOT_ENOUGH_EVIDENCE),
        ("use_mined", "use_feed", "allow_unrelated", "min_evidence", "min_confidence", "min_lift"),
        always=True,
    ),
    "need_is_not_served_by_cart": Asked(
        "Erfüllt noch nichts im Warenkorb diesen Zweck?",
        "Does nothing in the cart serve this need yet?",
        (R.IN_CART,),
        always=True,
    ),
    "serves_the_same_need": Asked(
        "Dient es demselben Zweck?",
        "Does it serve the same need?",
        (R.UNRELATED, R.NOT_APPROVED),
        ("use_feed",),
        always=True,
    ),
    "is_compatible": Asked(
        "Ist bekannt, dass es passt?", "Is it known to be compatible?", (R.INCOMPATIBLE,), always=True
    ),
    "is_in_stock": Asked("Ist genug davon da?", "Is enough of it in stock?", (R.OUT_OF_STOCK,), always=True),
    "cost_is_known": Asked(
        "Ist der Einkaufspreis bekannt?", "Is its purchase cost known?", (R.MARGIN_UNKNOWN,), always=True
    ),
    "extra_earns_its_floor": Asked(
        "Verdient es mindestens die Untergrenze?",
        "Does it earn its floor?",
        (R.MARGIN,),
        ("min_profit_cross", "handling_cost"),
        always=True,
    ),
    "saving_earns_its_floor": Asked(
        "Verdient es mindestens die Untergrenze?",
        "Does it earn its floor?",
        (R.MARGIN,),
        ("min_profit_down",),
        always=True,
    ),
    "is_not_sold_at_a_loss": Asked(
        "Wird es ohne Verlust verkauft?", "Is it sold without a loss?", (R.LOSS,), always=True
    ),
    "step_up_raises_the_profit": Asked(
        "Verdient es genug mehr als das gewählte Produkt?",
        "Does it earn enough more than the product chosen?",
        (R.NO_PROFIT_GAIN, R.MARGIN_UNKNOWN),
        ("min_profit_gain_up",),
        always=True,
    ),
    "is_one_step_up": Asked(
        "Ist es teurer, aber nicht zu viel teurer?",
        "Is it dearer, but not too much?",
        (R.PRICE_STEP,),
        ("max_price_step",),
        always=True,
    ),
    "is_cheaper": Asked("Ist es günstiger?", "Is it cheaper?", (R.PRICE_STEP,), always=True),
    "need_is_known": Asked(
        "Ist bekannt, wofür es gebraucht wird?", "Is it known what it is for?", (R.NEED_UNKNOWN,)
    ),
    "needs_are_met": Asked(
        "Erfüllt es jeden genannten Wunsch?", "Does it meet every need stated?", (R.NEED_NOT_MET,), always=True
    ),
    "is_not_held_out": Asked(
        "Gehört das Gespräch nicht zur Vergleichsgruppe?",
        "Is the conversation not in the hold-out?",
        (R.HOLDOUT,),
        ("holdout",),
    ),
}


def name_of(rule: Rule) -> str:
    """What the rule is called in the code."""
    return str(getattr(rule, "__name__", ""))


def steps(
    kind: OfferKind, limits: OfferLimits, language: str, worded: Callable[[str], str] = str
) -> tuple[Step, ...]:
    """The questions a candidate of this kind has to pass, in the order they are asked; reasons as `worded` says."""
    asked = (QUESTIONS[name_of(rule)] for rule in RULES[kind])
    return tuple(
        Step(
            question=each.en if language == "en" else each.de,
            limits=tuple(f"{name} = {told(getattr(limits, name))}" for name in each.limits),
            refusals=tuple(worded(refusal.value) for refusal in each.refusals),
            always=each.always,
        )
        for each in asked
    )
