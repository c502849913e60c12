"""The staff's side of a chat for tests: somebody takes it over, writes in it, and hands it back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from actions.store import conversations, staff, takeovers
from actions.store.engine import reading, writing
from actions.store.staff import Person, Role
from actions.store.tables import messages
from bot.seals import utc_now
from bot.transcripts.speaking import Sent
from tests.gateway.conftest import Chat, Gateway

TOLD = "Sie sprechen jetzt mit Frau Keller. Der automatische Assistent antwortet solange nicht."
FRAU_KELLER = {"kind": "person", "name": "Frau Keller"}
BACK = "Frau Keller hat das Gespräch beendet. Jetzt antwortet wieder der automatische Assistent."


@dataclass
class Desk:
    """The staff's side of a chat."""

    gateway: Gateway
    people: dict[str, Person]

    def take(self, chat: Chat, who: str = "keller") -> takeovers.Takeover | None:
        with writing(self.gateway.database) as connection:
            now = self.gateway.services.clock()
            return self.gateway.services.speaking.take_over(connection, chat.session, self.people[who].id, who, now)

    def say(self, chat: Chat, words: str, sent_as: str = "n1", who: str = "keller") -> Sent:
        with writing(self.gateway.database) as connection:
            conversation = conversations.get(connection, chat.session)
            assert conversation
            return self.gateway.services.speaking.say(
                connection, conversation, self.people[who].id, sent_as, words, self.gateway.services.clock()
            )

    def back(self, chat: Chat, who: str = "keller") -> bool:
        with writing(self.gateway.database) as connection:
            taken = takeovers.active(connection, chat.session)
            assert taken
            return self.gateway.services.speaking.hand_back(connection, taken, who, self.gateway.services.clock())


def hire(gateway: Gateway) -> Desk:
    with writing(gateway.database) as connection:
        people = {
            name: staff.add(connection, name=name, shown_as=shown, role=Role.REVIEWER, password="-", language="de")
            for name, shown in (("keller", "Frau Keller"), ("brandt", "Herr Brandt"))
        }
    return Desk(gateway, {name: person for name, person in people.items() if person})


async def listen(chat: Chat, after: int = -1, tag: str = "") -> tuple[int, dict, str]:
    headers = {**chat.headers, **({"If-None-Match": tag} if tag else {})}
    answer = await chat.client.get("/api/messages", params={"after": after}, headers=headers)
    return answer.status_code, answer.json() if answer.content else {}, answer.headers.get("etag", "")


def logged(gateway: Gateway, chat: Chat) -> list:
    with reading(gateway.database) as connection:
        mine = select(messages).where(messages.c.conversation == chat.session).order_by(messages.c.position)
        return list(connection.execute(mine))


def takeovers_of(gateway: Gateway, chat: Chat) -> takeovers.Takeover | None:
    with reading(gateway.database) as connection:
        return takeovers.active(connection, chat.session)


class Hands:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = utc_now()

    def __call__(self) -> datetime:
        return self.now
