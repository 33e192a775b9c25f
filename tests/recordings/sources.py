"""Sealed recordings in memory, and sounds to make them of."""

from __future__ import annotations

import array
import io
import math
import os
import struct
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harmony_desk.recordings import container
from harmony_desk.recordings.transcode import Cut, Sound, transcode

RATE = 8000


class Bytes:
    """A source that lies in memory."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.closed = 0

    @property
    def size(self) -> int:
        return len(self.data)

    def read_at(self, position: int, length: int) -> bytes:
        return self.data[position : position + length]

    def close(self) -> None:
        self.closed += 1


@dataclass(frozen=True)
class Sealed:
    """A recording with what opens it."""

    data: bytes
    key: bytes
    file_id: uuid.UUID
    sound: Sound

    def open(self, data: bytes | None = None) -> container.Recording:
        return container.Recording(Bytes(self.data if data is None else data), key=self.key, file_id=self.file_id)

    def with_flip(self, at: int) -> bytes:
        changed = bytearray(self.data)
        changed[at] ^= 1
        return bytes(changed)


def tone(seconds: float, *, hertz: float = 440.0, rate: int = RATE, loud: float = 0.5) -> bytes:
    """16-bit samples of one tone."""
    step = 2 * math.pi * hertz / rate
    return array.array("h", (int(32767 * loud * math.sin(step * n)) for n in range(round(seconds * rate)))).tobytes()


def sweep(seconds: float, *, rate: int = RATE) -> bytes:
    """Samples whose pitch tells the time: 300 Hz, and 1 Hz more each 100 ms, in steps."""
    samples = array.array("h")
    for block in range(round(seconds * 10)):
        step = 2 * math.pi * (300 + block) / rate
        samples.extend(int(16000 * math.sin(step * n)) for n in range(rate // 10))
    return samples.tobytes()


def interleaved(left: bytes, right: bytes) -> bytes:
    both = bytearray(len(left) * 2)
    for at, side in ((0, left), (2, right)):
        both[at::4] = side[0::2]
        both[at + 1 :: 4] = side[1::2]
    return bytes(both)


def wav(samples: bytes, *, channels: int = 1, rate: int = RATE, tag: int = 1, bits: int = 16) -> bytes:
    """A WAV file around samples."""
    block = channels * bits // 8
    fmt = struct.pack("<HHIIHH", tag, channels, rate, rate * block, block, bits)
    head = b"WAVEfmt " + struct.pack("<I", len(fmt)) + fmt + b"data" + struct.pack("<I", len(samples))
    return b"RIFF" + struct.pack("<I", len(head) + len(samples)) + head + samples


def made(data: bytes, *cuts: Cut, name: str = "x.wav") -> Sound:
    return transcode([(io.BytesIO(data), name)], cuts)


def sealed(sound: Sound) -> Sealed:
    key, file_id = os.urandom(32), uuid.uuid4()
    data = b"".join(container.sealed_pieces(sound.about, sound.peaks, sound.mka, key=key, file_id=file_id))
    return Sealed(data, key, file_id, sound)


@cache
def call_of(seconds: int) -> Sealed:
    """A stereo call whose left side tells the time by its pitch."""
    left = sweep(seconds)
    return sealed(made(wav(interleaved(left, tone(seconds, hertz=900)), channels=2)))


def stored(folder: Path, one: Sealed) -> Path:
    path = folder / f"{one.file_id}.hdr"
    path.write_bytes(one.data)
    return path
