"""Asterisk's call records: `Master.csv` of cdr_csv, and the table of FreePBX exported with a header.

`Master.csv` has no header and 16 columns; the settings `loguniqueid`, `loguserfield` and `newcdrcolumns` add more.
A call is several rows, one a leg; they share `linkedid`. Without that column a leg is a call of its own number
when somebody was dialled in it or waited in it, and a side channel otherwise.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from harmony_desk.telephony import lines
from harmony_desk.telephony.events import Leg
from harmony_desk.telephony.reasons import Reason, RefusedLine, Unusable

_FIRST_16: Final = (
    "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata",
    "start", "answer", "end", "duration", "billsec", "disposition", "amaflags",
)  # fmt: skip
_MASTER: Final = {
    17: (*_FIRST_16, "uniqueid"),
    18: (*_FIRST_16, "uniqueid", "userfield"),
    20: (*_FIRST_16, "uniqueid", "peeraccount", "linkedid", "sequence"),
    21: (*_FIRST_16, "uniqueid", "userfield", "peeraccount", "linkedid", "sequence"),
}
# What an export must have at least; the rest of FreePBX's columns are passed over.
_EXPORT: Final = frozenset({
    "calldate", "src", "dst", "dcontext", "channel", "dstchannel", "lastapp", "duration", "billsec",
    "disposition", "uniqueid",
})  # fmt: skip
_DISPOSITIONS: Final = frozenset({"ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION", "UNKNOWN"})
_WAITING: Final = frozenset({"queue", "dial"})
# Seconds by which the rounding of start, end and duration may differ.
_ROUNDING: Final = 2


def read(file: BinaryIO, zone: ZoneInfo) -> tuple[list[Leg], list[RefusedLine]]:
    """The legs in the file, and the lines that were not taken. `zone`: the clock of the start and end columns."""
    legs: list[Leg] = []
    refused = []
    header: tuple[str, ...] | None = None
    for number, text in lines.numbered(file):
        try:
            if isinstance(text, Unusable):
                raise text
            fields = _fields(text)
            if number == 1 and "calldate" in fields:
                header = _header(fields)
                continue
            leg = _leg(_named(fields, header), zone)
        except Unusable as error:
            refused.append(RefusedLine(number, error.reason))
        else:
            if leg is not None:
                legs.append(leg)
    return legs, refused


def _fields(text: str) -> list[str]:
    try:
        return [lines.short(field) for field in next(csv.reader([text], strict=True))]
    except (csv.Error, StopIteration):
        raise Unusable(Reason.COLUMNS) from None


def _header(fields: list[str]) -> tuple[str, ...]:
    names = tuple(field.strip().lower() for field in fields)
    if not set(names) >= _EXPORT or len(set(names)) != len(names):
        raise Unusable(Reason.COLUMNS)
    return names


def _named(fields: list[str], header: tuple[str, ...] | None) -> Mapping[str, str]:
    names = header or _MASTER.get(len(fields))
    if names is None or len(names) != len(fields):
        raise Unusable(Reason.COLUMNS)
    return dict(zip(names, fields, strict=True))


def _leg(row: Mapping[str, str], zone: ZoneInfo) -> Leg | None:
    """The leg, or None for a side channel that is no call of its own. Raises Unusable."""
    uniqueid = row["uniqueid"]
    linkedid = row.get("linkedid") or uniqueid
    if not lines.UNIQUEID.fullmatch(uniqueid) or not lines.UNIQUEID.fullmatch(linkedid):
        raise Unusable(Reason.VALUE)
    duration, talked = lines.count(row["duration"]), lines.count(row["billsec"])
    if talked > duration or row["disposition"] not in _DISPOSITIONS:
        raise Unusable(Reason.VALUE)
    started, answered, ended = _moments(row, zone, duration, talked)
    lines.refuse_wrong_zone(uniqueid, started)
    application = row["lastapp"]
    if "linkedid" not in row and not row["dstchannel"] and application.lower() not in _WAITING:
        return None
    return Leg(
        uniqueid=uniqueid,
        linkedid=linkedid,
        source=row["src"],
        destination=row["dst"],
        context=row["dcontext"],
        channel=row["channel"],
        other_channel=row["dstchannel"],
        application=application,
        started_at=started,
        answered_at=answered,
        ended_at=ended,
        answered=row["disposition"] == "ANSWERED",
    )


def _moments(
    row: Mapping[str, str], zone: ZoneInfo, duration: int, talked: int
) -> tuple[dt.datetime, dt.datetime | None, dt.datetime]:
    """Start, answer and end, which must agree with each other and with the seconds beside them."""
    if "calldate" in row:
        started = lines.moment(row["calldate"], zone)
        ended = started + dt.timedelta(seconds=duration)
        return started, ended - dt.timedelta(seconds=talked) if talked else None, ended
    started = lines.moment(row["start"], zone)
    answered = lines.moment_or_none(row["answer"], zone)
    ended = lines.moment(row["end"], zone)
    if not started <= (answered or started) <= ended:
        raise Unusable(Reason.VALUE)
    if abs((ended - started).total_seconds() - duration) > _ROUNDING:
        raise Unusable(Reason.VALUE)
    return started, answered, ended
