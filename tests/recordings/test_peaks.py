"""The waveform shows the loudest of every stretch, however long the call, at a fixed cost in memory."""

from __future__ import annotations

import array
import random

import pytest

from harmony_desk.recordings.peaks import PEAKS_BYTES, STRETCHES, Peaks
from tests.recordings.sources import interleaved, tone


def waveform(samples: bytes, channels: int, step: int = 16000) -> list[tuple[int, int]]:
    """(low, high) of each stretch of each channel."""
    peaks = Peaks(channels)
    for start in range(0, len(samples), step):
        peaks.add(samples[start : start + step])
    out = array.array("b", peaks.finish())
    assert len(out) == PEAKS_BYTES
    return list(zip(out[::2], out[1::2], strict=True))


@pytest.mark.parametrize("frames", [1, 63, 64, 12_800, 128_000, 512_000, 1_300_001])
def test_each_loud_sample_is_seen_where_it_is(frames: int) -> None:
    samples = array.array("h", bytes(2 * frames))
    places = random.Random(frames).sample(range(frames), min(frames, 5))
    for place in places:
        samples[place] = 20_000
        samples[place - 1 if place else place] = -20_000 if place else 20_000

    shown = waveform(samples.tobytes(), 1)

    assert shown[:STRETCHES] == shown[STRETCHES:]
    for place in places:
        middle = place * STRETCHES // frames
        near = shown[max(0, middle - 1) : middle + 2]
        assert max(high for _low, high in near) == 20_000 >> 8
    if frames > STRETCHES * 64:
        # A sample is shown in its own stretch and at most the one beside it.
        assert sum(high > 0 for _low, high in shown[:STRETCHES]) <= 2 * len(places)


def test_sides_are_apart() -> None:
    shown = waveform(interleaved(tone(3, loud=0.9), tone(3, loud=0.1)), 2)

    assert {high for _low, high in shown[:STRETCHES]} <= {114, 115}
    assert {high for _low, high in shown[STRETCHES:]} <= {12, 13}


def test_extremes_of_sixteen_bits_fit() -> None:
    shown = waveform(array.array("h", [-32768, 32767] * 1000).tobytes(), 1)

    assert set(shown) == {(-128, 127)}


def test_nothing_is_flat() -> None:
    assert set(waveform(b"", 2)) == {(0, 0)}


def test_it_equals_the_slow_way() -> None:
    frames = 4 * STRETCHES * 64
    samples = array.array("h", (random.Random(4).randrange(-30_000, 30_000) for _ in range(frames)))
    each = frames // STRETCHES

    shown = waveform(samples.tobytes(), 1)[:STRETCHES]

    assert shown == [
        (min(part) >> 8, max(part) >> 8) for at in range(0, frames, each) if (part := samples[at : at + each])
    ]
