"""Rate limits hold for new messages and new chats, and tell when to come back."""

from tests.gateway.conftest import Build, open_chat


async def test_too_many_messages_are_told_to_wait(build: Build) -> None:
    gateway = build(TRESEN_RATE_LIMIT="3/minute")
    async with gateway.client() as client:
        chat, other = await open_chat(client), await open_chat(client)
        for _ in range(3):
            await chat.say("Hallo")
        answer = await chat.post(text="Hallo")
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["retry-after"]) <= 60
        assert answer.headers["content-type"] == "application/problem+json"
        await other.say("Hallo")
    assert len(gateway.engine.turns) == 4


async def test_asking_for_an_old_answer_again_is_not_counted(build: Build) -> None:
    gateway = build(TRESEN_RATE_LIMIT="2/minute")
    async with gateway.client() as client:
        chat = await open_chat(client)
        for _ in range(10):
            assert (await chat.post(id="m", text="Hallo")).status_code == 200
        await chat.say("noch eins")
        assert (await chat.post(text="zu viel")).status_code == 429


async def test_one_address_cannot_open_chats_without_end(build: Build) -> None:
    gateway = build(TRESEN_SESSION_LIMIT="2/minute")
    async with gateway.client() as client, gateway.client("203.0.113.9") as other:
        for _ in range(2):
            await open_chat(client)
        refused = await client.post("/api/sessions")
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) >= 1
        await open_chat(other)
