"""Terms: every date of domain.md 2.5 and of the calendar in security.md 4.1, and the rules behind them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony_desk.core.validation import deadlines
from harmony_desk.core.validation.deadlines import TERMS, Term, Unit

DAYS = st.dates(date(2014, 1, 1), date(2199, 1, 1))


@pytest.mark.parametrize(
    ("received", "statutory", "extended", "due"),
    [
        ("2026-11-22", "2026-12-22", "2027-02-22", "2026-12-18"),
        ("2026-12-31", "2027-02-01", "2027-03-31", "2027-01-28"),
        ("2027-01-31", "2027-03-01", "2027-04-30", "2027-02-26"),
        ("2027-02-28", "2027-03-30", "2027-05-28", "2027-03-25"),
        ("2026-12-01", "2027-01-04", "2027-03-01", "2026-12-29"),
    ],
)
def test_the_calendar_of_requests(received: str, statutory: str, extended: str, due: str) -> None:
    day = date.fromisoformat(received)

    assert deadlines.statutory_on(day) == date.fromisoformat(statutory)
    assert deadlines.extended_on(day) == date.fromisoformat(extended)
    assert deadlines.due_on(day) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("received", "promised", "month", "statutory"),
    [
        ("2026-01-31", "2026-02-28", "2026-02-28", "2026-03-02"),
        ("2026-03-27", "2026-04-24", "2026-04-27", "2026-04-28"),
        ("2026-11-27", "2026-12-25", "2026-12-27", "2026-12-28"),
        ("2028-01-30", "2028-02-27", "2028-02-29", "2028-02-29"),
        ("2027-01-31", "2027-02-28", "2027-02-28", "2027-03-01"),
    ],
)
def test_the_promise_stands_where_the_law_rolls_on(received: str, promised: str, month: str, statutory: str) -> None:
    day = date.fromisoformat(received)

    assert deadlines.promised_on(day) == date.fromisoformat(promised)
    assert deadlines.add_months(day, 1) == date.fromisoformat(month)
    assert deadlines.statutory_on(day) == date.fromisoformat(statutory)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-01-31", "2026-02-27"),  # promised on a Saturday
        ("2026-03-27", "2026-04-24"),
        ("2026-11-27", "2026-12-24"),  # promised on Christmas Day
        ("2028-01-30", "2028-02-25"),  # promised on a Sunday
        ("2026-04-07", "2026-05-04"),  # promised on Liberation Day
        ("2026-03-30", "2026-04-24"),  # promised on King's Day, a Monday
    ],
)
def test_the_work_is_due_on_the_last_working_day_before_the_promise(received: str, due: str) -> None:
    assert deadlines.due_on(date.fromisoformat(received)) == date.fromisoformat(due)


def test_the_holidays_of_2026() -> None:
    assert sorted(deadlines.holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 5),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),  # Ascension
        date(2026, 5, 24),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


@pytest.mark.parametrize(
    ("year", "easter"),
    [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2028, (4, 16)), (2038, (4, 25)),
     (2285, (3, 22)), (2000, (4, 23)), (2019, (4, 21)), (2011, (4, 24))],
)  # fmt: skip
def test_easter_is_where_almanacs_put_it(year: int, easter: tuple[int, int]) -> None:
    sunday = date(year, *easter)

    assert {sunday + timedelta(d) for d in (-2, 0, 1, 39, 49, 50)} <= deadlines.holidays(year)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-05-05", False),  # Liberation Day every year, not in lustrum years only
        ("2027-05-05", False),
        ("2025-04-26", False),  # King's Day moves when the 27th is a Sunday
        ("2025-04-28", True),
        ("2027-03-26", False),  # Good Friday
        ("2026-11-23", True),
        ("2026-11-22", False),
        ("2026-12-24", True),
        ("2026-12-31", True),
    ],
)
def test_working_days_follow_our_own_table(day: str, working: bool) -> None:
    assert deadlines.is_working_day(date.fromisoformat(day)) is working


@pytest.mark.parametrize("year", [2025, 2031, 2036])
def test_kings_day_is_never_a_sunday(year: int) -> None:
    assert date(year, 4, 27).weekday() == 6
    assert date(year, 4, 26) in deadlines.holidays(year)
    assert date(year, 4, 27) not in deadlines.holidays(year)


@pytest.mark.parametrize(
    ("term", "start", "last"),
    [
        ("claim_confirmed", "2026-11-20", "2026-11-25"),
        ("claim_decided", "2026-12-18", "2027-01-05"),
        ("call_back", "2026-12-24", "2026-12-28"),
        ("mail_answered", "2026-11-27", "2026-12-01"),
        ("complaint_confirmed", "2026-05-01", "2026-05-07"),
        ("complaint_answered", "2026-11-22", "2026-11-27"),
        ("complaint_decided", "2026-11-22", "2027-01-03"),
        ("complaint_decided_complex", "2026-11-30", "2027-02-28"),
        ("kifid_opens", "2026-11-22", "2027-01-17"),
        ("kifid_after_position", "2026-11-22", "2027-02-22"),
        ("kifid_after_complaint", "2028-02-29", "2029-02-28"),
        ("complaint_kept", "2026-11-22", "2027-11-22"),
        ("product_photos", "2026-11-22", "2026-12-10"),
        ("debit_reversal", "2026-11-02", "2026-12-28"),
        ("debit_reversal_unauthorised", "2026-11-30", "2027-12-30"),
        ("payout_prescribes", "2026-11-22", "2029-11-22"),
    ],
)
def test_each_term_of_the_domain_ends_on_its_day(term: str, start: str, last: str) -> None:
    assert deadlines.ends_on(date.fromisoformat(start), TERMS[term]) == date.fromisoformat(last)


def test_every_term_is_tried_above_and_days_are_just_days() -> None:
    assert len(TERMS) == 16
    assert deadlines.ends_on(date(2026, 11, 22), Term(14, Unit.DAYS)) == date(2026, 12, 6)


def test_a_recording_of_1_june_is_gone_by_28_november() -> None:
    recorded = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)

    assert deadlines.recording_destroyed_on(recorded) == date(2026, 11, 27)
    assert deadlines.recording_expires_at(recorded) == datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def test_days_of_recording_are_utc_days() -> None:
    just_after_midnight = datetime(2026, 6, 2, 0, 30, tzinfo=deadlines.AMSTERDAM)

    assert deadlines.recording_destroyed_on(just_after_midnight) == date(2026, 11, 27)
    assert deadlines.day_in_amsterdam(just_after_midnight) == date(2026, 6, 2)


def test_180_days_are_counted_in_hours_over_both_changes_of_the_clock() -> None:
    before_summer_time = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
    before_winter_time = datetime(2026, 10, 1, 10, 0, tzinfo=UTC)

    for moment in (before_summer_time, before_winter_time):
        assert deadlines.recording_expires_at(moment) - moment == timedelta(hours=4320)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 30, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 30, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2028, 2, 28, 23, 30, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_a_day_is_the_day_on_the_wall_in_amsterdam(moment: datetime, day: date) -> None:
    assert deadlines.day_in_amsterdam(moment) == day


def test_a_time_without_zone_has_no_day() -> None:
    for function in (deadlines.day_in_amsterdam, deadlines.recording_destroyed_on):
        with pytest.raises(ValueError, match="zone"):
            function(datetime(2026, 6, 1, 12, 0))


@pytest.mark.parametrize(
    ("notice", "last_pay_day", "stops"),
    [
        ("2026-11-02", "2026-11-16", "2026-11-17"),
        ("2026-11-07", "2026-11-23", "2026-11-24"),  # ends on a Saturday
        ("2026-12-11", "2026-12-28", "2026-12-29"),  # ends on Christmas Day, a Friday
    ],
)
def test_cover_may_stop_after_the_last_pay_day(notice: str, last_pay_day: str, stops: str) -> None:
    day = date.fromisoformat(notice)

    assert deadlines.last_pay_day(day) == date.fromisoformat(last_pay_day)
    assert deadlines.cover_may_stop_on(day) == date.fromisoformat(stops)


def test_an_invoice_of_march_2026_may_go_in_2034() -> None:
    assert deadlines.invoice_erasable_on(date(2026, 3, 10)) == date(2034, 1, 1)


def test_a_breach_is_reported_within_72_hours_whatever_the_weekend() -> None:
    friday = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)

    assert deadlines.breach_reported_by(friday) == datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


@given(DAYS)
def test_the_work_is_due_before_the_law_asks_for_it(received: date) -> None:
    due, promised = deadlines.due_on(received), deadlines.promised_on(received)

    assert due <= promised <= deadlines.statutory_on(received) <= deadlines.extended_on(received)
    assert deadlines.is_working_day(due)
    assert promised - due <= timedelta(5)


@given(DAYS, st.integers(0, 60))
def test_so_many_working_days_lie_between(start: date, count: int) -> None:
    last = deadlines.add_working_days(start, count)
    between = [start + timedelta(d) for d in range(1, (last - start).days + 1)]

    assert sum(map(deadlines.is_working_day, between)) == count
    assert count == 0 or deadlines.is_working_day(last)


@given(DAYS, st.integers(0, 240))
def test_months_keep_the_day_or_end_with_the_month(start: date, count: int) -> None:
    end = deadlines.add_months(start, count)

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == count
    assert end.day == start.day or (end.day < start.day and (end + timedelta(1)).day == 1)
