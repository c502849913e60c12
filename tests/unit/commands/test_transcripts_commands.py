"""`tresen transcripts`: a conversation with every decision behind it."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from actions.offers.acceptance import Learnt
from actions.offers.policy import decide
from actions.offers.situation import OfferKind, Situation, Stage
from actions.store import conversations, messages, offer_log
from actions.store.affinities import candidates
from actions.store.catalogue import read_snapshot
from actions.store.engine import open_engine, writing
from actions.store.tables import offer_decisions
from bot.demo.past import label

BEGAN = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
CHAT, OTHER = "a" * 32, "b" * 32


@pytest.fixture
def talked(electronics):
    """The merchant after two chats; in the first a laptop's accessories were asked for and offered."""
    engine = open_engine(f"sqlite:///{electronics.home / 'core.db'}")
    with writing(engine) as connection:
        for hours, chat in enumerate((OTHER, CHAT)):
            moment = BEGAN + timedelta(hours=hours)
            conversations.create(connection, conversation_id=chat, language="de", channel="web", now=moment)
        _turn(connection, "1", "Was passt zum Laptop?", "ask_accessories", _advice())
        _turn(connection, "2", "", "confirm", {"type": "cart", "lines": [{"title": "Laptoptasche"}]})
        snapshot = read_snapshot(connection)
        situation = Situation(Stage.INTENT, anchor=snapshot.product("LAPTOP-BASIC"), asked_for=OfferKind.CROSS)
        decision = decide(situation, candidates(connection, snapshot, situation), snapshot.own_limits)
        offer_log.record(
            connection, conversation=CHAT, message="1", situation=situation, decision=decision, now=BEGAN
        )
    engine.dispose()
    return electronics


def _advice() -> dict:
    return {
        "type": "offer",
        "cards": [{"title": "Laptoptasche Traglust Hülle"}],
        "choices": [{"title": "Ja, gern"}],
    }


def _turn(connection, client_id: str, text: str, intent: str, answer: dict) -> None:
    accepted = messages.accept(
        connection,
        conversation=CHAT,
        client_id=client_id,
        text=text,
        payload=None if text else {"intent": intent},
        digest=client_id,
        now=BEGAN,
    )
    reply = json.dumps({"messages": [{"type": "text", "text": "Gern."}, answer]}).encode()
    messages.answer(
        connection,
        accepted.message_id,
        reply,
        nlu={"intent": intent, "confidence": 0.91234},
        engine_ms=40,
        now=BEGAN,
    )


def test_conversations_are_listed_the_latest_first(talked) -> None:
    listed = talked.asked("transcripts", "list")
    assert [row["id"] for row in listed] == [CHAT, OTHER]
    assert [row["turns"] for row in listed] == [2, 0]
    assert listed[0]["active_at"].startswith("2026-03-02T11:30:00")
    assert [line.split()[0] for line in talked("transcripts", "list").out.splitlines()] == [CHAT, OTHER]


def test_a_simulated_conversation_is_called_so_in_list_and_transcript(talked) -> None:
    engine = open_engine(f"sqlite:///{talked.home / 'core.db'}")
    with writing(engine) as connection:
        assert label(connection, OTHER)
    engine.dispose()
    assert [row["simulated"] for row in talked.asked("transcripts", "list")] == [False, True]
    assert [line.endswith("simulated") for line in talked("transcripts", "list").out.splitlines()] == [False, True]
    assert talked.asked("transcripts", "show", OTHER)["simulated"]
    assert talked("transcripts", "show", OTHER).out.splitlines()[1] == "simulated shopper"


def test_the_list_can_be_short(talked) -> None:
    assert [row["id"] for row in talked.asked("transcripts", "list", "--limit", "1")] == [CHAT]


def test_a_transcript_holds_what_was_said_decided_offered_and_withheld(talked) -> None:
    shown = talked.asked("transcripts", "show", CHAT)
    first, second = shown["turns"]
    assert (first["said"], first["intent"]) == ("Was passt zum Laptop?", "ask_accessories")
    assert second["button"] == {"intent": "confirm"}
    (decision,) = first["decisions"]
    assert "LAPTOP-BAG" in [each["sku"] for each in decision["offered"]]
    reasons = {each["sku"]: each["reason"] for each in decision["withheld"]}
    assert reasons["DOCK"] == "margin_unknown"
    assert {offer["sku"] for offer in shown["offers"]} == {each["sku"] for each in decision["offered"]}
    assert {offer["state"] for offer in shown["offers"]} == {"shown"}


