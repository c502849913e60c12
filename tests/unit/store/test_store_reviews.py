"""Reviews on both databases: kept, stepped back and found."""

from dataclasses import replace

import pytest

from actions.store import digest_search, digests, reviews, staff
from actions.store.digest_keys import Wanted
from actions.store.reviews import Review
from actions.store.staff import Role
from tests.unit.store.test_store_digests import made


@pytest.fixture
def anna(connection) -> int:
    person = staff.add(connection, name="anna", shown_as="Anna", role=Role.REVIEWER, password="-", language="de")
    assert person is not None
    return person.id


@pytest.fixture
def digest(connection, chat, now) -> str:
    digests.write(connection, [replace(made(1, now), conversation=chat)], now)
    reviews.write_facets(connection, [chat])
    return chat


def found(connection, kind: str, value: str) -> int:
    return len(digest_search.page(connection, Wanted(facets=((kind, value),)), 5))


def test_a_review_is_kept_found_and_taken_back(connection, digest, anna, now):
    assert found(connection, "status", "open") == 1
    judged = Review(digest, "done", "bad", ("tone",), "no", True, ("a", "b"), "Notiz", assignee=anna)
    changed = reviews.save(connection, judged, by=anna, now=now)
    assert set(changed) == set(reviews.JUDGED)
    assert reviews.get(connection, digest) == replace(judged, reviewer=anna, changed_at=now)
    wanted = [("status", "done"), ("status", "flagged"), ("verdict", "bad"), ("cause", "tone"), ("tag", "b")]
    assert [found(connection, *facet) for facet in (*wanted, ("assignee", "anna"))] == [1] * 6
    assert reviews.steps(connection, digest) == [(now, "Anna")]
    assert reviews.undo(connection, digest, now)
    assert reviews.get(connection, digest) == Review(digest)
    assert [found(connection, *facet) for facet in wanted] == [0] * 5
    assert not reviews.undo(connection, digest, now)


def test_who_is_gone_is_not_brought_back_by_undoing(connection, digest, anna, now):
    first = Review(digest, verdict="ok", status="done", assignee=anna)
    reviews.save(connection, first, by=anna, now=now)
    reviews.save(connection, replace(first, note="x", changed_at=now), by=anna, now=now)
    connection.execute(staff.staff.delete())
    assert reviews.undo(connection, digest, now)
    assert reviews.get(connection, digest).assignee is None
