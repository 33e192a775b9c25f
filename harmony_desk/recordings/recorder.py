"""What the recorder service asks the database: the functions of `65_import.sql` and `60_recorder.sql`."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString

import psycopg

from harmony_desk.telephony.events import CallEvent
from harmony_desk.telephony.file_names import FileName


@dataclass(frozen=True)
class Match:
    """The call of a recording. `cuts`: (hold or pause, from ms, to ms or None) since the start of the call."""

    call_id: int
    recorded_at: dt.datetime
    consent: str
    abandoned: bool
    cuts: tuple[tuple[str, int, int | None], ...]


@dataclass(frozen=True)
class Prepared:
    """The answer to `prepare_recording`; id and key only when the status is `ok`."""

    status: str
    file_id: uuid.UUID | None
    data_key: bytes | None = field(repr=False)

    @property
    def id(self) -> uuid.UUID:
        """The file's id; asked for only when the status is `ok`."""
        if self.file_id is None:
            raise RuntimeError("a file that was not prepared")
        return self.file_id

    @property
    def key(self) -> bytes:
        if self.data_key is None:
            raise RuntimeError("a file that was not prepared")
        return self.data_key


@dataclass(frozen=True)
class Stored:
    """What a row of a recording says about its file."""

    location: str
    duration_ms: int
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class KnownFile:
    """A file that should be in the store."""

    recording_id: int
    file_id: uuid.UUID
    location: str
    size_bytes: int
    sha256: str


class Recorder:
    """The database as the login of the recorder sees it: functions, no table. Each call commits by itself."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        """`connection` must be in autocommit."""
        self._connection = connection

    def import_call(self, event: CallEvent) -> tuple[str, int | None]:
        """(status, call id)."""
        return self._one("select status, call_id from harmony.import_call(%s)", json.dumps(event.as_json()))

    def match(self, pbx: str, name: FileName) -> Match | None:
        row = self._maybe(
            "select call_id, recorded_at, consent, abandoned, cuts from harmony.match_call(%s, %s, %s, %s, %s)",
            pbx, name.uniqueid, name.agent, name.number_e164, name.started_at,
        )  # fmt: skip
        if row is None:
            return None
        cuts = tuple((str(kind), int(start), None if end is None else int(end)) for kind, start, end in row[4])
        return Match(row[0], row[1], row[2], row[3], cuts)

    @contextlib.contextmanager
    def alone(self, source_key: str) -> Iterator[bool]:
        """Whether this source is ours inside the block, on whatever machine others run. Ends with the connection."""
        (mine,) = self._one("select harmony.claim_source(%s)", source_key)
        try:
            yield mine
        finally:
            if mine and not self._connection.broken:
                self._one("select harmony.leave_source(%s)", source_key)

    def prepare(self, recorded_at: dt.datetime, source_key: str) -> Prepared:
        return Prepared(
            *self._one(
                "select status, file_id, data_key from harmony.prepare_recording(%s, %s)", recorded_at, source_key
            )
        )

    def store(
        self, file_id: uuid.UUID, stored: Stored, call_id: int | None, *, pbx: str, uniqueid: str | None
    ) -> tuple[str, int | None]:
        """(status, recording id)."""
        return self._one(
            "select status, recording_id from harmony.store_recording(file_id => %s, location => %s,"
            " duration_ms => %s, size_bytes => %s, sha256 => %s, call_id => %s, pbx => %s, pbx_uniqueid => %s)",
            file_id, stored.location, stored.duration_ms, stored.size_bytes, stored.sha256, call_id, pbx, uniqueid,
        )  # fmt: skip

    def refuse(self, file_id: uuid.UUID) -> None:
        """The salt goes, and with it the key of whatever was written."""
        self._one("select status from harmony.refuse_recording(%s)", file_id)

    def files(self) -> Iterator[KnownFile]:
        """Every file that should be in the store."""
        after = 0
        while True:
            rows = self._connection.execute(
                "select recording_id, file_id, location, size_bytes, sha256 from harmony.recording_files(%s)", (after,)
            ).fetchall()
            if not rows:
                return
            yield from (KnownFile(*row) for row in rows)
            after = rows[-1][0]

    def known(self, file_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
        """`recording`, `prepared`, `destroyed` or `unknown` for each; at most 10,000."""
        rows = self._connection.execute(
            "select file_id, state from harmony.known_files(%s)", (list(file_ids),)
        ).fetchall()
        return dict(rows)

    def mark_damaged(self, file_id: uuid.UUID) -> str:
        return str(self._one("select status from harmony.mark_damaged(%s)", file_id)[0])

    def _one(self, question: LiteralString, *parameters: object) -> tuple[Any, ...]:
        row = self._maybe(question, *parameters)
        if row is None:
            raise RuntimeError("a function of the recorder gave no row")
        return row

    def _maybe(self, question: LiteralString, *parameters: object) -> tuple[Any, ...] | None:
        return self._connection.execute(question, parameters).fetchone()
