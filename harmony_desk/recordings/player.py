"""Plays one recording through libVLC. Owned by one thread, which calls `tick` some twenty times a second.

VLC's callbacks only set flags; everything is done in `tick`. A failed read is never an end: it is `damaged` with
its time, or `unreachable`.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any, Final

from harmony_desk.recordings import sound_out
from harmony_desk.recordings.container import About, Recording
from harmony_desk.recordings.heard import Heard
from harmony_desk.recordings.media import Media
from harmony_desk.recordings.patient import PatientSource
from harmony_desk.recordings.sealed import CHUNK, Damaged, Source

log = logging.getLogger(__name__)

RATES: Final = (0.5, 2.0)
# VLC says the time every quarter of a second; without news for longer than this the sound is not moving.
_BELIEVED_SECONDS: Final = 1.2
_DEVICE_SECONDS: Final = 1.5
_NEAR_MS: Final = 2000
_OLD_TIME_SECONDS: Final = 1.0


class State(StrEnum):
    READY = "ready"
    PLAYING = "playing"
    PAUSED = "paused"
    ENDED = "ended"
    STOPPED = "stopped"
    DAMAGED = "damaged"
    UNREACHABLE = "unreachable"


class Channel(Enum):
    """Who is heard, on both ears; the numbers are libVLC's."""

    BOTH = 1
    AGENT = 3
    CALLER = 4


@dataclass(frozen=True)
class Status:
    """A moment of playing. `damaged_ms`: from where the sound cannot be trusted, None when nothing is known.
    `silent`: sound goes by and no device takes it."""

    state: State
    position_ms: int
    rate: float
    channel: Channel
    damaged_ms: int | None = None
    silent: bool = False