def test_people_read_it_as_a_conversation(talked) -> None:
    lines = talked("transcripts", "show", CHAT).out.splitlines()
    assert lines[0].startswith(f"{CHAT}  web  de  stage: browsing  noes: 0  offers welcome")
    assert "  0  > Was passt zum Laptop?   (ask_accessories 0.91 answered)" in lines
    assert "     < Gern." in lines
    assert "     < [offer] Laptoptasche Traglust Hülle" in lines
    assert "  1  > [confirm]   (confirm 0.91 answered)" in lines
    assert "     < [cart] Laptoptasche" in lines
    assert any(
        line.startswith("       withheld DOCK (Cross-sell): Cost is not recorded (margin_unknown): cost of DOCK")
        for line in lines
    )
    assert any(line.startswith("offer Cross-sell LAPTOP-BAG on LAPTOP-BASIC: shown") for line in lines)


def test_who_works_in_german_reads_the_decisions_in_german(talked) -> None:
    lines = talked("transcripts", "show", CHAT, "--lang", "de").out.splitlines()
    assert lines[0] == f"{CHAT}  web  de  Stand: stöbert  Absagen: 0  Angebote erwünscht"
    decided = [line.strip() for line in lines if line.startswith("     ")]
    assert any(line.endswith("Stand: will kaufen, zu LAPTOP-BASIC, gefragt nach: Zusatz") for line in decided)
    assert "angeboten LAPTOP-BAG (Zusatz)" in decided
    cost = "zurückgehalten DOCK (Zusatz): Einkaufspreis fehlt (margin_unknown): Einkaufspreis von DOCK unbekannt"
    assert cost in decided
    assert "Angebot Zusatz LAPTOP-BAG zu LAPTOP-BASIC: gezeigt" in lines
    assert [line for line in lines if re.search(r"withheld|needed|offered|\bstage\b|none", line)] == []


def test_a_decision_of_before_there_were_codes_is_told_in_its_own_words(talked) -> None:
    engine = open_engine(f"sqlite:///{talked.home / 'core.db'}")
    with writing(engine) as connection:
        old = {"sku": "DOCK", "kind": "cross", "reason": "margin", "detail": "profit 12 < floor 100"}
        connection.execute(offer_decisions.update().values(withheld=[old]))
    engine.dispose()
    for language, told in (("de", "Verdient zu wenig"), ("en", "Earns too little")):
        out = talked("transcripts", "show", CHAT, "--lang", language).out
        assert f"): {told} (margin): profit 12 < floor 100\n" in out


def test_an_offer_that_was_drawn_says_how_probable_it_was(talked) -> None:
    engine = open_engine(f"sqlite:///{talked.home / 'core.db'}")
    with writing(engine) as connection:
        snapshot = read_snapshot(connection)
        limits = replace(snapshot.own_limits, learn_from_answers=True)
        situation = Situation(Stage.INTENT, anchor=snapshot.product("LAPTOP-BASIC"), asked_for=OfferKind.CROSS)
        found = candidates(connection, snapshot, situation)
        decision = decide(situation, found, limits, Learnt(turn="a:2"))
        offer_log.record(
            connection, conversation=CHAT, message="2", situation=situation, decision=decision, now=BEGAN
        )
    engine.dispose()
    _, second = talked.asked("transcripts", "show", CHAT)["turns"]
    first = second["decisions"][0]["offered"][0]["sku"]
    odds = {each["sku"]: each["probability"] for each in second["decisions"][0]["eligible"]}
    assert 0 < odds[first] < 1
    lines = talked("transcripts", "show", CHAT).out.splitlines()
    told = [line for line in lines if "drawn" in line]
    assert told == [f"       drawn {first}: was named first with a probability of {odds[first] * 100:.4g}%"]


def test_a_conversation_that_never_was_is_one_line(talked) -> None:
    said = talked("transcripts", "show", "c" * 32)
    assert (said.code, said.out) == (1, "")
    assert said.sentences == [f"There is no conversation {'c' * 32}."]
