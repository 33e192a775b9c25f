"""A call of ten minutes whose sound tells the time, and what listens to libVLC instead of a loudspeaker."""

from __future__ import annotations

import array
import ctypes
import itertools
import math
import struct
import threading
import time
from typing import Any

from harmony_desk.recordings import sound_out

RATE = 8000
HEARD_RATE = 48000
SECONDS = 600
# Both sides rise 50 Hz a second and begin again each minute. Two different tones would not do: at this bit rate the
# coder lets one side be heard on the other.
TURN = 60
_RISE = 50


def samples(seconds: int = SECONDS) -> bytes:
    """Interleaved 16-bit samples, the same on both sides."""
    side = array.array("h")
    turned = 0.0
    for number in range(seconds * RATE):
        turned += 2 * math.pi / RATE * (300 + _RISE * (number / RATE % TURN))
        side.append(int(12000 * math.sin(turned)))
    out = array.array("h", bytes(4 * len(side)))
    out[0::2] = side
    out[1::2] = side
    return out.tobytes()


def wav(pcm: bytes) -> bytes:
    fmt = struct.pack("<HHIIHH", 1, 2, RATE, RATE * 4, 4, 16)
    head = b"WAVEfmt " + struct.pack("<I", 16) + fmt + b"data" + struct.pack("<I", len(pcm))
    return b"RIFF" + struct.pack("<I", len(head) + len(pcm)) + head + pcm


def moment(heard: array.array[int]) -> float:
    """Which second of its minute these samples (both sides, at 48 kHz) are of."""
    return (_hertz(heard[0::2]) - 300) / _RISE


def _hertz(side: array.array[int]) -> float:
    """From the first to the last upward crossing of zero, each placed between two samples."""
    places = [n + a / (a - b) for n, (a, b) in enumerate(itertools.pairwise(side)) if a < 0 <= b]
    return (len(places) - 1) * HEARD_RATE / (places[-1] - places[0]) if len(places) > 1 else 0.0


class Ears:
    """VLC's samples in memory, with the moment when the first came since the last flush. Keep it while VLC plays."""

    def __init__(self, media_player: Any) -> None:
        kinds = sound_out.library().CallbackDecorators
        self._lock = threading.Lock()
        self._heard = array.array("h")
        self.first_at: float | None = None
        self.flushes = 0
        self._kept = (kinds.AudioPlayCb(self._play), kinds.AudioFlushCb(self._flush))
        media_player.audio_set_format("S16N", HEARD_RATE, 2)
        nothing = (kinds.AudioPauseCb(), kinds.AudioResumeCb())
        media_player.audio_set_callbacks(self._kept[0], *nothing, self._kept[1], kinds.AudioDrainCb(), None)

    def wait(self, seconds: float, flushes: int = 0) -> array.array[int]:
        """So much sound after so many flushes; raises TimeoutError after five seconds."""
        deadline = time.perf_counter() + 5
        while time.perf_counter() < deadline:
            with self._lock:
                if self.flushes >= flushes and len(self._heard) >= seconds * HEARD_RATE * 2:
                    return self._heard[: int(seconds * HEARD_RATE) * 2]
            time.sleep(0.0005)
        raise TimeoutError

    def _play(self, _opaque: Any, sound: Any, count: int, _pts: int) -> None:
        now = time.perf_counter()
        with self._lock:
            if self.first_at is None:
                self.first_at = now
            self._heard.frombytes(ctypes.string_at(sound, count * 4))

    def _flush(self, _opaque: Any, _pts: int) -> None:
        with self._lock:
            self.flushes += 1
            self.first_at = None
            del self._heard[:]
