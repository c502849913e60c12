"""Health and figures."""

from sqlalchemy import select
from sqlalchemy.schema import DropTable
from starlette.responses import JSONResponse

from actions.settings import read_settings
from actions.store import conversations
from actions.store.engine import reading, writing
from actions.store.tables import conversations as conversation_rows
from actions.store.tables import messages, products
from bot.gateway.services import build_services, utc_now
from tests.gateway.conftest import API_KEY, Gateway, open_chat
from tests.gateway.engine import text


async def test_live_says_only_that_the_process_answers(client) -> None:
    assert (await client.get("/health/live")).json() == {"status": "live"}


async def test_ready_means_that_a_real_turn_was_answered_and_leaves_nothing(client, gateway: Gateway) -> None:
    def as_an_action_would(turn: dict) -> list[dict]:
        with writing(gateway.database) as connection:
            found = conversations.get(connection, turn["metadata"]["conversation"])
            assert found, "an action answers only in a conversation that exists"
            conversations.save(connection, found, utc_now())
        return [text("Ihr Warenkorb ist leer.")]

    gateway.engine.script = as_an_action_would
    answer = await client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "checks": {"catalogue": "ok", "engine": "ok"}}
    with reading(gateway.database) as connection:
        assert connection.execute(select(conversation_rows)).all() == []
        assert connection.execute(select(messages)).all() == []
    await client.get("/health/ready")
    assert len(gateway.engine.turns) == 1


async def test_an_engine_with_nothing_to_say_is_not_ready(client, gateway: Gateway) -> None:
    gateway.engine.script = lambda turn: []
    answer = await client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["engine"] == "engine_empty"


async def test_an_action_that_failed_is_not_ready_although_it_said_so(client, gateway: Gateway) -> None:
    gateway.engine.script = lambda turn: [{"custom": {"type": "text", "text": "Oh.", "response": "utter_fault"}}]
    answer = await client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["engine"] == "action_failed"


async def test_a_refusing_engine_is_not_ready(client, gateway: Gateway) -> None:
    gateway.engine.fault_forever = lambda turn: JSONResponse({"error": "Forbidden"}, 403)
    assert (await client.get("/health/ready")).json()["checks"]["engine"] == "engine_status_403"


async def test_a_shop_without_products_is_not_ready(client, gateway: Gateway) -> None:
    with writing(gateway.database) as connection:
        connection.execute(products.delete())
    assert (await client.get("/health/ready")).json()["checks"]["catalogue"] == "empty"


async def test_figures_are_for_this_machine_or_the_key(gateway: Gateway) -> None:
    async with gateway.client() as near, gateway.client("203.0.113.9") as far:
        chat = await open_chat(near)
        await chat.say("Hallo", id="m")
        await chat.say("Hallo", id="m")
        page = (await near.get("/metrics")).text
        assert 'tresen_messages_total{outcome="answered"} 1.0' in page
        assert 'tresen_messages_total{outcome="repeated"} 1.0' in page
        assert "tresen_sessions_total 1.0" in page
        assert "process_resident_memory_bytes" in page
        assert (await far.get("/metrics")).status_code == 401
        assert (await far.get("/metrics", headers={"X-Api-Key": API_KEY})).status_code == 200


async def test_a_gateway_makes_the_keys_nobody_gave_it(tmp_path) -> None:
    settings = read_settings({"TRESEN_HOME": str(tmp_path), "TRESEN_ENGINE_PORT": "1"})
    first = build_services(settings, {})
    second = build_services(settings, {"TRESEN_SECRET": "given"})
    assert first.api_key == second.api_key == (tmp_path / "api.key").read_text()
    sealed = first.seals.close("session", "x")
    assert first.seals.open("session", sealed) == "x"
    assert second.seals.open("session", sealed) is None
    await first.close()
    await second.close()


async def test_a_database_that_cannot_be_reached_is_told_with_a_time_to_come_back(chat, gateway: Gateway) -> None:
    with writing(gateway.database) as connection:
        connection.execute(DropTable(messages))
    answer = await chat.post(text="Hallo")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    assert answer.headers["content-type"] == "application/problem+json"
