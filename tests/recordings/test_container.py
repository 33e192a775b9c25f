"""A recording's file tells what it is, shows its waveform, gives its sound, and knows when a bad byte is heard."""

from __future__ import annotations

import json
import struct
import uuid

import pytest

from harmony_desk.recordings import container, sealed
from harmony_desk.recordings.container import MAGIC, About, Gap, Recording
from harmony_desk.recordings.peaks import PEAKS_BYTES
from harmony_desk.recordings.sealed import CHUNK, HEADER, TAG, Damaged
from harmony_desk.recordings.transcode import Cut
from tests.recordings.sources import Bytes, call_of, made, tone, wav
from tests.recordings.sources import sealed as sealed_of

KEY, FILE = bytes(32), uuid.UUID(int=7)


def opened(plain: bytes) -> Recording:
    data = b"".join(sealed.seal([plain], key=KEY, context=container.context_of(FILE)))
    return Recording(Bytes(data), key=KEY, file_id=FILE)


def test_what_went_in_comes_out() -> None:
    one = sealed_of(made(wav(tone(6)), Cut(1000, 3000, "hold")))

    with_sound = one.open()

    assert with_sound.about.duration_ms == 4000
    assert with_sound.about.gaps == (Gap(1000, 2000, "hold"),)
    assert with_sound.about.segments == ((0, 1000, 0), (1000, 4000, 3000))
    assert with_sound.about.channels == ("mixed",)
    assert with_sound.peaks() == one.sound.peaks
    assert with_sound.sound().getvalue() == one.sound.mka
    assert with_sound.sound_at(10, 5) == one.sound.mka[10:15]
    with_sound.close()


def test_the_layout_is_the_one_that_is_written_down() -> None:
    one = call_of(10)
    recording = one.open()
    plain = recording.reader.read_at(0, recording.reader.size)
    length = struct.unpack(">I", plain[4:8])[0]
    told = json.loads(plain[8 : 8 + length])

    assert plain[:4] == MAGIC == b"HDR1"
    assert set(told) == {"duration_ms", "segments", "gaps", "channels", "times", "offsets", "name"}
    assert told["offsets"] == {"peaks": 8 + length, "sound": 8 + length + PEAKS_BYTES}
    assert plain[told["offsets"]["sound"] :] == one.sound.mka
    recording.close()


def test_a_recording_in_the_place_of_another_does_not_open() -> None:
    one, other = sealed_of(made(wav(tone(1)))), sealed_of(made(wav(tone(1))))

    for key, file_id in ((one.key, other.file_id), (other.key, one.file_id), (other.key, other.file_id)):
        with pytest.raises(Damaged):
            Recording(Bytes(one.data), key=key, file_id=file_id)


def test_a_bad_byte_has_a_time() -> None:
    one = call_of(120)
    recording = one.open()
    last = recording.reader.size // CHUNK
    checked = 0
    for at_ms, byte in one.sound.about.times[::10]:
        chunk = (recording.about.sound_offset + byte) // CHUNK
        if not 2 < chunk < last:
            continue
        bad = one.open(one.with_flip(HEADER + chunk * (CHUNK + TAG) + 3))
        with pytest.raises(Damaged) as found:
            bad.sound_at(byte, 1)
        assert at_ms - 30_000 < bad.time_of(found.value) <= at_ms
        bad.close()
        checked += 1
    assert checked > 5
    assert recording.about.time_of(0) == 0
    assert recording.about.time_of(one.sound.about.times[-1][1]) == one.sound.about.times[-1][0]
    recording.close()


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"HDR2" + bytes(20),
        MAGIC + struct.pack(">I", 2**31) + b"{}",
        MAGIC + struct.pack(">I", 2) + b"{}",
        MAGIC + struct.pack(">I", 4) + b"null",
        MAGIC + struct.pack(">I", 3) + b"\xff\xfe\x00",
        MAGIC + struct.pack(">I", 9) + b'{"times":',
    ],
)
def test_a_right_seal_around_nonsense_is_damaged(plain: bytes) -> None:
    with pytest.raises(Damaged):
        opened(plain)


def test_the_name_of_the_source_is_in_no_repr() -> None:
    about = About(1, (), (), ("mixed",), (), name="in-8500-0612345678-20261122-102730-1795343250.8.wav")

    assert "0612345678" not in repr(about)
