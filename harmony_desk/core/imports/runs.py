"""A run in the database: begin, compare, add, finish, undo. The database decides who may; this only carries it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from harmony_desk.core import texts
from harmony_desk.core.errors import NotAllowed
from harmony_desk.core.imports import duplicates
from harmony_desk.core.imports.rows import Person

BATCH = 1000
"""Rows that the database takes at a time."""


@dataclass(frozen=True)
class Known:
    """A row that is somebody we know. The card is there for the first of a list; all of them are named."""

    row: int
    matched_on: str
    customer_id: int | None
    customer_number: str | None
    display_name: str | None
    birth_year: int | None
    postcode: str | None
    city: str | None


@dataclass(frozen=True)
class Undone:
    """How many customers of a run were removed, and the numbers of those that stay."""

    removed: int
    kept: tuple[str, ...]


def begin(session: Session, *, source: str, digest: str, rows: int) -> int:
    """Begins a run; run it by `ask`, for a comparison counts only for a committed run. Raises NotAllowed."""
    row = session.execute(
        text("select status, run_id from harmony.begin_import(:source, :digest, :rows)"),
        {"source": source, "digest": digest, "rows": rows},
    ).one()
    _refuse(row.status)
    return int(row.run_id)


def known(session: Session, run_id: int, people: Sequence[Person]) -> list[Known]:
    """Who of these (at most BATCH) is known already; a lookup, logged as one. Run it by `ask`. Raises NotAllowed."""
    rows = session.execute(
        text(
            "select row_number, matched_on, customer_id, customer_number, display_name, birth_year, postcode, city"
            " from harmony.import_duplicates(:run, cast(:batch as jsonb))"
        ),
        {"run": run_id, "batch": _batch([duplicates.question(person) for person in people])},
    )
    return [Known(*row) for row in rows]


def add(session: Session, run_id: int, people: Sequence[Person]) -> int:
    """Adds these (at most BATCH) to the customers. Raises NotAllowed, and InvalidInput when one cannot be stored."""
    row = session.execute(
        text("select status, imported from harmony.import_customers(:run, cast(:batch as jsonb))"),
        {"run": run_id, "batch": _batch([dict(person.values) for person in people])},
    ).one()
    _refuse(row.status)
    return int(row.imported)


def finish(session: Session, run_id: int) -> None:
    """Ends the run: nothing can be added to it any more. Raises NotAllowed."""
    _refuse(session.execute(text("select status from harmony.finish_import(:run)"), {"run": run_id}).scalar_one())


def undo(session: Session, run_id: int) -> Undone:
    """Removes the customers of a run that nobody touched since; the others stay. Raises NotAllowed."""
    row = session.execute(text("select status, removed, kept from harmony.undo_import(:run)"), {"run": run_id}).one()
    _refuse(row.status)
    return Undone(row.removed, tuple(row.kept))


def _batch(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False)


def _refuse(status: str) -> None:
    if status != "ok":
        raise NotAllowed(texts.status_sentence(status), code=status)
