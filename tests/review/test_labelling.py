"""Saying what was meant: proposed beside the message, decided in a queue, exported once, nothing personal."""

import re
from html import unescape
from pathlib import Path

import pytest
import yaml

from actions.store import label_corrections
from actions.store.engine import reading, writing
from actions.store.label_corrections import HOLDOUT, TRAINING, Correction, part_of, plain
from actions.store.staff import Role
from actions.store.tables import messages
from bot.transcripts import digesting
from bot.transcripts.labelled import LeftOut, as_rasa_nlu, diff, read_labelled
from bot.transcripts.nlu_lines import read_taught
from bot.transcripts.redaction import redact
from tests.review.conftest import START, Browser, Room, said
from tests.review.talks import Said, hold

NAME, OTHER = "c" * 32, "d" * 32
ODD = "gibbet dat och mit kleenen raedern"
BUTTON = Said("ja", button={"intent": "confirm", "entities": {}})
TAUGHT = read_taught()


@pytest.fixture
async def reviewer(room: Room) -> Browser:
    with writing(room.database) as connection:
        hold(connection, NAME, Said(ODD, intent="out_of_scope"), BUTTON, Said("hallo", intent="greet"), at=START)
    digesting.rebuild(room.database, room.clock())
    return await room.as_(Role.REVIEWER)


def kept(room: Room) -> dict[int, Correction]:
    with reading(room.database) as connection:
        every = [*label_corrections.in_state(connection, "proposed")]
        every += [*label_corrections.in_state(connection, "accepted")]
        every += [*label_corrections.in_state(connection, "rejected")]
    return {each.position: each for each in every}


def accepted(room: Room, *lines: tuple[str, str], language: str = "de") -> None:
    """Lines with the intent that was accepted for them, each in a conversation of its own."""
    with writing(room.database) as connection:
        for n, (text, intent) in enumerate(lines):
            name = f"{language}{n:030}"
            (message,) = hold(connection, name, Said(text, intent="greet"), at=START, language=language)
            label_corrections.propose(
                connection, conversation=name, message=message, intent=intent, by=1, now=START
            )
            number = label_corrections.of_messages(connection, [message])[message].id
            assert label_corrections.decide(connection, number, accept=True, by=1, now=START)


def exported(room: Room, part: str):
    with reading(room.database) as connection:
        return read_labelled(connection, part, TAUGHT, redact)


def all_lines(room: Room) -> list[tuple[str, str]]:
    return sorted((line.text, line.intent) for part in (TRAINING, HOLDOUT) for line in exported(room, part).lines)


def left_out(room: Room) -> list[tuple[str, LeftOut]]:
    found = [each for part in (TRAINING, HOLDOUT) for each in exported(room, part).left_out]
    return sorted((line.correction.text, why) for line, why in found)


async def test_a_typed_message_offers_every_intent_of_the_model_and_a_button_none(reviewer: Browser) -> None:
    page = (await reviewer.get(f"/c/{NAME}")).text
    assert page.count('name="intent" list="intents"') == 2
    listed = re.findall(r'<option value="([\w/]+)"></option>', page)
    assert tuple(listed) == TAUGHT.intents
    assert {"ask_availability", "faq/shipping", "out_of_scope"} <= set(listed)
    viewer = await reviewer.client.get("/console/c/" + NAME)
    assert viewer.status_code == 200


async def test_what_was_read_stays_beside_what_was_meant(room: Room, reviewer: Browser) -> None:
    answer = await reviewer.post(f"/c/{NAME}/label", position="0", intent="ask_availability", list="outcome=left")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/console/c/{NAME}?outcome=left#turn-0"
    page = said((await reviewer.get(f"/c/{NAME}")).text)
    assert "Vorschlag von Frau Reviewer: ask_availability" in page
    assert "Hintergrund: out_of_scope" in page
    with reading(room.database) as connection:
        assert connection.execute(messages.select()).first().nlu["intent"] == "out_of_scope"
    assert (kept(room)[0].read_as, kept(room)[0].intent) == ("out_of_scope", "ask_availability")


async def test_a_proposal_can_be_changed_and_taken_back_until_it_is_decided(room: Room, reviewer: Browser) -> None:
    for intent in ("ask_availability", "ask_details"):
        await reviewer.post(f"/c/{NAME}/label", position="0", intent=intent)
    assert [each.intent for each in kept(room).values()] == ["ask_details"]
    await reviewer.post(f"/c/{NAME}/label", position="0", intent="")
    assert kept(room) == {}


