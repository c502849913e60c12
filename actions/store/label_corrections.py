"""What people say a message should have been understood as; what it was read as stays with the message."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, delete, select, update

from actions.store.bulk import upsert
from actions.store.label_tables import label_corrections
from actions.store.tables import conversations, messages, staff

COLUMNS = label_corrections.c
TRAINING, HOLDOUT = "training", "holdout"
PARTS = (TRAINING, HOLDOUT)
# one in five is kept for measuring
ONE_IN = 5


@dataclass(frozen=True, slots=True, order=True)
class Annotation:
    """An entity in a message, from one sign to before another; `value` is what is meant, "" as it stands there."""

    start: int
    end: int
    entity: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A message with what it was read as and what it should be; `text` is "" once the words are gone."""

    id: int
    conversation: str
    position: int
    message: str
    language: str
    text: str
    read_as: str
    intent: str
    state: str
    part: str | None
    proposed_by: str | None
    changed_at: datetime
    annotations: tuple[Annotation, ...]


def propose(
    connection: Connection,
    *,
    conversation: str,
    message: str,
    intent: str,
    annotations: Sequence[Annotation] = (),
    by: int | None,
    now: datetime,
) -> None:
    """Keep what somebody thinks a message meant, in place of what was proposed before."""
    row = {"message": message, "conversation": conversation, "intent": intent, "state": "proposed", "part": None}
    spans = [astuple(each) for each in annotations]
    who = {"proposed_by": by, "decided_by": None, "changed_at": now}
    upsert(connection, label_corrections, [{**row, "annotations": spans, **who}], ["message"])


def withdraw(connection: Connection, message: str) -> bool:
    """Take a proposal back; False where there is none, or it has been decided on."""
    waiting = (COLUMNS.message == message) & (COLUMNS.state == "proposed")
    return connection.execute(delete(label_corrections).where(waiting)).rowcount == 1


def decide(
    connection: Connection, number: int, *, accept: bool, by: int | None, now: datetime
) -> Correction | None:
    """Accept a proposal into its part, or reject it; None where it waits no longer or its words are gone."""
    found = next(iter(_read(connection, _query().where(COLUMNS.id == number))), None)
    if found is None or found.state != "proposed" or (accept and not found.text):
        return None
    decided = {"state": "accepted" if accept else "rejected", "part": part_of(found.text) if accept else None}
    who = {"decided_by": by, "changed_at": now}
    connection.execute(update(label_corrections).where(COLUMNS.id == number).values(**decided, **who))
    return found


def forget_words(connection: Connection, conversations: Sequence[str]) -> None:
    """Forget what was marked in these conversations; what they meant stays."""
    theirs = COLUMNS.conversation.in_(list(conversations))
    connection.execute(update(label_corrections).where(theirs).values(annotations=[]))


def in_state(
    connection: Connection, state: str, limit: int | None = None, after: int = 0
) -> tuple[Correction, ...]:
    """The corrections of a state, oldest first, or those after one."""
    query = _query().where(COLUMNS.state == state, COLUMNS.id > after).order_by(COLUMNS.id)
    return _read(connection, query.limit(limit) if limit else query)


def of_messages(connection: Connection, ids: Sequence[str]) -> Mapping[str, Correction]:
    """The corrections of these messages, by message."""
    found = _read(connection, _query().where(COLUMNS.message.in_(list(ids))))
    return {each.message: each for each in found}


def part_of(text: str) -> str:
    """Training or hold-out, by the words alone: the same words are always in the same part, whoever says them."""
    digest = hashlib.sha256(plain(text).encode()).digest()
    return HOLDOUT if int.from_bytes(digest[:4]) % ONE_IN == 0 else TRAINING


def plain(text: str) -> str:
    """The words without case, punctuation and spacing, by which two lines count as the same."""
    kept = (letter if letter.isalnum() else " " for letter in text.casefold())
    return " ".join("".join(kept).split())


def _query() -> Select[tuple[object, ...]]:
    m = messages.c
    joined = (
        label_corrections.join(messages, m.id == COLUMNS.message)
        .join(conversations, conversations.c.id == COLUMNS.conversation)
        .outerjoin(staff, staff.c.id == COLUMNS.proposed_by)
    )
    who = (conversations.c.language, staff.c.shown_as.label("proposer"))
    return select(label_corrections, m.position, m.text, m.nlu, *who).select_from(joined)


def _read(connection: Connection, query: Select[tuple[object, ...]]) -> tuple[Correction, ...]:
    return tuple(
        Correction(
            id=row.id,
            conversation=row.conversation,
            position=row.position,
            message=row.message,
            language=row.language,
            text=row.text,
            read_as=str((row.nlu or {}).get("intent") or ""),
            intent=row.intent,
            state=row.state,
            part=row.part,
            proposed_by=row.proposer,
            changed_at=row.changed_at,
            annotations=tuple(Annotation(*each) for each in row.annotations) if row.text else (),
        )
        for row in connection.execute(query)
    )
