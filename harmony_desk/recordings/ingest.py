"""From a telephone system's folder to sealed recordings with a row each. May be killed at any moment.

For each recording: claim its files, find its call, ask for a key, decode, leave out holds, encode, seal, write,
read again, name, insert the row; only then the source goes. The same source is never two recordings: its digest
is unique in the database. Numbers and names are in no log, no report and no file name of ours.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import hashlib
import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from typing import Any, Final

import psycopg

from harmony_desk.core.errors import Unreachable
from harmony_desk.core.texts import _
from harmony_desk.recordings import container
from harmony_desk.recordings.inbox import Candidate, Claim, Inbox, Part
from harmony_desk.recordings.recorder import Match, Prepared, Recorder, Stored
from harmony_desk.recordings.sealed import Damaged, Source
from harmony_desk.recordings.store import Store, location_of
from harmony_desk.recordings.transcode import Cut, Sound, transcode
from harmony_desk.telephony.events import CallEvent
from harmony_desk.telephony.reasons import Reason, RefusedLine, Unusable

log = logging.getLogger(__name__)

# A pause protects what is said: file and call agree to a second only, so this much more is left out around it.
_PAUSE_MARGIN_MS: Final = 1000
_BLOCK: Final = 1 << 20


@dataclass(frozen=True)
class Refused:
    """A recording that was not taken: under which id its files were kept aside, or None when they are gone."""

    reason: Reason
    kept_as: str | None


@dataclass
class Report:
    """What a run did. Counts, reasons and ids; nothing about a person."""

    calls: int = 0
    kept: int = 0
    unmatched: int = 0
    known: int = 0
    busy: int = 0
    waiting: int = 0
    refused: list[Refused] = field(default_factory=list)
    lines: list[tuple[str, RefusedLine]] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Nothing needs a person: what was abandoned or objected to is as it should be."""
        return not self.lines and not self.waiting and all(one.kept_as is None for one in self.refused)

    def reasons(self) -> dict[str, int]:
        return dict(sorted(Counter(one.reason.value for one in self.refused).items()))


