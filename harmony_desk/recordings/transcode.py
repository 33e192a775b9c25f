"""From what a telephone system wrote to Opus in Matroska: one file or two sides in, holds cut, in memory only."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import BinaryIO, Final

import av
from av.audio.stream import AudioStream

from harmony_desk.recordings.container import About, Gap
from harmony_desk.recordings.formats import Format, recognise
from harmony_desk.recordings.matroska import cluster_times
from harmony_desk.recordings.peaks import Peaks
from harmony_desk.telephony.reasons import Reason, Unusable

BIT_RATE: Final = 24_000
LONGEST_SECONDS: Final = 8 * 3600
_RATES: Final = (8000, 12000, 16000, 24000, 48000)
_MOST_APART_SECONDS: Final = 2
# By which the head of a file may promise more than there is: coders round up to whole blocks.
_MISSING_SECONDS: Final = 0.3
# A seek goes to the start of a cluster at worst; so does the time of a damage.
_CLUSTER_MS: Final = 1000
# Room for the index before the sound, a second's entry and some more: with the index behind it VLC would read the
# whole file before it begins, for it does not jump in callbacks.
_INDEX_BYTES: Final = 40


@dataclass(frozen=True)
class Cut:
    """A stretch (ms since the start of the file) that must not be kept: `hold` or `pause`."""

    from_ms: int
    to_ms: int
    kind: str


@dataclass(frozen=True)
class Sound:
    """A recording ready to be sealed."""

    about: About
    peaks: bytes
    mka: bytes


@dataclass(frozen=True)
class _Pcm:
    """16-bit samples of one file at its target rate, a second at a time; `channels` 1 or 2, `promised` seconds."""

    channels: int
    promised: float
    seconds: Iterator[bytes]


def transcode(sources: Sequence[tuple[BinaryIO, str]], cuts: Sequence[Cut] = (), *, starts_ms: int = 0) -> Sound:
    """Encodes one mixed file, or two sides as (agent, caller), each with its name for the ending.

    `starts_ms`: when the files begin, in ms since the start of the call. Raises Unusable, OSError.
    """
    try:
        formats = [recognise(file, name) for file, name in sources]
        rate = max(_target_rate(file, kind) for (file, _name), kind in zip(sources, formats, strict=True))
        tracks = [_decode(file, kind, rate) for (file, _name), kind in zip(sources, formats, strict=True)]
        if len(tracks) == 2:
            channels, seconds = 2, _joined(tracks[0].seconds, tracks[1].seconds, rate)
        else:
            channels, seconds = tracks[0].channels, tracks[0].seconds
        promised = max(track.promised for track in tracks)
        return _encode(seconds, channels, rate, _merged(cuts), starts_ms, promised)
    except av.FFmpegError as error:
        if isinstance(error, OSError) and not isinstance(error, ValueError | EOFError):
            raise OSError(error.errno, "reading the source failed") from None
        raise Unusable(Reason.UNREADABLE) from None


def _open(file: BinaryIO, kind: Format) -> av.container.InputContainer:
    file.seek(0)
    # The demuxer is named: FFmpeg never guesses, so a playlist or a picture is not looked at.
    return av.open(file, "r", format=kind.demuxer, metadata_errors="replace")


def _target_rate(file: BinaryIO, kind: Format) -> int:
    with _open(file, kind) as container:
        stream = _only_stream(container, kind)
        found = stream.codec_context.sample_rate
        if not 4000 <= found <= 192_000 or stream.codec_context.channels not in (1, 2):
            raise Unusable(Reason.CODEC)
        return next((rate for rate in _RATES if rate >= found), _RATES[-1])


def _only_stream(container: av.container.InputContainer, kind: Format) -> AudioStream:
    streams = container.streams.audio
    if len(streams) != 1 or streams[0].codec_context.name not in kind.codecs:
        raise Unusable(Reason.CODEC)
    return streams[0]


def _decode(file: BinaryIO, kind: Format, rate: int) -> _Pcm:
    """Whole seconds of samples; the last one as long as it is."""
    with _open(file, kind) as container:
        stream = _only_stream(container, kind)
        channels = stream.codec_context.channels
        promised = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
    if promised > LONGEST_SECONDS:
        raise Unusable(Reason.TOO_LONG)

    def parts() -> Iterator[bytes]:
        decoded = 0
        resampler = av.AudioResampler(format="s16", layout="mono" if channels == 1 else "stereo", rate=rate)
        with _open(file, kind) as container:
            stream = _only_stream(container, kind)
            for frame in container.decode(stream):
                decoded += frame.samples
                for part in resampler.resample(frame):
                    yield bytes(part.planes[0])[: part.samples * 2 * channels]
            if decoded < (promised - _MISSING_SECONDS) * stream.codec_context.sample_rate:
                raise Unusable(Reason.CUT)
            for part in resampler.resample(None):
                yield bytes(part.planes[0])[: part.samples * 2 * channels]

    return _Pcm(channels, promised, _in_seconds(parts(), rate * 2 * channels))


def _in_seconds(parts: Iterator[bytes], size: int) -> Iterator[bytes]:
    kept = bytearray()
    given = 0
    for part in parts:
        kept += part
        while len(kept) >= size:
            yield bytes(kept[:size])
            del kept[:size]
            given += 1
            if given > LONGEST_SECONDS:
                raise Unusable(Reason.TOO_LONG)
    if kept:
        yield bytes(kept)


def _joined(agent: Iterator[bytes], caller: Iterator[bytes], rate: int) -> Iterator[bytes]:
    """Left and right from two sides. A side that ends a little sooner ends in silence."""
    alone = 0
    for left, right in zip_longest(_mono(agent, rate), _mono(caller, rate), fillvalue=b""):
        alone += abs(len(left) - len(right))
        if alone > _MOST_APART_SECONDS * rate * 2:
            raise Unusable(Reason.SIDES_DIFFER)
        size = max(len(left), len(right))
        both = bytearray(2 * size)
        for offset, side in ((0, left.ljust(size, b"\0")), (2, right.ljust(size, b"\0"))):
            both[offset::4] = side[0::2]
            both[offset + 1 :: 4] = side[1::2]
        yield bytes(both)


def _mono(seconds: Iterator[bytes], rate: int) -> Iterator[bytes]:
    for second in seconds:
        if len(second) > rate * 2:
            raise Unusable(Reason.CODEC)
        yield second


def _merged(cuts: Sequence[Cut]) -> list[Cut]:
    """In order and apart; where a pause and a hold overlap, it is a pause."""
    out: list[Cut] = []
    for cut in sorted(cuts, key=lambda one: one.from_ms):
        if cut.to_ms <= cut.from_ms:
            continue
        if out and cut.from_ms <= out[-1].to_ms:
            kind = "pause" if "pause" in (cut.kind, out[-1].kind) else cut.kind
            out[-1] = Cut(out[-1].from_ms, max(out[-1].to_ms, cut.to_ms), kind)
        else:
            out.append(cut)
    return out


class _Keeper:
    """Takes the sound second by second and gives what may be kept, remembering what became of it."""

    def __init__(self, cuts: Sequence[Cut], rate: int, frame_bytes: int, starts_ms: int) -> None:
        self._rate, self._frame_bytes, self._starts_ms = rate, frame_bytes, starts_ms
        self._cuts = [(self._frames(cut.from_ms), self._frames(cut.to_ms), cut.kind) for cut in cuts]
        self._at = 0
        self.kept = 0
        self.segments: list[tuple[int, int, int]] = []
        self.gaps: list[Gap] = []

    def keep(self, second: bytes) -> Iterator[bytes]:
        end = self._at + len(second) // self._frame_bytes
        start = self._at
        at = start
        for cut_from, cut_to, kind in self._cuts:
            if cut_to <= at or cut_from >= end:
                continue
            if cut_from > at:
                yield self._keep(second, at - start, cut_from - start, at)
            stop = min(cut_to, end)
            self._drop(stop - max(cut_from, at), kind)
            at = stop
        if at < end:
            yield self._keep(second, at - start, end - start, at)
        self._at = end

    def _keep(self, second: bytes, first: int, last: int, at: int) -> bytes:
        frames = last - first
        call_ms = self._starts_ms + self._ms(at)
        whole = self._ms(self.kept + frames)
        begin = self._ms(self.kept)
        if self.segments and abs(self.segments[-1][2] + begin - self.segments[-1][0] - call_ms) <= 1:
            self.segments[-1] = (self.segments[-1][0], whole, self.segments[-1][2])
        else:
            self.segments.append((begin, whole, call_ms))
        self.kept += frames
        return second[first * self._frame_bytes : last * self._frame_bytes]

    def _drop(self, frames: int, kind: str) -> None:
        at, length = self._ms(self.kept), self._ms(frames)
        if self.gaps and self.gaps[-1].at_ms == at:
            length += self.gaps.pop().length_ms
        self.gaps.append(Gap(at, length, kind))

    def _frames(self, ms: int) -> int:
        return ms * self._rate // 1000

    def _ms(self, frames: int) -> int:
        return frames * 1000 // self._rate


def _encode(
    seconds: Iterator[bytes], channels: int, rate: int, cuts: Sequence[Cut], starts_ms: int, promised: float
) -> Sound:
    out = io.BytesIO()
    peaks = Peaks(channels)
    layout = "stereo" if channels == 2 else "mono"
    frame_bytes = 2 * channels
    keeper = _Keeper(cuts, rate, frame_bytes, starts_ms)
    index = 4096 + math.ceil(promised) * _INDEX_BYTES
    options = {"cluster_time_limit": str(_CLUSTER_MS), "reserve_index_space": str(index)}
    with av.open(out, "w", format="matroska", options=options) as container:
        stream = container.add_stream("libopus", rate=rate, layout=layout, options={"application": "voip"})
        stream.bit_rate = BIT_RATE
        for second in seconds:
            for part in keeper.keep(second):
                peaks.add(part)
                frame = av.AudioFrame(format="s16", layout=layout, samples=len(part) // frame_bytes, align=1)
                frame.sample_rate = rate
                frame.pts = keeper.kept - frame.samples
                frame.planes[0].update(part)
                container.mux(stream.encode(frame))
        if keeper.kept == 0:
            raise Unusable(Reason.NO_SOUND_LEFT)
        container.mux(stream.encode(None))
    mka = out.getvalue()
    about = About(
        duration_ms=keeper.kept * 1000 // rate,
        segments=tuple(keeper.segments),
        gaps=tuple(keeper.gaps),
        channels=("agent", "caller") if channels == 2 else ("mixed",),
        times=cluster_times(mka),
    )
    return Sound(about, peaks.finish(), mka)
