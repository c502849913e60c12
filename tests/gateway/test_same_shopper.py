"""What was said in a chat holds for other software that asks about the same shopper."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from actions.store import conversations, staff, takeovers
from actions.store.conversations import Conversation
from actions.store.engine import writing
from actions.store.staff import Role
from bot.seals import utc_now
from tests.gateway.conftest import Gateway, open_chat
from tests.gateway.shop import HELMET
from tests.gateway.test_lots import offered, reasons


def change(gateway: Gateway, session: str, changed: Callable[[Conversation], Conversation]) -> None:
    with writing(gateway.database) as connection:
        chat = conversations.get(connection, session)
        assert chat
        conversations.save(connection, changed(chat), utc_now())


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"opted_out": True}, "opted_out"),
        ({"negative_mood": True}, "negative_mood"),
        ({"handed_off": True}, "negative_mood"),
        ({"refusals": 2}, "frequency_cap"),
        ({"memory": {"refused": [HELMET]}}, "declined_before"),
        ({"memory": {"paused": ["cross"]}}, "kind_paused"),
    ],
)
async def test_a_no_in_the_chat_is_a_no_elsewhere(
    client, gateway: Gateway, said: dict[str, Any], reason: str
) -> None:
    session = (await open_chat(client)).session
    assert await offered(client, session=session) == [HELMET]
    change(gateway, session, lambda chat: replace(chat, **said))
    assert await offered(client, session=session) == []
    assert reason in await reasons(client, session=session)
    # another shopper is asked as before
    assert await offered(client) == [HELMET]
    assert await offered(client, session="somebody-elses-visit") == [HELMET]


async def test_while_a_person_has_the_chat_nothing_is_offered_unasked(client, gateway: Gateway) -> None:
    session = (await open_chat(client)).session
    with writing(gateway.database) as connection:
        anna = staff.add(
            connection, name="anna", shown_as="Anna Berg", role=Role.REVIEWER, password="-", language="de"
        )
        assert takeovers.begin(connection, session, anna.id, utc_now()) is None
    assert (await offered(client, session=session), await reasons(client, session=session)) == (
        [],
        {"negative_mood"},
    )
    with writing(gateway.database) as connection:
        held = takeovers.active(connection, session)
        assert held
        takeovers.end(connection, held, utc_now())
    assert await offered(client, session=session) == [HELMET]
