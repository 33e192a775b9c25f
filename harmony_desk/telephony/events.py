"""A call as every telephone system tells it in the end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Leg:
    """One row of the telephone system about a call: one channel of it."""

    uniqueid: str
    linkedid: str
    source: str = field(repr=False)
    destination: str = field(repr=False)
    context: str
    channel: str = field(repr=False)
    other_channel: str = field(repr=False)
    application: str
    started_at: dt.datetime
    answered_at: dt.datetime | None
    ended_at: dt.datetime
    answered: bool

    @property
    def connected(self) -> bool:
        """Somebody was put through, and picked up."""
        return bool(self.other_channel) and self.answered


@dataclass(frozen=True)
class CallEvent:
    """One call, of however many legs. Times in UTC; `agent` is a login; numbers stay out of the repr.

    `answered_at` is None for a call that nobody of ours answered.
    """

    pbx: str
    linkedid: str
    uniqueid: str
    direction: str
    number: str | None = field(repr=False)
    number_e164: str | None = field(repr=False)
    withheld: bool
    dialled: str | None
    queue: str | None
    agent: str | None
    entered_queue_at: dt.datetime | None
    started_at: dt.datetime
    answered_at: dt.datetime | None
    ended_at: dt.datetime | None
    ended_by: str | None

    @property
    def abandoned(self) -> bool:
        return self.ended_at is not None and self.answered_at is None

    def as_json(self) -> dict[str, object]:
        """The words of the database's function `import_call`."""
        moments = {
            name: value.isoformat() if value else None
            for name, value in (
                ("entered_queue_at", self.entered_queue_at),
                ("started_at", self.started_at),
                ("answered_at", self.answered_at),
                ("ended_at", self.ended_at),
            )
        }
        return moments | {
            "pbx": self.pbx,
            "linkedid": self.linkedid,
            "pbx_uniqueid": self.uniqueid,
            "direction": self.direction,
            "ani_raw": self.number,
            "ani_e164": self.number_e164,
            "withheld": self.withheld,
            "dnis": self.dialled,
            "queue": self.queue,
            "agent": self.agent,
            "ended_by": self.ended_by,
        }
