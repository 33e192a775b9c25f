"""Dates as Dutch people type and read them; day before month, always."""

import re
from datetime import date

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _
from harmony_desk.core.validation import text_input

OLDEST_AGE = 110
"""Nobody older phones us; a birth date before that is a slip."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
# How far ahead a year of two digits may lie: policies run five years, deadlines ten.
_YEARS_AHEAD = 20

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DUTCH = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})")
_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})")


def parse(text: str, *, today: date, field: str = "date") -> date:
    """Read d-m-jjjj, dd-mm-jj, ddmmjjjj, ddmmjj or jjjj-mm-dd; `/`, `.` and a space part as well.

    `today` decides the century of two digits: at most twenty years ahead. Never month before day.
    Raises InvalidInput.
    """
    label = _("Date")
    year, month, day, short = _parts(text, field, label)
    if short:
        year += today.year // 100 * 100
        while year > today.year + _YEARS_AHEAD:
            year -= 100
        while year <= today.year + _YEARS_AHEAD - 100:
            year += 100
    return _existing(year, month, day, field, label)


def parse_birth_date(text: str, *, today: date, field: str = "birth_date") -> date:
    """As `parse`, for a day on which somebody was born: not ahead, at most 110 years ago.

    Of two possible centuries the latest counts: '12-03-87' is 1987, '12-03-16' is 2016, not 1916.
    Raises InvalidInput.
    """
    label = _("Date of birth")
    year, month, day, short = _parts(text, field, label)
    if short:
        year += today.year // 100 * 100
        if (year, month, day) > (today.year, today.month, today.day):
            year -= 100
    born = _existing(year, month, day, field, label)
    if born > today:
        raise InvalidInput(_("Date of birth: this day is still to come. Check the year."), field=field, code="future")
    if age(born, today) > OLDEST_AGE:
        raise InvalidInput(
            _("Date of birth: this is more than {years} years ago. Check the year.").format(years=OLDEST_AGE),
            field=field,
            code="too_old",
        )
    return born


def display(day: date) -> str:
    """dd-mm-jjjj, as in '05-04-2022'."""
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


def age(born: date, today: date) -> int:
    """Whole years; someone born on 29 February has a birthday on 1 March in other years (Dutch law)."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _parts(text: str, field: str, label: str) -> tuple[int, int, int, bool]:
    """(year, month, day, whether the year had two digits)."""
    typed = text_input.code(text, field=field, label=label, limit=40)
    if iso := _ISO.fullmatch(typed):
        return int(iso[1]), int(iso[2]), int(iso[3]), False
    if dutch := _DUTCH.fullmatch(typed) or _DIGITS.fullmatch(typed):
        return int(dutch[3]), int(dutch[2]), int(dutch[1]), len(dutch[3]) == 2
    raise InvalidInput(
        _("{field}: write it as day-month-year, such as 5-4-2022.").format(field=label),
        field=field,
        code="invalid",
    )


def _existing(year: int, month: int, day: int, field: str, label: str) -> date:
    try:
        if _FIRST_YEAR <= year <= _LAST_YEAR:
            return date(year, month, day)
    except ValueError:
        pass
    raise InvalidInput(
        _("{field}: this day does not exist. The day comes first, then the month.").format(field=label),
        field=field,
        code="no_such_day",
    )
