"""What a fault leaves in a log file: where it happened and what kind, and no word of a shopper."""

import io
import logging

import pytest

from actions.log_lines import FORMAT, PlainFaults

WORDS = "Zwetschgenmus"


@pytest.fixture
def log() -> tuple[logging.Logger, io.StringIO]:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(PlainFaults(FORMAT))
    logger = logging.Logger("house")
    logger.addHandler(handler)
    return logger, written


def reads(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise LookupError(text) from error


def test_a_fault_is_told_by_kind_and_place_and_in_none_of_its_words(log) -> None:
    logger, written = log
    try:
        reads(WORDS)
    except LookupError:
        logger.exception("turn failed message=%s", "m1")
    told = written.getvalue()
    assert WORDS not in told
    assert "ERROR house turn failed message=m1" in told
    assert "builtins.LookupError" in told
    assert "builtins.ValueError" in told
    assert "test_log_lines.py" in told and " reads" in told
