"""Send personal data to a third party: the database builds it from a whitelist and keeps the exact copy."""

from __future__ import annotations

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


def disclose(
    session: Session, *, recipient_id: int, customer_id: int, kind: str, subject_id: int | None = None
) -> Disclosed:
    """Registers a disclosure about a customer whose file is open. Make the document with `stored_payload`."""
    row = session.execute(
        text("select status, disclosure_id, payload from harmony.disclose(:recipient, :customer, :kind, :subject)"),
        {"recipient": recipient_id, "customer": customer_id, "kind": kind, "subject": subject_id},
    ).one()
    return Disclosed(*row)


def stored_payload(session: Session, disclosure_id: int) -> Mapping[str, Any] | None:
    """The copy as it was stored, read again after COMMIT: only from this is anything printed or sent."""
    payload: Mapping[str, Any] | None = session.execute(
        text("select payload from harmony.disclosure where id = :id"), {"id": disclosure_id}
    ).scalar_one_or_none()
    return payload
