"""P6 and P7: playing a sealed recording against playing the plain file; taking one in against only encoding it."""

from __future__ import annotations

import io
import os
import random
import resource
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import av

from harmony_desk.recordings import container, sound_out
from harmony_desk.recordings.ingest import write_recording
from harmony_desk.recordings.player import Player
from harmony_desk.recordings.recorder import Prepared
from harmony_desk.recordings.store import Folder
from harmony_desk.recordings.transcode import BIT_RATE, Cut, Sound, transcode
from tests.benchmarks import audio
from tests.benchmarks.audio import Ears
from tests.benchmarks.measure import Result, machine, milliseconds, percentile

# runs of each, and seeks
SIZES = {"small": (60, 3, 12), "demo": (600, 10, 100), "load": (600, 20, 100)}
START_GOAL = "p95 <= 30 ms more than plain"
SEEK_GOAL = "within 0.1 s of the sound, p95 <= 50 ms"
INGEST_GOAL = "<= 1.25x"
_NEAR_SECONDS = 0.1


def run(size: str) -> Iterator[Result]:
    seconds, runs, seeks = SIZES[size]
    pcm = audio.samples(seconds)
    with tempfile.TemporaryDirectory(prefix="harmony-bench-") as name:
        folder = Path(name)
        (folder / "store").mkdir()
        sound, line = taking_in(folder, pcm, runs=max(3, runs // 4))
        yield line
        yield from playing(folder, sound, seconds, runs, seeks)


def taking_in(folder: Path, pcm: bytes, *, runs: int) -> tuple[Sound, Result]:
    """P7. Nothing is left out by the hold of a millisecond that is cut, but the road is the same."""
    source = folder / "call.wav"
    source.write_bytes(audio.wav(pcm))
    ours, limit = [], []
    sound: Sound | None = None
    for _ in range(runs):
        took, _mka = milliseconds(lambda: bare_encode(pcm))
        limit.append(took)
        took, sound = milliseconds(lambda: take_in(folder, source))
        ours.append(took)
    if sound is None:
        raise RuntimeError("nothing was taken in")
    right = abs(sound.about.duration_ms - len(pcm) / 4 / audio.RATE * 1000) < 10
    return sound, result("P7", "ingest", ours, limit, [right], INGEST_GOAL, min(ours) <= 1.25 * min(limit))


def take_in(folder: Path, source: Path) -> Sound:
    """All that an ingest does with a file but ask the database."""
    with source.open("rb") as file:
        sound = transcode([(file, source.name)], [Cut(1000, 1001, "hold")])
    file_id = uuid.uuid4()
    write_recording(Folder(folder / "store"), f"bench/{file_id}.hdr", sound, Prepared("ok", file_id, os.urandom(32)))
    return sound


def bare_encode(pcm: bytes) -> bytes:
    """The least: samples that lie ready, through the same coder, into memory."""
    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as file:
        stream = file.add_stream("libopus", rate=audio.RATE, layout="stereo", options={"application": "voip"})
        stream.bit_rate = BIT_RATE
        step = audio.RATE * 4
        for number, start in enumerate(range(0, len(pcm), step)):
            part = pcm[start : start + step]
            frame = av.AudioFrame(format="s16", layout="stereo", samples=len(part) // 4, align=1)
            frame.sample_rate = audio.RATE
            frame.pts = number * audio.RATE
            frame.planes[0].update(part)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out.getvalue()


def playing(folder: Path, sound: Sound, seconds: int, runs: int, seeks: int) -> Iterator[Result]:
    """P6."""
    plain = folder / "plain.mka"
    plain.write_bytes(sound.mka)
    key, file_id = os.urandom(32), uuid.uuid4()
    pieces = container.sealed_pieces(sound.about, sound.peaks, sound.mka, key=key, file_id=file_id)
    store = Folder(folder / "store")
    store.put("bench/one.hdr", pieces, lambda _written: None)
    vlc = sound_out.instance(["--aout=amem"])

    def player() -> Player:
        return Player(
            vlc,
            lambda: store.open("bench/one.hdr"),
            lambda source: container.Recording(source, key=key, file_id=file_id),
        )

    ours, limit = [], []
    for number in range(runs + 1):
        plain_ms, sealed_ms = start_plain(vlc, plain), start_sealed(player)
        if number:
            # The first of each loads plugins.
            limit.append(plain_ms)
            ours.append(sealed_ms)
    met = percentile(ours, 0.95) <= percentile(limit, 0.95) + 30
    yield result("P6", "first sample", ours, limit, [True], START_GOAL, met)

    targets = [random.Random(7).randrange(1000, seconds * 1000 - 2000) for _ in range(seeks)]
    with_plain = seek_plain(vlc, plain, targets)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with_sealed = seek_sealed(player, targets)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    took = [ms for ms, _off in with_sealed]
    near = [abs(off) <= _NEAR_SECONDS for _ms, off in with_sealed]
    met = all(near) and percentile(took, 0.95) <= 50 and grown < 20_000
    yield result("P6", "seek", took, [ms for ms, _off in with_plain], near, SEEK_GOAL, met)


def start_plain(vlc: Any, path: Path) -> float:
    media_player = vlc.media_player_new()
    ears = Ears(media_player)
    begun = time.perf_counter()
    media_player.set_media(vlc.media_new_path(str(path)))
    media_player.play()
    ears.wait(0.001)
    took = (ears.first_at or 0) - begun
    media_player.stop()
    media_player.release()
    return took * 1000


def start_sealed(make: Any) -> float:
    """From the press of the key: opening and authenticating the file count."""
    begun = time.perf_counter()
    player = make()
    ears = Ears(player.media_player)
    player.play()
    ears.wait(0.001)
    took = (ears.first_at or 0) - begun
    player.close()
    return took * 1000


def seek_plain(vlc: Any, path: Path, targets: Sequence[int]) -> list[tuple[float, float]]:
    media_player = vlc.media_player_new()
    ears = Ears(media_player)
    media_player.set_media(vlc.media_new_path(str(path)))
    media_player.play()
    ears.wait(0.1)
    found = [measured(ears, target, partial(media_player.set_time, target)) for target in targets]
    media_player.stop()
    media_player.release()
    return found


def seek_sealed(make: Any, targets: Sequence[int]) -> list[tuple[float, float]]:
    player = make()
    ears = Ears(player.media_player)
    player.play()
    ears.wait(0.1)
    deadline = time.perf_counter() + 5
    while player.tick().position_ms == 0 and time.perf_counter() < deadline:
        time.sleep(0.01)
    found = []
    for target in targets:
        found.append(measured(ears, target, partial(player.seek, target)))
        player.tick()
    player.close()
    return found


def measured(ears: Ears, target: int, seek: Any) -> tuple[float, float]:
    """(ms to the first sample after the seek, seconds by which its sound is off)."""
    flushes = ears.flushes
    begun = time.perf_counter()
    seek()
    # The coder needs some milliseconds to swing in; the sound after it is measured, at its middle.
    heard = ears.wait(0.09, flushes + 1)[int(0.04 * audio.HEARD_RATE) * 2 :]
    took = ((ears.first_at or begun) - begun) * 1000
    off = audio.moment(heard) - 0.065 - target / 1000 % audio.TURN
    return took, (off + audio.TURN / 2) % audio.TURN - audio.TURN / 2


def result(
    workload: str, kind: str, ours: Sequence[float], limit: Sequence[float], right: Sequence[bool], goal: str, met: bool
) -> Result:
    return Result(
        workload=workload,
        kind=kind,
        p50=percentile(ours, 0.5),
        p95=percentile(ours, 0.95),
        p99=percentile(ours, 0.99),
        limit_p50=percentile(limit, 0.5),
        limit_p95=percentile(limit, 0.95),
        # The best of each: whatever else the machine does only adds.
        ratio=min(ours) / max(min(limit), 0.001),
        rows=1,
        asked=len(ours),
        right=sum(right) / len(right),
        goal=goal,
        met=met,
        machine=machine(),
    )
