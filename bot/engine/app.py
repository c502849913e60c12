"""The engine as a web application: Rasa's agent behind the Tresen channel, and nothing else that answers."""

import gc
import logging
import time
from pathlib import Path
from typing import Any

from rasa.core.agent import load_agent
from rasa.core.channels.channel import register
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic

from bot.engine.actions_door import actions_door, spare_rasas_check
from bot.engine.archive import ModelRefusedError
from bot.engine.connector import TresenInput
from bot.engine.envelope import LARGEST_BODY
from bot.engine.runner import run_straight

logger = logging.getLogger(__name__)


def engine_app(model: Path, model_id: str, endpoints_file: Path, started: float) -> Sanic:
    """An application without Rasa's HTTP API, root page and cross-origin headers; `started` is monotonic time."""
    spare_rasas_check()
    run_straight()
    endpoints = AvailableEndpoints.read_endpoints(str(endpoints_file))
    endpoints.action = door = actions_door(endpoints.action)
    app = Sanic("tresen_engine", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = 2 * LARGEST_BODY
    app.config.RESPONSE_TIMEOUT = 30
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.ctx.model = model_id
    register([TresenInput.from_credentials(None)], app, route="/webhooks/")

    @app.before_server_start
    async def load(running: Any, loop: Any) -> None:
        running.ctx.agent = agent = await load_agent(model_path=str(model), endpoints=endpoints, loop=loop)
        if not agent.is_ready() or agent.processor.model_filename != model.name:
            raise ModelRefusedError(f"{model.name} was not loaded")
        gc.collect()
        gc.freeze()  # the model lives as long as the process: no need to look through it again and again
        logger.info("engine ready", extra={"model": model_id, "seconds": round(time.monotonic() - started, 1)})

    @app.after_server_stop
    async def close(_running: Any, _loop: Any) -> None:
        await door.close()

    return app
