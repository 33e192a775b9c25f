"""Ended at any moment, run twice at once, with bad files and a full store: complete, once, and nothing plain left."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from harmony_desk.core.errors import Unreachable
from harmony_desk.recordings import ingest as ingesting
from harmony_desk.recordings.inbox import OURS, Inbox
from harmony_desk.recordings.ingest import Ingest, Report
from harmony_desk.recordings.store import Check, Folder
from harmony_desk.telephony import profiles
from tests.recordings.conftest import (
    CALLS,
    SAMPLES,
    Command,
    Office,
    name_of,
    outcome,
    plain_files,
    put,
    sealed_files,
    settle,
    take_in,
    told,
)
from tests.recordings.sources import tone, wav

CDR = ("--cdr", SAMPLES / "cdr-csv" / "Master.csv", "--queue-log", SAMPLES / "queue_log")


def assert_complete(office: Office, monitor: Path, store: Path) -> None:
    """Three recordings, each with its own file that is right; nothing plain, nothing twice, nothing half."""
    rows = office.rows(
        "select c.linkedid, r.location, r.sha256 from harmony.recording r join harmony.call c on c.id = r.call_id"
    )
    assert sorted(row[0] for row in rows) == list(CALLS[:3])
    assert plain_files(monitor) == []
    assert sorted(path.relative_to(store).as_posix() for path in sealed_files(store)) == sorted(row[1] for row in rows)
    assert office.one("select count(*) from harmony.recording_secret") == 3
    assert office.one("select count(*) from harmony.call") == 4
    assert office.one("select count(*) from harmony.contact") == 4
    assert list((monitor / OURS / "work").iterdir()) == []


@pytest.mark.faults
@pytest.mark.slow
def test_killed_at_twenty_random_points_it_ends_complete(
    clean: Office, monitor: Path, store_folder: Path, command: Command, tmp_path: Path
) -> None:
    arguments = ("recordings", "ingest", monitor, *CDR, "--agents", tmp_path / "agents.csv", "--json")
    chance = random.Random()
    kills, span = 0, 3.0

    while kills < 20:
        process = command(*arguments)
        try:
            process.wait(chance.uniform(0.3, 1.0) * span)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            kills += 1
            span *= 1.03
        else:
            # It was done before the blow: strike sooner.
            span *= 0.8
        process.communicate()
        if not plain_files(monitor):
            shutil.copytree(SAMPLES / "monitor", monitor, dirs_exist_ok=True)
            settle(monitor)
    last = outcome(command(*arguments))

    assert last["refused"] in ([], [{"reason": "abandoned", "kept_as": None}])
    assert_complete(clean, monitor, store_folder)


STEPS = ("claimed", "prepared", "encoded", "written", "named", "stored", "finished")


@pytest.mark.parametrize("step", STEPS)
def test_killed_between_two_steps_the_next_run_completes(
    clean: Office, monitor: Path, store_folder: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """As SIGKILL would: nothing of ours runs after it."""

    def die(*_arguments: object, **_how: object) -> object:
        raise Killed

    from harmony_desk.recordings import inbox, recorder, store  # only here: they are cut into

    with monkeypatch.context() as cut:
        # What a killed process does not do either:
        cut.setattr(ingesting.Ingest, "_forget", die)
        match step:
            case "claimed":
                cut.setattr(inbox.Claim, "parts", die)
            case "prepared":
                cut.setattr(ingesting, "transcode", die)
            case "encoded":
                cut.setattr(store.Folder, "put", die)
            case "written":
                cut.setattr(store, "_name", die)
                cut.setattr(store.Path, "unlink", lambda *_a, **_k: None)
            case "named":
                cut.setattr(recorder.Recorder, "store", die)
            case "stored":
                cut.setattr(inbox.Claim, "finish", die)
            case _:
                cut.setattr(inbox.shutil, "rmtree", die)
        with pytest.raises(Killed):
            take_in(clean, monitor, store_folder, calls=told(clean))

    for _ in range(2):
        take_in(clean, monitor, store_folder, calls=told(clean))
    assert_complete(clean, monitor, store_folder)


def test_two_processes_at_once_share_the_work(
    clean: Office, monitor: Path, store_folder: Path, command: Command, tmp_path: Path
) -> None:
    arguments = ("recordings", "ingest", monitor, *CDR, "--agents", tmp_path / "agents.csv", "--json")

    outcomes = [outcome(process) for process in [command(*arguments), command(*arguments)]]

    assert sum(one["kept"] for one in outcomes) == 3
    assert sum(len(one["refused"]) for one in outcomes) == 1
    assert_complete(clean, monitor, store_folder)


def test_many_threads_at_once_store_each_call_once(clean: Office, tmp_path: Path, store_folder: Path) -> None:
    folder = tmp_path / "many"
    for number in range(12):
        put(folder, name_of(f"1795343250.{number + 100}"), wav(tone(0.5, hertz=200 + number * 20)))
    reports: list[Report] = []
    runners = [
        threading.Thread(target=lambda: reports.append(take_in(clean, folder, store_folder, jobs=2))) for _ in range(4)
    ]

    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()

    assert sum(report.unmatched for report in reports) == 12
    assert clean.one("select count(distinct sha256) from harmony.recording") == 12
    assert len(sealed_files(store_folder)) == 12
    assert plain_files(folder) == []


def test_a_source_is_never_two_recordings_even_from_two_folders(
    clean: Office, tmp_path: Path, store_folder: Path
) -> None:
    data = wav(tone(1))
    for folder in ("one", "two"):
        put(tmp_path / folder, name_of("1795343250.8"), data)

    reports = [take_in(clean, tmp_path / folder, store_folder) for folder in ("one", "two")]

    assert [(report.unmatched, report.known) for report in reports] == [(1, 0), (0, 1)]
    assert len(sealed_files(store_folder)) == 1


def test_a_full_store_stops_and_loses_nothing(
    clean: Office, monitor: Path, store_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(Folder):
        def put(self, location: str, pieces: Iterable[bytes], check: Check) -> None:
            def half() -> Iterable[bytes]:
                for piece in pieces:
                    yield piece
                    raise OSError(errno.ENOSPC, "no space left")

            super().put(location, half(), check)

    before = {path.name for path in plain_files(monitor)}
    worker = Ingest(clean.connect, Full(store_folder), pbx="asterisk", jobs=1)
    inbox = Inbox(monitor, profiles.PROFILES["asterisk"], clean.agents, settle_seconds=0)

    with pytest.raises(Unreachable) as found:
        worker.take(inbox, Report(), lambda *_a: None, threading.Event())

    assert found.value.code == "store"
    assert "10" not in str(found.value)
    assert {path.name for path in plain_files(monitor)} == before
    assert sealed_files(store_folder) == []
    take_in(clean, monitor, store_folder, calls=told(clean))
    assert_complete(clean, monitor, store_folder)


def test_a_store_that_writes_nonsense_is_noticed_before_the_source_goes(
    clean: Office, tmp_path: Path, store_folder: Path
) -> None:
    class Forgetful(Folder):
        def put(self, location: str, pieces: Iterable[bytes], check: Check) -> None:
            data = bytearray(b"".join(pieces))
            data[-20] ^= 1
            super().put(location, [bytes(data)], check)

    source = put(tmp_path / "in", name_of("1795343250.8"), wav(tone(1)))
    worker = Ingest(clean.connect, Forgetful(store_folder), pbx="asterisk", jobs=1)
    inbox = Inbox(source.parent, profiles.PROFILES["asterisk"], clean.agents, settle_seconds=0)

    with pytest.raises(Exception, match=r"damaged|beschadigd"):
        worker.take(inbox, Report(), lambda *_a: None, threading.Event())

    assert len(plain_files(source.parent)) == 1
    assert sealed_files(store_folder) == []
    assert clean.one("select count(*) from harmony.recording") == 0


HOSTILE = {
    "call.wav": ("name", wav(tone(0.2))),
    "in-8500-06\n12345678-20261122-102730-1795343250.8.wav": ("name", wav(tone(0.2))),
    "in-8500-$(reboot)-20261122-102730-1795343250.wav": ("name", wav(tone(0.2))),
    "-rf.wav": ("name", wav(tone(0.2))),
    name_of("1795343250.31"): ("empty", b""),
    name_of("1795343250.32"): ("not_sound", b"PK\3\4" + bytes(300)),
    name_of("1795343250.33"): ("cut", wav(tone(1))[:-500]),
    name_of("1795343250.34", at="20261122-112730"): ("time_zone", wav(tone(0.2))),
    name_of("1795343250.35").replace(".wav", ".mp3"): ("not_its_name", wav(tone(0.2))),
    name_of("1795353250.36", at="20261122-131410"): ("in_the_future", wav(tone(0.2))),
}


def test_hostile_files_are_kept_aside_with_their_reason_and_harm_nothing(
    clean: Office, monitor: Path, store_folder: Path, tmp_path: Path
) -> None:
    for name, (_reason, data) in HOSTILE.items():
        put(monitor, name, data)
    (monitor / os.fsdecode(b"in-\xff\xfe-x.wav")).write_bytes(wav(tone(0.2)))
    elsewhere = put(tmp_path / "elsewhere", "secret.wav", wav(tone(0.2)))
    link = monitor / name_of("1795343250.37")
    link.symlink_to(elsewhere)
    settle(monitor)
    os.utime(link, (0, 0), follow_symlinks=False)

    report = take_in(clean, monitor, store_folder, calls=told(clean))

    assert report.kept == 3
    expected = sorted([reason for reason, _data in HOSTILE.values()] + ["name", "not_a_file", "abandoned"])
    assert sorted(one.reason.value for one in report.refused) == expected
    aside = {path.name for path in (monitor / OURS / "refused").iterdir()}
    assert aside == {one.kept_as for one in report.refused if one.kept_as}
    assert len(aside) == len(expected) - 1
    names = [path.name for folder in aside for path in (monitor / OURS / "refused" / folder).iterdir()]
    assert all(name == "why.json" or name.startswith("1.") for name in names)
    assert len(sealed_files(store_folder)) == 3
    assert [path for path in monitor.iterdir() if path.name != OURS] == []
    assert elsewhere.exists()


def test_files_that_are_not_sound_by_name_or_still_grow_are_left_alone(
    clean: Office, tmp_path: Path, store_folder: Path
) -> None:
    folder = tmp_path / "in"
    put(folder, "Master.csv", b"x")
    put(folder, ".hidden.wav", b"x")
    growing = put(folder, name_of("1795343250.8"), wav(tone(1)))
    os.utime(growing)

    report = take_in(clean, folder, store_folder)

    assert (report.unmatched, report.refused) == (0, [])
    assert growing.exists()


def test_what_was_refused_goes_after_179_days(clean: Office, tmp_path: Path, store_folder: Path) -> None:
    put(tmp_path / "in", "call.wav", wav(tone(0.2)))
    take_in(clean, tmp_path / "in", store_folder)
    (aside,) = (tmp_path / "in" / OURS / "refused").iterdir()

    os.utime(aside, (time.time() - 178 * 86400,) * 2)
    take_in(clean, tmp_path / "in", store_folder)
    assert aside.exists()
    os.utime(aside, (time.time() - 180 * 86400,) * 2)
    take_in(clean, tmp_path / "in", store_folder)
    assert not aside.exists()


def test_only_the_recorder_may_take_in(clean: Office, monitor: Path, command: Command) -> None:
    process = command("recordings", "ingest", monitor, "--cdr", SAMPLES / "cdr-csv" / "Master.csv", login=clean.anna)
    _out, err = process.communicate(timeout=60)

    assert process.returncode == 1
    assert b"recorder" in err
    assert len(plain_files(monitor)) == 12


def test_watching_takes_in_what_comes_and_ends_when_asked(
    clean: Office, tmp_path: Path, store_folder: Path, command: Command
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    process = command("recordings", "ingest", folder, "--watch", "--every", "0.5", "--settle", "0", "--json")
    for number in range(2):
        put(folder, name_of(f"1795343250.{number}"), wav(tone(0.3, hertz=300 + number)))
        deadline = time.monotonic() + 30
        while len(sealed_files(store_folder)) <= number and time.monotonic() < deadline:
            time.sleep(0.05)

    process.terminate()
    out, _err = process.communicate(timeout=30)

    assert process.returncode == 0
    assert len(out.splitlines()) >= 2
    assert clean.one("select count(*) from harmony.recording") == 2


def test_nothing_that_is_printed_or_named_tells_about_a_person(
    clean: Office, monitor: Path, store_folder: Path, command: Command, tmp_path: Path
) -> None:
    put(monitor, "in-8500-0687654321-20261122-102730.wav", wav(tone(0.3)))
    process = command("recordings", "ingest", monitor, *CDR, "--agents", tmp_path / "agents.csv")
    out, err = process.communicate(timeout=60)

    assert process.returncode == 3
    told_text = (out + err).decode() + "".join(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*"))
    for secret in ("12345678", "104567890", "201234567", "87654321", "anonymous"):
        assert secret not in told_text
