"""Eligibility by fit: not there already, related to the anchor, compatible, in stock, meeting stated needs."""

from collections.abc import Mapping

from actions.offers.decision import Refusal
from actions.offers.limits import OfferLimits
from actions.offers.need_fit import NeedFit, fit, in_category
from actions.offers.products import CROSS_RELATIONS, Evidence, Product, Provenance, Relation, RelationKind
from actions.offers.situation import Candidate, Hesitation, Needs, OfferKind, Situation

_ALTERNATIVES = frozenset({RelationKind.SUBSTITUTE, RelationKind.DIFFERENT_BRAND})
FITTING_RELATIONS: Mapping[OfferKind, frozenset[RelationKind]] = {
    OfferKind.CROSS: CROSS_RELATIONS,
    OfferKind.UP: _ALTERNATIVES | {RelationKind.UPGRADE},
    OfferKind.DOWN: _ALTERNATIVES | {RelationKind.DOWNGRADE},
}


def is_not_in_cart(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    held = any(item.product.sku == candidate.product.sku for item in situation.cart)
    return Refusal.IN_CART if held else None


def need_is_not_served_by_cart(situation: Situation, candidate: Candidate, _l: OfferLimits) -> Refusal | None:
    """With a helmet in the cart no second helmet is offered; two required parts may share a category."""
    required = candidate.relation is not None and candidate.relation.kind is RelationKind.REQUIRED_PART
    return Refusal.IN_CART if serving_line(situation, candidate) and not required else None


def serving_line(situation: Situation, candidate: Candidate) -> Product | None:
    """The cart's product, other than the anchor, that serves the same need as the candidate."""
    anchor, category = situation.basis(candidate.relation), candidate.product.category
    others = (item.product for item in situation.cart if anchor is None or item.product.sku != anchor.sku)
    return next((product for product in others if category and product.category == category), None)


def is_another_model(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    """Another colour or size of what is discussed or already taken is no offer."""
    anchor = situation.basis(candidate.relation)
    held = {item.product.family for item in situation.cart} | ({anchor.family} if anchor else set())
    return Refusal.SAME_FAMILY if candidate.product.family in held else None


def is_not_owned(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    return Refusal.ALREADY_OWNED if candidate.product.family in situation.owned_families else None


def goes_with_the_anchor(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    """A complement by the matrix or a feed, or by past orders where the categories belong together."""
    anchor, relation = situation.basis(candidate.relation), candidate.relation
    if anchor is None or relation is None or relation.kind not in CROSS_RELATIONS:
        return Refusal.UNRELATED
    if may_speak(relation, limits):
        return None
    if relation.provenance is not Provenance.MINED:
        return Refusal.NOT_APPROVED
    if not (is_related(situation, candidate) or _may_be_unrelated(situation, candidate, limits)):
        return Refusal.UNRELATED
    if not limits.use_mined:
        return Refusal.NOT_APPROVED
    return None if is_enough(relation.evidence, limits) else Refusal.NOT_ENOUGH_EVIDENCE


def may_speak(relation: Relation, limits: OfferLimits) -> bool:
    """Approved by a person, or of a feed that the merchant lets speak unasked."""
    return relation.approved or (relation.provenance is Provenance.FEED and limits.use_feed)


def is_related(situation: Situation, candidate: Candidate) -> bool:
    """Whether two categories may complement each other at all, however often they were bought together.

    They do within one department (the first step of the path) or where the merchant approved a relation between
    the two; products of one category serve the same need and replace each other.
    """
    anchor = situation.basis(candidate.relation)
    if anchor is None or _is_closed(situation, candidate):
        return False
    ours, theirs = anchor.category, candidate.product.category
    if (ours, theirs) in situation.related_categories:
        return True
    return bool(ours) and ours != theirs and ours.split("/")[0] == theirs.split("/")[0]


def _may_be_unrelated(situation: Situation, candidate: Candidate, limits: OfferLimits) -> bool:
    anchor = situation.basis(candidate.relation)
    same_need = anchor is not None and anchor.category == candidate.product.category
    return limits.allow_unrelated and not same_need and not _is_closed(situation, candidate)


def _is_closed(situation: Situation, candidate: Candidate) -> bool:
    anchor = situation.basis(candidate.relation)
    return anchor is not None and anchor.sku in situation.nothing_fits


def is_enough(evidence: Evidence | None, limits: OfferLimits) -> bool:
    """Whether past orders say enough to be used and spoken of."""
    return (
        evidence is not None
        and evidence.together >= limits.min_evidence
        and evidence.confidence >= limits.min_confidence
        and evidence.lift >= limits.min_lift
    )


def serves_the_same_need(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    """One category is one need; across categories only the merchant's own upgrade or downgrade says so."""
    anchor, relation = situation.basis(candidate.relation), candidate.relation
    if anchor is None or (relation and relation.kind not in FITTING_RELATIONS[candidate.kind]):
        return Refusal.UNRELATED
    stated = relation is not None and relation.provenance is not Provenance.MINED
    if stated and relation and not may_speak(relation, limits):
        return Refusal.NOT_APPROVED
    if stated and relation and relation.kind not in _ALTERNATIVES:
        return None
    same_need = bool(anchor.category) and anchor.category == candidate.product.category
    return None if same_need else Refusal.UNRELATED


def is_compatible(_situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    """What is not known to fit is not claimed to fit."""
    relation = candidate.relation
    return Refusal.INCOMPATIBLE if relation is not None and relation.compatible is not True else None


def is_in_stock(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    return None if candidate.product.stock >= quantity_needed(situation, candidate) else Refusal.OUT_OF_STOCK


def quantity_needed(situation: Situation, candidate: Candidate) -> int:
    """One of an extra; a replacement keeps the quantity of the line it would take the place of."""
    anchor = situation.basis(candidate.relation)
    if candidate.kind is OfferKind.CROSS or anchor is None:
        return 1
    return max((item.quantity for item in situation.cart if item.product.sku == anchor.sku), default=1)


def need_is_known(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    """Before another product is proposed in place of the anchor, something must be known of what it is for.

    "Too dear" is such a statement for something cheaper; a question of the shopper's is answered in any case.
    """
    price_objection = candidate.kind is OfferKind.DOWN and situation.hesitation is Hesitation.PRICE_SENSITIVITY
    if price_objection or situation.asks_for(candidate.kind) or situation.requested is candidate.kind:
        return None
    anchor = situation.basis(candidate.relation)
    known = anchor is not None and situation.needs.stated and in_category(anchor, situation.needs.category)
    return None if known else Refusal.NEED_UNKNOWN


def needs_are_met(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    """Every stated need is a hard limit, and so is the size the shopper chose where the model is made in it."""
    kept = need_fit_in_place_of(candidate.product, situation.needs).fits
    return None if kept and wanted_size(situation, candidate) is None else Refusal.NEED_NOT_MET


def need_fit_in_place_of(product: Product, needs: Needs) -> NeedFit:
    """The fit apart from the category, which a replacement shares with its anchor."""
    return fit(product, Needs("", needs.max_price, needs.min_price, needs.attributes))


def wanted_size(situation: Situation, candidate: Candidate) -> str | None:
    """The anchor's size where the candidate is another size of a model that is made in it."""
    anchor, offered = situation.basis(candidate.relation), candidate.product
    if anchor is None or not anchor.size or offered.size == anchor.size:
        return None
    return anchor.size if anchor.size in situation.family_sizes.get(offered.family, frozenset()) else None


def relation_speaks(relation: Relation | None) -> bool:
    """True for a relation the merchant or a feed stands behind."""
    return relation is not None and relation.approved and relation.kind is not RelationKind.NONE_FITS
