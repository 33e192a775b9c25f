"""A recording as libVLC reads it: from memory, through four callbacks.

VLC takes a failed read for the end of the sound, and reads ahead. So the error is kept here, and whoever sees the
end must ask. Nothing may be called on VLC inside a callback, nothing may escape from one, and the callbacks must
outlive VLC's reading (audio.md, 1).
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable
from types import ModuleType
from typing import Any, Final

from harmony_desk.recordings.container import Recording
from harmony_desk.recordings.patient import PatientSource
from harmony_desk.recordings.sealed import Damaged

# VLC asks for the whole file in one go, up to 16 MB, and begins only when it has that; less may be given.
_MOST_AT_ONCE: Final = 64 * 1024


class Media:
    """One recording for one player. Keep it until the player has stopped, then `close` it."""

    def __init__(
        self,
        vlc: ModuleType,
        instance: Any,
        opener: Callable[[], tuple[Recording, PatientSource]],
        *,
        end_at_damage: bool = False,
    ) -> None:
        """`end_at_damage`: tell VLC that the sound ends there, so that it plays what it has; the error is kept."""
        self._opener = opener
        self._end_at_damage = end_at_damage
        self._numbers = itertools.count(1)
        self._streams: dict[int, tuple[Recording, PatientSource]] = {}
        self._places: dict[int, int] = {}
        self._cancelled = False
        self.error: Damaged | OSError | None = None
        self.error_ms = 0
        callbacks = vlc.CallbackDecorators
        self._thunks = (
            callbacks.MediaOpenCb(self._open),
            callbacks.MediaReadCb(self._read),
            callbacks.MediaSeekCb(self._seek),
            callbacks.MediaCloseCb(self._close),
        )
        self.media = instance.media_new_callbacks(*self._thunks, None)

    def cancel(self) -> None:
        """Whoever waits for the store inside a callback waits no longer; call it before the player is stopped."""
        self._cancelled = True
        for _recording, source in list(self._streams.values()):
            source.cancel()

    def close(self) -> None:
        self.media.release()
        for number in list(self._streams):
            self._close(number)

    def _open(self, _opaque: Any, data: Any, size: Any) -> int:
        try:
            recording, source = self._opener()
        except BaseException as error:
            self._fail(error, None)
            return -1
        number = next(self._numbers)
        self._streams[number], self._places[number] = (recording, source), 0
        data[0] = number
        size[0] = recording.sound_size
        return 0

    def _read(self, number: Any, buffer: Any, length: int) -> int:
        try:
            recording, _source = self._streams[number]
            data = self._sound(recording, self._places[number], min(length, _MOST_AT_ONCE))
            ctypes.memmove(buffer, data, len(data))
            self._places[number] += len(data)
            return len(data)
        except BaseException as error:
            self._fail(error, self._recording(number))
            return -1

    def _sound(self, recording: Recording, place: int, length: int) -> bytes:
        try:
            return recording.sound_at(place, length)
        except Damaged as damage:
            right = damage.offset - recording.about.sound_offset - place
            if right > 0:
                return recording.sound_at(place, right)
            if not self._end_at_damage:
                raise
            self._fail(damage, recording)
            return b""

    def _seek(self, number: Any, place: int) -> int:
        try:
            if not 0 <= place <= self._streams[number][0].sound_size:
                return -1
            self._places[number] = place
            return 0
        except BaseException as error:
            self._fail(error, self._recording(number))
            return -1

    def _close(self, number: Any) -> None:
        stream = self._streams.pop(number, None)
        if stream is not None:
            stream[0].close()

    def _recording(self, number: int) -> Recording | None:
        stream = self._streams.get(number)
        return stream[0] if stream else None

    def _fail(self, error: BaseException, recording: Recording | None) -> None:
        """Keeps the first error; VLC is told -1 and will call it an end."""
        if self._cancelled or self.error is not None:
            return
        if isinstance(error, Damaged):
            self.error_ms = recording.time_of(error) if recording else 0
            self.error = error
        elif isinstance(error, OSError):
            self.error = error
        else:
            self.error = OSError(f"reading failed: {type(error).__name__}")
