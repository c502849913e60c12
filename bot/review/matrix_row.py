"""One row of the matrix: decided on and edited; its sentences are read for pressure before they are kept."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from sqlalchemy import Connection
from starlette.responses import Response

from actions.offers.products import Provenance, Words
from actions.store import matrix_entries
from actions.store.engine import reading, writing
from actions.store.matrix import MatrixRow, write_row
from actions.store.matrix_entries import Entry, Key
from actions.store.staff import Role
from bot.review.forms import Form
from bot.review.matrix import fresh, listed, read_key, read_wanted, seen, words
from bot.review.numbers import whole
from bot.review.page import Page
from bot.review.visit import RefusedError, Visit
from bot.wording_lint import problems_of

# what a button does to the state of a row; saving leaves it
STATES = {"approve": "approved", "reject": "rejected", "reopen": "proposed"}
SAVE = "save"
LANGUAGES = ("de", "en")
LONGEST_SENTENCE = 240
LONGEST_OWNER = 80
HIGHEST_RANK = 999


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a field cannot be kept: the label of the sentence that says so, and the words it is about."""

    field: str
    label: str
    about: str = ""


def show(visit: Visit) -> Response:
    """GET /matrix/row: the row that the address names, with a form."""
    asked = visit.request.query_params
    return _page(visit, _key(asked.get("anchor", ""), asked.get("target", ""), asked.get("kind", "")))


def decide(visit: Visit) -> Response:
    """POST /matrix/row: approve, reject, take a decision back, or save what was written."""
    form, console = visit.form, visit.console
    key, what = _key(form.get("anchor", ""), form.get("target", ""), form.get("kind", "")), form.get("do", "")
    with writing(console.database) as connection:
        entry = matrix_entries.find(connection, fresh(visit, connection), key)
        if entry is None:
            raise RefusedError(404, "refused_not_found")
        if what not in (*STATES, SAVE):
            raise RefusedError(400, "refused_value")
        if form.get("seen", "") != seen(entry.row):
            raise RefusedError(409, "refused_row_changed")
        objections = read_objections(form, entry.row) if what in ("approve", SAVE) else []
        row = written(visit, entry.row, what)
        if not objections and row != entry.row:
            write_row(connection, row)
            _note(visit, connection, entry, row)
    if objections:
        return _page(visit, key, objections, typed=form)
    listed_by = dict(parse_qsl(form.get("list", "")[:2_000]))
    known = read_wanted(listed_by) is not None
    return visit.lead_to("/matrix", **(listed_by if known else {}))


def read_objections(form: Form, row: MatrixRow) -> list[Objection]:
    """Everything that cannot be kept, each with the reason; a sentence that stays is read as well."""
    found = []
    for language in LANGUAGES:
        sentence = form.get(f"benefit_{language}", getattr(row.benefit, language)).strip()
        if len(sentence) > LONGEST_SENTENCE:
            found.append(Objection(f"benefit_{language}", "wrong_too_long", str(LONGEST_SENTENCE)))
        for problem in problems_of(sentence, language):
            label = "wrong_" + problem.label.replace(" ", "_")
            found.append(Objection(f"benefit_{language}", label, problem.words))
    rank = form.get("rank", "").strip()
    if rank and _rank(rank) is None:
        found.append(Objection("rank", "wrong_rank", rank[:20]))
    if len(form.get("owner", "").strip()) > LONGEST_OWNER:
        found.append(Objection("owner", "wrong_too_long", str(LONGEST_OWNER)))
    return found


def written(visit: Visit, row: MatrixRow, what: str) -> MatrixRow:
    """The row as the form has it; what the form does not name stays, and the day is that of the change."""
    form = visit.form
    rank = _rank(form.get("rank", "").strip())
    sentences = Words(
        *(form.get(f"benefit_{each}", getattr(row.benefit, each)).strip() for each in LANGUAGES),
    )
    changed = replace(
        row,
        state=STATES.get(what, row.state),
        rank=row.rank if rank is None else rank,
        benefit=sentences if what != "reject" else row.benefit,
        owner=form.get("owner", row.owner).strip(),
    )
    if changed == row:
        return row
    return replace(
        changed,
        dated=visit.console.clock().date().isoformat(),
        owner=changed.owner or visit.signed_in.shown_as,
    )


def _page(visit: Visit, key: Key, objections: list[Objection] | None = None, typed: Form | None = None) -> Response:
    with reading(visit.console.database) as connection:
        snapshot = fresh(visit, connection)
        entry = matrix_entries.find(connection, snapshot, key)
    if entry is None:
        raise RefusedError(404, "refused_not_found")
    given = typed or Form()
    row = entry.row
    values = {
        "rank": given.get("rank", str(row.rank)),
        "benefit_de": given.get("benefit_de", row.benefit.de),
        "benefit_en": given.get("benefit_en", row.benefit.en),
        "owner": given.get("owner", row.owner),
    }
    return visit.render(
        "matrix_row.html",
        400 if objections else 200,
        row=listed(visit, snapshot, entry),
        values=values,
        objections=objections or [],
        list=given.get("list", visit.request.query_params.get("list", ""))[:2_000],
        longest=LONGEST_SENTENCE,
        can_reopen=entry.stored and row.provenance is not Provenance.MERCHANT and row.state != "proposed",
        **words(visit),
    )


def _rank(given: str) -> int | None:
    rank = whole(given)
    return rank if rank is not None and rank <= HIGHEST_RANK else None


def _key(anchor: str, target: str, kind: str) -> Key:
    key = read_key([anchor, target, kind])
    if key is None:
        raise RefusedError(404, "refused_not_found")
    return key


def _note(visit: Visit, connection: Connection, entry: Entry, row: MatrixRow) -> None:
    changed = [name for name in ("rank", "benefit", "owner") if getattr(entry.row, name) != getattr(row, name)]
    what = "matrix_changed" if row.state == entry.row.state else f"matrix_{row.state}"
    visit.write_down(connection, what, row.name, state=row.state, changed=changed, rank=row.rank)


PAGES = (
    Page("/matrix/row", show, Role.EDITOR),
    Page("/matrix/row", decide, Role.EDITOR, method="POST"),
)
