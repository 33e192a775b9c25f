"""Dates as Dutch people type them (domain.md 4)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony_desk.core.validation import dates
from tests.core.refusals import anything, near, outcome, refused

TODAY = date(2026, 11, 22)
YEARS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5-4-2022", date(2022, 4, 5)),
        ("05-04-2022", date(2022, 4, 5)),
        ("05-04-22", date(2022, 4, 5)),
        ("2022-04-05", date(2022, 4, 5)),
        ("5/4/2022", date(2022, 4, 5)),
        ("5.4.2022", date(2022, 4, 5)),
        ("5 4 2022", date(2022, 4, 5)),
        ("05042022", date(2022, 4, 5)),
        ("050422", date(2022, 4, 5)),
        (" 5-4-2022 ", date(2022, 4, 5)),
        ("29-02-2028", date(2028, 2, 29)),
        ("01-01-46", date(2046, 1, 1)),
        ("01-01-47", date(1947, 1, 1)),
        ("31-12-99", date(1999, 12, 31)),
    ],
)
def test_the_day_comes_first(typed: str, day: date) -> None:
    assert dates.parse(typed, today=TODAY) == day


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31-02-2026", "no_such_day"),
        ("29-02-2026", "no_such_day"),
        ("11/22/2026", "no_such_day"),
        ("2026-22-11", "no_such_day"),
        ("0-1-2026", "no_such_day"),
        ("1-1-1899", "no_such_day"),
        ("1-1-2200", "no_such_day"),
        ("20261122", "no_such_day"),
        ("2026-1-1", "invalid"),
        ("1-1-1", "invalid"),
        ("1-1-206", "invalid"),
        ("22 november 2026", "invalid"),
        ("١-١-٢٠٢٦", "invalid"),
        ("", "required"),
    ],
)
def test_what_is_no_date_is_refused(typed: str, code: str) -> None:
    error = refused(dates.parse, typed, today=TODAY)

    assert (error.field, error.code) == ("date", code)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12-03-1987", date(1987, 3, 12)),
        ("12-03-87", date(1987, 3, 12)),
        ("120387", date(1987, 3, 12)),
        ("1987-03-12", date(1987, 3, 12)),
        ("12-03-26", date(2026, 3, 12)),
        ("22-11-26", date(2026, 11, 22)),
        ("23-11-26", date(1926, 11, 23)),
        ("12-03-16", date(2016, 3, 12)),
        ("29-02-00", date(2000, 2, 29)),
    ],
)
def test_a_birth_date_is_in_the_latest_century_that_can_be(typed: str, day: date) -> None:
    assert dates.parse_birth_date(typed, today=TODAY) == day


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("23-11-2026", "future"),
        ("22-11-1915", "too_old"),
        ("01-01-1900", "too_old"),
        ("31-02-1987", "no_such_day"),
        ("1987", "invalid"),
    ],
)
def test_a_birth_date_that_cannot_be_is_refused(typed: str, code: str) -> None:
    error = refused(dates.parse_birth_date, typed, today=TODAY)

    assert (error.field, error.code) == ("birth_date", code)
    assert error.message.startswith("Geboortedatum: ")


def test_somebody_of_110_may_phone_us_until_the_next_birthday() -> None:
    assert dates.age(dates.parse_birth_date("23-11-1915", today=TODAY), TODAY) == 110
    assert dates.age(dates.parse_birth_date("22-11-1916", today=TODAY), TODAY) == 110


def test_a_leap_day_child_has_a_birthday_in_march_in_other_years() -> None:
    born = date(2004, 2, 29)

    assert dates.age(born, date(2022, 2, 28)) == 17
    assert dates.age(born, date(2022, 3, 1)) == 18
    assert dates.age(born, date(2024, 2, 29)) == 20


def test_a_date_is_shown_as_people_write_it() -> None:
    assert dates.display(date(2022, 4, 5)) == "05-04-2022"


@given(YEARS)
def test_what_is_shown_is_read_back(day: date) -> None:
    assert dates.parse(dates.display(day), today=TODAY) == day
    assert dates.parse(day.isoformat(), today=TODAY) == day


@given(YEARS)
def test_month_and_day_are_never_swapped(day: date) -> None:
    american = f"{day.month:02d}-{day.day:02d}-{day.year}"

    assert (outcome(dates.parse, american, today=TODAY) == day) is (day.day == day.month)


@given(st.dates(date(1926, 11, 23), TODAY))
def test_two_digits_of_a_birth_year_find_the_last_hundred_years(born: date) -> None:
    assert dates.parse_birth_date(f"{born:%d-%m-%y}", today=TODAY) == born


@given(anything | near("1", "2", "29", "02", "2026", "99", "-", "/", " ", "."), YEARS)
def test_any_text_gives_a_date_or_a_refusal(text: str, today: date) -> None:
    for parse in (dates.parse, dates.parse_birth_date):
        day = outcome(parse, text, today=today)

        assert isinstance(day, date) or day[0] == "refused"  # type: ignore[index]
