"""What a file of the telephone system is, by what it holds, and whether it is whole. FFmpeg alone is too kind:
it plays a cut file without a word and would take a list of other files for sound."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from typing import BinaryIO, Final

from harmony_desk.telephony.reasons import Reason, Unusable

LONGEST_SOURCE: Final = 1 << 31
_GSM_FRAME: Final = 33
# What a writer leaves in the place of a length until it closes the file.
_NOT_CLOSED: Final = (0, 0xFFFFFFFF)


@dataclass(frozen=True)
class Format:
    """What FFmpeg is told: `demuxer`, and which codecs may come out of it."""

    demuxer: str
    codecs: frozenset[str]


WAV: Final = Format(
    "wav",
    frozenset({"pcm_s16le", "pcm_u8", "pcm_alaw", "pcm_mulaw", "gsm_ms", "adpcm_ima_wav", "adpcm_ms"}),
)
GSM: Final = Format("gsm", frozenset({"gsm"}))
MP3: Final = Format("mp3", frozenset({"mp3", "mp3float"}))
OGG: Final = Format("ogg", frozenset({"opus", "libopus"}))
FLAC: Final = Format("flac", frozenset({"flac"}))

_BY_ENDING: Final = {
    "wav": WAV,
    "wav49": WAV,
    "gsm": GSM,
    "mp3": MP3,
    "opus": OGG,
    "ogg": OGG,
    "flac": FLAC,
}
ENDINGS: Final = frozenset(_BY_ENDING)


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].lower()


def recognise(file: BinaryIO, name: str) -> Format:
    """What the file is; it must be whole and be what its name says. Raises Unusable, OSError."""
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        raise Unusable(Reason.EMPTY)
    if size > LONGEST_SOURCE:
        raise Unusable(Reason.TOO_LARGE)
    start = _read(file, 0, 64)
    found = _by_content(start, size)
    if found is None:
        raise Unusable(Reason.NOT_SOUND)
    if _BY_ENDING.get(ending_of(name)) is not found:
        raise Unusable(Reason.NOT_ITS_NAME)
    if found is WAV:
        _check_wav(file, size)
    elif found is OGG:
        _check_ogg(file, size)
    elif found is GSM and size % _GSM_FRAME:
        raise Unusable(Reason.CUT)
    file.seek(0)
    return found


def _by_content(start: bytes, size: int) -> Format | None:
    if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
        return WAV
    if start[:4] == b"OggS":
        return OGG
    if start[:4] == b"fLaC":
        return FLAC
    if start[:3] == b"ID3" or (start[0] == 0xFF and start[1:2] and start[1] & 0xE6 == 0xE2):
        return MP3
    # Bare GSM has no header: each frame of 33 bytes begins with the bits 1101.
    if all(start[at] >> 4 == 0xD for at in range(0, min(len(start), size), _GSM_FRAME)):
        return GSM
    return None


def _check_wav(file: BinaryIO, size: int) -> None:
    """The chunks fill the file exactly, and there is one format and one data chunk, in this order."""
    promised = struct.unpack("<I", _read(file, 4, 4))[0]
    if promised in _NOT_CLOSED:
        raise Unusable(Reason.UNFINISHED)
    at, seen = 12, []
    while at + 8 <= size:
        name, length = struct.unpack("<4sI", _read(file, at, 8))
        at += 8
        if name == b"data" and length in _NOT_CLOSED:
            raise Unusable(Reason.UNFINISHED)
        if name in (b"fmt ", b"data"):
            seen.append(name)
        if at + length > size and seen != [b"data"]:
            raise Unusable(Reason.CUT)
        # Chunks are padded to two bytes; some writers forget it after the last one.
        at = min(at + length + (length & 1), size)
    if seen not in ([b"fmt "], [], [b"fmt ", b"data"]):
        raise Unusable(Reason.NOT_SOUND)
    if len(seen) < 2 or promised + 8 > size + 1:
        raise Unusable(Reason.CUT)
    if at != size or promised + 8 < size - 1:
        raise Unusable(Reason.TRAILING)


def _check_ogg(file: BinaryIO, size: int) -> None:
    """Pages follow each other to the end of the file, and the last one says that it is the last."""
    at, flags = 0, 0
    while at < size:
        head = _read(file, at, 27)
        if len(head) < 27:
            raise Unusable(Reason.CUT)
        if head[:4] != b"OggS":
            raise Unusable(Reason.TRAILING if flags & 4 else Reason.UNREADABLE)
        lengths = _read(file, at + 27, head[26])
        at += 27 + head[26] + sum(lengths)
        flags = head[5]
    if at != size or not flags & 4:
        raise Unusable(Reason.CUT)


def _read(file: BinaryIO, at: int, length: int) -> bytes:
    file.seek(at)
    return file.read(length)
