"""Listening for a purpose: a committed request, its key, and reports of what was heard until it ends.

Any answer but `ok` to a report stops the sound; a NOTIFY only makes the next report come at once.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import psycopg

from harmony_desk.core import recordings as tickets
from harmony_desk.core.database import Database
from harmony_desk.core.errors import NotAllowed, Unreachable, UserError
from harmony_desk.core.texts import _, status_sentence
from harmony_desk.recordings.container import Recording
from harmony_desk.recordings.player import Channel, Player, State, Status
from harmony_desk.recordings.sealed import Source
from harmony_desk.recordings.store import Store, file_id_of

log = logging.getLogger(__name__)

REPORT_SECONDS: Final = 5.0
_TICK_SECONDS: Final = 0.05
# How long the server may be silent before the sound stops: listening without a record is not listening.
_UNREPORTED_SECONDS: Final = 20.0


def refusal(status: str) -> NotAllowed:
    """A status of the database in words."""
    return NotAllowed(status_sentence(status), code=status.removeprefix("refused: "))


@dataclass(frozen=True)
class Granted:
    """A recording that may be heard now. Never keep it longer than the listening."""

    ticket: uuid.UUID
    file_id: uuid.UUID
    location: str
    open_recording: Callable[[Source], Recording]


def ask(database: Database, recording_id: int, *, purpose: str, reference: str | None = None) -> Granted:
    """Requests and redeems. Raises NotAllowed with the database's reason, Unreachable."""
    asked = database.ask(partial(tickets.request, recording_id=recording_id, purpose=purpose, reference=reference))
    if asked.status != "ok" or asked.ticket is None:
        raise refusal(asked.status)
    given = database.ask(partial(tickets.redeem, ticket=asked.ticket))
    if given.status != "ok" or given.data_key is None or given.location is None:
        raise refusal(given.status)
    file_id = file_id_of(given.location)
    if file_id is None:
        raise refusal("refused: unknown")
    return Granted(asked.ticket, file_id, given.location, _opener(given.data_key, file_id))


def _opener(key: bytes, file_id: uuid.UUID) -> Callable[[Source], Recording]:
    # A closure, so that the key is in no attribute that a log or a crash report would print.
    return lambda source: Recording(source, key=key, file_id=file_id)


@dataclass(frozen=True)
class Heard:
    """How listening stands: the player's status, or why it was stopped."""

    status: Status
    stopped_by: UserError | None


