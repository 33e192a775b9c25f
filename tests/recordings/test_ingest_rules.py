"""What may be kept of a call, when, and to which call a recording belongs."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmony_desk.recordings import ingest as ingesting
from harmony_desk.recordings.ingest import Ingest, Report
from harmony_desk.recordings.store import Folder
from tests.recordings.conftest import CALLS, Office, load_key, name_of, plain_files, put, sealed_files, take_in, told
from tests.recordings.sources import tone, wav


def test_an_objection_in_the_call_keeps_nothing(clean: Office, monitor: Path, store_folder: Path) -> None:
    worker = Ingest(clean.connect, Folder(store_folder), pbx="asterisk")
    worker.import_calls(told(clean).events, Report())
    clean.rows(
        "update harmony.call set recording_state = 'announced_objection' where linkedid = %s returning id", CALLS[0]
    )

    report = take_in(clean, monitor, store_folder)

    assert (report.kept, report.reasons()) == (2, {"abandoned": 1, "objection": 1})
    assert CALLS[0] not in {row[0] for row in clean.rows("select pbx_uniqueid from harmony.recording")}
    assert plain_files(monitor) == []
    assert len(sealed_files(store_folder)) == clean.one("select count(*) from harmony.recording_secret") == 2


def test_an_objection_that_comes_while_it_is_encoded_keeps_nothing(
    clean: Office, tmp_path: Path, store_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Ingest(clean.connect, Folder(store_folder), pbx="asterisk")
    worker.import_calls(told(clean).events, Report())
    put(tmp_path / "in", name_of(CALLS[0]), wav(tone(1)))
    real = ingesting.transcode

    def objected(*arguments: object, **how: object) -> object:
        clean.rows(
            "update harmony.call set recording_state = 'announced_objection' where linkedid = %s returning 1", CALLS[0]
        )
        return real(*arguments, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(ingesting, "transcode", objected)
    report = take_in(clean, tmp_path / "in", store_folder)

    assert report.reasons() == {"objection": 1}
    assert sealed_files(store_folder) == plain_files(tmp_path / "in") == []
    assert clean.one("select count(*) from harmony.recording_secret") == 0


def test_consent_is_taken_from_the_call_and_never_guessed(clean: Office, monitor: Path, store_folder: Path) -> None:
    Ingest(clean.connect, Folder(store_folder), pbx="asterisk").import_calls(told(clean).events, Report())
    clean.rows(
        "update harmony.call set recording_state = 'announced_recorded' where linkedid = %s returning 1", CALLS[0]
    )
    clean.rows("update harmony.call set recording_state = 'not_announced' where linkedid = %s returning 1", CALLS[2])

    take_in(clean, monitor, store_folder)

    assert clean.rows("select pbx_uniqueid, status from harmony.recording order by 1") == [
        (CALLS[0], "kept"), (CALLS[1], "unknown"), (CALLS[2], "unknown"),
    ]  # fmt: skip


def test_holds_and_pauses_of_the_call_are_not_in_the_recording(
    clean: Office, tmp_path: Path, store_folder: Path
) -> None:
    Ingest(clean.connect, Folder(store_folder), pbx="asterisk").import_calls(told(clean).events, Report())
    for kind, start, end in (("hold", 10, 15), ("pause", 20, 25)):
        clean.rows(
            "insert into harmony.call_segment (call_id, staff_id, kind, started_at, ended_at)"
            " select id, staff_id, %s, started_at + make_interval(secs => %s), started_at + make_interval(secs => %s)"
            " from harmony.call where linkedid = %s returning id", kind, start, end, CALLS[0],
        )  # fmt: skip
    put(tmp_path / "in", name_of(CALLS[0]), wav(tone(40)))

    take_in(clean, tmp_path / "in", store_folder)

    # Five seconds of hold, five of pause with one more on each side.
    assert clean.one("select duration_ms from harmony.recording") == 40_000 - 5_000 - 7_000


def test_a_recording_without_its_call_waits_and_finds_it_later(
    clean: Office, monitor: Path, store_folder: Path
) -> None:
    report = take_in(clean, monitor, store_folder)
    before = clean.rows("select status, call_id, staff_id from harmony.recording")

    Ingest(clean.connect, Folder(store_folder), pbx="asterisk").import_calls(told(clean).events, Report())

    assert (report.unmatched, report.kept) == (4, 0)
    assert set(before) == {("unmatched", None, None)}
    assert clean.one("select count(*) from harmony.recording where call_id is not null and staff_id is not null") == 3


def test_without_the_number_agent_caller_and_time_find_the_call(
    clean: Office, tmp_path: Path, store_folder: Path
) -> None:
    Ingest(clean.connect, Folder(store_folder), pbx="asterisk").import_calls(told(clean).events, Report())
    near = name_of("1795343300.99", at="20261122-102820").replace("-8500-", "-201-")
    far = name_of("1795343361.99", at="20261122-102921").replace("-8500-", "-201-")
    other = name_of("1795343300.98", at="20261122-102820", number="0612345679").replace("-8500-", "-201-")
    for name in (near, far, other):
        put(tmp_path / "in", name, wav(tone(0.3)))

    report = take_in(clean, tmp_path / "in", store_folder)

    assert (report.kept, report.unmatched) == (1, 2)
    assert clean.rows("select c.linkedid from harmony.recording r join harmony.call c on c.id = r.call_id") == [
        (CALLS[0],)
    ]


def test_without_the_key_of_the_day_the_files_wait(clean: Office, tmp_path: Path, store_folder: Path) -> None:
    put(tmp_path / "in", name_of("1795256850.8", at="20261121-102730"), wav(tone(1)))

    first = take_in(clean, tmp_path / "in", store_folder)
    load_key(clean, "2026-11-21")
    second = take_in(clean, tmp_path / "in", store_folder)

    assert (first.waiting, first.clean, second.unmatched) == (1, False, 1)
    assert plain_files(tmp_path / "in") == []


def test_what_is_older_than_180_days_goes_without_a_trace(clean: Office, tmp_path: Path, store_folder: Path) -> None:
    put(tmp_path / "in", name_of("1779445650.8", at="20260522-102730"), wav(tone(1)))

    report = take_in(clean, tmp_path / "in", store_folder)

    assert report.reasons() == {"too_old": 1}
    assert plain_files(tmp_path / "in") == sealed_files(store_folder) == []


def test_a_destroyed_recording_does_not_come_back(clean: Office, tmp_path: Path, store_folder: Path) -> None:
    data = wav(tone(1))
    put(tmp_path / "in", name_of("1795343250.8"), data)
    take_in(clean, tmp_path / "in", store_folder)
    clean.rows("update harmony.recording set status = 'destroyed', location = null returning id")
    put(tmp_path / "in", name_of("1795343250.8"), data)

    report = take_in(clean, tmp_path / "in", store_folder)

    assert (report.known, report.unmatched) == (1, 0)
    assert clean.one("select count(*) from harmony.recording") == 1