class Ingest:
    """Takes in one folder. `connect` opens a connection of the recorder's login, in autocommit."""

    def __init__(
        self, connect: Callable[[], psycopg.Connection[Any]], store: Store, *, pbx: str, jobs: int = 2
    ) -> None:
        self._connect = connect
        self._store = store
        self._pbx = pbx
        self._jobs = jobs
        self._told: dict[str, CallEvent] = {}

    def import_calls(self, events: tuple[CallEvent, ...], report: Report) -> None:
        """Calls that this process has told the database already are passed over."""
        fresh = [event for event in events if self._told.get(event.linkedid) != event]
        if not fresh:
            return
        with self._connect() as connection:
            recorder = Recorder(connection)
            for number, event in enumerate(fresh, 1):
                status, _call = recorder.import_call(event)
                if status == "ok":
                    report.calls += 1
                    self._told[event.linkedid] = event
                else:
                    report.lines.append(("calls", RefusedLine(number, Reason.VALUE)))

    def take(self, inbox: Inbox, report: Report, progress: Callable[[int, int], None], stop: threading.Event) -> None:
        """Takes in what waits in the folder. Raises UserError and psycopg errors; what was begun stays whole."""
        inbox.tidy()
        waiting = inbox.candidates()
        local = threading.local()
        connections: list[psycopg.Connection[Any]] = []

        def one(candidate: Candidate) -> Outcome | None:
            if stop.is_set():
                return None
            if not hasattr(local, "recorder"):
                connections.append(self._connect())
                local.recorder = Recorder(connections[-1])
            return self._one(inbox, candidate, local.recorder)

        try:
            with ThreadPoolExecutor(max(1, min(self._jobs, len(waiting)))) as pool:
                running = [pool.submit(one, candidate) for candidate in waiting]
                try:
                    for done, future in enumerate(as_completed(running), 1):
                        if outcome := future.result():
                            outcome.count(report)
                        progress(done, len(waiting))
                except BaseException:
                    stop.set()
                    raise
        finally:
            for connection in connections:
                connection.close()

    def _one(self, inbox: Inbox, candidate: Candidate, recorder: Recorder) -> Outcome:
        claim = inbox.claim(candidate)
        if claim is None:
            return Outcome("busy")
        try:
            outcome = self._take_in(claim, recorder)
            if outcome.kind not in ("waiting", "busy"):
                claim.finish()
            return outcome
        except Unusable as error:
            return Outcome("refused", error.reason, claim.refuse(error.reason))
        finally:
            claim.leave()

    def _take_in(self, claim: Claim, recorder: Recorder) -> Outcome:
        parts = claim.parts()
        match = recorder.match(self._pbx, parts[0].name)
        recorded_at = match.recorded_at if match else parts[0].name.started_at
        try:
            key = _source_key(self._pbx, parts)
        except OSError:
            return Outcome("waiting", Reason.UNREADABLE)
        with recorder.alone(key) as mine:
            if not mine:
                return Outcome("busy")
            prepared = recorder.prepare(recorded_at, key)
            unwanted = _unwanted(match)
            if unwanted is not None:
                self._forget(prepared, recorded_at, recorder)
                return Outcome("refused", unwanted)
            if prepared.status != "ok":
                return _not_prepared(prepared.status)
            try:
                return self._keep(parts, match, prepared, recorded_at, recorder)
            except Unusable:
                self._forget(prepared, recorded_at, recorder)
                raise

    def _keep(
        self, parts: list[Part], match: Match | None, prepared: Prepared, recorded_at: dt.datetime, recorder: Recorder
    ) -> Outcome:
        location = location_of(prepared.id, recorded_at)
        with _store_trouble():
            stored = self._finished(location, prepared)
        if stored is None:
            try:
                sound = _sound(parts, match, recorded_at)
            except OSError:
                return Outcome("waiting", Reason.UNREADABLE)
            with _store_trouble():
                stored = write_recording(self._store, location, sound, prepared)
        status, _number = recorder.store(
            prepared.id, stored, match.call_id if match else None, pbx=self._pbx, uniqueid=parts[0].name.uniqueid
        )
        if status == "ok":
            return Outcome("kept" if match else "unmatched")
        if status == "refused: already_done":
            return Outcome("known")
        reason = {"refused: objection": Reason.OBJECTION, "refused: expired": Reason.TOO_OLD}.get(status)
        if reason is None:
            raise RuntimeError(f"the recording was not stored: {status}")
        self._forget(prepared, recorded_at, recorder)
        return Outcome("refused", reason)

    def _forget(self, prepared: Prepared, recorded_at: dt.datetime, recorder: Recorder) -> None:
        """Nothing is kept of it, nor of an earlier try."""
        if prepared.status == "ok":
            with _store_trouble():
                self._store.delete(location_of(prepared.id, recorded_at))
            recorder.refuse(prepared.id)

    def _finished(self, location: str, prepared: Prepared) -> Stored | None:
        """The file that an earlier run had finished when it was ended before the row; None when there is none."""
        try:
            source = self._store.open(location)
        except FileNotFoundError:
            return None
        try:
            return _check(source, prepared, location, None)
        except Damaged:
            log.warning("an unfinished file was not right and is made again")
            self._store.delete(location)
            return None
        finally:
            source.close()


@dataclass(frozen=True)
class Outcome:
    """What became of one recording."""

    kind: str
    reason: Reason | None = None
    kept_as: str | None = None

    def count(self, report: Report) -> None:
        if self.kind == "refused" and self.reason is not None:
            report.refused.append(Refused(self.reason, self.kept_as))
        else:
            setattr(report, self.kind, getattr(report, self.kind) + 1)


def _unwanted(match: Match | None) -> Reason | None:
    """Why nothing of this call may be kept; None when it may."""
    if match is not None and match.abandoned:
        return Reason.ABANDONED
    if match is not None and match.consent == "objected":
        return Reason.OBJECTION
    return None


