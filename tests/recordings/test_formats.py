"""A file is taken when it is whole and is what its name says; everything else is refused with its reason."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections import Counter
from collections.abc import Callable

import pytest

from harmony_desk.recordings.transcode import transcode
from harmony_desk.telephony.reasons import Reason, Unusable
from tests.recordings.conftest import SAMPLES
from tests.recordings.sources import made, tone, wav
from tests.recordings.test_transcode import encoded


def reason_of(data: bytes, name: str = "x.wav") -> Reason | None:
    try:
        made(data, name=name)
    except Unusable as error:
        return error.reason
    return None


def a_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("call.wav", wav(tone(1)))
    return out.getvalue()


def with_sizes(riff: int, data: int) -> bytes:
    whole = bytearray(wav(tone(1)))
    whole[4:8], whole[40:44] = struct.pack("<I", riff), struct.pack("<I", data)
    return bytes(whole)


def gsm() -> bytes:
    (path,) = (SAMPLES / "monitor").glob("*.gsm")
    return path.read_bytes()


CASES: list[tuple[str, Callable[[], bytes], Reason]] = [
    ("x.wav", lambda: b"", Reason.EMPTY),
    ("x.wav", a_zip, Reason.NOT_SOUND),
    ("x.wav", lambda: b"RIFF" + a_zip(), Reason.NOT_SOUND),
    ("x.wav", lambda: b"#!/bin/sh\nexit 1\n", Reason.NOT_SOUND),
    ("x.wav", lambda: b"#EXTM3U\nfile:///etc/passwd\n", Reason.NOT_SOUND),
    ("x.wav", lambda: bytes(5000), Reason.NOT_SOUND),
    ("x.wav", lambda: b"R", Reason.NOT_SOUND),
    ("x.mp3", lambda: wav(tone(1)), Reason.NOT_ITS_NAME),
    ("x.gsm", lambda: wav(tone(1)), Reason.NOT_ITS_NAME),
    ("x.wav", lambda: encoded("libmp3lame", "mp3", rate=16000), Reason.NOT_ITS_NAME),
    ("x.wav", lambda: encoded("flac", "flac"), Reason.NOT_ITS_NAME),
    ("x.wav", gsm, Reason.NOT_ITS_NAME),
    ("x.ogg", lambda: encoded("flac", "ogg"), Reason.CODEC),
    ("x.wav", lambda: wav(tone(1), tag=0x0160), Reason.CODEC),
    ("x.wav", lambda: wav(tone(1) * 3, channels=3), Reason.CODEC),
    ("x.wav", lambda: encoded("pcm_f32le", "wav"), Reason.CODEC),
    ("x.wav", lambda: wav(tone(1), rate=100), Reason.CODEC),
    ("x.wav", lambda: wav(tone(1))[:-1000], Reason.CUT),
    ("x.wav", lambda: wav(tone(1))[:40], Reason.CUT),
    ("x.wav", lambda: wav(tone(1))[:13], Reason.CUT),
    ("x.wav", lambda: with_sizes(0x7FFFFFF0, 0x7FFFFFC0), Reason.CUT),
    ("x.wav", lambda: with_sizes(0, 0), Reason.UNFINISHED),
    ("x.wav", lambda: with_sizes(0xFFFFFFFF, 0xFFFFFFFF), Reason.UNFINISHED),
    ("x.wav", lambda: with_sizes(16036, 0), Reason.UNFINISHED),
    ("x.wav", lambda: wav(tone(1)) + b"PK\3\4 and more of it", Reason.CUT),
    ("x.wav", lambda: wav(tone(1)) + b"LIST\4\0\0\0abcd", Reason.TRAILING),
    ("x.wav", lambda: wav(tone(1))[:12] + wav(tone(1))[36:], Reason.NOT_SOUND),
    ("x.wav", lambda: wav(b""), Reason.UNFINISHED),
    ("x.gsm", lambda: gsm()[:-7], Reason.CUT),
    ("x.gsm", lambda: b"\xd0" + bytes(65), Reason.NOT_SOUND),
    ("x.opus", lambda: encoded("libopus", "ogg")[:-200], Reason.CUT),
    ("x.opus", lambda: encoded("libopus", "ogg") + a_zip(), Reason.TRAILING),
    ("x.flac", lambda: encoded("flac", "flac")[:-3000], Reason.UNREADABLE),
    ("x.mp3", lambda: encoded("libmp3lame", "mp3", rate=16000)[:-3000], Reason.CUT),
]


@pytest.mark.parametrize(("name", "make", "reason"), CASES, ids=range(len(CASES)))
def test_what_is_not_whole_or_not_sound_is_refused(name: str, make: Callable[[], bytes], reason: Reason) -> None:
    assert reason_of(make(), name) is reason


def test_hundreds_of_mutations_give_sound_or_a_reason_and_nothing_else() -> None:
    chance = random.Random(5)
    kinds = {
        "x.wav": wav(tone(1)), "y.wav": encoded("adpcm_ima_wav", "wav", seconds=1), "x.gsm": gsm()[:3300],
        "x.opus": encoded("libopus", "ogg", seconds=1), "x.flac": encoded("flac", "flac", seconds=1),
        "x.mp3": encoded("libmp3lame", "mp3", rate=16000, seconds=1),
    }  # fmt: skip
    seen: Counter[str] = Counter()

    for _ in range(600):
        name, data = chance.choice(list(kinds.items()))
        changed = bytearray(data)
        match chance.randrange(4):
            case 0:
                del changed[chance.randrange(len(changed)) :]
            case 1:
                at = chance.randrange(min(len(changed), 200))
                changed[at] = chance.randrange(256)
            case 2:
                at = chance.randrange(len(changed))
                changed[at : at + 40] = chance.randbytes(chance.randrange(80))
            case _:
                changed += chance.randbytes(chance.randrange(1, 4000))
        seen[str(reason_of(bytes(changed), name))] += 1

    assert sum(seen.values()) == 600
    assert seen["cut"] > 50
    assert len(seen) >= 6


def test_a_sound_longer_than_a_working_day_is_refused() -> None:
    class Long(io.BytesIO):
        """A WAV of nine hours at 4 kHz, 8 bits, whose silence takes no room."""

        size = 9 * 3600 * 4000

        def __init__(self) -> None:
            super().__init__(wav(b"", rate=4000, bits=8))
            head = bytearray(self.getvalue())
            head[4:8], head[40:44] = struct.pack("<I", 36 + self.size), struct.pack("<I", self.size)
            self.head, self.at = bytes(head), 0

        def seek(self, offset: int, whence: int = 0) -> int:
            self.at = offset + {0: 0, 1: self.at, 2: 44 + self.size}[whence]
            return self.at

        def tell(self) -> int:
            return self.at

        def read(self, length: int | None = -1) -> bytes:
            left = 44 + self.size - self.at
            length = left if length is None or length < 0 else min(length, left)
            out = self.head[self.at : self.at + length]
            out += bytes([128]) * (length - len(out))
            self.at += length
            return out

    with pytest.raises(Unusable) as found:
        transcode([(Long(), "x.wav")])
    assert found.value.reason is Reason.TOO_LONG
