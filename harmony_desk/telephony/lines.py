"""Lines of a telephone system's files, read with suspicion: bounded, UTF-8, without control characters."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from harmony_desk.telephony.reasons import Reason, Unusable

LONGEST_LINE: Final = 8192
LONGEST_FIELD: Final = 200
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Asterisk: [system name-]seconds since 1970.counter
UNIQUEID: Final = re.compile(r"(?:[A-Za-z0-9_.-]{1,40}-)?([0-9]{9,11})\.[0-9]{1,10}")
# Daylight saving and foreign offices shift by 15 minutes at least; a leg starts within seconds of its number.
_ZONE_SLACK: Final = dt.timedelta(minutes=10)


def numbered(file: BinaryIO) -> Iterator[tuple[int, str | Unusable]]:
    """(number, text) of each line that is not blank, or why it cannot be read. Memory stays flat.

    A last line without its line end is still being written, or was cut: it is refused as `cut`.
    """
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE)
            yield number, Unusable(Reason.LINE_TOO_LONG)
        elif not line.endswith(b"\n"):
            yield number, Unusable(Reason.CUT)
        elif line.strip():
            yield number, _text(line)


def _text(line: bytes) -> str | Unusable:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return Unusable(Reason.ENCODING)
    text = text.removeprefix("\ufeff").removesuffix("\n").removesuffix("\r")
    return Unusable(Reason.VALUE) if _CONTROL.search(text) else text


def short(value: str) -> str:
    """A field that is no longer than fields are. Raises Unusable."""
    if len(value) > LONGEST_FIELD:
        raise Unusable(Reason.VALUE)
    return value


def moment(value: str, zone: ZoneInfo, pattern: str = "%Y-%m-%d %H:%M:%S") -> dt.datetime:
    """A point in time, in UTC. The repeated hour in autumn is taken as its first. Raises Unusable."""
    try:
        read = dt.datetime.strptime(value, pattern).replace(tzinfo=zone)
    except ValueError:
        raise Unusable(Reason.VALUE) from None
    if not 1990 <= read.year <= 2200:
        raise Unusable(Reason.VALUE)
    return read.astimezone(dt.UTC)


def moment_or_none(value: str, zone: ZoneInfo, pattern: str = "%Y-%m-%d %H:%M:%S") -> dt.datetime | None:
    return moment(value, zone, pattern) if value else None


def epoch(value: str) -> dt.datetime:
    """Seconds since 1970, as Asterisk writes them, in UTC. Raises Unusable."""
    if not re.fullmatch(r"[0-9]{9,11}(\.[0-9]{1,9})?", value):
        raise Unusable(Reason.VALUE)
    read = dt.datetime.fromtimestamp(float(value), dt.UTC)
    if not 1990 <= read.year <= 2200:
        raise Unusable(Reason.VALUE)
    return read


def count(value: str, most: int = 10**7) -> int:
    """A whole number from 0. Raises Unusable."""
    if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) > most:
        raise Unusable(Reason.VALUE)
    return int(value)


def refuse_wrong_zone(uniqueid: str, at: dt.datetime) -> None:
    """Asterisk's numbers hold the true time: a clock time far from it was read in the wrong zone."""
    found = UNIQUEID.fullmatch(uniqueid)
    if found and abs(at - epoch(found[1])) > _ZONE_SLACK:
        raise Unusable(Reason.TIME_ZONE)
