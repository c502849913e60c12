"""One conversation in progress: taking it over, answering its shopper, and handing it back to the assistant."""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from actions.store import conversations, messages, takeovers
from actions.store.conversations import Conversation
from actions.store.engine import reading, writing
from actions.store.staff import Role
from actions.store.takeovers import Takeover
from bot.review.conversations import formats
from bot.review.filters import read_filters
from bot.review.live import waited
from bot.review.page import Page
from bot.review.timeline import looks
from bot.review.visit import HEADERS, RefusedError, Visit
from bot.transcripts.digest import LOST_AFTER
from bot.transcripts.speaking import WEB, Sent
from bot.transcripts.timeline import read_timeline, turns_after

LONGEST = 1_000
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
SENT_AS = re.compile(r"[\w-]{1,40}")
POSITION = re.compile(r"-1|[0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Stand:
    """A conversation, who has it, for how long its shopper has been waiting, and the last turn that is through."""

    chat: Conversation
    taken: Takeover | None
    waits: str
    through: int

    @property
    def state(self) -> str:
        """Changes with what may be done."""
        return f"{self.taken.id if self.taken else 0}.{int(bool(self.waits))}"


def show(visit: Visit) -> Response:
    """GET /live/{conversation}"""
    return _page(visit)


def show_newer(visit: Visit) -> Response:
    """GET /live/{conversation}/turns: what came after a position, for the page that is open."""
    asked = visit.request.query_params
    after = asked.get("after", "")
    if not POSITION.fullmatch(after):
        raise RefusedError(400, "refused_value")
    now = visit.console.clock()
    with reading(visit.console.database) as connection:
        stand = _stand(connection, visit)
        turns = turns_after(connection, stand.chat.id, now, int(after), stand.through)
    changed = asked.get("state", "") != stand.state
    if not turns and not changed:
        return Response(status_code=204, headers=HEADERS)
    return visit.render("live_newer.html", turns=turns, changed=changed, **_shown(visit, stand))


def take(visit: Visit) -> Response:
    """POST /live/{conversation}/take"""
    console, person = visit.console, visit.signed_in
    with writing(console.database) as connection:
        stand = _stand(connection, visit)
        if stand.chat.channel != WEB:
            raise RefusedError(409, "refused_live_channel")
        if _unasked(stand) and visit.form.get("confirm") != "yes":
            raise RefusedError(400, "refused_live_confirm")
        other = console.speaking.take_over(connection, stand.chat.id, person.id, person.name, console.clock())
    if other is not None:
        raise RefusedError(409, "refused_live_taken", who=other.name)
    return visit.lead_to(f"/live/{stand.chat.id}")


def say(visit: Visit) -> Response:
    """POST /live/{conversation}/say"""
    console, sent_as = visit.console, visit.form.get("sent_as", "")
    text = CONTROL.sub("", unicodedata.normalize("NFC", visit.form.get("text", "").replace("\r\n", "\n"))).strip()
    if not text or len(text) > LONGEST or not SENT_AS.fullmatch(sent_as):
        raise RefusedError(400, "refused_live_text", most=LONGEST)
    with writing(console.database) as connection:
        stand = _stand(connection, visit)
        sent = console.speaking.say(connection, stand.chat, visit.signed_in.id, sent_as, text, console.clock())
    if sent is not Sent.SAID:
        return _unsent(visit, f"live_{sent.value}", text)
    if not visit.is_partial:
        return visit.lead_to(f"/live/{stand.chat.id}")
    answer = visit.render("live_reply.html", **_shown(visit, stand))
    answer.headers["HX-Trigger"] = "newer"
    return answer


def give_back(visit: Visit) -> Response:
    """POST /live/{conversation}/back"""
    console, person = visit.console, visit.signed_in
    with writing(console.database) as connection:
        stand = _stand(connection, visit)
        if stand.taken is not None and stand.taken.staff != person.id:
            raise RefusedError(409, "refused_live_taken", who=stand.taken.name)
        if stand.taken is not None:
            console.speaking.hand_back(connection, stand.taken, person.name, console.clock())
    return visit.lead_to(f"/live/{stand.chat.id}")


def _unsent(visit: Visit, problem: str, text: str) -> Response:
    """Say so, with the words, where they did not reach the shopper."""
    if not visit.is_partial:
        return _page(visit, 409, problem, text)
    with reading(visit.console.database) as connection:
        stand = _stand(connection, visit)
    answer = visit.render("live_panel.html", changed=False, **_shown(visit, stand, problem, text))
    answer.headers.update({"HX-Retarget": "#live-panel", "HX-Reswap": "outerHTML"})
    return answer


def _page(visit: Visit, status: int = 200, problem: str = "", unsent: str = "") -> Response:
    now = visit.console.clock()
    with reading(visit.console.database) as connection:
        stand = _stand(connection, visit)
        timeline = read_timeline(connection, stand.chat.id, now, stand.through + 1)
    if timeline is None:
        raise RefusedError(404, "refused_not_found")
    shown = _shown(visit, stand, problem, unsent)
    return visit.render("live_talk.html", status, turns=timeline.turns, changed=False, **shown)


def _shown(visit: Visit, stand: Stand, problem: str = "", unsent: str = "") -> dict[str, Any]:
    return {
        "stand": stand,
        "mine": stand.taken is not None and stand.taken.staff == visit.signed_in.id,
        "unasked": _unasked(stand),
        "writes": stand.chat.channel == WEB,
        "sent_as": secrets.token_hex(8),
        "most": LONGEST,
        "silence": int(visit.console.speaking.silence / timedelta(minutes=1)),
        "problem": problem,
        "unsent": unsent,
        "filters": read_filters({}),
        **looks(visit),
        **formats(visit),
    }


def _unasked(stand: Stand) -> bool:
    """Whether nobody has asked for a person in this conversation."""
    return not stand.waits and not stand.chat.handed_off


def _stand(connection: Connection, visit: Visit) -> Stand:
    now, name = visit.console.clock(), visit.request.path_params["conversation"]
    chat = conversations.get(connection, name)
    if chat is None:
        raise RefusedError(404, "refused_not_found")
    asked_at = takeovers.waiting_since(connection, name)
    through = messages.through(connection, name, now - LOST_AFTER)
    return Stand(chat, takeovers.active(connection, name), waited(visit, asked_at) if asked_at else "", through)


PAGES = (
    Page("/live/{conversation:str}", show, Role.REVIEWER),
    Page("/live/{conversation:str}/turns", show_newer, Role.REVIEWER, polled=True),
    Page("/live/{conversation:str}/take", take, Role.REVIEWER, method="POST"),
    Page("/live/{conversation:str}/say", say, Role.REVIEWER, method="POST"),
    Page("/live/{conversation:str}/back", give_back, Role.REVIEWER, method="POST"),
)
