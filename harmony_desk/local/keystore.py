"""The keys of the days, in a file kept in two places outside the database, its WAL and its backups.

Destroying a day's key here and in the database's unlogged table destroys that day's recordings in every
copy there is (security.md 0.1). Keys never pass through a log, an argument or an exception text.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _
from harmony_desk.local import locks

log = logging.getLogger(__name__)

FILE_NAME = "epoch-keys.json"
KEY_BYTES = 32
KEPT_DAYS = 179  # a day's key is destroyed on day 179, so that one failed night is harmless
AHEAD_DAYS = 7
_LOCK_SECONDS = 30.0


@dataclass(frozen=True)
class _Stored:
    """One copy: every write raises its generation, so that after a crash between two places the newer one wins."""

    generation: int
    keys: Mapping[dt.date, bytes]


class Keystore:
    """Two folders that hold the same file of day keys. Every change is on both disks before it is used."""

    def __init__(self, folder: Path, copy: Path) -> None:
        """Raises UserError when the two places are one, or cannot be written."""
        if folder.resolve() == copy.resolve():
            raise UserError(_("The keystore needs two different folders."), code="one_keystore")
        self._places = (folder, copy)
        self._generation = 0
        for place in self._places:
            try:
                place.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise UserError(
                    _("The keystore folder cannot be made: {reason}.").format(reason=error.strerror),
                    code="keystore_unwritable",
                ) from None

    def known_keys(self) -> Mapping[dt.date, bytes]:
        """The keys that are there. A place that lost its file, or has an older one, is made whole again."""
        with self._alone():
            return self._whole()

    def ensure(self, days: Iterable[dt.date]) -> Mapping[dt.date, bytes]:
        """Makes keys for the days that have none; returns all keys, written to both places."""
        with self._alone():
            known = dict(self._whole())
            missing = [day for day in days if day not in known]
            if missing:
                known |= {day: secrets.token_bytes(KEY_BYTES) for day in missing}
                self._write(known, self._generation + 1)
                log.info("keystore: %d day keys made, %d kept", len(missing), len(known))
            return known

    def destroy(self, days: Iterable[dt.date]) -> int:
        """Removes the keys of these days from both places and overwrites what held them. Says how many."""
        with self._alone():
            known = dict(self._whole())
            gone = [day for day in days if known.pop(day, None) is not None]
            if gone:
                self._write(known, self._generation + 1)
                log.info("keystore: %d day keys destroyed, %d kept", len(gone), len(known))
            return len(gone)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with locks.held(self._places[0] / "keystore.lock", wait_seconds=_LOCK_SECONDS) as mine:
            if not mine:
                raise UserError(_("Another program is using the keystore."), code="keystore_busy")
            yield

    def _whole(self) -> Mapping[dt.date, bytes]:
        found = [_read(place / FILE_NAME) for place in self._places]
        newest = max((one for one in found if one is not None), key=lambda one: one.generation, default=None)
        if newest is None:
            if any((place / FILE_NAME).exists() for place in self._places):
                raise UserError(
                    _("Both copies of the keystore are damaged. Restore one from its own backup; make no new one."),
                    code="keystore_damaged",
                )
            return {}
        if any(one != newest for one in found):
            log.warning("keystore: one place was behind and is made whole, %d keys", len(newest.keys))
            self._write(newest.keys, newest.generation)
        self._generation = newest.generation
        return newest.keys

    def _write(self, keys: Mapping[dt.date, bytes], generation: int) -> None:
        listed = {day.isoformat(): key.hex() for day, key in sorted(keys.items())}
        content = json.dumps({"generation": generation, "keys": listed}, indent=0).encode()
        for place in self._places:
            try:
                _replace(place / FILE_NAME, content)
            except OSError as error:
                raise UserError(
                    _("The keystore cannot be written: {reason}. No key was used.").format(reason=error.strerror),
                    code="keystore_unwritable",
                ) from None
        self._generation = generation


def due(today: dt.date, keys: Iterable[dt.date]) -> list[dt.date]:
    """The days whose keys must go now: 179 days ago or longer (UTC)."""
    return sorted(day for day in keys if day <= today - dt.timedelta(days=KEPT_DAYS))


def wanted(today: dt.date) -> list[dt.date]:
    """The days that need a key: the last 178, today, and the next 7 (UTC)."""
    return [today + dt.timedelta(days=offset) for offset in range(1 - KEPT_DAYS, AHEAD_DAYS + 1)]


def _read(file: Path) -> _Stored | None:
    try:
        content = json.loads(file.read_bytes())
        keys = {dt.date.fromisoformat(day): bytes.fromhex(key) for day, key in content["keys"].items()}
        stored = _Stored(int(content["generation"]), keys)
    except FileNotFoundError:
        return None
    except (ValueError, AttributeError, TypeError, KeyError):
        log.error("keystore: a copy is damaged")
        return None
    return stored if all(len(key) == KEY_BYTES for key in keys.values()) else None


def _replace(file: Path, content: bytes) -> None:
    """Writes beside, flushes, renames; then overwrites the blocks of the file that was replaced."""
    old = os.open(file, os.O_WRONLY) if file.exists() else None
    try:
        beside = file.with_suffix(".part")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        beside.replace(file)
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        if old is not None:
            os.pwrite(old, b"\0" * os.fstat(old).st_size, 0)
            os.fsync(old)
    finally:
        if old is not None:
            os.close(old)
