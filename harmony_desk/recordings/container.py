"""What a recording's file holds: what it is, its waveform and its sound, all of it sealed.

Plain text: `HDR1`, the length of the JSON (4 bytes, big end first), the JSON, the peaks, the sound (Opus in
Matroska). The context of the seal carries the file's id, so that a file put in another's place does not open.
"""

from __future__ import annotations

import bisect
import io
import json
import struct
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Final

from harmony_desk.recordings.peaks import PEAKS_BYTES
from harmony_desk.recordings.sealed import Damaged, SealedReader, Source, seal

MAGIC: Final = b"HDR1"
CONTEXT: Final = b"harmony-desk/recording/v1/"
_LONGEST_JSON: Final = 1 << 20
_PIECE: Final = 1 << 16


@dataclass(frozen=True)
class Gap:
    """A hold or pause that was left out of the sound: where in the sound (ms), how long it was, why."""

    at_ms: int
    length_ms: int
    kind: str


@dataclass(frozen=True)
class About:
    """What is told about the sound; sealed with it.

    `segments`: stretches of sound as (from ms, to ms, ms since the start of the call). `channels`: who is on the
    left and the right: ("agent", "caller"), or ("mixed",) for both in one. `times`: (ms, byte of the sound), rising,
    so that a bad byte has a time. `name`: the file's name at the telephone system, which may hold a number.
    """

    duration_ms: int
    segments: tuple[tuple[int, int, int], ...]
    gaps: tuple[Gap, ...]
    channels: tuple[str, ...]
    times: tuple[tuple[int, int], ...]
    peaks_offset: int = 0
    sound_offset: int = 0
    name: str = field(default="", repr=False)

    def time_of(self, sound_byte: int) -> int:
        """When (ms) the byte of the sound is heard, at the earliest."""
        place = bisect.bisect_right(self.times, sound_byte, key=lambda pair: pair[1])
        return self.times[place - 1][0] if place else 0


def context_of(file_id: uuid.UUID) -> bytes:
    return CONTEXT + file_id.bytes


def sealed_pieces(about: About, peaks: bytes, sound: bytes, *, key: bytes, file_id: uuid.UUID) -> Iterator[bytes]:
    """The file of one recording, piece by piece."""
    return seal(plain_pieces(about, peaks, sound), key=key, context=context_of(file_id))


def plain_pieces(about: About, peaks: bytes, sound: bytes) -> Iterator[bytes]:
    """The plain text of a recording's file. Never write it anywhere."""
    if len(peaks) != PEAKS_BYTES:
        raise ValueError("peaks have one length only")
    head = _head(about)
    yield MAGIC + struct.pack(">I", len(head)) + head
    yield peaks
    view = memoryview(sound)
    for start in range(0, len(view), _PIECE):
        yield bytes(view[start : start + _PIECE])


def _head(about: About) -> bytes:
    """The JSON, which tells its own length: the offsets in it are filled in until they are true."""
    peaks_offset = 0
    while True:
        about = replace(about, peaks_offset=peaks_offset, sound_offset=peaks_offset + PEAKS_BYTES)
        told = asdict(about) | {"offsets": {"peaks": about.peaks_offset, "sound": about.sound_offset}}
        del told["peaks_offset"], told["sound_offset"]
        head = json.dumps(told, separators=(",", ":")).encode()
        if peaks_offset == len(MAGIC) + 4 + len(head):
            return head
        peaks_offset = len(MAGIC) + 4 + len(head)


class Recording:
    """An opened recording: what it is, its waveform, and its sound as a place to read from. Raises Damaged."""

    def __init__(self, source: Source, *, key: bytes, file_id: uuid.UUID) -> None:
        self.reader = SealedReader(source, key=key, context=context_of(file_id))
        try:
            start = self.reader.read_at(0, 8)
            if start[:4] != MAGIC:
                raise Damaged
            length = struct.unpack(">I", start[4:])[0]
            if length > min(_LONGEST_JSON, self.reader.size):
                raise Damaged
            self.about = _read_about(self.reader.read_at(8, length))
            if self.about.sound_offset > self.reader.size:
                raise Damaged
        except BaseException:
            self.reader.close()
            raise

    @property
    def sound_size(self) -> int:
        return self.reader.size - self.about.sound_offset

    def peaks(self) -> bytes:
        """2,000 times the lowest and highest sample of left, then of right; each a signed byte."""
        return self.reader.read_at(self.about.peaks_offset, PEAKS_BYTES)

    def sound_at(self, position: int, length: int) -> bytes:
        """Bytes of the Matroska file inside; fewer only at its end."""
        return self.reader.read_at(self.about.sound_offset + position, length)

    def time_of(self, damage: Damaged) -> int:
        """When (ms) a damage found by this recording's reader is heard."""
        return self.about.time_of(damage.offset - self.about.sound_offset)

    def sound(self) -> io.BytesIO:
        """The whole sound in memory, for programs that need a file."""
        return io.BytesIO(self.sound_at(0, self.sound_size))

    def close(self) -> None:
        self.reader.close()


def _read_about(head: bytes) -> About:
    # The seal was right, so only another program of ours can have written nonsense.
    try:
        told = json.loads(head)
        return About(
            duration_ms=int(told["duration_ms"]),
            segments=tuple((int(a), int(b), int(c)) for a, b, c in told["segments"]),
            gaps=tuple(Gap(int(g["at_ms"]), int(g["length_ms"]), str(g["kind"])) for g in told["gaps"]),
            channels=tuple(str(name) for name in told["channels"]),
            times=tuple((int(a), int(b)) for a, b in told["times"]),
            peaks_offset=int(told["offsets"]["peaks"]),
            sound_offset=int(told["offsets"]["sound"]),
            name=str(told.get("name", "")),
        )
    except (ValueError, TypeError, KeyError):
        raise Damaged from None
