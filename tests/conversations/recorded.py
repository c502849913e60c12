"""A shopper whose messages and answers are written down as the gateway does, so that there is a record to read."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from actions.store import messages
from actions.store.engine import writing
from tests.conversations.shopper import Shopper


@dataclass
class RecordedShopper(Shopper):
    """Speaks to the actions like any other; the log holds the welcome and every line."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._take_in("welcome", "", None)

    def says(self, text: str, intent: str, *, message: str = "", **known: Any) -> list[dict[str, Any]]:
        entities = {name: value for name, value in known.items() if name not in ("guard", "confidence")}
        button = None if text else {"intent": intent, "entities": entities}
        taken_in = self._take_in(message or uuid4().hex, text, button)
        said = super().says(text, intent, message=taken_in, **known)
        reply = {"messages": said, "cart": {"lines": [{"sku": sku} for sku in self.cart]}}
        with writing(self.house.engine) as connection:
            messages.answer(
                connection,
                taken_in,
                json.dumps(reply).encode(),
                nlu={"intent": intent},
                now=self.house.clock(),
            )
        return said

    def _take_in(self, client_id: str, text: str, button: dict[str, Any] | None) -> str:
        with writing(self.house.engine) as connection:
            accepted = messages.accept(
                connection,
                conversation=self.conversation,
                client_id=client_id,
                text=text,
                payload=button,
                digest="",
                now=self.house.clock(),
            )
        assert isinstance(accepted, messages.Accepted)
        return accepted.message_id
