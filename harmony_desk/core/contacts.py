"""Log a call: with a customer or with nobody yet; what was said, agreed and answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from harmony_desk.core.errors import Conflict
from harmony_desk.core.texts import _


@dataclass(frozen=True)
class LoggedCall:
    """A call and the contact it belongs to, both with the version that was just written."""

    call_id: int
    contact_id: int


def start_call(
    session: Session,
    *,
    customer_id: int | None = None,
    number: str | None = None,
    number_e164: str | None = None,
    direction: str = "in",
    queue: str | None = None,
) -> LoggedCall:
    """Registers a call of one's own that is on the line now; who calls may still be unknown."""
    contact_id = session.execute(
        text(
            "insert into harmony.contact (customer_id, channel, direction) values (:customer, 'phone', :direction)"
            " returning id"
        ),
        {"customer": customer_id, "direction": direction},
    ).scalar_one()
    call_id = session.execute(
        text(
            "insert into harmony.call (contact_id, customer_id, direction, ani_raw, ani_e164, withheld, queue,"
            " answered_at) values (:contact, :customer, :direction, :number, :e164, :withheld, :queue,"
            " harmony.clock()) returning id"
        ),
        {
            "contact": contact_id,
            "customer": customer_id,
            "direction": direction,
            "number": number,
            "e164": number_e164,
            "withheld": number is None,
            "queue": queue,
        },
    ).scalar_one()
    return LoggedCall(call_id, contact_id)


def end_call(session: Session, call_id: int, *, version: int) -> None:
    """Ends a call of one's own. Raises Conflict when it was changed since `version` or is not to be changed."""
    _changed_one(
        session.execute(
            text(
                "update harmony.call set ended_at = harmony.clock(), ended_by = 'agent'"
                " where id = :call and version = :version and ended_at is null"
            ),
            {"call": call_id, "version": version},
        ).rowcount  # type: ignore[attr-defined]
    )


def wrap_up(session: Session, contact_id: int, *, version: int, note: str, code: str) -> None:
    """Writes the note and the wrap-up code of a contact of one's own, also when the file has closed meanwhile."""
    _changed_one(
        session.execute(
            text(
                "update harmony.contact set note = :note, wrap_up_code = :code"
                " where id = :contact and version = :version"
            ),
            {"contact": contact_id, "version": version, "note": note, "code": code},
        ).rowcount  # type: ignore[attr-defined]
    )


def agree(session: Session, contact_id: int, *, customer_id: int | None, what: str, due_on: dt.date | None) -> int:
    """Notes a commitment (afspraak) made in a contact of one's own; returns its id."""
    return int(
        session.execute(
            text(
                "insert into harmony.commitment (contact_id, customer_id, text, due_on)"
                " values (:contact, :customer, :what, :due) returning id"
            ),
            {"contact": contact_id, "customer": customer_id, "what": what, "due": due_on},
        ).scalar_one()
    )


def link_call(session: Session, call_id: int, customer_id: int | None) -> str:
    """Gives a call of one's own its customer, whose file is open; None takes a wrong customer away again."""
    return str(
        session.execute(
            text("select status from harmony.link_call(:call, :customer)"),
            {"call": call_id, "customer": customer_id},
        ).scalar_one()
    )


def check_answer(session: Session, call_id: int, *, question: str, answer: str) -> str:
    """Compares what the caller answered: `match`, `no_match` or `too_many`. Run it by `ask`: a try counts."""
    return str(
        session.execute(
            text("select result from harmony.check_answer(:call, :question, :answer)"),
            {"call": call_id, "question": question, "answer": answer},
        ).scalar_one()
    )


def _changed_one(rows: int) -> None:
    if rows != 1:
        # A row that a policy hides changes 0 rows too: one sentence for both (architecture.md, fact 6).
        raise Conflict(
            _("This was changed by someone else, or you may no longer change it. Look at it again."),
            code="version_conflict",
        )