@pytest.mark.parametrize(
    ("position", "intent", "status"),
    [
        ("0", "no_such_intent", 400),
        ("0", "", 400),
        ("1", "greet", 404),
        ("9", "greet", 404),
        ("-1", "greet", 400),
        ("²", "greet", 400),
    ],
)
async def test_what_cannot_be_meant_is_refused(
    room: Room, reviewer: Browser, position: str, intent: str, status: int
) -> None:
    answer = await reviewer.post(f"/c/{NAME}/label", position=position, intent=intent)
    assert (answer.status_code, kept(room)) == (status, {})


async def test_an_unknown_intent_is_answered_beside_its_form_with_the_words_kept(room: Room, reviewer) -> None:
    marked = f"[{ODD}](no_such_entity)"
    for typed, why in (
        ({"intent": "frage_lager"}, "„frage_lager“ ist keine Absicht, die das Modell kennt."),
        ({"intent": "ask_availability", "annotated": marked}, "„no_such_entity“ ist keine Art"),
        ({"intent": '"><script>'}, "ist keine Absicht, die das Modell kennt."),
    ):
        answer = await reviewer.post(f"/c/{NAME}/label", position="0", list="outcome=left", **typed)
        assert answer.status_code == 400
        form = answer.text.split(f'action="/console/c/{NAME}/label"')[1].split("</form>")[0]
        assert why in unescape(form)
        assert f'value="{typed["intent"]}"' in unescape(form)
        assert typed.get("annotated", "") in unescape(form)
        assert '<details class="behind label" open>' in answer.text
        assert 'name="list" value="outcome=left"' in form
        assert "<script>" not in form
        other = answer.text.split(f'action="/console/c/{NAME}/label"')[2]
        assert "aria-invalid" not in other
    assert kept(room) == {}


async def test_an_editor_accepts_or_rejects_and_the_log_says_who(room: Room, reviewer: Browser) -> None:
    await reviewer.post(f"/c/{NAME}/label", position="0", intent="ask_availability")
    await reviewer.post(f"/c/{NAME}/label", position="2", intent="goodbye")
    editor = await room.as_(Role.EDITOR)
    page = (await editor.get("/labels")).text
    assert f"{ODD} out_of_scope → ask_availability" in said(page)
    first, second = re.findall(r'name="correction" value="(\d+)"', page)
    assert (await editor.post("/labels", correction=first, do="accept")).status_code == 303
    assert (await editor.post("/labels", correction=second, do="reject")).status_code == 303
    assert (await editor.post("/labels", correction=first, do="reject")).status_code == 409
    assert {at: (each.state, each.part) for at, each in kept(room).items()} == {
        0: ("accepted", part_of(ODD)),
        2: ("rejected", None),
    }
    assert "Es wartet kein Vorschlag" in (await editor.get("/labels")).text
    entries = [row[3] for row in room.everything()["audit_log"] if row[3].startswith("label_")]
    assert entries == ["label_proposed", "label_proposed", "label_accepted", "label_rejected"]
    again = await reviewer.post(f"/c/{NAME}/label", position="0", intent="greet")
    assert again.status_code == 409


def test_the_part_depends_on_the_words_alone_and_one_in_five_is_for_measuring() -> None:
    parts = [part_of(f"zeig mir modell nummer {n}") for n in range(2_000)]
    assert 0.17 < parts.count(HOLDOUT) / len(parts) < 0.23
    assert part_of("Was  kostet DAS?") == part_of("was kostet das")
    # kept for good: another hash would move lines between learning and measuring
    told = [part_of(text) for text in ("hallo", "was kostet das", "ja bitte", "geht klar")]
    assert told == [TRAINING, HOLDOUT, HOLDOUT, HOLDOUT]
    assert plain("  Größe M, bitte! ") == "grösse m bitte"


