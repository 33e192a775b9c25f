"""Compares the store with the database: rows without a file, files without a row."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from harmony_desk.recordings.recorder import KnownFile, Recorder
from harmony_desk.recordings.store import Entry, Store

log = logging.getLogger(__name__)

_BATCH: Final = 5000
_BLOCK: Final = 1 << 20
# A file that is younger may be of an ingest under way; its salt lives as long.
YOUNGEST: Final = dt.timedelta(hours=24)


@dataclass
class Comparison:
    """What does not agree. Ids and places only."""

    right: int = 0
    missing: list[KnownFile] = field(default_factory=list)
    changed: list[KnownFile] = field(default_factory=list)
    destroyed: list[Entry] = field(default_factory=list)
    orphans: list[Entry] = field(default_factory=list)
    young: int = 0
    foreign: int = 0

    @property
    def agrees(self) -> bool:
        return not (self.missing or self.changed or self.destroyed or self.orphans)


def compare(recorder: Recorder, store: Store, *, now: dt.datetime, read_all: bool = False) -> Comparison:
    """`read_all` reads every file and compares its digest; else its presence and size only. Raises OSError."""
    found = Comparison()
    there: dict[str, Entry] = {}
    for batch in _batches(store.entries()):
        known = recorder.known([entry.file_id for entry in batch if entry.file_id])
        for entry in batch:
            _sort(entry, known.get(entry.file_id, "unknown") if entry.file_id else None, found, there, now)
    for row in recorder.files():
        lies = there.get(row.location)
        if lies is None:
            found.missing.append(row)
        elif lies.size != row.size_bytes or (read_all and _digest(store, row.location) != row.sha256):
            found.changed.append(row)
        else:
            found.right += 1
    return found


def remove_orphans(found: Comparison, store: Store) -> int:
    """Deletes the files that no row opens any more."""
    for entry in (*found.destroyed, *found.orphans):
        store.delete(entry.location)
    return len(found.destroyed) + len(found.orphans)


def mark_damaged(found: Comparison, recorder: Recorder) -> int:
    """Takes the recordings without a right file out of what is offered."""
    return sum(recorder.mark_damaged(row.file_id) == "ok" for row in (*found.missing, *found.changed))


def _sort(entry: Entry, state: str | None, found: Comparison, there: dict[str, Entry], now: dt.datetime) -> None:
    old = now - entry.changed_at > YOUNGEST
    if state == "recording":
        there[entry.location] = entry
    elif state == "destroyed":
        found.destroyed.append(entry)
    elif state is None and not entry.unfinished:
        # Not of ours, so not ours to delete.
        found.foreign += 1
    elif old:
        found.orphans.append(entry)
    else:
        found.young += 1


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while batch := list(itertools.islice(entries, _BATCH)):
        yield batch


def _digest(store: Store, location: str) -> str:
    source = store.open(location)
    try:
        digest = hashlib.sha256()
        for start in range(0, source.size, _BLOCK):
            digest.update(source.read_at(start, _BLOCK))
        return digest.hexdigest()
    finally:
        source.close()
