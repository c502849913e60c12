"""Tells a running house of these settings what a command has done."""

from urllib.parse import quote

import httpx

from actions.settings import Settings

EVERY_ADDRESS = frozenset({"", "0.0.0.0", "::"})  # noqa: S104  recognised, not bound
SECONDS = 15
# the first that applies is what is said
SAID = {
    "refused": "what runs at this address does not know our key, so restart the house to clear its memory",
    "told": "the running house has forgotten it too",
    "silent": "no house of these settings is running",
}


def tell_the_house(settings: Settings, conversation: str) -> str:
    """Have a running house erase the chat too, engine and all; returns "told", "silent" or "refused".

    One that does not run is silent and remembers nothing.
    """
    file = settings.home / "api.key"
    key = settings["TRESEN_API_KEY"] or (file.read_text("utf-8").strip() if file.exists() else "")
    host = "127.0.0.1" if settings.host in EVERY_ADDRESS else settings.host
    url = f"http://{host}:{settings.port}/api/sessions/{quote(conversation, safe='')}"
    if not key:
        return "silent"
    try:
        with httpx.Client(trust_env=False, timeout=SECONDS) as client:
            return "told" if client.delete(url, headers={"X-Api-Key": key}).status_code == 204 else "refused"
    except httpx.HTTPError:
        return "silent"
