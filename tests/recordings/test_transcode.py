"""Every kind of file that telephone systems write becomes Opus in Matroska, and what must not be kept is not."""

from __future__ import annotations

import array
import io
import itertools
from pathlib import Path

import av
import pytest

from harmony_desk.recordings.container import Gap
from harmony_desk.recordings.transcode import Cut, Sound, transcode
from harmony_desk.telephony.reasons import Reason, Unusable
from tests.recordings.conftest import SAMPLES
from tests.recordings.sources import interleaved, made, sweep, tone, wav

RATE = 48000


def heard(sound: Sound) -> list[array.array[int]]:
    """What comes out of the Opus: samples of each channel at 48 kHz."""
    with av.open(io.BytesIO(sound.mka)) as container:
        stream = container.streams.audio[0]
        channels = stream.codec_context.channels
        resampler = av.AudioResampler(format="s16", layout=stream.layout.name, rate=RATE)
        out = array.array("h")
        for frame in container.decode(stream):
            for part in resampler.resample(frame):
                out.frombytes(bytes(part.planes[0])[: part.samples * 2 * channels])
    return [out[channel::channels] for channel in range(channels)]


def pitch(samples: array.array[int], at_seconds: float, length: float = 0.1) -> float:
    """Hertz, from the crossings of zero."""
    part = samples[int(at_seconds * RATE) : int((at_seconds + length) * RATE)]
    return sum(a < 0 <= b for a, b in itertools.pairwise(part)) / length


