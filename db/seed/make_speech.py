"""Speaks the demo's conversations: `python -m db.seed.make_speech`, when resources/demo/dialogues.toml has changed.

Wants the program espeak-ng; the result is kept in the tree, so nobody else needs it. Two channels, the agent left and
the customer right, as the telephone system records them; Opus in Matroska, as recordings are stored.
"""

import array
import io
import random
import subprocess
import sys
import tomllib
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

RATE: Final = 16_000
BITS_A_SECOND: Final = 24_000
FOLDER: Final = Path(__file__).resolve().parents[2] / "resources" / "demo"
_LINE_NOISE: Final = 24  # of 32768: a line is never quite silent
_SPEAKERS: Final = ("agent", "customer")


def spoken(text: str, voice: list[Any]) -> "array.array[int]":
    """A sentence as 16-bit samples; `voice` is (variant, words a minute, pitch)."""
    variant, speed, pitch = voice
    command = ["espeak-ng", "-v", f"nl+{variant}", "-s", str(speed), "-p", str(pitch), "-a", "90", "--stdout", text]
    said = subprocess.run(command, capture_output=True, check=True).stdout
    with wave.open(io.BytesIO(said)) as sound:
        data, rate = sound.readframes(sound.getnframes()), sound.getframerate()
    frame = _frame(data, "mono", rate)
    samples = array.array("h")
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
    for part in [*resampler.resample(frame), *resampler.resample(None)]:
        samples.frombytes(bytes(part.planes[0])[: 2 * part.samples])
    return samples


def _frame(data: bytes, layout: str, rate: int) -> AudioFrame:
    frame = AudioFrame(format="s16", layout=layout, samples=len(data) // (2 if layout == "mono" else 4))
    frame.planes[0].update(data.ljust(frame.planes[0].buffer_size, b"\0"))
    frame.sample_rate = rate
    return frame


def conversation(dialogue: dict[str, Any], announcement: str) -> bytes:
    """Both channels of a conversation, interleaved."""
    left, right = _silence(0.4), _silence(0.4)
    for samples in (spoken(announcement, ["f1", 175, 45]), _silence(0.6)):
        left += samples
        right += samples
    hold = dict([dialogue["hold"]]) if "hold" in dialogue else {}
    for place, (speaker, text) in enumerate(dialogue["lines"]):
        pause = _silence(hold.get(place, 0.35 + 0.1 * (place % 4)))
        said = _silence(2.5) if dialogue.get("pause") == place else spoken(text, dialogue[speaker])
        quiet = array.array("h", bytes(2 * len(said)))
        left += pause + (said if speaker == _SPEAKERS[0] else quiet)
        right += pause + (said if speaker == _SPEAKERS[1] else quiet)
    noise = random.Random(dialogue["file"])  # noqa: S311 - hiss
    both = array.array("h", bytes(4 * len(left)))
    both[0::2] = _with_noise(left, noise)
    both[1::2] = _with_noise(right, noise)
    return both.tobytes()


def _silence(seconds: float) -> "array.array[int]":
    return array.array("h", bytes(2 * int(seconds * RATE)))


def _with_noise(samples: "array.array[int]", noise: random.Random) -> "array.array[int]":
    return array.array("h", (max(-32768, min(32767, one + int(noise.gauss(0.0, _LINE_NOISE)))) for one in samples))


def write(file: Path, data: bytes) -> None:
    """Writes interleaved samples as Opus; the same samples give the same file."""
    with av.open(str(file), "w", format="matroska", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("libopus", rate=RATE, layout="stereo", options={"application": "voip"})
        stream.bit_rate = BITS_A_SECOND
        stream.codec_context.flags |= 1 << 23  # bit exact: no name and version of the encoder
        for frame in _frames(data):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _frames(data: bytes) -> Iterator[AudioFrame]:
    step = RATE // 50 * 4
    for place in range(0, len(data), step):
        frame = _frame(data[place : place + step].ljust(step, b"\0"), "stereo", RATE)
        frame.pts = place // 4
        yield frame


def main() -> None:
    """Speaks every conversation and says how long and how large it became."""
    script = tomllib.loads((FOLDER / "dialogues.toml").read_text(encoding="utf-8"))
    for dialogue in script["dialogue"]:
        data = conversation(dialogue, script["announcement"])
        file = FOLDER / dialogue["file"]
        write(file, data)
        sys.stdout.write(f"{file.name}: {len(data) / 4 / RATE:.1f} s, {file.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
