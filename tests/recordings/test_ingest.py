"""What a telephone system left in a folder becomes recordings, once, whatever happens meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.recordings.conftest import (
    CALLS,
    SAMPLES,
    Command,
    Office,
    outcome,
    plain_files,
    sealed_files,
    settle,
    take_in,
    told,
)


def test_the_samples_come_out_as_their_table_says(clean: Office, monitor: Path, store_folder: Path) -> None:
    report = take_in(clean, monitor, store_folder, calls=told(clean))

    assert (report.calls, report.kept, report.reasons()) == (4, 3, {"abandoned": 1})
    assert clean.rows(
        "select c.linkedid, s.login, t.name, c.ani_e164, c.customer_id, r.status, r.customer_id, r.recorded_at = c.started_at,"
        " r.duration_ms from harmony.recording r join harmony.call c on c.id = r.call_id"
        " join harmony.staff s on s.id = r.staff_id join harmony.team t on t.id = r.team_id order by c.linkedid"
    ) == [
        (CALLS[0], clean.anna, "Noord", "+31612345678", None, "unknown", None, True, 46800),
        (CALLS[1], clean.bram, "Zuid", "+31104567890", None, "unknown", None, True, 36880),
        (CALLS[2], clean.anna, "Noord", "+31201234567", None, "unknown", None, True, 18480),
    ]
    assert clean.rows(
        "select staff_id, withheld, answered_at, ended_by from harmony.call where linkedid = %s", CALLS[3]
    ) == [(None, True, None, "caller")]
    assert plain_files(monitor) == []
    assert len(sealed_files(store_folder)) == 3


def test_a_second_ingest_changes_nothing(clean: Office, monitor: Path, store_folder: Path) -> None:
    take_in(clean, monitor, store_folder, calls=told(clean))
    before = clean.rows("select * from harmony.recording order by id") + clean.rows(
        "select * from harmony.call order by id"
    )
    files = {path: path.read_bytes() for path in sealed_files(store_folder)}
    shutil.copytree(SAMPLES / "monitor", monitor, dirs_exist_ok=True)
    settle(monitor)

    report = take_in(clean, monitor, store_folder, calls=told(clean))

    assert (report.kept, report.known, report.reasons()) == (0, 3, {"abandoned": 1})
    after = clean.rows("select * from harmony.recording order by id") + clean.rows(
        "select * from harmony.call order by id"
    )
    assert after == before
    assert {path: path.read_bytes() for path in sealed_files(store_folder)} == files
    assert plain_files(monitor) == []


def test_the_command_line_says_what_it_did(clean: Office, monitor: Path, command: Command, tmp_path: Path) -> None:
    arguments = ("recordings", "ingest", monitor, "--cdr", SAMPLES / "cdr-csv" / "Master.csv", "--queue-log",
                 SAMPLES / "queue_log", "--agents", tmp_path / "agents.csv", "--json")  # fmt: skip

    process = command(*arguments)
    first = outcome(process)

    assert process.returncode == 0
    assert (first["calls"], first["kept"], first["refused"]) == (4, 3, [{"reason": "abandoned", "kept_as": None}])
    assert outcome(command("recordings", "reconcile", "--read-all", "--json"))["right"] == 3


def test_a_queue_log_alone_is_a_wrong_command_line(clean: Office, monitor: Path, command: Command) -> None:
    process = command("recordings", "ingest", monitor, "--queue-log", SAMPLES / "queue_log")
    process.communicate(timeout=60)

    assert process.returncode == 2
    assert len(plain_files(monitor)) == 12
