"""What a message should have been understood as: said beside it, decided in a queue, taken away as YAML."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import Connection
from starlette.responses import Response

from actions.store import label_corrections, messages
from actions.store.engine import reading, writing
from actions.store.label_corrections import PARTS, Annotation
from actions.store.messages import LoggedMessage
from actions.store.staff import Role
from bot.review import annotating
from bot.review.conversations import formats
from bot.review.filters import read_filters
from bot.review.forms import Form
from bot.review.numbers import asked_number
from bot.review.page import Page
from bot.review.visit import HEADERS, RefusedError, Visit
from bot.transcripts.labelled import Labelled, as_rasa_nlu, diff, read_labelled
from bot.transcripts.nlu_lines import read_taught
from bot.transcripts.redaction import Redactor
from bot.transcripts.timeline import Turn

AT_ONCE = 50
DECISIONS = ("accept", "reject")


def propose(visit: Visit) -> Response:
    """Say what a typed message meant and what its words name; with nothing of both,
    take that back."""
    name, console, form = visit.request.path_params["conversation"], visit.console, visit.form
    position, withdraws = asked_number(form.get("position", "")), form.get("do", "") == "withdraw"
    with writing(console.database) as connection:
        said = messages.history(connection, name, from_position=position, before=position + 1)
        if not said or not said[0].text or said[0].payload is not None:
            raise RefusedError(404, "refused_not_found")
        known = label_corrections.of_messages(connection, [said[0].id]).get(said[0].id)
        if known is not None and known.state == "accepted":
            raise RefusedError(409, "refused_label_accepted")
        found = () if withdraws else annotating.read_form(form, said[0].text, console.redact)
        intent = "" if withdraws else _intent(form, said[0], found)
        if intent:
            now, by = console.clock(), visit.signed_in.id
            label_corrections.propose(
                connection, conversation=name, message=said[0].id, intent=intent, annotations=found, by=by, now=now
            )
        elif not label_corrections.withdraw(connection, said[0].id):
            raise RefusedError(400, "refused_intent", intent="")
        visit.write_down(connection, "label_proposed", name, position=position, intent=intent, entities=len(found))
    listed = read_filters(dict(parse_qsl(form.get("list", "")[:4_000])))
    return visit.lead_to(f"/c/{name}", f"turn-{position}", **listed.values)


def show_queue(visit: Visit) -> Response:
    """GET /labels: what was proposed and waits, and how much is accepted."""
    after = visit.request.query_params.get("after", "")
    with reading(visit.console.database) as connection:
        waiting = label_corrections.in_state(
            connection, "proposed", AT_ONCE + 1, asked_number(after) if after else 0
        )
        parts = {part: _labelled(connection, part, visit.console.redact) for part in PARTS}
    return visit.render(
        "labels.html",
        waiting=waiting[:AT_ONCE],
        more=waiting[AT_ONCE - 1].id if len(waiting) > AT_ONCE else None,
        parts=parts,
        **annotating.showing(visit.console.redact),
        **formats(visit),
    )


def decide(visit: Visit) -> Response:
    """POST /labels: accept or reject one proposal."""
    form, console = visit.form, visit.console
    number, what = asked_number(form.get("correction", "")), form.get("do", "")
    if what not in DECISIONS:
        raise RefusedError(400, "refused_value")
    with writing(console.database) as connection:
        accept, by = what == "accept", visit.signed_in.id
        found = label_corrections.decide(connection, number, accept=accept, by=by, now=console.clock())
        if found is None:
            raise RefusedError(409, "refused_label_gone")
        said = "label_accepted" if accept else "label_rejected"
        visit.write_down(connection, said, found.conversation, position=found.position, intent=found.intent)
    return visit.lead_to("/labels")


def show_diff(visit: Visit) -> Response:
    """GET /labels/diff: what a part would add to what is taught, and what stays out."""
    part = _part(visit.request.query_params.get("part", PARTS[0]))
    with reading(visit.console.database) as connection:
        labelled = _labelled(connection, part, visit.console.redact)
    return visit.render("labels_diff.html", labelled=labelled, lines=tuple(diff(labelled, read_taught())))


def take_away(visit: Visit) -> Response:
    """POST /labels/export: one part as YAML for Rasa."""
    part, now = _part(visit.form.get("part", "")), visit.console.clock()
    words_only = visit.form.get("words", "") == "only"
    with writing(visit.console.database) as connection:
        labelled = _labelled(connection, part, visit.console.redact)
        lines = len(labelled.lines)
        visit.write_down(connection, "exported", "rasa-nlu", part=part, lines=lines, words_only=words_only)
    name = f"{part}-{now:%Y-%m-%d}.yml"
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(as_rasa_nlu(labelled, words_only=words_only), headers=headers, media_type="application/yaml")


def beside_turns(connection: Connection, visit: Visit, turns: Sequence[Turn]) -> dict[str, Any]:
    """What the forms beside the messages show."""
    labels = label_corrections.of_messages(connection, [turn.logged.id for turn in turns])
    return {
        "labels": labels,
        "intents": read_taught().intents,
        "can_label": visit.may(Role.REVIEWER),
        **annotating.beside(visit, turns, labels),
    }


def _intent(form: Form, said: LoggedMessage, found: Sequence[Annotation]) -> str:
    """The intent that was named; where only words were marked, the one it was read as."""
    intent = form.get("intent", "").strip()
    if not intent and found:
        intent = str((said.nlu or {}).get("intent") or "")
    if (intent or found) and intent not in read_taught().intents:
        raise RefusedError(400, "refused_intent", intent=intent[:80])
    return intent


def _labelled(connection: Connection, part: str, redact: Redactor) -> Labelled:
    return read_labelled(connection, part, read_taught(), redact)


def _part(given: str) -> str:
    if given not in PARTS:
        raise RefusedError(400, "refused_value")
    return given


PAGES = (
    Page("/labels", show_queue, Role.EDITOR, title="nav_labels"),
    Page("/labels", decide, Role.EDITOR, method="POST"),
    Page("/labels/diff", show_diff, Role.EDITOR),
    Page("/labels/export", take_away, Role.EDITOR, method="POST"),
)
