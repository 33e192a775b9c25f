"""Asterisk's queue_log: who waited in which queue, who answered, who hung up. One line an event, pipes between."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from harmony_desk.telephony import lines
from harmony_desk.telephony.reasons import Reason, RefusedLine, Unusable

# Least number of parameters of the events that we read; others are known to exist and passed over.
_PARAMETERS: Final = {
    "ENTERQUEUE": 2,
    "CONNECT": 1,
    "COMPLETECALLER": 2,
    "COMPLETEAGENT": 2,
    "ABANDON": 3,
    "EXITWITHTIMEOUT": 0,
    "EXITEMPTY": 0,
    "EXITWITHKEY": 0,
    "BLINDTRANSFER": 0,
    "ATTENDEDTRANSFER": 0,
    "TRANSFER": 0,
}
_ENDED_BY: Final = {
    "COMPLETECALLER": "caller",
    "COMPLETEAGENT": "agent",
    "ABANDON": "caller",
    "EXITWITHTIMEOUT": "system",
    "EXITEMPTY": "system",
    "BLINDTRANSFER": "agent",
    "ATTENDEDTRANSFER": "agent",
    "TRANSFER": "agent",
}


@dataclass(frozen=True)
class QueueCall:
    """What the queues tell about one call; `agent` as the queue calls him, the last one who answered."""

    callid: str
    queue: str | None = None
    entered_at: dt.datetime | None = None
    agent: str | None = None
    connected_at: dt.datetime | None = None
    ended_by: str | None = None
    abandoned: bool = False


def read(file: BinaryIO) -> tuple[dict[str, QueueCall], list[RefusedLine]]:
    """Calls by Asterisk's number, and the lines that were not taken."""
    calls: dict[str, QueueCall] = {}
    refused = []
    for number, text in lines.numbered(file):
        try:
            if isinstance(text, Unusable):
                raise text
            _take(calls, text.split("|"))
        except Unusable as error:
            refused.append(RefusedLine(number, error.reason))
    return calls, refused


def _take(calls: dict[str, QueueCall], fields: list[str]) -> None:
    if len(fields) < 5:
        raise Unusable(Reason.COLUMNS)
    at = lines.epoch(fields[0])
    callid, queue, agent, event = (lines.short(field) for field in fields[1:5])
    if not event.isupper() or not event.replace("_", "").isalpha():
        raise Unusable(Reason.VALUE)
    if event not in _PARAMETERS or callid in ("NONE", "MANAGER", "REALTIME"):
        return
    if not lines.UNIQUEID.fullmatch(callid):
        raise Unusable(Reason.VALUE)
    lines.refuse_wrong_zone(
        callid, at if event == "ENTERQUEUE" else lines.epoch(callid.rpartition("-")[2].split(".")[0])
    )
    if len(fields) - 5 < _PARAMETERS[event]:
        raise Unusable(Reason.COLUMNS)
    call = calls.get(callid, QueueCall(callid))
    if event == "ENTERQUEUE":
        call = replace(call, queue=queue, entered_at=call.entered_at or at)
    elif event == "CONNECT":
        lines.count(fields[5])
        call = replace(call, queue=queue, agent=agent, connected_at=call.connected_at or at, abandoned=False)
    elif event == "ABANDON":
        call = replace(call, queue=queue, abandoned=call.connected_at is None)
    calls[callid] = replace(call, ended_by=_ENDED_BY.get(event, call.ended_by))
