"""The custodian: loads and destroys day keys, seals the audit trail, ends forgotten transactions.

A headless service with the login `custodian`; it can call its functions and select from no table.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg

from harmony_desk.local import keystore
from harmony_desk.local.keystore import Keystore

log = logging.getLogger(__name__)
_RETRY_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)


@dataclass(frozen=True)
class Round:
    """What one round did."""

    keys_loaded: int
    keys_destroyed: int
    recordings_destroyed: int
    secrets_dropped: int
    sealed: int
    seal_number: int
    head: str
    sessions_ended: int
    staff_suspended: int


class Custodian:
    """One round after another. `connect` gives an autocommit connection of the custodian's login."""

    def __init__(
        self, connect: Callable[[], psycopg.Connection[Any]], keys: Keystore, anchor: Path | None = None
    ) -> None:
        self._connect = connect
        self._keys = keys
        self._anchor = anchor
        self._words_counted_on: dt.date | None = None

    def run(self, stop: threading.Event, every_seconds: float) -> None:
        """Works until `stop` is set; a server that is away is tried again, ever more patiently."""
        failures = 0
        while not stop.is_set():
            try:
                self.round()
                failures = 0
                pause = every_seconds
            except psycopg.Error as error:
                log.warning("custodian: server not reached or refused, sqlstate %s", error.sqlstate)
                pause = _RETRY_SECONDS[min(failures, len(_RETRY_SECONDS) - 1)]
                failures += 1
            stop.wait(pause)

    def round(self) -> Round:
        """Everything that is due now, once. Each duty commits by itself."""
        with self._connect() as connection:
            today = self._today(connection)
            destroyed, recordings = self._destroy_due(connection, today)
            loaded = self._load(connection, today)
            dropped = _one(connection, "select harmony.drop_unused_secrets()")
            sealed, number, head = _row(connection, "select sealed, number, head from harmony.seal()")
            ended = _one(connection, "select ended from harmony.reap()")
            suspended = _one(connection, "select suspended from harmony.suspend_unsigned()")
            if today != self._words_counted_on:  # once a day: the search ranks by how common a word is
                connection.execute("select harmony.refresh_search_words()")
                self._words_counted_on = today
        if sealed:
            self._write_anchor(number, head)
        done = Round(loaded, destroyed, recordings, dropped, sealed, number, head, ended, suspended)
        log.info("custodian: %s", json.dumps({k: v for k, v in asdict(done).items() if k != "head"}))
        return done

    def anchors(self) -> list[tuple[int, str]]:
        """The heads that were written outside the database, oldest first."""
        if self._anchor is None or not self._anchor.exists():
            return []
        lines = [json.loads(line) for line in self._anchor.read_text().splitlines() if line.strip()]
        return [(int(line["number"]), str(line["head"])) for line in lines]

    def _today(self, connection: psycopg.Connection[Any]) -> dt.date:
        moment: dt.datetime = _one(connection, "select harmony.clock()")
        return moment.astimezone(dt.UTC).date()

    def _destroy_due(self, connection: psycopg.Connection[Any], today: dt.date) -> tuple[int, int]:
        """First the database, then the file: a key that is gone there is never loaded again from here."""
        days = set(keystore.due(today, self._keys.known_keys())) | set(
            keystore.due(today, (day for day, state in _days(connection) if state == "loaded"))
        )
        recordings = 0
        for day in sorted(days):
            status, count = _row(connection, "select status, recordings from harmony.destroy_epoch_key(%s)", day)
            if status != "ok":
                log.error("custodian: key of %s not destroyed: %s", day.isoformat(), status)
            recordings += count
        self._keys.destroy(days)
        return len(days), recordings

    def _load(self, connection: psycopg.Connection[Any], today: dt.date) -> int:
        state = dict(_days(connection))
        gone = {day for day, kind in state.items() if kind == "destroyed"}
        keys = self._keys.ensure(day for day in keystore.wanted(today) if day not in gone)
        loaded = 0
        for day in keystore.wanted(today):
            if day in keys and day not in state:
                status = _one(connection, "select status from harmony.load_epoch_key(%s, %s)", day, keys[day])
                if status != "ok":
                    log.error("custodian: key of %s not loaded: %s", day.isoformat(), status)
                loaded += status == "ok"
        return loaded

    def _write_anchor(self, number: int, head: str) -> None:
        """The head of the chain, outside the database: cutting the tail there no longer goes unseen."""
        _to_syslog(f"harmony-desk audit head {number} {head}")
        if self._anchor is None:
            return
        self._anchor.parent.mkdir(parents=True, exist_ok=True)
        line = {"number": number, "head": head, "at": dt.datetime.now(dt.UTC).isoformat()}
        handle = os.open(self._anchor, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, (json.dumps(line) + "\n").encode())
            os.fsync(handle)
        finally:
            os.close(handle)


def broken_anchor(connection: psycopg.Connection[Any], anchors: list[tuple[int, str]]) -> int | None:
    """The first head written outside that the chain no longer holds; None when the chain extends them all."""
    for number, head in anchors:
        if _one(connection, "select harmony.sealed_hash(%s)", number) != head:
            return number
    return None


def _days(connection: psycopg.Connection[Any]) -> list[tuple[dt.date, str]]:
    return [(row[0], row[1]) for row in connection.execute("select day, state from harmony.epoch_days()")]


def _row(connection: psycopg.Connection[Any], question: str, *values: object) -> tuple[Any, ...]:
    row = connection.execute(question, values).fetchone()
    if row is None:
        raise RuntimeError("a custodian's function gave no row")
    return tuple(row)


def _one(connection: psycopg.Connection[Any], question: str, *values: object) -> Any:
    return _row(connection, question, *values)[0]


def _to_syslog(line: str) -> None:
    try:
        import syslog  # not on every system
    except ImportError:
        return
    syslog.syslog(syslog.LOG_NOTICE | syslog.LOG_AUTH, line)
