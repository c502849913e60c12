"""A reason is written down in one shape, whoever reads it."""

from dataclasses import replace

from actions.offers.decision import Difference, Reason, ReasonCode
from actions.offers.documents import evidence_document, read_reason, reason_document
from actions.offers.products import Evidence, Words

COUNTED = Evidence(
    together=36,
    anchor_orders=115,
    orders=22_514,
    support=0.00159900,
    confidence=0.3130434,
    lift=16.1249,
    simulated=True,
)


def test_counts_are_whole_and_shares_claim_no_more_digits_than_they_have() -> None:
    assert evidence_document(COUNTED) == {
        "together": 36,
        "anchor_orders": 115,
        "orders": 22_514,
        "support": 0.001599,
        "confidence": 0.313,
        "lift": 16.12,
        "simulated": True,
    }


def test_what_was_learnt_makes_an_order_and_is_told_to_nobody() -> None:
    assert evidence_document(replace(COUNTED, weight=0.2)) == evidence_document(COUNTED)


def test_what_was_not_counted_is_an_empty_document() -> None:
    assert evidence_document(None) == {}


def test_a_reason_comes_back_as_it_was_written_down() -> None:
    reason = Reason(
        ReasonCode.CHEAPER_FITS,
        Words("Reicht für die Stadt.", "Enough for town."),
        gives_up=(Difference("gears", "24", "18"),),
        needs_met=("max_price",),
    )
    assert read_reason(reason_document(reason)) == reason
    rounded = replace(COUNTED, support=0.001599, confidence=0.313, lift=16.12)
    with_counts = replace(reason, code=ReasonCode.BOUGHT_TOGETHER, evidence=COUNTED)
    assert read_reason(reason_document(with_counts)).evidence == rounded


def test_a_reason_of_an_older_log_without_counts_is_read_too() -> None:
    reason = Reason(ReasonCode.CURATED)
    assert read_reason({**reason_document(reason), "evidence": None}) == reason