def encoded(codec: str, container: str, *, rate: int = 8000, seconds: int = 4, layout: str = "mono") -> bytes:
    """A file of another kind, made of a tone of 440 Hz."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        stream = file.add_stream(codec, rate=rate, layout=layout)
        frame = av.AudioFrame(format="s16", layout="mono", samples=seconds * rate, align=1)
        frame.sample_rate = rate
        frame.pts = 0
        frame.planes[0].update(tone(seconds, rate=rate))
        resampler = av.AudioResampler(
            format=stream.codec_context.format.name, layout=layout, rate=rate,
            frame_size=stream.codec_context.frame_size or None,
        )  # fmt: skip
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            file.mux(stream.encode(part))
        file.mux(stream.encode(None))
    return out.getvalue()


KINDS = [
    ("x.wav", lambda: wav(tone(4))),
    ("x.wav", lambda: wav(tone(4, rate=16000), rate=16000)),
    ("x.wav", lambda: wav(tone(4, rate=44100), rate=44100)),
    ("x.wav", lambda: wav(interleaved(tone(4), tone(4)), channels=2)),
    ("x.wav", lambda: encoded("pcm_alaw", "wav")),
    ("x.wav", lambda: encoded("pcm_mulaw", "wav")),
    ("x.wav", lambda: encoded("adpcm_ima_wav", "wav")),
    ("x.wav", lambda: encoded("adpcm_ms", "wav")),
    ("x.mp3", lambda: encoded("libmp3lame", "mp3", rate=16000)),
    ("x.opus", lambda: encoded("libopus", "ogg")),
    ("x.ogg", lambda: encoded("libopus", "ogg", rate=48000)),
    ("x.flac", lambda: encoded("flac", "flac")),
]


@pytest.mark.parametrize(("name", "make"), KINDS, ids=range(len(KINDS)))
def test_each_kind_is_taken_and_sounds_as_it_did(name: str, make: object) -> None:
    sound = made(make(), name=name)  # type: ignore[operator]

    assert abs(sound.about.duration_ms - 4000) < 140
    for side in heard(sound):
        assert abs(pitch(side, 1.0, 2.0) - 440) < 5


@pytest.mark.parametrize(("pattern", "duration"), [("*.WAV", 36880), ("*.gsm", 18480), ("*1795343250.8.wav", 46800)])
def test_the_samples_of_a_real_asterisk_are_taken(pattern: str, duration: int) -> None:
    (path,) = (SAMPLES / "monitor").glob(pattern)

    with path.open("rb") as file:
        sound = transcode([(file, path.name)])

    assert sound.about.duration_ms == duration
    assert max(array.array("b", sound.peaks)) > 10


def test_two_sides_become_left_and_right() -> None:
    sound = transcode([(io.BytesIO(wav(tone(3, hertz=300))), "t.wav"), (io.BytesIO(wav(tone(3, hertz=700))), "r.wav")])

    agent, caller = heard(sound)
    assert sound.about.channels == ("agent", "caller")
    assert abs(pitch(agent, 1, 1) - 300) < 5
    assert abs(pitch(caller, 1, 1) - 700) < 5


def test_sides_of_two_rates_meet_at_the_higher_one() -> None:
    sound = transcode(
        [(io.BytesIO(wav(tone(3, hertz=300))), "t.wav"),
         (io.BytesIO(wav(tone(3, hertz=700, rate=16000), rate=16000)), "r.wav")]
    )  # fmt: skip

    assert sound.about.duration_ms == 3000
    assert [round(pitch(side, 1, 1), -1) for side in heard(sound)] == [300, 700]


def test_a_side_that_ends_a_little_sooner_ends_in_silence() -> None:
    sound = transcode([(io.BytesIO(wav(tone(4))), "t.wav"), (io.BytesIO(wav(tone(3))), "r.wav")])

    assert sound.about.duration_ms == 4000
    assert max(heard(sound)[1][int(3.3 * RATE) : int(3.8 * RATE)]) < 400


def test_sides_that_are_not_of_one_call_are_refused() -> None:
    with pytest.raises(Unusable) as found:
        transcode([(io.BytesIO(wav(tone(9))), "t.wav"), (io.BytesIO(wav(tone(3))), "r.wav")])
    assert found.value.reason is Reason.SIDES_DIFFER


@pytest.mark.parametrize(
    ("cuts", "duration", "segments", "gaps"),
    [
        ([], 20000, ((0, 20000, 0),), ()),
        ([Cut(5000, 8000, "hold")], 17000, ((0, 5000, 0), (5000, 17000, 8000)), (Gap(5000, 3000, "hold"),)),
        ([Cut(0, 2500, "hold")], 17500, ((0, 17500, 2500),), (Gap(0, 2500, "hold"),)),
        ([Cut(15000, 2**40, "pause")], 15000, ((0, 15000, 0),), (Gap(15000, 5000, "pause"),)),
        (
            [Cut(9000, 10250, "hold"), Cut(3000, 4000, "pause"), Cut(3500, 5000, "hold")],
            16750,
            ((0, 3000, 0), (3000, 7000, 5000), (7000, 16750, 10250)),
            (Gap(3000, 2000, "pause"), Gap(7000, 1250, "hold")),
        ),
        ([Cut(7000, 7000, "hold"), Cut(9000, 8000, "hold")], 20000, ((0, 20000, 0),), ()),
    ],
)
def test_what_is_cut_is_gone_and_told(
    cuts: list[Cut], duration: int, segments: tuple[object, ...], gaps: tuple[object, ...]
) -> None:
    sound = made(wav(sweep(20)), *cuts)

    assert sound.about.duration_ms == duration
    assert sound.about.segments == segments
    assert sound.about.gaps == gaps
    (side,) = heard(sound)
    for start, end, call_ms in sound.about.segments:
        middle = (start + end) / 2000
        assert abs(pitch(side, middle - 0.5, 1.0) - (300 + (middle + (call_ms - start) / 1000) * 10)) < 8


def test_a_call_that_was_paused_all_the_time_is_refused() -> None:
    with pytest.raises(Unusable) as found:
        made(wav(tone(2)), Cut(0, 5000, "pause"))
    assert found.value.reason is Reason.NO_SOUND_LEFT


def test_times_rise_and_reach_the_end() -> None:
    times = made(wav(tone(30))).about.times

    assert list(times) == sorted(times)
    assert times[0][0] == 0
    assert times[-1][0] >= 28_000


def test_no_file_is_left_open(tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(wav(tone(1)))
    before = len(list(Path("/proc/self/fd").iterdir()))

    for _ in range(20):
        with path.open("rb") as file:
            transcode([(file, path.name)])

    assert len(list(Path("/proc/self/fd").iterdir())) <= before + 1
