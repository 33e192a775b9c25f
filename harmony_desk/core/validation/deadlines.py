"""Terms and the days on which they end, in Europe/Amsterdam.

Holidays are our own table: the day of the Algemene termijnenwet, with 5 May every year (the usual
packages know it in lustrum years only) and Good Friday. A holiday too many ends a promise of ours a
day early and a term of the law a day late: the safe side of both.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

PROMISE_DAYS = 28
"""The privacy statement: an overview within four weeks."""
RECORDING_HOURS = 4320
"""The privacy statement: 180 days, counted in hours so that summer time does not matter."""
RECORDING_KEY_DAYS = 179
"""The key of a day dies one day before the promise ends, so that one failed night is harmless."""
INVOICE_YEARS = 7
DUNNING_DAYS = 14
BREACH_HOURS = 72


class Unit(StrEnum):
    """How a term is counted."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True)
class Term:
    """A count of a unit, as in '3 working days'."""

    count: int
    unit: Unit


TERMS = {
    "claim_confirmed": Term(3, Unit.WORKING_DAYS),
    "claim_decided": Term(10, Unit.WORKING_DAYS),
    "call_back": Term(1, Unit.WORKING_DAYS),
    "mail_answered": Term(2, Unit.WORKING_DAYS),
    "complaint_confirmed": Term(3, Unit.WORKING_DAYS),
    "complaint_answered": Term(5, Unit.WORKING_DAYS),
    "complaint_decided": Term(6, Unit.WEEKS),
    "complaint_decided_complex": Term(3, Unit.MONTHS),
    "kifid_opens": Term(8, Unit.WEEKS),
    "kifid_after_position": Term(3, Unit.MONTHS),
    "kifid_after_complaint": Term(1, Unit.YEARS),
    "complaint_kept": Term(1, Unit.YEARS),
    "product_photos": Term(14, Unit.WORKING_DAYS),
    "debit_reversal": Term(8, Unit.WEEKS),
    "debit_reversal_unauthorised": Term(13, Unit.MONTHS),
    "payout_prescribes": Term(3, Unit.YEARS),
}
"""The terms of `domain.md` 2.5 that a setting may change; these are what it starts with."""


def day_in_amsterdam(moment: datetime) -> date:
    """The day on the wall for a stored time. Raises ValueError for a time without zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without zone has no day")
    return moment.astimezone(AMSTERDAM).date()


@cache
def holidays(year: int) -> frozenset[date]:
    """The days on which no office answers, besides Saturdays and Sundays."""
    easter = _easter(year)
    moving = (-2, 0, 1, 39, 49, 50)  # Good Friday, Easter, Ascension, Whitsun
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day = date(year, 4, 26)
    fixed = (date(year, 1, 1), kings_day, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26))
    return frozenset((*fixed, *(easter + timedelta(days) for days in moving)))


def is_working_day(day: date) -> bool:
    """Monday to Friday and no holiday."""
    return day.weekday() < 5 and day not in holidays(day.year)


def working_day_from(day: date) -> date:
    """The day itself or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(1)
    return day


def working_day_until(day: date) -> date:
    """The day itself or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(1)
    return day


def add_working_days(start: date, count: int) -> date:
    """The working day that many after `start`; the start is not counted. 0 gives the start."""
    day = start
    for _each in range(count):
        day = working_day_from(day + timedelta(1))
    return day


def add_months(start: date, count: int) -> date:
    """The same day that many months on, or the last day of a shorter month."""
    month = start.year * 12 + start.month - 1 + count
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def ends_on(start: date, term: Term) -> date:
    """The last day of a term; the first day is not counted. Nothing rolls over a weekend by itself."""
    match term.unit:
        case Unit.WORKING_DAYS:
            return add_working_days(start, term.count)
        case Unit.DAYS:
            return start + timedelta(term.count)
        case Unit.WEEKS:
            return start + timedelta(weeks=term.count)
        case Unit.MONTHS:
            return add_months(start, term.count)
        case Unit.YEARS:
            return add_months(start, 12 * term.count)


def promised_on(received: date) -> date:
    """The day named in our promise: 28 days after receipt, weekend or not."""
    return received + timedelta(PROMISE_DAYS)


def due_on(received: date) -> date:
    """The day to have it done: the last working day not after the promise. It never moves forward."""
    return working_day_until(promised_on(received))


def statutory_on(received: date) -> date:
    """The last day by law: one month (GDPR 12(3)), moved on to a working day (Reg. 1182/71, 3(4))."""
    return working_day_from(add_months(received, 1))


def extended_on(received: date) -> date:
    """The last day by law after an extension by two months, told with reasons before `statutory_on`."""
    return working_day_from(add_months(received, 3))


def recording_expires_at(recorded_at: datetime) -> datetime:
    """The moment after which nobody hears a recording."""
    return recorded_at + timedelta(hours=RECORDING_HOURS)


def recording_destroyed_on(recorded_at: datetime) -> date:
    """The day on which the key of that day's recordings is destroyed; days of recording are UTC days."""
    if recorded_at.tzinfo is None:
        raise ValueError("a time without zone has no day")
    return recorded_at.astimezone(UTC).date() + timedelta(RECORDING_KEY_DAYS)


def last_pay_day(notice: date) -> date:
    """Until when a dunned customer can pay: 14 days from the day after the notice (7:934 BW).

    A term of the law that ends on a Saturday, Sunday or holiday runs on to the next working day
    (Algemene termijnenwet, art. 1).
    """
    return working_day_from(notice + timedelta(DUNNING_DAYS))


def cover_may_stop_on(notice: date) -> date:
    """The first day on which cover may be suspended after that notice."""
    return last_pay_day(notice) + timedelta(1)


def invoice_erasable_on(issued: date) -> date:
    """The first day on which an invoice may go: seven years after the end of its year (AWR 52)."""
    return date(issued.year + INVOICE_YEARS + 1, 1, 1)


def breach_reported_by(aware_at: datetime) -> datetime:
    """A data breach is reported within 72 hours; hours do not wait for a working day."""
    return aware_at + timedelta(hours=BREACH_HOURS)


def _easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian rule (Meeus, Astronomical Algorithms)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * j) // 433
    month = (h + j - 7 * m + 90) // 25
    return date(year, month, (h + j - 7 * m + 33 * month + 19) % 32)