class Listening:
    """Plays one granted recording in a thread of its own, which owns the player: no window ever waits for libVLC,
    the store or the server. Commands return at once; `now` tells how it stands; end it with `close`."""

    def __init__(
        self, database: Database, store: Store, granted: Granted, instance: Any, *, play_to_damage: bool = False
    ) -> None:
        """Raises Damaged when the file is not what was written, Unreachable when it cannot be had."""
        self._thread = threading.Thread(target=self._run, name="listening", daemon=True)
        self._database, self._ticket = database, granted.ticket
        try:
            self._player = Player(
                instance, partial(store.open, granted.location), granted.open_recording, play_to_damage=play_to_damage
            )
        except OSError:
            raise unreachable() from None
        self.about, self.peaks = self._player.about, self._player.peaks
        self._commands: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._ended, self._look_now = threading.Event(), threading.Event()
        self._reporter = ThreadPoolExecutor(1, thread_name_prefix="listening-report")
        self._report: Future[str] | None = None
        self._reported_at = self._answered_at = time.monotonic()
        self._last_state = State.READY
        self._stopped_by: UserError | None = None
        self._now = Heard(self._player.tick(), None)

    @property
    def now(self) -> Heard:
        return self._now

    @property
    def heard(self) -> list[tuple[int, int]]:
        """What was heard so far, in ms of the sound."""
        return self._player.heard()

    def start(self) -> None:
        """From now on commands are done, and what is heard is reported."""
        self._thread.start()

    def play(self) -> None:
        self._commands.put(self._player.play)

    def pause(self) -> None:
        self._commands.put(self._player.pause)

    def seek(self, to_ms: int) -> None:
        self._commands.put(partial(self._player.seek, to_ms))

    def set_rate(self, rate: float) -> None:
        self._commands.put(partial(self._player.set_rate, rate))

    def set_channel(self, channel: Channel) -> None:
        self._commands.put(partial(self._player.set_channel, channel))

    def look_now(self) -> None:
        """Something about objections changed: ask the server at once whether we may go on."""
        self._look_now.set()

    def close(self) -> None:
        """Silence, a last report, and everything given back. Waits for it, at most some seconds."""
        self._ended.set()
        if self._thread.ident is None:
            self._player.close()
            self._reporter.shutdown()
        else:
            self._thread.join(10)

    def _run(self) -> None:
        try:
            while not self._ended.wait(_TICK_SECONDS):
                self._act()
                status = self._player.tick()
                self._report_when_due(status)
                self._now = Heard(status, self._stopped_by)
        finally:
            heard = self._player.heard()
            self._player.close()
            self._last_report(heard)
            self._reporter.shutdown(wait=True)

    def _act(self) -> None:
        while not self._commands.empty():
            command = self._commands.get()
            if self._stopped_by is None:
                command()

    def _report_when_due(self, status: Status) -> None:
        now = time.monotonic()
        if self._report is not None and self._report.done():
            self._answer(self._report, now)
            self._report = None
        if status.state is not State.PLAYING:
            self._answered_at = max(self._answered_at, now - _UNREPORTED_SECONDS / 2)
        changed = status.state is not self._last_state and status.state is not State.PLAYING
        due = status.state is State.PLAYING and now - self._reported_at >= REPORT_SECONDS
        if self._report is None and self._stopped_by is None and (due or changed or self._look_now.is_set()):
            self._look_now.clear()
            self._last_state, self._reported_at = status.state, now
            self._report = self._reporter.submit(self._send, self._player.heard())
        elif status.state is State.PLAYING:
            self._last_state = status.state
        if status.state is State.PLAYING and now - self._answered_at > _UNREPORTED_SECONDS:
            self._stop(Unreachable(_("The server does not answer, so playing was stopped."), code="unreported"))

    def _answer(self, report: Future[str], now: float) -> None:
        try:
            status = report.result()
        except UserError as error:
            log.warning("a report of listening failed: %s", error.code)
            return
        self._answered_at = now
        if status != "ok":
            self._stop(refusal(status))

    def _stop(self, why: UserError) -> None:
        self._stopped_by = why
        self._player.stop()

    def _send(self, heard: list[tuple[int, int]]) -> str:
        return self._database.ask(partial(tickets.report, ticket=self._ticket, heard_ms=heard))

    def _last_report(self, heard: list[tuple[int, int]]) -> None:
        try:
            self._reporter.submit(self._send, heard).result(5)
        except (UserError, TimeoutError):
            log.warning("the last report of listening did not arrive")


def unreachable() -> Unreachable:
    return Unreachable(_("The store of the recordings does not answer. Try again in a moment."), code="store")


@contextmanager
def told_of_objections(connect: Callable[[], psycopg.Connection[Any]], tell: Callable[[], None]) -> Iterator[None]:
    """Calls `tell` from a thread of its own whenever the database says `objection` on its channel.

    A connection that fails is only a later stop: the reports every 5 seconds decide.
    """
    ended = threading.Event()

    def wait() -> None:
        try:
            with connect() as connection:
                connection.execute("listen harmony")
                while not ended.is_set():
                    for note in connection.notifies(timeout=0.25):
                        if note.payload == "objection":
                            tell()
        except psycopg.Error as error:
            log.warning("notifications ended: sqlstate %s", error.sqlstate)

    thread = threading.Thread(target=wait, name="listening-notes", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(5)
