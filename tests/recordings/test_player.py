"""What is heard is what was said, at the place that was asked for; a bad chunk is never an end."""

from __future__ import annotations

import array
import ctypes
import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from harmony_desk.recordings import sound_out
from harmony_desk.recordings.heard import Heard
from harmony_desk.recordings.patient import PatientSource
from harmony_desk.recordings.player import Channel, Player, State, Status
from harmony_desk.recordings.sealed import CHUNK, HEADER, TAG, Damaged, Source
from tests.recordings.sources import Bytes, Sealed, call_of, interleaved, made, sealed, tone, wav

RATE = 48000


@cache
def instance() -> Any:
    return sound_out.instance(["--aout=adummy"])


class Ears:
    """Takes VLC's samples instead of a loudspeaker; keep it while the player lives."""

    def __init__(self, player: Player) -> None:
        vlc = sound_out.library()
        self.samples = array.array("h")
        self.lock = threading.Lock()
        kinds = vlc.CallbackDecorators
        self._kept = (kinds.AudioPlayCb(self._play), kinds.AudioFlushCb(self._flush))
        nothing = [kinds.AudioPauseCb(), kinds.AudioResumeCb()]
        player.media_player.audio_set_format("S16N", RATE, 2)
        player.media_player.audio_set_callbacks(self._kept[0], *nothing, self._kept[1], kinds.AudioDrainCb(), None)

    def _play(self, _opaque: Any, samples: Any, count: int, _pts: int) -> None:
        with self.lock:
            self.samples.frombytes(ctypes.string_at(samples, count * 4))

    def _flush(self, _opaque: Any, _pts: int) -> None:
        with self.lock:
            del self.samples[:]

    def side(self, which: int) -> array.array[int]:
        with self.lock:
            return self.samples[which::2]