def test_what_is_known_said_twice_or_contradicted_stays_out(room: Room) -> None:
    (language, known), intent = next(iter(TAUGHT.lines.items()))
    assert language == "de"
    accepted(
        room,
        (ODD, "ask_availability"),
        (ODD.upper() + "!", "ask_availability"),
        (known + "??", intent),
        (known, "complaint" if intent != "complaint" else "greet"),
        ("dat is mir zu duer ne", "object_price"),
        ("dat is mir zu duer, ne", "hesitate"),
        ("*** !!", "greet"),
    )
    assert all_lines(room) == [(ODD, "ask_availability")]
    assert left_out(room) == sorted(
        [
            ("*** !!", LeftOut.EMPTY),
            ("dat is mir zu duer ne", LeftOut.CONTRADICTED),
            ("dat is mir zu duer, ne", LeftOut.CONTRADICTED),
            (ODD.upper() + "!", LeftOut.TWICE),
            (known, LeftOut.KNOWN_OTHERWISE),
            (known + "??", LeftOut.KNOWN),
        ]
    )


def test_personal_details_and_annotations_never_reach_the_file(room: Room) -> None:
    accepted(
        room,
        ("schickense dat an [moi](name) moi.meier@example.org\n- intent: evil", "human_handoff"),
        ("rufense ma an unter 0170 1234567 {x} | ja", "human_handoff"),
    )
    texts = [as_rasa_nlu(exported(room, part)) for part in (TRAINING, HOLDOUT)]
    for gone in ("example.org", "0170", "[", "{", "](", "| ja"):
        assert gone not in "".join(texts).replace("nlu: []", ""), gone
    assert "E-Mail" in "".join(texts)
    assert "Telefon" in "".join(texts)
    blocks = [block for text in texts for block in yaml.safe_load(text)["nlu"]]
    assert {block["intent"] for block in blocks} == {"human_handoff"}
    assert sum(len(block["examples"].splitlines()) for block in blocks) == 2


def test_the_file_is_what_rasa_reads(room: Room) -> None:
    accepted(room, (ODD, "ask_availability"), ("wat kost dat denn nu", "ask_price"))
    accepted(room, ("gimme yon reet lid", "search_product"), language="en")
    found: dict[str, list[str]] = {}
    for part in (TRAINING, HOLDOUT):
        document = yaml.safe_load(as_rasa_nlu(exported(room, part)))
        assert document["version"] == "3.1"
        for block in document["nlu"]:
            lines = [line.removeprefix("- ") for line in block["examples"].splitlines()]
            found.setdefault(block["intent"], []).extend(lines)
    assert found == {
        "ask_availability": [ODD],
        "ask_price": ["wat kost dat denn nu"],
        "search_product": ["gimme yon reet lid"],
    }


def test_the_diff_names_the_file_that_the_lines_belong_to(room: Room) -> None:
    accepted(room, (ODD, "ask_availability"))
    part = part_of(ODD)
    assert list(diff(exported(room, part), TAUGHT)) == [
        f"+++ {TAUGHT.files['de', 'ask_availability']}",
        "@@ ask_availability @@",
        f"+ {ODD}",
    ]
    assert Path(TAUGHT.files["de", "ask_availability"]).is_file()


async def test_a_part_is_shown_as_a_diff_and_taken_away_as_yaml_and_the_log_says_so(room: Room) -> None:
    accepted(room, (ODD, "ask_availability"), ("<script>alert(1)</script> dat", "ask_price"))
    editor = await room.as_(Role.EDITOR)
    before = sorted((path, path.stat().st_mtime_ns) for path in Path("data/nlu").rglob("*.yml"))
    taken = ""
    for part in (TRAINING, HOLDOUT):
        page = (await editor.get(f"/labels/diff?part={part}")).text
        assert "<script>alert" not in page
        answer = await editor.post("/labels/export", part=part)
        assert answer.headers["content-disposition"] == f'attachment; filename="{part}-2026-11-02.yml"'
        taken += answer.text
    assert ODD in taken
    entries = [row for row in room.everything()["audit_log"] if row[3] == "exported"]
    assert [row[5]["part"] for row in entries] == [TRAINING, HOLDOUT]
    assert sorted((path, path.stat().st_mtime_ns) for path in Path("data/nlu").rglob("*.yml")) == before
    assert (await editor.post("/labels/export", part="x")).status_code == 400


def test_words_that_were_erased_are_gone_from_the_export(room: Room) -> None:
    accepted(room, (ODD, "ask_availability"))
    with writing(room.database) as connection:
        connection.execute(messages.update().values(text=""))
    assert all_lines(room) == []
    with writing(room.database) as connection:
        connection.execute(messages.delete())
    assert room.everything()["label_corrections"] == []
