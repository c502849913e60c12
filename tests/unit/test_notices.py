"""The sentences that say who is speaking: in both languages, and by the rules of every other sentence."""

import pytest

from actions.phrases import Phrasebook
from bot.transcripts.speaking import NOTICES

SAYS = {"notice_person", "notice_assistant", "notice_assistant_silence", "notice_person_in_chat"}


@pytest.fixture
def phrases() -> Phrasebook:
    return Phrasebook.load(NOTICES)


def test_there_are_these_and_no_others(phrases: Phrasebook) -> None:
    assert phrases.names() == SAYS


@pytest.mark.parametrize("name", sorted(SAYS))
def test_each_names_the_person_and_is_said_in_both_languages(phrases: Phrasebook, name: str) -> None:
    german, english = (phrases.say(name, language, person="Frau Keller") for language in ("de", "en"))
    assert "Frau Keller" in german and "Frau Keller" in english
    assert german != english
