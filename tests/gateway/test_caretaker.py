"""The house forgets by itself: once a day in the record, after a day of silence in the engine."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import select

from actions.store.engine import reading, writing
from actions.store.tables import conversations, messages, retention_runs
from bot.seals import utc_now
from tests.gateway.conftest import Build, Gateway, open_chat


def silent_for(gateway: Gateway, conversation: str, hours: float) -> None:
    with writing(gateway.database) as connection:
        moment = utc_now() - timedelta(hours=hours)
        chat = conversations.update().where(conversations.c.id == conversation)
        connection.execute(chat.values(active_at=moment))


async def test_the_engine_forgets_who_has_been_silent_for_a_day_once(gateway: Gateway) -> None:
    async with gateway.client() as client:
        silent, lately = await open_chat(client), await open_chat(client)
    silent_for(gateway, silent.session, 25)
    silent_for(gateway, lately.session, 23)
    await gateway.services.caretaker.round()
    await gateway.services.caretaker.round()
    assert gateway.engine.forgotten == [silent.session]


async def test_what_is_past_its_period_goes_on_the_same_day_only_once(build: Build) -> None:
    now = [utc_now()]

    def clock() -> datetime:
        return now[0]

    gateway = build(clock=clock, TRESEN_TRANSCRIPT_DAYS="2")
    async with gateway.client() as client:
        chat = await open_chat(client)
        await chat.say("Pflaumenkuchen")
    now[0] += timedelta(days=3)
    await gateway.services.caretaker.round()
    await gateway.services.caretaker.round()
    with reading(gateway.database) as connection:
        assert set(connection.scalars(select(messages.c.text))) == {""}
        (run,) = connection.execute(select(retention_runs)).all()
    assert run.result["conversations"] == 1


async def test_a_fault_costs_one_round_only(gateway: Gateway, caplog) -> None:
    rounds: list[int] = []
    caretaker = gateway.services.caretaker

    async def fails() -> None:
        rounds.append(1)
        if len(rounds) == 1:
            raise RuntimeError("no")

    caretaker.round = fails  # type: ignore[method-assign]
    task = asyncio.create_task(caretaker.run(first=0, pause=0))
    while len(rounds) < 3:
        await asyncio.sleep(0)
    task.cancel()
    assert "lost a round" in caplog.text
