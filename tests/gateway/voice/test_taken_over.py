"""A call in a chat that a person has taken over: an honest sentence, no turn for the engine, and the way out."""

import pytest

from tests.gateway.conftest import Chat, Gateway
from tests.gateway.desk import hire
from tests.gateway.voice.conftest import ByVoice
from tests.gateway.voice.test_linking import code_of

IN_THE_CHAT = "Ihnen antwortet gerade Frau Keller persönlich, schriftlich im Chat."


@pytest.mark.parametrize("channel", ["phone", "cx", "es", "webhook"])
async def test_a_call_in_a_chat_taken_over_hears_that_a_person_answers_there(
    by: ByVoice, chat: Chat, gateway: Gateway, channel: str
) -> None:
    someone, desk = by(channel), hire(gateway)
    await someone.says("hallo")
    await someone.says(f"Code {await code_of(chat)}")
    turns = len(gateway.engine.turns)
    desk.take(chat)
    assert IN_THE_CHAT in await someone.says("noch einen Helm")
    assert IN_THE_CHAT in await someone.says("wiederhole das")
    assert len(gateway.engine.turns) == turns
    desk.back(chat)
    assert "noch ein Schloss" in await someone.says("noch ein Schloss")
    assert len(gateway.engine.turns) == turns + 1
