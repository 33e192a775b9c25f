"""Listening asks first, tells what was heard, and stops within a second when the database says so."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from harmony_desk.core.database import Database
from harmony_desk.core.errors import NotAllowed, Unreachable
from harmony_desk.local.stopping import no_core_files
from harmony_desk.recordings import listening
from harmony_desk.recordings.listening import Listening
from harmony_desk.recordings.player import State
from harmony_desk.recordings.sealed import CHUNK, HEADER, TAG, Damaged
from harmony_desk.recordings.store import Folder
from tests import factories
from tests.recordings.conftest import CALLS, Command, Office, outcome, sealed_files, take_in, told
from tests.recordings.test_player import instance


@pytest.fixture
def kept(clean: Office, monitor: Path, store_folder: Path) -> Office:
    """The office with the samples taken in."""
    take_in(clean, monitor, store_folder, calls=told(clean))
    return clean


def recording_of(office: Office, call: str) -> int:
    return int(
        office.one(
            "select r.id from harmony.recording r join harmony.call c on c.id = r.call_id where c.linkedid = %s", call
        )
    )


@pytest.fixture
def database_of(kept: Office) -> Iterator[Callable[[str], Database]]:
    made: list[Database] = []

    def of(login: str) -> Database:
        made.append(Database(lambda: psycopg.connect(kept.database.dsn_of(login), autocommit=True), pool_size=2))
        return made[-1]

    yield of
    for one in made:
        one.close()


def wait(listen: Listening, wanted: Callable[[listening.Heard], bool], seconds: float = 10) -> listening.Heard:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if wanted(listen.now):
            return listen.now
        time.sleep(0.02)
    raise AssertionError(f"not in {seconds} seconds: {listen.now}")


def test_the_own_agent_hears_the_call_and_it_is_known(
    kept: Office, store_folder: Path, database_of: Callable[[str], Database]
) -> None:
    recording = recording_of(kept, CALLS[0])
    database = database_of(kept.anna)
    listen = Listening(
        database, Folder(store_folder), listening.ask(database, recording, purpose="agreement"), instance()
    )
    listen.start()

    listen.play()
    wait(listen, lambda now: now.status.position_ms > 1500)
    listen.seek(40_000)
    wait(listen, lambda now: now.status.position_ms > 41_000)
    listen.close()

    (row,) = kept.rows("select staff_login, purpose, status, seconds_heard, ranges from harmony.recording_listen")
    assert row[:3] == (kept.anna, "agreement", "playing")
    assert 2 <= row[3] <= 6
    assert len(row[4]) == 2
    assert row[4][1][0] >= 39_900
    assert listen.about.channels == ("agent", "caller")


@pytest.mark.parametrize("by", ["notify", "report"])
def test_an_objection_stops_the_sound(
    kept: Office, store_folder: Path, database_of: Callable[[str], Database], by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if by == "report":
        monkeypatch.setattr(listening, "REPORT_SECONDS", 1.0)
    person = factories.customer(kept.database)
    recording = recording_of(kept, CALLS[0])
    # As link_call does it, in its order.
    link(kept, CALLS[0], person.id)
    database = database_of(kept.anna)
    listen = Listening(
        database, Folder(store_folder), listening.ask(database, recording, purpose="agreement"), instance()
    )
    listen.start()
    listen.play()

    def connect() -> psycopg.Connection[object]:
        return psycopg.connect(kept.database.dsn_of(kept.anna), autocommit=True)

    with listening.told_of_objections(connect, listen.look_now if by == "notify" else lambda: None):
        wait(listen, lambda now: now.status.position_ms > 500)
        time.sleep(0.5)
        kept.rows(
            "with it as (insert into harmony.objection (customer_id, scope, channel, registered_by)"
            " values (%s, 'recording', 'phone', 'tests') returning 1) select pg_notify('harmony', 'objection') from it",
            person.id,
        )
        started = time.monotonic()
        now = wait(listen, lambda now: now.stopped_by is not None)
        took = time.monotonic() - started
    state = wait(listen, lambda now: now.status.state is not State.PLAYING).status.state
    listen.play()
    time.sleep(0.3)

    assert took < (1.0 if by == "notify" else 2.5)
    assert now.stopped_by is not None
    assert now.stopped_by.code == "objection"
    assert (state, listen.now.status.state) == (State.STOPPED, State.STOPPED)
    listen.close()


def link(office: Office, call: str, person: int) -> None:
    for statement in (
        "update harmony.contact set customer_id = %s where id = (select contact_id from harmony.call where linkedid = %s) returning 1",
        "update harmony.call set customer_id = %s where linkedid = %s returning 1",
        "update harmony.recording set customer_id = %s where call_id = (select id from harmony.call where linkedid = %s) returning 1",
    ):
        office.rows(statement, person, call)


def test_a_server_that_is_silent_stops_the_sound(
    kept: Office, store_folder: Path, database_of: Callable[[str], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "REPORT_SECONDS", 0.5)
    monkeypatch.setattr(listening, "_UNREPORTED_SECONDS", 2.0)
    database = database_of(kept.anna)
    granted = listening.ask(database, recording_of(kept, CALLS[0]), purpose="agreement")
    listen = Listening(database, Folder(store_folder), granted, instance())

    def lost(*_arguments: object) -> str:
        raise Unreachable("away", code="connection_lost")

    monkeypatch.setattr(listen, "_send", lost)
    listen.start()
    listen.play()
    now = wait(listen, lambda now: now.stopped_by is not None, 8)

    assert now.stopped_by is not None
    assert now.stopped_by.code == "unreported"
    listen.close()


@pytest.mark.parametrize(
    ("who", "call", "purpose", "code"),
    [
        ("bram", CALLS[0], "agreement", "not_allowed"),
        ("anna", CALLS[0], "coaching", "not_allowed"),
        ("lead", CALLS[0], "coaching", "not_allowed"),
        ("officer", CALLS[0], "agreement", "not_allowed"),
        ("anna", CALLS[0], "analysis", "not_allowed"),
    ],
)
def test_who_may_not_listen_is_told_so_and_gets_no_key(
    kept: Office, database_of: Callable[[str], Database], who: str, call: str, purpose: str, code: str
) -> None:
    with pytest.raises(NotAllowed) as found:
        listening.ask(database_of(getattr(kept, who)), recording_of(kept, call), purpose=purpose)
    assert found.value.code == code


def test_the_unknown_consent_is_for_the_own_agent_until_a_person_says_so(
    kept: Office, database_of: Callable[[str], Database]
) -> None:
    kept.rows("update harmony.recording set status = 'kept' where pbx_uniqueid = %s returning 1", CALLS[0])

    assert listening.ask(database_of(kept.lead), recording_of(kept, CALLS[0]), purpose="coaching")
    with pytest.raises(NotAllowed):
        listening.ask(database_of(kept.lead), recording_of(kept, CALLS[2]), purpose="coaching")


def test_two_files_that_changed_places_are_damaged(
    kept: Office, store_folder: Path, database_of: Callable[[str], Database]
) -> None:
    one, other = sealed_files(store_folder)[:2]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    database = database_of(kept.anna)

    (number,) = kept.rows(
        "select id from harmony.recording where staff_id = (select id from harmony.staff where login = %s)"
        " and location in (%s, %s) limit 1",
        kept.anna, one.relative_to(store_folder).as_posix(), other.relative_to(store_folder).as_posix(),
    )  # fmt: skip
    granted = listening.ask(database, number[0], purpose="agreement")
    with pytest.raises(Damaged):
        Listening(database, Folder(store_folder), granted, instance())


def test_a_key_is_in_no_repr(kept: Office, database_of: Callable[[str], Database]) -> None:
    granted = listening.ask(database_of(kept.anna), recording_of(kept, CALLS[0]), purpose="agreement")

    assert "key" not in repr(granted)
    assert "\\x" not in repr(granted)


def test_the_command_line_plays_and_tells(kept: Office, command: Command) -> None:
    process = command("recordings", "play", str(recording_of(kept, CALLS[2])), "--purpose", "agreement", "--silent",
                      "--from", "10", "--rate", "2", "--side", "caller", "--json", login=kept.anna)  # fmt: skip
    played = outcome(process)

    assert process.returncode == 0
    assert played["state"] == "ended"
    assert played["duration_ms"] == 18480
    assert played["heard_ms"][0][0] >= 9_900
    assert played["heard_ms"][-1][1] == 18480


def test_the_command_line_tells_of_a_damage_with_its_time(kept: Office, command: Command, store_folder: Path) -> None:
    location = kept.one("select location from harmony.recording where pbx_uniqueid = %s", CALLS[0])
    path = store_folder / location
    data = bytearray(path.read_bytes())
    data[HEADER + (len(data) // (CHUNK + TAG) // 2) * (CHUNK + TAG) + 9] ^= 1
    path.write_bytes(data)

    process = command("recordings", "play", str(recording_of(kept, CALLS[0])), "--purpose", "agreement", "--silent",
                      login=kept.anna)  # fmt: skip
    _out, err = process.communicate(timeout=60)

    assert process.returncode == 1
    assert b"0:" in err


def test_the_command_line_refuses_in_words(kept: Office, command: Command) -> None:
    process = command("recordings", "play", str(recording_of(kept, CALLS[0])), "--purpose", "agreement", "--silent",
                      "--json", login=kept.bram)  # fmt: skip
    refused = outcome(process)

    assert process.returncode == 1
    assert refused["error"]["code"] == "not_allowed"


def test_plain_sound_is_in_no_file(
    kept: Office, command: Command, store_folder: Path, tmp_path: Path, database_of: Callable[[str], Database]
) -> None:
    database = database_of(kept.anna)
    granted = listening.ask(database, recording_of(kept, CALLS[0]), purpose="agreement")
    opened = granted.open_recording(Folder(store_folder).open(granted.location))
    mka = opened.sound().getvalue()
    opened.close()
    wav = next(
        (Path(__file__).parent.parent / "data" / "asterisk" / "monitor").glob("*1795343250.8-r.wav")
    ).read_bytes()
    marks = [mka[at : at + 24] for at in range(40_000, len(mka) - 100, 9_000)]
    marks += [wav[at : at + 24] for at in range(200_000, len(wav) - 100, 50_000) if len(set(wav[at : at + 24])) > 12]
    marks.append(b"RIFF" + wav[4:8] + b"WAVEfmt ")
    home = tmp_path / "home"
    home.mkdir()
    started = time.time()

    # Played with seeks to the end, and killed in the middle, with core files asked for.
    arguments = ("recordings", "play", str(recording_of(kept, CALLS[0])), "--purpose", "agreement", "--silent")
    before = os.environ.get("HOME", ""), os.environ.get("TMPDIR")
    os.environ["HOME"], os.environ["TMPDIR"] = str(home), str(home)
    limits = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (limits[1], limits[1]))
        whole = command(*arguments, "--from", "40", "--rate", "2", login=kept.anna)
        whole.communicate(timeout=60)
        assert whole.returncode == 0
        killed = command(*arguments, login=kept.anna)
        deadline = time.monotonic() + 20
        while kept.one("select count(*) from harmony.recording_listen where redeemed_at is not null") < 3:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(1.0)
        subprocess.run(["kill", "-ABRT", str(killed.pid)], check=True)
        killed.communicate(timeout=20)
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, limits)
        os.environ["HOME"] = before[0]
        os.environ.pop("TMPDIR")
        if before[1] is not None:
            os.environ["TMPDIR"] = before[1]

    kept.rows("select pg_switch_wal()")
    cluster = Path(kept.one("show data_directory"))
    places = [home, tmp_path, store_folder, cluster, Path.cwd()]
    data_of_tests = Path(__file__).parent.parent / "data"
    looked, found = 0, []
    for place in places:
        for path in place.rglob("*"):
            # Sockets and pipes of the server are no files.
            if not path.is_file() or data_of_tests in path.parents or ".git" in path.parts:
                continue
            if place == Path.cwd() and path.stat().st_mtime < started:
                continue
            looked += 1
            data = path.read_bytes()
            found += [path for mark in marks if mark in data]
    assert len(marks) > 10
    assert looked > 50
    assert found == []
    assert list(home.rglob("core*")) == []


def test_a_crash_leaves_no_core_file() -> None:
    before = resource.getrlimit(resource.RLIMIT_CORE)
    pid = os.fork()
    if pid == 0:
        no_core_files()
        os._exit(0 if resource.getrlimit(resource.RLIMIT_CORE) == (0, 0) else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert resource.getrlimit(resource.RLIMIT_CORE) == before
