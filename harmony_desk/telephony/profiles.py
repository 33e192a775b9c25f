"""A profile: which telephone system writes the files, and by which clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _
from harmony_desk.telephony import asterisk_cdr, calls, file_names, queue_log, threecx
from harmony_desk.telephony.events import CallEvent
from harmony_desk.telephony.file_names import FileName
from harmony_desk.telephony.numbers import Agents
from harmony_desk.telephony.reasons import RefusedLine

UTC: Final = ZoneInfo("UTC")
AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Profile:
    """`records`: whose call records; `names`: whose file names; `zone`: the clock of both."""

    name: str
    records: str
    names: str
    zone: ZoneInfo
    columns: tuple[str, ...] = threecx.USUAL_COLUMNS

    def file_name(self, name: str, agents: Agents) -> FileName:
        """Raises Unusable."""
        return file_names.read(name, style=self.names, zone=self.zone, agents=agents)


# A bare Asterisk is set to `usegmtime` here; the others write the clock of the office.
PROFILES: Final = {
    "asterisk": Profile("asterisk", "asterisk", "asterisk", UTC),
    "freepbx": Profile("freepbx", "asterisk", "asterisk", AMSTERDAM),
    "3cx": Profile("3cx", "3cx", "3cx", AMSTERDAM),
}


@dataclass(frozen=True)
class Told:
    """What the telephone system's files tell, and the lines in them that were not taken, by file."""

    events: tuple[CallEvent, ...]
    refused: tuple[tuple[str, RefusedLine], ...]


def choose(name: str, *, zone: str | None = None, columns: Sequence[str] = ()) -> Profile:
    """The profile of that name, with another clock or other columns when given. Raises UserError."""
    profile = PROFILES[name]
    if zone:
        try:
            profile = replace(profile, zone=ZoneInfo(zone))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise UserError(
                _("There is no such time zone. Name one such as Europe/Amsterdam or UTC."),
                field="time_zone",
                code="time_zone",
            ) from None
    if columns:
        profile = replace(profile, columns=threecx.check_columns(columns))
    return profile


def read_calls(profile: Profile, cdr: Path, queues: Path | None, agents: Agents) -> Told:
    """The calls in a file of records, completed by a queue_log. Raises OSError."""
    refused: list[tuple[str, RefusedLine]] = []
    with cdr.open("rb") as file:
        if profile.records == "3cx":
            found, bad = threecx.read(file, profile.zone, agents, pbx=profile.name, columns=profile.columns)
            return Told(tuple(found), tuple(("cdr", line) for line in bad))
        legs, bad = asterisk_cdr.read(file, profile.zone)
        refused += (("cdr", line) for line in bad)
    queued: dict[str, queue_log.QueueCall] = {}
    if queues is not None:
        with queues.open("rb") as file:
            queued, bad = queue_log.read(file)
            refused += (("queue_log", line) for line in bad)
    return Told(tuple(calls.build(legs, queued, agents, pbx=profile.name)), tuple(refused))