def hertz(samples: array.array[int]) -> float:
    """The pitch of the last tenth of a second."""
    part = samples[-RATE // 10 :]
    return sum(a < 0 <= b for a, b in itertools.pairwise(part)) * 10


def player_of(one: Sealed, data: bytes | None = None, **how: Any) -> Player:
    return Player(instance(), lambda: Bytes(one.data if data is None else data), opener_of(one), **how)


def opener_of(one: Sealed) -> Callable[[Source], Any]:
    from harmony_desk.recordings.container import Recording  # only here

    return lambda source: Recording(source, key=one.key, file_id=one.file_id)


@pytest.fixture
def playing() -> Iterator[Callable[..., Player]]:
    """Makes players and closes them."""
    made_players: list[Player] = []

    def make(one: Sealed, data: bytes | None = None, **how: Any) -> Player:
        made_players.append(player_of(one, data, **how))
        return made_players[-1]

    yield make
    for one in made_players:
        one.close()


def until(player: Player, wanted: Callable[[Status], bool], seconds: float = 15.0) -> Status:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        status = player.tick()
        if wanted(status):
            return status
        time.sleep(0.02)
    raise AssertionError(f"not in {seconds} seconds: {player.tick()}")


def test_it_plays_to_the_end_and_again(playing: Callable[..., Player]) -> None:
    player = playing(call_of(3))

    for _ in range(2):
        player.play()
        started = time.monotonic()
        status = until(player, lambda now: now.state is State.ENDED)
        assert 2.0 < time.monotonic() - started < 6
        assert (status.position_ms, status.damaged_ms) == (3000, None)
    assert player.heard() == [(0, 3000)]


@pytest.mark.parametrize("target", [45_000, 3_000, 30_500, 100])
def test_a_seek_lands_on_the_moment(playing: Callable[..., Player], target: int) -> None:
    player = playing(call_of(60))
    ears = Ears(player)
    player.play()
    until(player, lambda now: now.position_ms > 20_200 or len(ears.side(0)) > 4000)
    player.seek(20_000)
    until(player, lambda now: now.position_ms > 20_300)

    player.seek(target)
    until(player, lambda now: target + 300 < now.position_ms < target + 2500 and len(ears.side(0)) > RATE // 4)

    # The left side's pitch is 300 Hz and 10 Hz more each second; what is in the ears was sent up to a second ahead.
    assert abs((hertz(ears.side(0)) - 300) * 100 - player.tick().position_ms) < 1500
    assert abs(player.tick().position_ms - target) < 3000


def test_a_seek_before_the_first_play_begins_there(playing: Callable[..., Player]) -> None:
    player = playing(call_of(60))

    player.seek(50_000)

    status = until(player, lambda now: now.position_ms > 50_300)
    assert status.position_ms < 53_000
    assert all(start >= 49_900 for start, _end in player.heard())


@pytest.mark.parametrize(("channel", "pitch"), [(Channel.AGENT, 0), (Channel.CALLER, 900)])
def test_one_side_is_on_both_ears(playing: Callable[..., Player], channel: Channel, pitch: int) -> None:
    player = playing(call_of(60))
    ears = Ears(player)
    player.set_channel(channel)
    player.play()
    until(player, lambda _now: len(ears.side(0)) > RATE)

    left, right = hertz(ears.side(0)), hertz(ears.side(1))

    assert abs(left - right) <= 20
    assert (abs(left - 900) < 40) == bool(pitch)


@pytest.mark.parametrize("rate", [0.5, 1.5, 2.0])
def test_speed_changes_and_pitch_does_not(playing: Callable[..., Player], rate: float) -> None:
    player = playing(sealed(made(wav(interleaved(tone(30), tone(30)), channels=2))))
    ears = Ears(player)
    player.set_rate(rate)
    player.play()
    begun = until(player, lambda now: now.position_ms > 300)
    at = time.monotonic()
    ended = until(player, lambda _now: time.monotonic() - at > 2.5)

    assert abs((ended.position_ms - begun.position_ms) / 2500 / rate - 1) < 0.35
    assert abs(hertz(ears.side(0)) - 440) < 30


def test_a_pause_holds_its_place_and_counts_nothing(playing: Callable[..., Player]) -> None:
    player = playing(call_of(60))
    player.play()
    until(player, lambda now: now.position_ms > 800)
    player.pause()
    held = player.tick().position_ms
    time.sleep(0.7)

    assert player.tick().position_ms == held
    (heard,) = player.heard()
    player.play()
    until(player, lambda now: now.position_ms > held + 400)
    assert heard[1] <= held + 50
    assert player.tick().position_ms < held + 2000


def middle_chunk(one: Sealed) -> int:
    """A byte in a chunk that VLC does not need to begin."""
    return HEADER + (len(one.data) // (CHUNK + TAG) // 2) * (CHUNK + TAG) + 100


def test_a_bad_chunk_stops_with_its_time_and_is_no_end(playing: Callable[..., Player]) -> None:
    one = call_of(60)
    player = playing(one, one.with_flip(middle_chunk(one)))

    player.play()
    status = until(player, lambda now: now.state is not State.PLAYING)

    assert status.state is State.DAMAGED
    assert status.damaged_ms is not None
    assert 10_000 < status.damaged_ms < 50_000
    assert status.position_ms < status.damaged_ms


def test_up_to_the_damage_only_when_asked(playing: Callable[..., Player]) -> None:
    one = call_of(60)
    player = playing(one, one.with_flip(middle_chunk(one)), play_to_damage=True)
    player.play()
    damaged = until(player, lambda now: now.damaged_ms is not None).damaged_ms
    assert damaged is not None

    player.seek(damaged - 2000)
    status = until(player, lambda now: now.state is not State.PLAYING)

    assert status.state is State.DAMAGED
    assert abs(status.position_ms - damaged) < 1600


@pytest.mark.parametrize("length", [0, 40, HEADER, -1, -17])
def test_a_cut_file_does_not_open(length: int) -> None:
    one = call_of(3)

    with pytest.raises(Damaged):
        player_of(one, one.data[:length])


def test_a_swapped_file_does_not_open() -> None:
    with pytest.raises(Damaged):
        player_of(call_of(3), call_of(60).data)


class Vanishing(Bytes):
    """A slow share that goes away when told so: with an error, or by never answering."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.gone = False
        self.pause = 0.0
        self.hangs = threading.Event()
        self.hangs.set()

    def read_at(self, position: int, length: int) -> bytes:
        time.sleep(self.pause)
        self.hangs.wait(20)
        if self.gone:
            raise OSError(5, "gone")
        return super().read_at(position, length)


@pytest.mark.parametrize("how", ["gone", "hangs"])
def test_a_share_that_vanishes_is_told_and_closing_does_not_wait(how: str) -> None:
    one = call_of(600)
    share = Vanishing(one.data)
    player = Player(instance(), lambda: share, opener_of(one))
    # Slow enough that VLC has not read everything ahead when it goes.
    share.pause = 0.5
    try:
        player.play()
        until(player, lambda now: now.position_ms > 0, 30)
        if how == "gone":
            share.gone = True
        else:
            share.hangs.clear()
        player.seek(500_000)
        status = until(player, lambda now: now.state is not State.PLAYING, 12)
        assert status.state is State.UNREACHABLE
    finally:
        started = time.monotonic()
        player.close()
        took = time.monotonic() - started
        share.hangs.set()
    assert took < 6


def test_reading_is_given_up_after_its_limit_or_when_cancelled() -> None:
    share = Vanishing(bytes(100))
    source = PatientSource(lambda: share, limit=0.2)
    share.hangs.clear()
    with pytest.raises(TimeoutError):
        source.read_at(0, 10)
    share.hangs.set()
    source.close()

    share = Vanishing(bytes(100))
    source = PatientSource(lambda: share, limit=30)
    share.hangs.clear()
    threading.Timer(0.2, source.cancel).start()
    started = time.monotonic()
    with pytest.raises(OSError, match="cancelled"):
        source.read_at(0, 10)
    assert time.monotonic() - started < 5
    share.hangs.set()
    source.close()


def test_no_library_no_plugins_and_no_device_are_three_things(
    monkeypatch: pytest.MonkeyPatch, playing: Callable[..., Player]
) -> None:
    codes = []
    with monkeypatch.context() as patched:
        patched.setitem(__import__("sys").modules, "vlc", None)
        with pytest.raises(sound_out.NoSound) as missing:
            sound_out.instance()
        codes.append(missing.value.code)
    with monkeypatch.context() as patched:
        patched.setattr(sound_out.library(), "Instance", lambda *_options: None)
        with pytest.raises(sound_out.NoSound) as bare:
            sound_out.instance()
        codes.append(bare.value.code)
    # This machine of tests has no loudspeaker; ALSA is asked for one that cannot be.
    monkeypatch.setenv("AUDIODEV", "nowhere")
    silent = Player(sound_out.instance(["--aout=alsa", "--alsa-audio-device=nowhere"]), lambda: Bytes(call_of(60).data), opener_of(call_of(60)))  # fmt: skip
    silent.play()
    status = until(silent, lambda now: now.silent)
    silent.close()

    assert codes == ["no_library", "no_plugins"]
    assert status.state is State.PLAYING
    assert sound_out.no_device().code == "no_device"


def test_the_library_that_is_nothing_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> None:
        raise NameError("no function 'libvlc_get_version'")

    monkeypatch.setattr(sound_out.library(), "libvlc_get_version", nothing)
    with pytest.raises(sound_out.NoSound) as found:
        sound_out.library()
    assert found.value.code == "no_library"


@pytest.mark.parametrize("option", ["--aout=afile", "--sout=#std{dst=x}"])
def test_sound_is_never_written_to_a_file(option: str) -> None:
    with pytest.raises(ValueError, match="never"):
        sound_out.instance([option])


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def resident_kb() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def listen_many(folder: Path, times: int) -> tuple[int, int, int]:
    """(growth in kB after a tenth, descriptors more, threads more) over so many short listens to a file."""
    from harmony_desk.recordings.store import OpenFile  # only here
    from tests.recordings.sources import stored

    one = call_of(3)
    path = stored(folder, one)
    early = 0
    for number in range(times):
        player = Player(instance(), lambda: OpenFile(path), opener_of(one))
        player.play()
        until(player, lambda now: now.position_ms > 0)
        player.close()
        if number == times // 10:
            early, files, threads = resident_kb(), descriptors(), threading.active_count()
    time.sleep(0.5)
    return resident_kb() - early, descriptors() - files, threading.active_count() - threads


def test_forty_listens_leave_nothing_open(tmp_path: Path) -> None:
    grown, files, threads = listen_many(tmp_path, 40)

    # What an earlier test was still ending may be gone by now: fewer is no leak.
    assert max(files, threads) <= 0
    assert grown < 40_000


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_thousand_listens_leave_memory_flat(tmp_path: Path) -> None:
    grown, files, threads = listen_many(tmp_path, 1000)

    assert (files, threads) == (0, 0)
    assert grown < 25_000


def test_heard_stretches_are_merged_and_jumps_are_not_heard() -> None:
    heard = Heard()
    for at in (0, 250, 500, 1000):
        heard.moved(at)
    heard.jump()
    for at in (10_000, 10_400):
        heard.moved(at)
    heard.moved(60_000)
    heard.jump()
    for at in (800, 1300):
        heard.moved(at)

    assert heard.ranges() == [(0, 1300), (10_000, 10_400)]
