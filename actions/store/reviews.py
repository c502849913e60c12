"""What the team thinks of conversations: judged, tagged, assigned, each change one step that can be taken back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from actions.store import digests
from actions.store.bulk import upsert
from actions.store.console_tables import staff
from actions.store.digest_tables import conversation_digests, review_steps, reviews

FACETS = ("status", "verdict", "cause", "tag", "assignee")
UNIQUE = "conversation"


@dataclass(frozen=True, slots=True)
class Review:
    """A review as it stands; `status` is "open" until there is a verdict, people are numbers of the staff."""

    conversation: str
    status: str = "open"
    verdict: str | None = None
    causes: tuple[str, ...] = ()
    served: str | None = None
    flagged: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    assignee: int | None = None
    reviewer: int | None = None
    changed_at: datetime | None = None


JUDGED = tuple(
    field.name for field in fields(Review) if field.name not in ("conversation", "reviewer", "changed_at")
)


def get(connection: Connection, conversation: str) -> Review:
    """The review of a conversation; an empty one where nobody has looked yet."""
    row = connection.execute(select(reviews).where(reviews.c.conversation == conversation)).first()
    return Review(conversation) if row is None else _review(row._mapping)


def save(connection: Connection, review: Review, *, by: int, now: datetime) -> tuple[str, ...]:
    """Keep a review and the step to it; returns the names of what changed, and writes nothing where nothing did."""
    known = get(connection, review.conversation)
    changed = tuple(name for name in JUDGED if getattr(known, name) != getattr(review, name))
    if changed:
        step = {"conversation": review.conversation, "staff": by, "at": now}
        before = None if known.changed_at is None else _document(known)
        connection.execute(review_steps.insert(), {**step, "before": before})
        _write(connection, replace(review, reviewer=by, changed_at=now))
    return changed


def undo(connection: Connection, conversation: str, now: datetime) -> bool:
    """Take the last step back; False where there is none."""
    columns = review_steps.c
    query = select(columns.id, columns.before).where(columns.conversation == conversation)
    last = connection.execute(query.order_by(columns.id.desc()).limit(1)).first()
    if last is None:
        return False
    connection.execute(review_steps.delete().where(columns.id == last.id))
    if last.before is None:
        connection.execute(reviews.delete().where(reviews.c.conversation == conversation))
        write_facets(connection, [conversation])
    else:
        known = Review(conversation=conversation, changed_at=now, **_read(last.before))
        _write(connection, _with_known_people(connection, known))
    return True


def steps(connection: Connection, conversation: str) -> list[tuple[datetime, str | None]]:
    """When a review was changed and by whom, the last first."""
    joined = review_steps.outerjoin(staff, staff.c.id == review_steps.c.staff)
    query = select(review_steps.c.at, staff.c.shown_as).select_from(joined)
    query = query.where(review_steps.c.conversation == conversation).order_by(review_steps.c.id.desc())
    return [(row.at, row.shown_as) for row in connection.execute(query)]


def write_facets(connection: Connection, conversations: Sequence[str]) -> None:
    """Let the reviews of these conversations be found, by their digests where these exist."""
    joined = conversation_digests.outerjoin(
        reviews, reviews.c.conversation == conversation_digests.c.conversation
    ).outerjoin(staff, staff.c.id == reviews.c.assignee)
    query = select(conversation_digests.c.id.label("digest"), staff.c.name.label("who"), reviews)
    wanted = conversation_digests.c.conversation.in_(list(conversations))
    rows = connection.execute(query.select_from(joined).where(wanted)).mappings().all()
    digests.replace_facets(connection, {row["digest"]: set(_facets(row)) for row in rows}, FACETS)


def _facets(row: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    yield "status", row["status"] or "open"
    if row["status"] is None:
        return
    if row["flagged"]:
        yield "status", "flagged"
    if row["verdict"]:
        yield "verdict", row["verdict"]
    if row["who"]:
        yield "assignee", row["who"]
    yield from (("cause", cause) for cause in row["causes"])
    yield from (("tag", tag) for tag in row["tags"])


def _write(connection: Connection, review: Review) -> None:
    row = {**_document(review), "conversation": review.conversation, "changed_at": review.changed_at}
    upsert(connection, reviews, [row], [UNIQUE])
    write_facets(connection, [review.conversation])


def _document(review: Review) -> dict[str, Any]:
    kept = {name: getattr(review, name) for name in (*JUDGED, "reviewer")}
    return {**kept, "causes": list(review.causes), "tags": list(review.tags)}


def _read(document: Mapping[str, Any]) -> dict[str, Any]:
    return {**document, "causes": tuple(document["causes"]), "tags": tuple(document["tags"])}


def _review(row: Mapping[Any, Any]) -> Review:
    return Review(**_read({field.name: row[field.name] for field in fields(Review)}))


def _with_known_people(connection: Connection, review: Review) -> Review:
    """Without people whose row is gone since the step was taken."""
    known = set(connection.scalars(select(staff.c.id)))
    return replace(
        review,
        assignee=review.assignee if review.assignee in known else None,
        reviewer=review.reviewer if review.reviewer in known else None,
    )
