"""Send personal data to a third party: the database builds it from a whitelist and keeps the exact copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Disclosed:
    """The answer to a disclosure: what was stored, or why nothing may be sent."""

    status: str
    disclosure_id: int | None
    payload: Mapping[str, Any] | None


@dataclass(frozen=True)
class Stored:
    """The exact copy of what was sent."""

    disclosure_id: int
    kind: str
    payload: Mapping[str, Any]
    disclosed_at: dt.datetime


def disclose(
    session: Session, *, recipient_id: int, customer_id: int, kind: str, subject_id: int | None = None
) -> Disclosed:
    """Registers a disclosure about a customer whose file is open. Make the document with `stored`."""
    row = session.execute(
        text("select status, disclosure_id, payload from harmony.disclose(:recipient, :customer, :kind, :subject)"),
        {"recipient": recipient_id, "customer": customer_id, "kind": kind, "subject": subject_id},
    ).one()
    return Disclosed(*row)


def stored(session: Session, disclosure_id: int) -> Stored | None:
    """The row as it was stored, read again after COMMIT: only from this is anything printed or sent. None when there
    is none, or the file is not open."""
    row = session.execute(
        text("select id, kind, payload, disclosed_at from harmony.disclosure where id = :id"), {"id": disclosure_id}
    ).one_or_none()
    return None if row is None else Stored(*row)


def stored_payload(session: Session, disclosure_id: int) -> Mapping[str, Any] | None:
    """What `stored` holds of the person."""
    row = stored(session, disclosure_id)
    return None if row is None else row.payload
