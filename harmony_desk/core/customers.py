"""Find a customer, open his file, add a new one. The database decides what is given; this only carries it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class CustomerCard:
    """What search tells of a customer whose file is not open."""

    customer_id: int
    customer_number: str
    display_name: str
    birth_year: int | None
    postcode: str | None
    city: str | None
    matched_on: str
    rank: float


@dataclass(frozen=True)
class Opening:
    """The database's answer to opening a file: `open`, `motive_required` or `refused: <code>`."""

    status: str
    expires_at: dt.datetime | None

    @property
    def is_open(self) -> bool:
        return self.status == "open"


@dataclass(frozen=True)
class Reading:
    """How a typed text is read: the kind of input and its normalised form."""

    kind: str
    normalised: str


def read_query(session: Session, typed: str) -> list[Reading]:
    """How the database reads `typed`, most likely reading first."""
    rows = session.execute(text("select kind, normalised from harmony.read_query(:typed)"), {"typed": typed})
    return [Reading(*row) for row in rows]


def search(session: Session, typed: str, *, limit: int = 20, kind: str | None = None) -> list[CustomerCard]:
    """Cards of customers that `typed` may mean, best first. Logged: how it was read and how many were found.

    Raises InvalidInput under three characters, NotAllowed above the number of lookups that a person needs.
    """
    rows = session.execute(
        text(
            "select customer_id, customer_number, display_name, birth_year, postcode, city, matched_on, rank"
            " from harmony.find_customers(:typed, :limit, :kind)"
        ),
        {"typed": typed, "limit": limit, "kind": kind},
    )
    return [CustomerCard(*row) for row in rows]


def open_file(
    session: Session,
    customer_id: int,
    *,
    reason: str,
    reference: str | None = None,
    motive: str | None = None,
) -> Opening:
    """Opens a file, so that the customer's rows become visible to this login from the next statement on."""
    row = session.execute(
        text("select status, expires_at from harmony.open_file(:customer, :reason, :reference, :motive)"),
        {"customer": customer_id, "reason": reason, "reference": reference, "motive": motive},
    ).one()
    return Opening(*row)


def touch_file(session: Session, customer_id: int) -> Opening:
    """Keeps an open file open for another while."""
    row = session.execute(
        text("select status, expires_at from harmony.touch_file(:customer)"), {"customer": customer_id}
    ).one()
    return Opening(*row)


def close_file(session: Session, customer_id: int) -> str:
    """Closes a file; its rows are gone from the next statement on."""
    return str(
        session.execute(
            text("select status from harmony.close_file(:customer)"), {"customer": customer_id}
        ).scalar_one()
    )


def overview(session: Session, customer_id: int) -> Mapping[str, Any]:
    """The whole file in one round trip, as this login may see it."""
    answer: Mapping[str, Any] = session.execute(
        text("select harmony.file_overview(:customer)"), {"customer": customer_id}
    ).scalar_one()
    return answer


def create(
    session: Session, person: Mapping[str, Any], *, reason: str, reference: str | None = None
) -> tuple[str, int | None]:
    """Adds a customer and opens his file. `person` has the columns of the customer, `phones` and `emails`.

    Returns the status and the new id. Raises InvalidInput, with the field, for a value that the database refuses.
    """
    row = session.execute(
        text("select status, customer_id from harmony.create_customer(cast(:person as jsonb), :reason, :reference)"),
        {"person": json.dumps(person, default=str), "reason": reason, "reference": reference},
    ).one()
    return str(row.status), row.customer_id
