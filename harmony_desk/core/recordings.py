"""Ask to listen, get the key for one recording, and report what was heard. Run these by `Database.ask`."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Ticket:
    """The answer to a request to listen; `ticket` is there only when the status is `ok`."""

    status: str
    ticket: uuid.UUID | None


@dataclass(frozen=True)
class Redeemed:
    """What opens one recording, for one listener, once. The key is in no log: it is left out of the repr."""

    status: str
    data_key: bytes | None = field(repr=False)
    location: str | None
    duration_ms: int | None


def request(session: Session, recording_id: int, *, purpose: str, reference: str | None = None) -> Ticket:
    """Asks to hear a recording for a purpose: agreement, coaching, fraud or privacy_request."""
    row = session.execute(
        text("select status, ticket from harmony.request_listen(:recording, :purpose, :reference)"),
        {"recording": recording_id, "purpose": purpose, "reference": reference},
    ).one()
    return Ticket(*row)


def redeem(session: Session, ticket: uuid.UUID) -> Redeemed:
    """Exchanges a committed ticket for the data key; works once, within its 15 minutes."""
    row = session.execute(
        text("select status, data_key, location, duration_ms from harmony.redeem_listen(:ticket)"),
        {"ticket": ticket},
    ).one()
    return Redeemed(*row)


def report(session: Session, ticket: uuid.UUID, heard_ms: Sequence[tuple[int, int]]) -> str:
    """Reports the stretches heard so far, in milliseconds. Any answer but `ok` means: stop now."""
    return str(
        session.execute(
            text("select status from harmony.report_listened(:ticket, cast(:ranges as jsonb))"),
            {"ticket": ticket, "ranges": json.dumps([list(part) for part in heard_ms])},
        ).scalar_one()
    )
