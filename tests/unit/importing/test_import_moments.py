"""Days and moments the way shops, shop systems and spreadsheets write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.store.importing.moments import MONTHS, iso_day, moment_reader, written_moment


@pytest.mark.parametrize(
    ("written", "zone", "form"),
    [
        ("2026-03-02T10:30:00+00:00", "UTC", ""),
        ("2026-03-02T10:30:00Z", "UTC", ""),
        ("2026-03-02 10:30:00", "UTC", ""),
        ("2026-03-02 11:30", "Europe/Berlin", ""),
        ("02.03.2026 11:30", "Europe/Berlin", "%d.%m.%Y %H:%M"),
        (datetime(2026, 3, 2, 10, 30), "UTC", ""),
        (datetime(2026, 3, 2, 10, 30, tzinfo=UTC), "Europe/Berlin", ""),
    ],
)
def test_moments_are_read_into_utc(written, zone, form):
    assert moment_reader(zone, form)(written) == datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def test_what_is_no_moment_is_named():
    with pytest.raises(ValueError, match="'gestern' is not a date and time"):
        moment_reader()("gestern")


@pytest.mark.parametrize(
    "written",
    [
        *("2026-05-03", "2026/05/03", "2026/5/3", "20260503", "03.05.2026", "3.5.2026", "03.05.26", "3.5.26"),
        *("3. Mai 2026", "03. Mai 2026", "3 May 2026", "May 3, 2026"),
    ],
)
def test_a_day_is_read_however_it_is_written_and_with_its_time(written):
    assert written_moment(written) == date(2026, 5, 3)
    assert iso_day(written) == "2026-05-03"
    for time in (" 14:30", " 14:30:00", " @ 14:30", ", 14:30", " um 14:30 Uhr"):
        assert moment_reader()(written + time) == datetime(2026, 5, 3, 14, 30, tzinfo=UTC)
    assert moment_reader("Europe/Berlin")(f"{written} 9:30") == datetime(2026, 5, 3, 7, 30, tzinfo=UTC)
    assert moment_reader("Europe/Berlin")(f"{written} 09:30:00 UTC") == datetime(2026, 5, 3, 9, 30, tzinfo=UTC)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.data())
def test_every_day_of_the_century_is_the_same_in_every_form(day, data):
    name = data.draw(st.sampled_from(MONTHS[day.month - 1]))
    forms = (
        *(f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d}", f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day:%y}"),
        *(f"{day.day}. {name.title()} {day.year}", f"{name} {day.day}, {day.year}"),
    )
    assert [written_moment(form) for form in forms] == [day] * len(forms)


@pytest.mark.parametrize(
    "written", ["gestern", "32.13.2026", "30.02.2026", "05/03/2026", "31. Feber 2026", "2026-05-03 abends"]
)
def test_what_is_no_day_is_refused_with_the_forms_that_are_read(written):
    with pytest.raises(ValueError, match=r"is not a date and time; write it like 2026-05-03"):
        moment_reader()(written)
    with pytest.raises(ValueError, match=r"is not a date; write it like 2026-05-03 or 03\.05\.2026"):
        iso_day(written)


@given(st.text() | st.from_regex(r"\d{1,4}[-./ ]\d{1,2}[-./ ]\d{1,4}( \d{1,2}:\d{2})?", fullmatch=True))
def test_whatever_is_written_is_a_moment_or_refused_by_its_own_words(written):
    try:
        assert isinstance(written_moment(written), date)
    except ValueError as error:
        assert str(error).startswith(repr(written))


def test_no_date_is_a_missing_one_and_a_form_that_was_asked_for_is_named():
    with pytest.raises(ValueError, match=r"^is missing$"):
        moment_reader()("")
    with pytest.raises(ValueError, match="is not of the form %d/%m/%Y"):
        moment_reader("UTC", "%d/%m/%Y")("2026-05-03")
