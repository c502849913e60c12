"""Judging a conversation: verdict, causes, rubric, note, tags, somebody to look after it, and a way back."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import Connection
from starlette.responses import Response

from actions.store import reviews, staff
from actions.store.engine import reading, writing
from actions.store.reviews import Review
from actions.store.staff import Role
from bot.review.conversations import formats
from bot.review.filters import VERDICTS, read_filters
from bot.review.page import Page
from bot.review.visit import RefusedError, Visit
from bot.transcripts import sample
from bot.transcripts.timeline import exists

CAUSES = (
    *("should_not_have_offered", "should_have_offered", "wrong_offer", "wrong_answer", "not_understood"),
    *("tone", "too_long", "wrong_facts", "handoff_missing", "technical"),
)
SERVED = ("yes", "partly", "no")
LONGEST_NOTE = 4_000
LONGEST_TAG = 40
MOST_TAGS = 10
# a tag is a word or some, and can stand in an address
TAG = re.compile(r"[^\x00-\x1f\x7f,]{1,40}")


def judge(visit: Visit) -> Response:
    """POST /c/{conversation}/review"""
    name, console = _conversation(visit), visit.console
    with writing(console.database) as connection:
        known = _known(connection, name)
        if visit.form.get("seen", "") != seen(known):
            raise RefusedError(409, "refused_changed")
        review = read_review(connection, visit, known)
        changed = reviews.save(connection, review, by=visit.signed_in.id, now=console.clock())
        if changed:
            visit.write_down(connection, "reviewed", name, changed=list(changed), verdict=review.verdict)
    return _onward(visit, name)


def take_back(visit: Visit) -> Response:
    """POST /c/{conversation}/undo"""
    name = _conversation(visit)
    with writing(visit.console.database) as connection:
        _known(connection, name)
        if reviews.undo(connection, name, visit.console.clock()):
            visit.write_down(connection, "review_undone", name)
    return _back(visit, name)


def show_queue(visit: Visit) -> Response:
    """GET /queue: what waits for a verdict."""
    with reading(visit.console.database) as connection:
        waiting = sample.queue(connection, visit.console.clock())
    return visit.render("queue.html", waiting=waiting, filters=read_filters({}), more="", **formats(visit))


def lead_on(visit: Visit) -> Response:
    """GET /queue/next: the next conversation, or the queue where none waits."""
    return _next(visit, visit.request.query_params.get("after", ""))


def panel(connection: Connection, visit: Visit, name: str) -> dict[str, Any]:
    """What the form beside a conversation shows."""
    review = reviews.get(connection, name)
    return {
        "review": review,
        "seen": seen(review),
        "people": [person for person in staff.every(connection) if person.active],
        "steps": reviews.steps(connection, name),
        "causes": CAUSES,
        "verdicts": VERDICTS,
        "served": SERVED,
        "can_judge": visit.may(Role.REVIEWER),
    }


def read_review(connection: Connection, visit: Visit, known: Review) -> Review:
    """The review as the form has it; RefusedError where it holds what it cannot."""
    form = visit.form
    verdict, served = form.get("verdict") or None, form.get("served") or None
    causes, redact = tuple(dict.fromkeys(form.getlist("cause"))), visit.console.redact
    # what shoppers wrote is kept without personal details, and so is what is written about them
    note = redact(form.get("note", "").replace("\r\n", "\n").strip())
    tags = tuple(sorted({" ".join(redact(tag).split()) for tag in form.get("tags", "").split(",")} - {""}))
    is_sound = (
        verdict in (None, *VERDICTS)
        and served in (None, *SERVED)
        and set(causes) <= set(CAUSES)
        and len(tags) <= MOST_TAGS
        and all(TAG.fullmatch(tag) for tag in tags)
        and len(note) <= LONGEST_NOTE
    )
    if not is_sound:
        raise RefusedError(400, "refused_review")
    return replace(
        known,
        status="done" if verdict else "open",
        verdict=verdict,
        causes=tuple(sorted(causes)),
        served=served,
        flagged=form.get("flagged") == "yes",
        tags=tags,
        note=note,
        assignee=_assignee(connection, form.get("assignee", "")),
    )


def seen(review: Review) -> str:
    """Which state of the review a form was made of, so that nobody overwrites what they have not seen."""
    return review.changed_at.isoformat() if review.changed_at else ""


def _assignee(connection: Connection, name: str) -> int | None:
    if not name:
        return None
    person = staff.named(connection, name)
    if person is None or not person.active:
        raise RefusedError(400, "refused_review")
    return person.id


def _conversation(visit: Visit) -> str:
    name: str = visit.request.path_params["conversation"]
    return name


def _known(connection: Connection, name: str) -> Review:
    if not exists(connection, name):
        raise RefusedError(404, "refused_not_found")
    return reviews.get(connection, name)


def _onward(visit: Visit, name: str) -> Response:
    if visit.form.get("onward") == "next":
        return _next(visit, name)
    return _back(visit, name)


def _back(visit: Visit, name: str) -> Response:
    """To the conversation again, with the way back to the list it was opened from."""
    listed = read_filters(dict(parse_qsl(visit.form.get("list", "")[:LONGEST_NOTE])))
    return visit.lead_to(f"/c/{name}", **listed.values)


def _next(visit: Visit, after: str) -> Response:
    with reading(visit.console.database) as connection:
        found = sample.next_one(connection, visit.console.clock(), after=after, reader=visit.signed_in.shown_as)
    return visit.lead_to(f"/c/{found}" if found else "/queue")


PAGES = (
    Page("/queue", show_queue, Role.VIEWER, title="nav_queue"),
    Page("/queue/next", lead_on, Role.VIEWER),
    Page("/c/{conversation:str}/review", judge, Role.REVIEWER, method="POST"),
    Page("/c/{conversation:str}/undo", take_back, Role.REVIEWER, method="POST"),
)