class Player:
    """One recording. All methods from one thread; `close` it, also after an error."""

    def __init__(
        self,
        instance: Any,
        opener: Callable[[], Source],
        open_recording: Callable[[Source], Recording],
        *,
        play_to_damage: bool = False,
    ) -> None:
        """Raises Damaged when the file is not what was written, OSError when it cannot be had.

        `play_to_damage`: with a damage further on, play until there instead of stopping when it is known.
        """
        vlc = sound_out.library()
        self._opener, self._open_recording = opener, open_recording
        recording, _source = self._open()
        with contextlib.closing(recording):
            self.about: About = recording.about
            self.peaks = recording.peaks()
        self._play_to_damage = play_to_damage
        self._ended, self._failed, self._closing = threading.Event(), threading.Event(), threading.Event()
        self._damaged_ms: int | None = None
        self._checker: threading.Thread | None = None
        self._state, self._rate, self._channel = State.READY, 1.0, Channel.BOTH
        self._heard = Heard()
        self._at_ms, self._at, self._told_ms = 0, 0.0, -1
        self._sounding_since = 0.0
        self._silent = False
        self._pending_ms: int | None = None
        self._applied = False
        self._vlc_playing = vlc.State.Playing
        self._media = Media(vlc, instance, self._open, end_at_damage=play_to_damage)
        self.media_player = instance.media_player_new()
        self.media_player.set_media(self._media.media)
        self._stats = vlc.MediaStats()
        events = self.media_player.event_manager()
        self._events = (vlc.EventType.MediaPlayerEndReached, vlc.EventType.MediaPlayerEncounteredError)
        for event, flag in zip(self._events, (self._ended, self._failed), strict=True):
            events.event_attach(event, _setter(flag))

    @property
    def state(self) -> State:
        return self._state

    def heard(self) -> list[tuple[int, int]]:
        return self._heard.ranges()

    def play(self) -> None:
        """Starts, goes on, or starts again from the beginning after the end."""
        if self._state in (State.PLAYING, State.DAMAGED, State.UNREACHABLE):
            return
        if self._state in (State.ENDED, State.STOPPED):
            # After the end play() alone does nothing, and says 0.
            self.media_player.stop()
            self._move(0)
        self._ended.clear()
        self._failed.clear()
        self.media_player.play()
        self._state = State.PLAYING
        self._sounding_since = 0.0
        self._applied = False
        self._move(self._at_ms)

    def pause(self) -> None:
        if self._state is State.PLAYING:
            at = self._now_ms()
            self.media_player.set_pause(1)
            self._heard.moved(at)
            self._heard.jump()
            self._state = State.PAUSED
            self._move(at)

    def seek(self, to_ms: int) -> None:
        """To a place in the sound; after the end, from there on."""
        to_ms = max(0, min(to_ms, self.about.duration_ms - 1))
        if self._state in (State.DAMAGED, State.UNREACHABLE):
            return
        if self._state in (State.ENDED, State.STOPPED, State.READY):
            self.play()
        elif self._state is State.PLAYING:
            self._heard.moved(self._now_ms())
        self._heard.jump()
        if self._told_ms < 0 and self._state is State.PLAYING:
            # VLC takes no place before it has begun; the next looks bring it.
            self._pending_ms = to_ms
        else:
            self.media_player.set_time(to_ms)
        self._move(to_ms)

    def set_rate(self, rate: float) -> None:
        """From half to twice the speed; voices keep their pitch."""
        self._move(self._now_ms())
        self._rate = max(RATES[0], min(rate, RATES[1]))
        self._applied = False

    def set_channel(self, channel: Channel) -> None:
        """One side only; a mixed recording has no sides and stays as it is."""
        self._channel = channel if len(self.about.channels) == 2 else Channel.BOTH
        self._applied = False

    def tick(self) -> Status:
        """Looks at what VLC's threads left, acts on it, and tells how it stands."""
        if self._state is State.PLAYING:
            self._look()
        return Status(self._state, self._now_ms(), self._rate, self._channel, self._damaged_ms, self._silent)

    def stop(self) -> None:
        """Silence now. What was heard stays known."""
        if self._state is State.PLAYING:
            self._heard.moved(self._now_ms())
        if self._state in (State.PLAYING, State.PAUSED):
            self._halt(State.STOPPED)

    def close(self) -> None:
        self.stop()
        self._closing.set()
        self._media.cancel()
        self.media_player.stop()
        events = self.media_player.event_manager()
        for event in self._events:
            events.event_detach(event)
        self.media_player.release()
        self._media.close()
        if self._checker is not None:
            self._checker.join(5)

    def _look(self) -> None:
        now = time.monotonic()
        told = self.media_player.get_time()
        begun = told >= 0 and self.media_player.get_state() == self._vlc_playing
        if begun and told > 0 and not self._sounding_since:
            self._sounding_since = now
        if begun and not self._applied:
            self._applied = self._apply()
        if self._pending_ms is not None:
            if begun:
                self.media_player.set_time(self._pending_ms)
                self._move(self._pending_ms)
                self._pending_ms = None
        elif begun and told != self._told_ms and self._believable(told, now):
            if self._checker is None:
                self._check_all()
            self._told_ms = told
            self._move(told, keep=True)
        self._heard.moved(self._now_ms())
        if self._damaged_ms is not None and not self._play_to_damage:
            self._halt(State.DAMAGED)
        elif self._ended.is_set() or self._failed.is_set():
            self._finish()
        elif not self._silent and 0 < self._sounding_since < now - _DEVICE_SECONDS:
            self._silent = self._takes_nothing()

    def _believable(self, told: int, now: float) -> bool:
        """For a moment after a seek VLC still tells the old time."""
        return self._told_ms >= 0 or abs(told - self._at_ms) < _NEAR_MS or now - self._at > _OLD_TIME_SECONDS

    def _finish(self) -> None:
        """The end as VLC sees it: the real one only when nothing failed."""
        error = self._media.error
        if isinstance(error, Damaged):
            self._damaged_ms = self._media.error_ms
            self._halt(State.DAMAGED)
        elif error is not None or self._failed.is_set():
            log.warning("playing ended: %s", type(error).__name__)
            self._halt(State.UNREACHABLE)
        elif self._damaged_ms is not None:
            self._halt(State.DAMAGED)
        else:
            self._heard.moved(self.about.duration_ms)
            self._heard.jump()
            self._state = State.ENDED
            self._move(self.about.duration_ms)

    def _halt(self, state: State) -> None:
        at = self._now_ms()
        self._heard.jump()
        self._state = state
        self.media_player.stop()
        self._move(at)

    def _takes_nothing(self) -> bool:
        return bool(self._media.media.get_stats(self._stats)) and self._stats.played_abuffers == 0

    def _check_all(self) -> None:
        """Authenticates every chunk beside the playing, so that a damage is known before it is heard."""
        self._checker = threading.Thread(target=self._check, name="recording-check", daemon=True)
        self._checker.start()

    def _check(self) -> None:
        try:
            recording, _source = self._open()
            with contextlib.closing(recording):
                for start in range(0, recording.reader.size, CHUNK):
                    if self._closing.is_set():
                        return
                    try:
                        recording.reader.read_at(start, CHUNK)
                    except Damaged as damage:
                        self._damaged_ms = recording.time_of(damage)
                        return
        except Damaged:
            self._damaged_ms = 0
        except OSError:
            # A share that fails is told when the sound itself needs it.
            log.info("the check of a recording was not finished")

    def _open(self) -> tuple[Recording, PatientSource]:
        source = PatientSource(self._opener)
        try:
            return self._open_recording(source), source
        except BaseException:
            source.close()
            raise

    def _apply(self) -> bool:
        """Speed and side count only once VLC has an output, and an output that is new forgot them."""
        self.media_player.set_rate(self._rate)
        return bool(self.media_player.audio_set_channel(self._channel.value) == 0)

    def _move(self, to_ms: int, *, keep: bool = False) -> None:
        self._at_ms, self._at = to_ms, time.monotonic()
        if not keep:
            self._told_ms = -1

    def _now_ms(self) -> int:
        """Between VLC's coarse reports the time goes on by our own clock."""
        if self._state is not State.PLAYING or self._told_ms < 0:
            return self._at_ms
        gone = min(time.monotonic() - self._at, _BELIEVED_SECONDS)
        return min(self._at_ms + int(gone * self._rate * 1000), self.about.duration_ms)


def _setter(flag: threading.Event) -> Callable[[object], None]:
    return lambda _event: flag.set()
