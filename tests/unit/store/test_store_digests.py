"""Finding conversations by their digests, on both databases: every condition, together and page by page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select, text

from actions.store import conversations, digest_keys, digest_search, digests
from actions.store.digest_keys import Place, Wanted
from actions.store.digest_tables import digest_facets
from actions.store.digests import Digest
from actions.store.engine import migration_config, writing
from actions.store.moments import microseconds


def made(number: int, now, facets=(), words="", confidence=None) -> Digest:
    return Digest(
        conversation=f"{number:032}",
        started_at=now,
        active_at=now + timedelta(minutes=number),
        channel="web",
        language="de",
        first_words=words,
        turns=1,
        outcome="left",
        offers=(("cross", "accepted", 2),),
        confidence=confidence,
        fallbacks=0,
        repeats=0,
        errors=0,
        handed_off=False,
        fingerprint=f"f{number}",
        facets=frozenset(facets),
        words=words,
    )


@pytest.fixture
def keep(connection, now):
    """Write digests with their conversations."""

    def keep(*wanted: Digest) -> None:
        for digest in wanted:
            conversations.create(
                connection, conversation_id=digest.conversation, language="de", channel="web", now=now
            )
        digests.write(connection, wanted, now)

    return keep


@pytest.fixture
def find(connection):
    def find(limit=50, before=None, **wanted):
        page = digest_search.page(connection, Wanted(**wanted), limit, before)
        return [int(row.conversation) for row in page]

    return find


@pytest.fixture(params=[(1_000, 50_000, 2_000), (1, 50_000, 1), (1, 1, 2_000)], ids=["few", "many", "very many"])
def measures(request, monkeypatch):
    """The same answers whichever way is taken to them."""
    monkeypatch.setattr(digest_keys, "LATEST", request.param[2])
    monkeypatch.setattr(digest_keys, "FEW", request.param[0])
    monkeypatch.setattr(digest_keys, "MANY", request.param[1])


def test_every_condition_finds_its_own_and_all_must_hold(keep, find, now, measures):
    en, de, error = ("language", "en"), ("language", "de"), ("mark", "error")
    keep(
        made(1, now, {en}, "Ein Fahrrad für die Stadt", 0.9),
        made(2, now, {de, error}, "ein Rad", 0.4),
        made(3, now, {en, error}, "Größe XL, Crème", 0.2),
        made(4, now),
    )
    assert find() == [4, 3, 2, 1]
    assert find(facets=(en,)) == [3, 1]
    assert find(facets=(en, error)) == [3]
    assert find(facets=(en, de)) == []
    assert find(words="ein") == [2, 1]
    assert find(words="fahr FÜR") == [1]
    assert find(words="groesse") == []
    assert find(words="grosse creme") == [3]
    assert find(words="\"ein\" OR NEAR('x') * : -") == []
    assert find(words="?!") == [4, 3, 2, 1]
    assert find(below=0.9) == [3, 2]
    assert find(below=0.3, facets=(en,), words="xl") == [3]
    assert find(since=now + timedelta(minutes=2), until=now + timedelta(minutes=4)) == [3, 2]


def walk(connection, wanted: Wanted, limit: int) -> list[int]:
    """Every page, one after the other."""
    seen, before = [], None
    while page := digest_search.page(connection, wanted, limit, before):
        seen += [int(row.conversation) for row in page]
        before = Place(page[-1].active_at, page[-1].number)
    return seen


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(facets=(("language", "en"),)),
        Wanted(facets=(("language", "en"), ("mark", "error"))),
        Wanted(words="rad"),
        Wanted(words="rad", facets=(("language", "en"),)),
        Wanted(words="rad", below=0.5),
        Wanted(below=0.5, facets=(("mark", "error"),)),
    ],
)
def test_pages_of_any_condition_follow_each_other_without_gap(connection, keep, now, measures, wanted):
    both = {("language", "en"), ("mark", "error")}
    # three at a time were active in the same moment
    keep(*(replace(made(n, now, both, "rad", 0.4), active_at=now + timedelta(minutes=n // 3)) for n in range(10)))
    keep(made(50, now, {("language", "en")}), made(51, now, {("mark", "error")}, "anderes", 0.9))
    others = {50} if wanted == Wanted(facets=(("language", "en"),)) else set()
    assert [n for n in walk(connection, wanted, 2) if n not in others] == list(range(9, -1, -1))


def test_a_conversation_that_goes_on_moves_up_in_every_list_it_is_in(connection, keep, find, now):
    keep(*(made(number, now, {("language", "en")}) for number in (1, 2, 3)))
    number = digests.number_of(connection, f"{1:032}")
    digests.replace_facets(connection, {number: [("tag", "wichtig")]}, ("tag",))
    later = replace(made(1, now, {("language", "en")}), active_at=now + timedelta(hours=1))
    digests.write(connection, [later], now)
    assert find() == find(facets=(("language", "en"),)) == [1, 3, 2]
    assert find(facets=(("tag", "wichtig"),), since=now + timedelta(minutes=30)) == [1]


def test_facets_of_before_get_their_moments_when_the_tables_are_brought_up_to_date(engine, now):
    with writing(engine) as connection:
        conversations.create(connection, conversation_id=f"{7:032}", language="de", channel="web", now=now)
        moment = now + timedelta(seconds=59, microseconds=999_999)
        digests.write(connection, [replace(made(7, now, {("intent", "greet")}), active_at=moment)], now)
        before = connection.execute(select(digest_facets)).all()
        config = migration_config(connection)
        (ours,) = [
            each.revision
            for each in ScriptDirectory.from_config(config).walk_revisions()
            if each.doc.startswith("Facets lie in the order")
        ]
        command.downgrade(config, f"{ours}-1")
        assert "active_us" not in {each["name"] for each in inspect(connection).get_columns("digest_facets")}
        command.upgrade(config, "head")
        assert (
            connection.execute(select(digest_facets)).all()
            == before
            == [("intent", "greet", microseconds(moment), before[0].digest)]
        )


def test_pages_follow_each_other_while_new_conversations_come_in(connection, keep, find, now):
    keep(*(replace(made(number, now), active_at=now) for number in range(1, 8)))
    seen, before = [], None
    for arriving in (20, 21, 22):
        page = digest_search.page(connection, Wanted(), 3, before)
        seen += [int(row.conversation) for row in page]
        before = Place(page[-1].active_at, page[-1].number)
        keep(made(arriving, now))
    assert seen == [7, 6, 5, 4, 3, 2, 1]


def test_what_is_written_again_takes_the_place_of_what_was_there(connection, keep, find, now):
    keep(made(1, now, {("intent", "greet"), ("mark", "error")}, "alt"))
    number = digests.number_of(connection, f"{1:032}")
    digests.replace_facets(connection, {number: [("tag", "wichtig")]}, ("tag",))
    digests.write(connection, [made(1, now, {("intent", "deny")}, "neu")], now)
    assert (find(words="alt"), find(words="neu")) == ([], [1])
    assert (find(facets=(("intent", "greet"),)), find(facets=(("intent", "deny"),))) == ([], [1])
    assert find(facets=(("tag", "wichtig"),)) == [1], "what people wrote stays"
    assert digest_search.values_of(connection, "intent") == ["deny"]
    assert digest_search.values_of(connection, "mark") == []


def test_the_digest_goes_with_its_conversation(connection, keep, find, now):
    keep(made(1, now, {("intent", "greet")}, "geheim"), made(2, now, {("intent", "greet")}, "offen"))
    conversations.delete(connection, f"{1:032}")
    assert find() == [2]
    assert find(words="geheim") == []
    assert connection.scalar(select(func.count()).select_from(digest_facets)) == 1
    assert connection.scalar(text("SELECT count(*) FROM digest_words")) == 1
    conversations.erase_content(connection, f"{2:032}")
    assert find(words="offen") == []
    row = digest_search.one(connection, f"{2:032}")
    assert row is not None
    assert (row.first_words, row.outcome) == ("", "left")


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_pages_of_what_the_record_counts_hold_each_once_however_far_apart_they_came(connection, keep, now, limit):
    minutes = {number: number for number in (0, 5, 1_500, 1_501, 30_000, 30_001, 200_000)}
    keep(*(made(number, now, {("language", "de" if number % 2 else "en")}) for number in minutes))
    table = digest_search.conversations

    def odd(_, since):
        asked.append(since)
        return select(table.c.id).where(table.c.id.in_([f"{number:032}" for number in (5, 1_501, 30_001)]))

    asked: list[object] = []
    wanted = Wanted(among=odd, among_days=True)
    assert walk(connection, wanted, limit) == [30_001, 1_501, 5]
    assert walk(connection, replace(wanted, facets=(("language", "en"),)), limit) == []
    recent = replace(wanted, since=now + timedelta(minutes=1_500))
    assert walk(connection, recent, limit) == [30_001, 1_501]
    # the record is asked for the latest days first, and for all of it only where these do not fill the page
    assert asked[0] == now + timedelta(minutes=200_000) - timedelta(days=1)
