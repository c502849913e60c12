"""Moments are the same days whatever kind of column holds them."""

from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest

from actions.affinity.columns import days_of

NOON, MISSING, LATER = datetime(2024, 1, 1, 12, tzinfo=UTC), None, datetime(2024, 1, 3, tzinfo=UTC)
MOMENTS = [NOON, MISSING, LATER]


@pytest.mark.parametrize(
    "column",
    [
        MOMENTS,
        ["2024-01-01T12:00:00", None, "2024-01-03"],
        [NOON.timestamp(), None, LATER.timestamp()],
        pa.array(MOMENTS),
        pa.chunked_array([MOMENTS[:1], MOMENTS[1:]]),
        pa.array(["2024-01-01T12:00:00", None, "2024-01-03"]),
        pa.array([int(NOON.timestamp()), None, int(LATER.timestamp())]),
        np.array(["2024-01-01T12", "NaT", "2024-01-03"], dtype="datetime64[s]"),
        np.array([NOON.timestamp(), np.nan, LATER.timestamp()]),
    ],
)
def test_a_missing_moment_is_as_old_as_the_oldest(column: object) -> None:
    assert days_of(column).tolist() == [19723.5, 19723.5, 19725.0]


def test_a_date_is_the_beginning_of_its_day() -> None:
    assert days_of(pa.array([date(2024, 1, 1), date(2024, 1, 3)])).tolist() == [19723.0, 19725.0]
    assert days_of([date(2024, 1, 1)]).tolist() == [19723.0]


def test_where_no_moment_is_known_all_are_alike() -> None:
    assert days_of([None, None]).tolist() == [0.0, 0.0]
    assert days_of(pa.array([None, None], pa.timestamp("us"))).tolist() == [0.0, 0.0]
