"""Report a suspicion. Nothing is read back here: the register exists for its investigators only."""

from __future__ import annotations

import uuid

from sqlalchemy import text
from sqlalchemy.orm import Session


def report(session: Session, *, customer_id: int | None, kind: str, account: str) -> tuple[uuid.UUID | None, str]:
    """Hands in what was seen (at least 10 characters); returns the receipt, the same whatever is on file."""
    row = session.execute(
        text("select receipt, status from harmony.report_incident(:customer, :kind, :account)"),
        {"customer": customer_id, "kind": kind, "account": account},
    ).one()
    return row.receipt, str(row.status)
