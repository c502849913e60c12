"""The form of one row of the matrix carries the state that was seen."""

from actions.store.engine import reading
from actions.store.matrix import read_matrix
from bot.review.matrix import seen
from tests.review.conftest import Room


def test_a_form_tells_two_states_of_a_row_apart(room: Room) -> None:
    with reading(room.database) as connection:
        (row,) = read_matrix(connection)
    assert (
        seen(row) == "approved|1|2026-10-01|shop|Damit fahren Sie von Anfang an sicher.|Ride safely from day one."
    )
