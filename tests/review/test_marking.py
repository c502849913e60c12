"""Marking what the words of a message name: beside it, in the queue, in the file, and gone with the words."""

import html
import re
from datetime import timedelta

import pytest
import yaml
from sqlalchemy import update

from actions.store import conversations, label_corrections
from actions.store.engine import reading, writing
from actions.store.label_corrections import HOLDOUT, TRAINING, Annotation
from actions.store.staff import Role
from actions.store.tables import messages
from bot.privacy.anonymising import anonymise
from bot.privacy.periods import Periods
from bot.privacy.subject import export_subject
from bot.transcripts import digesting
from bot.transcripts.labelled import LeftOut, as_rasa_nlu, diff, read_labelled
from bot.transcripts.nlu_lines import Taught, read_taught
from bot.transcripts.originals import OriginalSeal
from bot.transcripts.redaction import redact
from tests.review.conftest import START, Browser, Room
from tests.review.talks import Said, hold

NAME = "c" * 32
TEXT = "gibbet dat och als [rote] Helme"
MARKED = 'gibbet dat och als \\[[rote](value)\\] [Helme]{"entity": "category", "value": "helmets"}'
FOUND = (Annotation(20, 24, "value"), Annotation(26, 31, "category", "helmets"))
MOVED = 'gibbet dat och als [rote](value) [Helme]{"entity": "category", "value": "helmets"}'


@pytest.fixture
async def reviewer(room: Room) -> Browser:
    with writing(room.database) as connection:
        (message,) = hold(connection, NAME, Said(TEXT, intent="search_product"), at=START)
        recognised = {"entity": "category", "start": 26, "end": 31, "value": "helmets", "extractor": "some"}
        whole = {"entity": "language", "value": "de", "extractor": "LanguageSense"}
        reading_of = {"intent": "search_product", "confidence": 0.9, "entities": [whole, recognised]}
        connection.execute(update(messages).where(messages.c.id == message).values(nlu=reading_of))
    digesting.rebuild(room.database, room.clock())
    browser = await room.as_(Role.REVIEWER)
    await browser.get(f"/c/{NAME}")
    return browser


def kept(room: Room) -> list[tuple[str, tuple[Annotation, ...]]]:
    with reading(room.database) as connection:
        every = [
            each for state in ("proposed", "accepted") for each in label_corrections.in_state(connection, state)
        ]
    return [(each.intent, each.annotations) for each in every]


def accept(room: Room, *lines: tuple[str, str, tuple[Annotation, ...]]) -> None:
    """Lines with intent and marks that were accepted for them, each in a conversation of its own."""
    with writing(room.database) as connection:
        for n, (text, intent, found) in enumerate(lines):
            (message,) = hold(connection, f"{n:032}", Said(text), at=START)
            label_corrections.propose(
                connection,
                conversation=f"{n:032}",
                message=message,
                intent=intent,
                annotations=found,
                by=1,
                now=START,
            )
            number = label_corrections.of_messages(connection, [message])[message].id
            assert label_corrections.decide(connection, number, accept=True, by=1, now=START)


def labelled(room: Room):
    with reading(room.database) as connection:
        return [read_labelled(connection, part, read_taught(), redact) for part in (TRAINING, HOLDOUT)]


def written(room: Room, **how: bool) -> list[str]:
    blocks = [block for part in labelled(room) for block in yaml.safe_load(as_rasa_nlu(part, **how))["nlu"]]
    return sorted(line.removeprefix("- ") for block in blocks for line in block["examples"].splitlines())


async def test_the_form_begins_with_what_was_recognised_and_completes_the_entities(reviewer: Browser) -> None:
    page = html.unescape((await reviewer.get(f"/c/{NAME}")).text)
    assert "\ngibbet dat och als \\[rote\\] [Helme](category)</textarea>" in page
    assert "Erkannt: <code>category</code> = <bdi>helmets</bdi></p>" in page
    listed = re.findall(r'<option value="(\w+)">([^<]+)</option>', page)
    assert ("category", "Warengruppe") in listed
    assert "language" not in {entity for entity, _ in listed}


async def test_words_are_marked_without_javascript_and_shown_beside_the_message_and_in_the_queue(
    room: Room, reviewer: Browser
) -> None:
    answer = await reviewer.post(f"/c/{NAME}/label", position="0", intent="ask_availability", annotated=MARKED)
    assert answer.status_code == 303
    assert kept(room) == [("ask_availability", FOUND)]
    told = '<span class="entity">Helme <small>category = helmets</small></span>'
    page = (await reviewer.get(f"/c/{NAME}")).text
    assert told in page
    assert f"\n{MARKED}</textarea>" in html.unescape(page), "what was marked can be changed"
    assert told in (await (await room.as_(Role.EDITOR)).get("/labels")).text


async def test_where_only_words_were_marked_the_intent_stays_and_a_button_takes_it_all_back(
    room: Room, reviewer: Browser
) -> None:
    await reviewer.post(f"/c/{NAME}/label", position="0", intent="", annotated=MARKED)
    assert kept(room) == [("search_product", FOUND)]
    assert 'value="withdraw"' in (await reviewer.get(f"/c/{NAME}")).text
    await reviewer.post(f"/c/{NAME}/label", position="0", do="withdraw", intent="greet", annotated=MARKED)
    assert kept(room) == []


async def test_lines_may_end_as_a_browser_sends_them(room: Room, reviewer: Browser) -> None:
    with writing(room.database) as connection:
        connection.execute(update(messages).values(text="eins\nzwei"))
    await reviewer.post(f"/c/{NAME}/label", position="0", intent="greet", annotated="eins\r\n[zwei](quantity)")
    assert kept(room) == [("greet", (Annotation(5, 9, "quantity"),))]


