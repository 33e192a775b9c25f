"""Compare a checked list with the database, and bring it in: one committed transaction a batch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from harmony_desk.core.database import Database
from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.imports import runs
from harmony_desk.core.imports.rows import Person, Problem, Progress
from harmony_desk.core.texts import _

# The database lets a person look up sixty times a minute, and each refusal costs more than waiting.
_FREE_LOOKUPS = 20
_PAUSE_SECONDS = 1.5


@dataclass(frozen=True)
class Added:
    """What came of carrying out: how many came in, and the rows that the database would not store."""

    imported: int
    problems: tuple[Problem, ...]


def compare(
    database: Database,
    run_id: int,
    people: Sequence[Person],
    *,
    progress: Progress | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> list[runs.Known]:
    """Who of the list is known already. Takes a minute for each 40,000 rows above the first 20,000."""
    found: list[runs.Known] = []
    for count, batch in enumerate(_batches(people)):
        if count >= _FREE_LOOKUPS:
            pause(_PAUSE_SECONDS)
        found += database.ask(partial(runs.known, run_id=run_id, people=batch))
        if progress:
            progress(min((count + 1) * runs.BATCH, len(people)))
    return found


def add(database: Database, run_id: int, people: Sequence[Person], *, progress: Progress | None = None) -> Added:
    """Brings these people in and ends the run. A batch is there whole or not at all; after a failure the run can be
    undone, or the same list brought in again: who came in is known by then."""
    imported = 0
    problems: list[Problem] = []
    for batch in _batches(people):
        count, wrong = _add(database, run_id, batch)
        imported += count
        problems += wrong
        if progress:
            progress(imported)
    database.write(partial(runs.finish, run_id=run_id))
    return Added(imported, tuple(problems))


def _add(database: Database, run_id: int, people: Sequence[Person]) -> tuple[int, list[Problem]]:
    """Adds a batch; when the database refuses a value in it, the halves, down to the row that it refuses."""
    try:
        return database.write(partial(runs.add, run_id=run_id, people=people)), []
    except InvalidInput as error:
        if len(people) == 1:
            return 0, [Problem(people[0].row, error.field or _("Row"), str(error), error.code)]
    half = len(people) // 2
    first, second = _add(database, run_id, people[:half]), _add(database, run_id, people[half:])
    return first[0] + second[0], first[1] + second[1]


def _batches(people: Sequence[Person]) -> Iterator[list[Person]]:
    left = iter(people)
    while batch := list(islice(left, runs.BATCH)):
        yield batch
