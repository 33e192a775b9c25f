"""3CX's call records. The administrator chooses the columns and their order, so they are given by name."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _
from harmony_desk.telephony import lines, numbers
from harmony_desk.telephony.events import CallEvent
from harmony_desk.telephony.numbers import Agents
from harmony_desk.telephony.reasons import Reason, RefusedLine, Unusable

USUAL_COLUMNS: Final = (
    "historyid", "callid", "duration", "time-start", "time-answered", "time-end", "reason-terminated", "from-no",
    "to-no", "from-dn", "to-dn", "dial-no", "reason-changed", "final-number", "final-dn", "bill-code", "bill-rate",
    "bill-cost", "bill-name", "chain",
)  # fmt: skip
_NEEDED: Final = frozenset({"historyid", "time-start", "time-answered", "time-end", "from-no", "to-no"})
_KNOWN: Final = frozenset(USUAL_COLUMNS) | {
    "missed-queue-calls", "from-type", "to-type", "final-type", "from-dispname", "to-dispname", "final-dispname",
}  # fmt: skip
_TIME: Final = "%Y/%m/%d %H:%M:%S"
_HISTORY: Final = re.compile(r"[A-Za-z0-9_-]{1,60}")


@dataclass(frozen=True)
class _Row:
    history: str
    source: str = field(repr=False)
    destination: str = field(repr=False)
    final: str = field(repr=False)
    ended_by: str | None
    started_at: dt.datetime
    answered_at: dt.datetime | None
    ended_at: dt.datetime


def check_columns(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns as this installation writes them. Raises UserError."""
    named = tuple(column.strip().lower() for column in columns)
    if len(set(named)) != len(named) or not set(named) >= _NEEDED or not set(named) <= _KNOWN:
        raise UserError(
            _("The columns of the 3CX records must be known, each once, with at least: {columns}.").format(
                columns=", ".join(sorted(_NEEDED))
            ),
            field="columns",
            code="columns",
        )
    return named


def read(
    file: BinaryIO, zone: ZoneInfo, agents: Agents, *, pbx: str, columns: Sequence[str] = USUAL_COLUMNS
) -> tuple[list[CallEvent], list[RefusedLine]]:
    """The calls in the file, one for each historyid, and the lines that were not taken."""
    names = check_columns(columns)
    rows: dict[str, list[_Row]] = defaultdict(list)
    refused = []
    for number, text in lines.numbered(file):
        try:
            if isinstance(text, Unusable):
                raise text
            row = _row(_fields(text, names), zone)
        except Unusable as error:
            refused.append(RefusedLine(number, error.reason))
        else:
            rows[row.history].append(row)
    events = [_call(history, found, agents, pbx) for history, found in rows.items()]
    return sorted(events, key=lambda event: (event.started_at, event.linkedid)), refused


def _fields(text: str, names: Sequence[str]) -> Mapping[str, str]:
    try:
        # The socket's lines begin with the word Call; the file's do not.
        fields = next(csv.reader([text.removeprefix("Call ")], strict=True))
    except (csv.Error, StopIteration):
        raise Unusable(Reason.COLUMNS) from None
    if len(fields) != len(names):
        raise Unusable(Reason.COLUMNS)
    return {name: lines.short(value.strip()) for name, value in zip(names, fields, strict=True)}


def _row(row: Mapping[str, str], zone: ZoneInfo) -> _Row:
    started = lines.moment(row["time-start"], zone, _TIME)
    answered = lines.moment_or_none(row["time-answered"], zone, _TIME)
    ended = lines.moment(row["time-end"], zone, _TIME)
    if not _HISTORY.fullmatch(row["historyid"]) or not started <= (answered or started) <= ended:
        raise Unusable(Reason.VALUE)
    ended_by = {"TerminatedBySrc": "src", "TerminatedByDst": "dst"}.get(row.get("reason-terminated", ""))
    return _Row(
        history=row["historyid"],
        source=row["from-no"].removeprefix("Ext."),
        destination=row["to-no"].removeprefix("Ext."),
        final=row.get("final-number", "").removeprefix("Ext.") or row["to-no"].removeprefix("Ext."),
        ended_by=ended_by,
        started_at=started,
        answered_at=answered,
        ended_at=ended,
    )


def _call(history: str, rows: list[_Row], agents: Agents, pbx: str) -> CallEvent:
    rows.sort(key=lambda row: row.started_at)
    first, last = rows[0], rows[-1]
    outward = numbers.is_extension(first.source)
    direction = ("internal" if numbers.is_extension(first.destination) else "out") if outward else "in"
    other = numbers.caller(first.destination if direction == "out" else first.source)
    answered = [row.answered_at for row in rows if row.answered_at]
    ours = "src" if outward else "dst"
    return CallEvent(
        pbx=pbx,
        linkedid=history,
        uniqueid=history,
        direction=direction,
        number=other.raw,
        number_e164=other.e164,
        withheld=other.withheld,
        dialled=None if outward else first.destination[:40] or None,
        queue=None,
        agent=agents.login(first.source if outward else last.final),
        entered_queue_at=None,
        started_at=first.started_at,
        answered_at=min(answered) if answered else None,
        ended_at=max(row.ended_at for row in rows),
        ended_by=None if last.ended_by is None else "agent" if last.ended_by == ours else "caller",
    )