@pytest.mark.parametrize(
    ("annotated", "words"),
    [
        ("gibbet dat och als \\[rote\\] [Helme](language)", "„language“ ist keine Art"),
        ("gibbet dat och als \\[rote\\] [Helme](<b>)", "lassen sich nicht lesen"),
        ("gibbet dat och als [rote] [Helme](category)", "lassen sich nicht lesen"),
        ("gibbet dat och als \\[rote\\] [Hosen](category)", "lassen sich nicht lesen"),
        ('gibbet dat och als \\[rote\\] [Helme]{"entity": "sku", "value": "a@b.example"}', "nicht lesen"),
        ("", "lassen sich nicht lesen"),
    ],
)
async def test_marks_that_cannot_be_are_refused_and_nothing_is_kept(
    room: Room, reviewer: Browser, annotated: str, words: str
) -> None:
    answer = await reviewer.post(f"/c/{NAME}/label", position="0", intent="greet", annotated=annotated)
    assert (answer.status_code, kept(room)) == (400, [])
    assert words in html.unescape(answer.text)


async def test_a_message_with_hidden_details_is_given_an_intent_and_no_marks(room: Room, reviewer: Browser) -> None:
    with writing(room.database) as connection:
        connection.execute(update(messages).values(text="schreiben Sie an moi@example.org"))
    page = (await reviewer.get(f"/c/{NAME}")).text
    assert 'name="intent"' in page
    assert 'name="annotated"' not in page
    answer = await reviewer.post(
        f"/c/{NAME}/label", position="0", intent="greet", annotated="schreiben Sie an moi@example.org"
    )
    assert (answer.status_code, kept(room)) == (400, [])


async def test_marks_go_into_the_diff_and_the_file_and_the_words_alone_on_request(
    room: Room, reviewer: Browser
) -> None:
    accept(room, (TEXT, "ask_availability", FOUND))
    (line,) = [line for part in labelled(room) for line in diff(part, read_taught()) if line.startswith("+ ")]
    assert line == f"+ {MOVED}"
    assert written(room) == [MOVED]
    assert written(room, words_only=True) == ["gibbet dat och als rote Helme"]
    editor = await room.as_(Role.EDITOR)
    (part,) = [part.part for part in labelled(room) if part.lines]
    assert MOVED in html.unescape((await editor.get(f"/labels/diff?part={part}")).text)
    assert MOVED in (await editor.post("/labels/export", part=part)).text
    assert "[" not in (await editor.post("/labels/export", part=part, words="only")).text


def test_marks_survive_what_is_cleaned_and_never_stand_on_personal_details(room: Room) -> None:
    accept(
        room,
        ("dat  {kleene}\nrad, ne", "search_product", (Annotation(5, 13, "value"), Annotation(14, 17, "category"))),
        ("an moi@example.org ne", "human_handoff", (Annotation(3, 18, "family"),)),
        ("ruf ma an ne", "greet", (Annotation(0, 3, "value", "0171 2345678"), Annotation(4, 6, "family"))),
    )
    first, *others = written(room)
    assert first.startswith("an ")
    assert not {"[", "]", "@"} & set(first), "nothing is marked in a line with a placeholder"
    assert others == ["dat [kleene](value) [rad](category), ne", "ruf [ma](family) an ne"]


def test_the_same_words_are_in_the_file_once_with_their_marks_and_not_with_two_sorts_of_them(room: Room) -> None:
    one, other = (Annotation(0, 3, "category"),), (Annotation(0, 3, "family"),)
    accept(
        room,
        ("rad ne?", "greet", ()),
        ("Rad, ne", "greet", one),
        ("luft wa", "greet", one[:1]),
        ("luft wa!", "greet", other),
    )
    assert written(room) == ["[Rad](category), ne"]
    left = sorted((line.text, why) for part in labelled(room) for line, why in part.left_out)
    assert left == [
        ("luft wa", LeftOut.MARKED_OTHERWISE),
        ("luft wa!", LeftOut.MARKED_OTHERWISE),
        ("rad ne?", LeftOut.TWICE),
    ]


def test_a_line_that_is_taught_with_marks_is_known(tmp_path) -> None:
    (tmp_path / "de").mkdir()
    line = 'nlu:\n- intent: greet\n  examples: |\n    - "[Rad](category) ne"\n'.replace('"', "")
    (tmp_path / "de" / "some.yml").write_text(line, "utf-8")
    taught: Taught = read_taught(tmp_path)
    assert taught.lines == {("de", "rad ne"): "greet"}


def test_marks_are_gone_with_the_words_and_in_the_document_of_the_shopper_before(room: Room) -> None:
    accept(room, (TEXT, "ask_availability", FOUND), ("dat is mien Oma ehr", "greet", FOUND[:0]))
    with reading(room.database) as connection:
        seal = OriginalSeal.of_house(room.console.seals)
        document = export_subject(connection, "0" * 32, Periods(), seal)
    assert document is not None
    assert document["labels"][0]["annotations"] == [[20, 24, "value", ""], [26, 31, "category", "helmets"]]
    with writing(room.database) as connection:
        anonymise(connection, ["0" * 32], START + timedelta(days=90))
    assert "helmets" not in str(room.everything()["label_corrections"])
    assert len(room.everything()["label_corrections"]) == 2, "what was meant stays as a figure"


@pytest.mark.parametrize("state", ["answered", "received"])
def test_marks_are_gone_when_the_words_are_erased_even_while_they_are_answered(room: Room, state: str) -> None:
    accept(room, (TEXT, "ask_availability", FOUND))
    with writing(room.database) as connection:
        connection.execute(update(messages).values(state=state))
        conversations.erase_content(connection, "0" * 32)
    assert "helmets" not in str(room.everything()["label_corrections"])
