"""The days that the demo looks back on: office hours, busy days, and moments in UTC.

A moment is a pair (days ago, second of that day in UTC); day 0 is the day of making, on which nothing has
happened yet, so that no row lies in the future whatever the hour.
"""

import datetime as dt
from bisect import bisect_left
from itertools import accumulate
from typing import Final

from harmony_desk.core.validation import deadlines

DEPTH: Final = 2200  # days; the oldest policy has 60 months
# Arrivals by half hour from 8:30 to 18:00 (domain.md 5.2: peaks at 10-12 and 14-15).
_HALF_HOURS: Final = (7, 9, 11, 14, 15, 15, 14, 10, 9, 9, 11, 14, 13, 11, 10, 9, 8, 6, 4)
OPENS: Final = 8 * 3600 + 1800
_CLOCK: Final = tuple(f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}+00" for second in range(86400))

Moment = tuple[int, int]


class Days:
    """The calendar up to `today`. `text[d]` is the date of d days ago, `working[d]` whether the desk was open."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        days = [today - dt.timedelta(ago) for ago in range(DEPTH)]
        self.text = [day.isoformat() for day in days]
        self._ahead = [(today + dt.timedelta(after)).isoformat() for after in range(400)]
        self.year = [day.year for day in days]
        self.month = [day.month for day in days]
        self.weekday = [day.weekday() for day in days]
        self.working = [deadlines.is_working_day(day) for day in days]
        self.epoch = [(day - dt.date(1970, 1, 1)).days * 86400 for day in days]
        self.hours_ahead = [
            int(dt.datetime.combine(day, dt.time(12), deadlines.AMSTERDAM).utcoffset() / dt.timedelta(hours=1))  # type: ignore[operator]
            for day in days
        ]
        self._weights = list(accumulate(self._weight(ago, day) for ago, day in enumerate(days)))
        self._slots = list(accumulate(_HALF_HOURS))

    def _weight(self, ago: int, day: dt.date) -> float:
        if ago == 0 or not deadlines.is_working_day(day):
            return 0.0
        before = day - dt.timedelta(1)
        after_holiday = before.weekday() < 5 and not deadlines.is_working_day(before)
        return (1.25 if day.weekday() == 0 else 1.0) * (1.4 if after_holiday else 1.0)

    def busy_day(self, oldest: int, newest: int, chance: float) -> int:
        """A working day between `oldest` and `newest` days ago, by how busy it was; `chance` is in [0, 1)."""
        newest = max(newest, 1)
        low, high = self._weights[newest - 1], self._weights[max(oldest, newest)]
        while high <= low:
            newest, oldest = newest - 1 if newest > 1 else 1, max(oldest, newest) + 1
            low, high = self._weights[newest - 1], self._weights[oldest]
        return bisect_left(self._weights, high - (high - low) * chance)

    def office_second(self, ago: int, chance: float) -> int:
        """A second of that day in UTC at which a call came in."""
        place = chance * self._slots[-1]
        slot = bisect_left(self._slots, place)
        before = self._slots[slot - 1] if slot else 0
        second = OPENS + 1800 * slot + int(1800 * (place - before) / _HALF_HOURS[slot])
        return second - 3600 * self.hours_ahead[ago]

    def moment(self, ago: int, second: int) -> str:
        """A timestamp for COPY; a second beyond midnight becomes the last of the day."""
        return f"{self.text[ago]} {_CLOCK[second if second < 86400 else 86399]}"

    def working_days_later(self, ago: int, count: float) -> int:
        """Days ago of the working day that many working days later; may be below 0: in the future."""
        left = max(1, round(count))
        while left:
            ago -= 1
            open_then = self.working[ago] if ago >= 0 else deadlines.is_working_day(self.date(ago))
            left -= open_then
        return ago

    def date(self, ago: int) -> dt.date:
        """The date of that many days ago; negative is in the future."""
        return self.today - dt.timedelta(ago)

    def day(self, ago: int) -> str:
        """The date of that many days ago, as text; negative is in the future."""
        return self.text[ago] if ago >= 0 else self.date(ago).isoformat()

    def text_after(self, ago: int, days: int) -> str:
        """The date that many days after the day of so many days ago, as text."""
        return self._ahead[days - ago] if days >= ago else self.text[ago - days]

    def due_after(self, received: int) -> str:
        """The last working day within 28 days of receipt, as our promise has it."""
        return deadlines.due_on(self.date(received)).isoformat()
