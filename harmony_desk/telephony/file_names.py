"""What the name of a recording's file tells, for each telephone system (domain.md 3.4, decisions.md)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from harmony_desk.telephony import lines, numbers
from harmony_desk.telephony.numbers import Agents
from harmony_desk.telephony.reasons import Reason, Unusable

_LONGEST: Final = 255
_ENDING: Final = r"(?:-(?P<side>[rt]))?(?:-[0-9]+)?\.(?P<ext>\w+)$"
_ASTERISK: Final = re.compile(
    r"^(?P<type>in|out|exten|internal|external|rg|q|force|conf|page|ondemand)"
    r"-(?P<dst>[^-]+)-(?P<src>[^-]+)-(?P<d>[0-9]{8})-(?P<t>[0-9]{6})-(?P<uid>[0-9]{9,11}\.[0-9]{1,10})" + _ENDING
)
_BARE: Final = re.compile(r"^(?P<uid>[0-9]{9,11}\.[0-9]{1,10})" + _ENDING)
_3CX: Final = re.compile(
    r"^\[(?P<name>.*)\]_(?P<src>[^-_]+)-(?P<dst>[^-_]+)_(?P<ts>[0-9]{14})\((?P<id>[0-9]+)\)\.(?P<ext>wav|mp3)$"
)


@dataclass(frozen=True)
class FileName:
    """What a name says. `group`: the same for the mixed file and the sides of one recording; `side`: 't' what the
    agent's side said, 'r' the caller's, None both in one. Numbers and names stay out of the repr."""

    group: str = field(repr=False)
    side: str | None
    uniqueid: str | None
    agent: str | None
    number_e164: str | None = field(repr=False)
    started_at: dt.datetime


def read(name: str, *, style: str, zone: ZoneInfo, agents: Agents) -> FileName:
    """`style`: asterisk (FreePBX too) or 3cx. Raises Unusable."""
    if len(name) > _LONGEST or not name.isprintable():
        raise Unusable(Reason.NAME)
    return _read_3cx(name, zone, agents) if style == "3cx" else _read_asterisk(name, zone, agents)


def _read_asterisk(name: str, zone: ZoneInfo, agents: Agents) -> FileName:
    if bare := _BARE.match(name):
        return FileName(bare["uid"], bare["side"], bare["uid"], None, None, lines.epoch(bare["uid"].split(".")[0]))
    found = _ASTERISK.match(name)
    if not found:
        raise Unusable(Reason.NAME)
    started = lines.moment(found["d"] + found["t"], zone, "%Y%m%d%H%M%S")
    lines.refuse_wrong_zone(found["uid"], started)
    outward = found["type"] in ("out", "external") or numbers.is_extension(found["src"])
    inside, outside = (found["src"], found["dst"]) if outward else (found["dst"], found["src"])
    return FileName(
        group=name[: found.end("uid")],
        side=found["side"],
        uniqueid=found["uid"],
        agent=agents.login(inside),
        number_e164=numbers.e164(outside),
        started_at=started,
    )


def _read_3cx(name: str, zone: ZoneInfo, agents: Agents) -> FileName:
    found = _3CX.match(name)
    if not found:
        raise Unusable(Reason.NAME)
    outward = numbers.is_extension(found["src"])
    inside, outside = (found["src"], found["dst"]) if outward else (found["dst"], found["src"])
    return FileName(
        group=name[: found.end("id") + 1],
        side=None,
        uniqueid=None,
        agent=agents.login(inside),
        number_e164=numbers.e164(outside),
        started_at=lines.moment(found["ts"], zone, "%Y%m%d%H%M%S"),
    )
