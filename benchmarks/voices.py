"""Response times of web and voices in one process, without network and with an engine that answers at once.

.venv/bin/python -m benchmarks.voices
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx

from actions.settings import read_settings
from bot.gateway.app import create_app
from bot.gateway.services import assemble
from bot.seals import Seals
from tests.gateway.conftest import open_chat
from tests.gateway.engine import ScriptedEngine, text
from tests.gateway.shop import HELMET, LOCK, open_shop
from tests.gateway.voice.callers import HOOK, SECRET, SKILL, TOKEN
from tests.gateway.voice.certificates import Authority
from tests.gateway.voice.conftest import CHANNELS, caller

CARDS = {"type": "product_cards", "cards": [{"sku": HELMET}, {"sku": LOCK}]}


async def measure(folder: Path, turns: int) -> dict[str, list[float]]:
    """Seconds of each turn by channel."""
    chain, engine = Authority().issue(), ScriptedEngine()
    (folder / "chain.pem").write_bytes(chain.pem)
    engine.script = lambda _turn: [text("Das habe ich gefunden:"), {"custom": CARDS}]
    settings = {
        "TRESEN_PUBLIC_URL": "http://shop.test",
        "TRESEN_RATE_LIMIT": "1000000/minute",
        "TRESEN_TWILIO_AUTH_TOKEN": TOKEN,
        "TRESEN_DIALOGFLOW_SECRET": SECRET,
        "TRESEN_VOICE_SECRET": HOOK,
        "TRESEN_ALEXA_APPLICATION_ID": SKILL,
        "TRESEN_ALEXA_TEST_CHAIN": str(folder / "chain.pem"),
    }
    services = assemble(
        database=open_shop(folder),
        engine_http=httpx.AsyncClient(transport=httpx.ASGITransport(engine.app), base_url="http://engine.test"),
        seals=Seals("only for measuring"),
        api_key="key",
        settings=read_settings(settings),
        responses=Path("data/responses"),
    )
    transport = httpx.ASGITransport(create_app(services))
    taken: dict[str, list[float]] = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        says: dict[str, Callable[[str], Awaitable[Any]]] = {"web": (await open_chat(client)).say}
        for channel in CHANNELS:
            someone = caller(client, chain, channel)
            await someone.calls()
            says[channel] = someone.says
        # in turns, so that whatever else the machine does meets all alike
        for _ in range(turns):
            for channel, say in says.items():
                began = time.perf_counter()
                await say("habt ihr Helme?")
                taken.setdefault(channel, []).append(time.perf_counter() - began)
    await services.close()
    return taken


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=300, help="turns a channel")
    with tempfile.TemporaryDirectory() as folder:
        taken = asyncio.run(measure(Path(folder), parser.parse_args().turns))
    print("| channel | p50 | p95 |\n|---|---|---|")
    for channel, seconds in taken.items():
        p95 = sorted(seconds)[int(len(seconds) * 0.95)]
        print(f"| {channel} | {statistics.median(seconds) * 1000:.1f} ms | {p95 * 1000:.1f} ms |")


if __name__ == "__main__":
    main()
