"""`tresen kpi`: every figure with its sentence, one figure alone, sorted apart and split."""

import uuid
from datetime import UTC, datetime

import pytest

from actions.store import conversations, messages
from actions.store.engine import open_engine, writing
from actions.store.tables import conversations as chats
from bot.reports.titles import WORDINGS

NOW = datetime.now(UTC)


def talked(electronics, **flags: object) -> None:
    """One conversation with one message."""
    name = uuid.uuid4().hex
    with writing(open_engine(f"sqlite:///{electronics.home / 'core.db'}")) as connection:
        conversations.create(connection, conversation_id=name, language="de", channel="web", now=NOW)
        connection.execute(chats.update().where(chats.c.id == name).values(stage="browse", **flags))
        messages.accept(connection, conversation=name, client_id="m1", text="", payload=None, digest="d", now=NOW)


def test_without_a_name_all_of_it_is_one_document(electronics) -> None:
    talked(electronics, opted_out=True)
    talked(electronics)
    found = electronics.asked("kpi", "--since", "30d", "--by", "channel")
    figures = {figure["name"]: figure for figure in found["figures"]}
    opted_out = figures["opt_out_rate"]
    assert (opted_out["numerator"], opted_out["denominator"], opted_out["value"]) == (1, 2, 0.5)
    assert opted_out["of"]["de"] == "In 1 von 2 Gesprächen sagte jemand, keine Angebote zu wollen."
    assert opted_out["title"]["en"] == "Opt-out rate"
    assert (found["offers"]["by"], found["currency"]) == ("channel", "EUR")
    assert set(figures) | {figure["name"] for figure in found["uplift"]["figures"]} == set(WORDINGS) - {
        "offer_profit"
    }


def test_people_read_each_figure_with_what_it_is_a_part_of(electronics) -> None:
    talked(electronics, handed_off=True)
    lines = electronics("kpi").out.splitlines()
    assert "  Handoffs to a person: 100.0%" in lines
    assert "      1 of 1 conversation was handed over to a person." in lines
    (way,) = [line for line in lines if line.endswith("&figure=handoff_rate")]
    assert way.startswith("      /console/?from=")
    assert "  Average order value: no figure yet" in lines
    german = electronics("kpi", "--lang", "de").out.splitlines()
    assert "  Übergaben an Menschen: 100,0 %" in german
    assert "  Cross-Selling-Quote: noch keine Zahl [beeinflusst]" in german


def test_an_invented_order_history_is_called_so(electronics) -> None:
    assert electronics.asked("kpi")["simulated"]["orders"] is True
    assert "The order history is simulated." in electronics("kpi").out.splitlines()


def test_one_figure_alone_with_its_split(electronics) -> None:
    talked(electronics, customer="C1")
    found = electronics.asked("kpi", "cross_rate", "--split", "new,returning")
    assert [figure["name"] for figure in found["figures"]] == ["cross_rate"]
    assert set(found["split"]) == {"new", "returning"}
    asked = electronics.asked("kpi", "order_rate", "--split", "new,returning")["split"]
    assert (asked["new"][0]["denominator"], asked["returning"][0]["denominator"]) == (1, 0)


def test_who_left_is_told_by_reason(electronics) -> None:
    talked(electronics)
    assert electronics.asked("kpi", "abandon", "--by", "reason")["figures"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("cross",),
        ("cross_rate", "--by", "reason"),
        ("abandon", "--by", "kind"),
        ("abandon", "--split", "new"),
        ("fatigue", "--split", "new"),
        ("--split", "old"),
        ("--by", "colour"),
    ],
)
def test_what_does_not_go_together_is_wrong_use(electronics, words: tuple[str, ...]) -> None:
    assert electronics("kpi", *words).code == 2
