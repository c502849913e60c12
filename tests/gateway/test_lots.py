"""Hold-out and rollout at the doors: drawn once as a conversation begins, and honoured for other software."""

import httpx
import pytest

from actions.offers.lots import HELD_OUT, OFFERED, Lots
from actions.store import catalogue, conversations, policy
from actions.store.engine import reading, writing
from actions.store.joining import join
from bot.gateway.customers import proof_of
from bot.gateway.services import utc_now
from tests.gateway.conftest import API_KEY, Gateway, open_chat
from tests.gateway.shop import BIKE, HELMET

KEY = {"X-Api-Key": API_KEY}


@pytest.fixture(autouse=True)
def a_changed_limit_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "CHECK_SECONDS", 0.0)


def half_is_held_out(gateway: Gateway, share: str = "50%") -> None:
    with writing(gateway.database) as connection:
        policy.set_value(connection, "holdout", share)


def roll_out(gateway: Gateway, share: str) -> None:
    with writing(gateway.database) as connection:
        policy.set_value(connection, "rollout", share)


def arm_of(gateway: Gateway, chat: str) -> str | None:
    with reading(gateway.database) as connection:
        found = conversations.get(connection, chat)
    assert found is not None
    return found.arm


async def offered(client: httpx.AsyncClient, **more: object) -> list[str]:
    asked = {"cart": [{"sku": BIKE}], "stage": "intent", **more}
    return [offer["sku"] for offer in (await client.post("/api/offers", json=asked, headers=KEY)).json()["offers"]]


async def reasons(client: httpx.AsyncClient, **more: object) -> set[str]:
    asked = {"cart": [{"sku": BIKE}], "stage": "intent", **more}
    answer = (await client.post("/api/offers", json=asked, headers=KEY)).json()
    return {each["reason"] for each in answer["withheld"]}


async def test_without_a_share_nobody_is_in_any_group(client, gateway: Gateway) -> None:
    assert arm_of(gateway, (await open_chat(client)).session) is None


async def test_with_a_share_every_chat_is_in_one_group_from_its_beginning(client, gateway: Gateway) -> None:
    half_is_held_out(gateway)
    drawn = [arm_of(gateway, (await open_chat(client)).session) for _ in range(40)]
    assert set(drawn) == {HELD_OUT, OFFERED}


async def test_a_customer_stays_in_one_group(client, gateway: Gateway) -> None:
    half_is_held_out(gateway)
    groups = {}
    for name in (f"C{number}" for number in range(12)):
        vouched = {"id": name, "proof": proof_of(name, API_KEY)}
        chats = [(await open_chat(client, customer=vouched)).session for _ in range(3)]
        (groups[name],) = {arm_of(gateway, chat) for chat in chats}
    assert set(groups.values()) == {HELD_OUT, OFFERED}
    for name, group in groups.items():
        assert await offered(client, customer=name) == ([] if group == HELD_OUT else [HELMET])


async def test_other_software_gets_nothing_unasked_for_the_shopper_of_a_chat_that_is_held_out(
    client, gateway: Gateway
) -> None:
    half_is_held_out(gateway)
    chats = [(await open_chat(client)).session for _ in range(12)]
    held = next(chat for chat in chats if arm_of(gateway, chat) == HELD_OUT)
    free = next(chat for chat in chats if arm_of(gateway, chat) == OFFERED)
    assert (await offered(client, session=held), await offered(client, session=free)) == ([], [HELMET])
    assert await reasons(client, session=held) == {"holdout"}
    assert await offered(client, session=held, kind="cross") == []
    assert await offered(client, session=held, kind="cross", asked=True) == [HELMET]
    # the group a chat began in stays, whatever the share is now
    half_is_held_out(gateway, "0")
    assert await offered(client, session=held) == []


async def test_a_visit_that_other_software_names_stays_in_its_group_and_an_unnamed_one_is_in_none(
    client, gateway: Gateway
) -> None:
    half_is_held_out(gateway)
    visits = [f"till-{number}" for number in range(12)]
    first = [await offered(client, session=visit) for visit in visits]
    assert first == [await offered(client, session=visit) for visit in visits]
    assert ([] in first, [HELMET] in first) == (True, True)
    assert await offered(client) == [HELMET]


async def test_two_conversations_that_are_joined_stay_held_out(gateway: Gateway) -> None:
    with writing(gateway.database) as connection:
        for name, arm in (("call", HELD_OUT), ("web", OFFERED), ("other", None)):
            conversations.create(
                connection, conversation_id=name, language="de", channel="web", now=utc_now(), lots=Lots(arm)
            )
        call, web, other = (conversations.get(connection, name) for name in ("call", "web", "other"))
        assert call and web and other
        assert join(connection, call, web, utc_now()).arm == HELD_OUT
        assert join(connection, other, call, utc_now()).arm == HELD_OUT
        assert join(connection, other, web, utc_now()).arm == OFFERED


async def test_in_the_shadow_other_software_is_told_what_is_held_back_and_advice_is_given(
    client, gateway: Gateway
) -> None:
    roll_out(gateway, "0")
    chat = (await open_chat(client)).session
    for shopper in ({}, {"customer": "C1"}, {"session": chat}):
        assert await offered(client, **shopper) == []
        assert await reasons(client, **shopper) == {"rollout"}
        assert await offered(client, **shopper, kind="cross", asked=True) == [HELMET]


async def test_a_canary_reaches_the_same_customers_in_the_chat_and_for_other_software(
    client, gateway: Gateway
) -> None:
    roll_out(gateway, "40%")
    reached = {}
    for name in (f"C{number}" for number in range(12)):
        vouched = {"id": name, "proof": proof_of(name, API_KEY)}
        chats = [(await open_chat(client, customer=vouched)).session for _ in range(2)]
        found = [await offered(client, session=chat) for chat in chats]
        found += [await offered(client, customer=name)]
        assert found == [found[0]] * 3
        reached[name] = found[0] == [HELMET]
    assert set(reached.values()) == {True, False}
    roll_out(gateway, "70%")
    later = {name: await offered(client, customer=name) == [HELMET] for name in reached}
    assert sum(later.values()) > sum(reached.values())
    assert all(later[name] for name, before in reached.items() if before)


async def test_who_names_nobody_is_reached_last(client, gateway: Gateway) -> None:
    roll_out(gateway, "99%")
    assert await offered(client) == []
    roll_out(gateway, "100%")
    assert await offered(client) == [HELMET]


async def test_whom_the_rollout_has_not_reached_is_in_no_arm_of_the_hold_out(client, gateway: Gateway) -> None:
    half_is_held_out(gateway)
    roll_out(gateway, "0")
    assert {arm_of(gateway, (await open_chat(client)).session) for _ in range(8)} == {None}


async def test_two_conversations_that_are_joined_are_reached_when_both_are(gateway: Gateway) -> None:
    with writing(gateway.database) as connection:
        places = {"call": 0.2, "web": 0.6, "other": None}
        for name, place in places.items():
            lots = Lots(rollout=place)
            conversations.create(
                connection, conversation_id=name, language="de", channel="web", now=utc_now(), lots=lots
            )
        call, web, other = (conversations.get(connection, name) for name in places)
        assert call and web and other
        assert join(connection, call, web, utc_now()).rollout == 0.6
        assert join(connection, web, call, utc_now()).rollout == 0.6
        assert join(connection, call, other, utc_now()).rollout is None
