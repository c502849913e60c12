"""Builds the reason of an offer: its code, benefit sentence, counts, and what is gained, given up and met."""

from actions.offers.comparison import gains_and_losses
from actions.offers.decision import Reason, ReasonCode
from actions.offers.fitting import is_enough, is_related
from actions.offers.limits import OfferLimits
from actions.offers.need_fit import fit
from actions.offers.products import Evidence, Product, Provenance, Words
from actions.offers.situation import Candidate, OfferKind, Situation


def reason_for(situation: Situation, candidate: Candidate, anchor: Product, limits: OfferLimits) -> Reason:
    """Why this candidate goes with or in place of `anchor`; only what is recorded or counted often enough."""
    benefit = _benefit(candidate)
    if candidate.kind is OfferKind.CROSS:
        evidence = _evidence(candidate, limits)
        return Reason(_cross_code(situation, candidate, evidence), benefit, evidence)
    gains, gives_up = gains_and_losses(anchor, candidate.product, candidate.kind, situation.needs)
    code = ReasonCode.NEXT_TIER if candidate.kind is OfferKind.UP else ReasonCode.CHEAPER_FITS
    met = fit(candidate.product, situation.needs).met
    return Reason(code, benefit, gains=gains, gives_up=gives_up, needs_met=met)


def _benefit(candidate: Candidate) -> Words:
    """The relation's sentence, else the product's own, language by language; none that presses."""
    own = candidate.product.benefit.honest()
    said = candidate.relation.benefit.honest() if candidate.relation else Words()
    return Words(said.de or own.de, said.en or own.en)


def _evidence(candidate: Candidate, limits: OfferLimits) -> Evidence | None:
    evidence = candidate.relation.evidence if candidate.relation else None
    return evidence if is_enough(evidence, limits) else None


def _cross_code(situation: Situation, candidate: Candidate, evidence: Evidence | None) -> ReasonCode:
    """Counted orders speak where they were mined; across unrelated categories they say "also bought", no more."""
    relation = candidate.relation
    if relation is None or relation.provenance is not Provenance.MINED or evidence is None:
        return ReasonCode.CURATED
    related = relation.approved or is_related(situation, candidate)
    return ReasonCode.BOUGHT_TOGETHER if related else ReasonCode.ALSO_BOUGHT
