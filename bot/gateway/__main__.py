"""Runs the gateway on TRESEN_HOST and TRESEN_PORT: `python -m bot.gateway`."""

import logging
import os

import uvicorn

from actions.log_lines import configure_logs
from actions.settings import read_settings
from bot.gateway.app import create_app
from bot.gateway.services import build_services

DRAIN_SECONDS = 15


def main() -> None:
    """Serve until a signal comes; turns in progress are answered first."""
    configure_logs()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    settings = read_settings()
    app = create_app(build_services(settings, os.environ))
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        # its own handlers would write what a fault says
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )


if __name__ == "__main__":
    main()