@contextlib.contextmanager
def _store_trouble() -> Iterator[None]:
    """The store's own errors in words. What was begun is whole, the source is where it was."""
    try:
        yield
    except OSError as error:
        sentence = (
            _("The store of the recordings is full. Make room and start again; nothing is lost.")
            if error.errno in (errno.ENOSPC, errno.EDQUOT)
            else _("The store of the recordings cannot be used. Start again when it can; nothing is lost.")
        )
        log.error("store: errno %s", error.errno)
        raise Unreachable(sentence, code="store") from None


def _not_prepared(status: str) -> Outcome:
    if status == "refused: already_done":
        return Outcome("known")
    if status == "refused: no_epoch_key":
        return Outcome("waiting", Reason.NO_DAY_KEY)
    if status == "refused: expired":
        # 180 days without exception: what is older goes, it is not kept aside.
        return Outcome("refused", Reason.TOO_OLD)
    raise Unusable(Reason.IN_THE_FUTURE)


def _source_key(pbx: str, parts: list[Part]) -> str:
    """A digest of what a recording is made from: the call's number or the name, and every byte of sound."""
    whole = hashlib.sha256(f"harmony-desk/source/v1\0{pbx}\0{parts[0].name.group}".encode())
    for part in parts:
        with part.path.open("rb") as file:
            digest = hashlib.sha256()
            while block := file.read(_BLOCK):
                digest.update(block)
        whole.update(digest.digest())
    return whole.hexdigest()


def _sound(parts: list[Part], match: Match | None, recorded_at: dt.datetime) -> Sound:
    starts_ms = max(0, round((parts[0].name.started_at - recorded_at).total_seconds() * 1000))
    if match is None or starts_ms > 3_600_000:
        starts_ms = 0
    with contextlib.ExitStack() as files:
        sources = [(files.enter_context(part.path.open("rb")), part.path.name) for part in parts]
        sound = transcode(sources, list(_cuts(match, starts_ms)), starts_ms=starts_ms)
    side = parts[0].name.side if len(parts) == 1 else None
    channels = {"t": ("agent",), "r": ("caller",)}.get(side or "", sound.about.channels)
    return replace(sound, about=replace(sound.about, channels=channels, name=parts[0].path.name))


def _cuts(match: Match | None, starts_ms: int) -> Iterator[Cut]:
    """Holds and pauses of the call as stretches of its file."""
    for kind, start, end in match.cuts if match else ():
        margin = _PAUSE_MARGIN_MS if kind == "pause" else 0
        last = 2**40 if end is None else end - starts_ms + margin
        yield Cut(max(0, start - starts_ms - margin), last, kind)


def write_recording(store: Store, location: str, sound: Sound, prepared: Prepared) -> Stored:
    """Seals a recording into the store and authenticates what lies there. Raises Damaged, OSError."""
    plain = hashlib.sha256()
    for piece in container.plain_pieces(sound.about, sound.peaks, sound.mka):
        plain.update(piece)
    found: list[Stored] = []

    def check(written: Source) -> None:
        found.append(_check(written, prepared, location, plain.digest()))

    pieces = container.sealed_pieces(sound.about, sound.peaks, sound.mka, key=prepared.key, file_id=prepared.id)
    store.put(location, pieces, check)
    return found[0]


def _check(written: Source, prepared: Prepared, location: str, plain: bytes | None) -> Stored:
    """Reads a file back as it lies there and authenticates all of it. Raises Damaged."""
    opened = container.Recording(written, key=prepared.key, file_id=prepared.id)
    digest, sealed = hashlib.sha256(), hashlib.sha256()
    for start in range(0, opened.reader.size, _BLOCK):
        digest.update(opened.reader.read_at(start, _BLOCK))
    for start in range(0, written.size, _BLOCK):
        sealed.update(written.read_at(start, _BLOCK))
    if plain is not None and digest.digest() != plain:
        raise Damaged
    return Stored(location, opened.about.duration_ms, written.size, sealed.hexdigest())
