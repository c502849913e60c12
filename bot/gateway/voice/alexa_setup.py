"""Sets up the judge of Alexa's requests: Amazon's certificates, or a test chain on a machine of one's own."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import httpx

from actions.settings import Settings
from bot.gateway.health import is_loopback
from bot.gateway.voice.alexa_requests import AlexaRequests, Certificates, ChainOfFile, known_roots, read_chain

log = logging.getLogger(__name__)


def alexa_requests(settings: Settings, http: httpx.AsyncClient, clock: Callable[[], datetime]) -> AlexaRequests:
    """The judge for the skill of the settings."""
    application = settings["TRESEN_ALEXA_APPLICATION_ID"]
    file = settings["TRESEN_ALEXA_TEST_CHAIN"]
    if file and is_local(settings.host):
        log.warning(
            "ALEXA REQUESTS ARE CHECKED AGAINST THE TEST CHAIN %s: whoever holds its key can speak as Alexa. "
            "Unset TRESEN_ALEXA_TEST_CHAIN before anybody else can reach this shop.",
            file,
        )
        chain = read_chain(Path(file).read_bytes())
        return AlexaRequests(
            application=application, source=ChainOfFile(chain), roots=lambda: chain[-1:], clock=clock
        )
    if file:
        log.warning("TRESEN_ALEXA_TEST_CHAIN is ignored: TRESEN_HOST %s is no loopback address", settings.host)
    return AlexaRequests(application=application, source=Certificates(http, clock), roots=known_roots, clock=clock)


def is_local(host: str) -> bool:
    """True for an address nobody but this machine can reach."""
    return host == "localhost" or is_loopback(host)
