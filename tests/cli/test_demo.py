"""`harmony-desk demo` as a person and as a program start it."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from harmony_desk.cli.demo import refuse_foreign_database
from harmony_desk.core.errors import UserError
from harmony_desk.local import locks, postgres
from tests import servers
from tests.local.app import ROOT, eventually

COMMAND = [sys.executable, "-m", "harmony_desk", "demo", "--customers", "20", "--data"]


class Headless:
    """A demo without a window, seen by a program."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.process = subprocess.Popen([*COMMAND, data, "--headless"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline()
        self.facts = json.loads(self.line)

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        rest, _ = self.process.communicate(timeout=60)
        assert rest == ""
        return self.process.returncode

    def serves(self) -> bool:
        return locks.is_held(self.data / "watchdog.lock")


def test_headless_prints_one_json_line_and_serves_until_sigterm(open_folder: Path) -> None:
    demo = Headless(open_folder / "data")

    assert set(demo.facts) == {"dsn", "port", "store", "owner_dsn", "logins"}
    assert all(set(one) == {"login", "password", "roles", "name"} for one in demo.facts["logins"])
    assert Path(demo.facts["store"]).is_dir()
    assert f"port={demo.facts['port']}" in demo.facts["dsn"]
    with psycopg.connect(demo.facts["owner_dsn"]) as connection:
        row = connection.execute("select made_by, kind from harmony.installation").fetchone()
    assert row == ("harmony-desk demo", "demo")
    for one in demo.facts["logins"]:
        with psycopg.connect(demo.facts["dsn"], user=one["login"], password=one["password"]) as connection:
            assert connection.execute("select session_user").fetchone() == (one["login"],)

    assert demo.end(signal.SIGTERM) == 0
    assert not demo.serves()


def test_ctrl_c_ends_headless_as_well(open_folder: Path) -> None:
    demo = Headless(open_folder / "data")

    assert demo.end(signal.SIGINT) == 0
    assert not demo.serves()


@pytest.mark.faults
def test_kill_9_of_the_demo_leaves_nothing_running_and_the_next_finds_it_prepared(open_folder: Path) -> None:
    demo = Headless(open_folder / "data")
    with psycopg.connect(demo.facts["owner_dsn"]) as connection:
        before = connection.execute("select made_at from harmony.installation").fetchone()

    demo.process.kill()
    demo.process.communicate()
    assert eventually(lambda: not demo.serves(), seconds=5)

    demo = Headless(open_folder / "data")
    with psycopg.connect(demo.facts["owner_dsn"]) as connection:
        after = connection.execute("select made_at from harmony.installation").fetchone()
    assert demo.end(signal.SIGTERM) == 0
    assert after == before


def test_two_demos_on_one_folder_share_what_one_prepared(open_folder: Path) -> None:
    first, second = Headless(open_folder / "data"), Headless(open_folder / "data")

    assert first.facts["port"] == second.facts["port"]
    assert first.end(signal.SIGTERM) == 0
    with psycopg.connect(second.facts["owner_dsn"]) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    assert second.end(signal.SIGTERM) == 0


def test_without_a_terminal_it_says_what_stands_and_leaves_nothing_running(open_folder: Path) -> None:
    data = open_folder / "data"

    told = subprocess.run(
        [*COMMAND, data], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )

    assert "--headless" in told.stdout
    assert "psql" not in told.stdout  # there is nothing to look into any more
    assert str(data) in told.stdout
    assert (data / "superuser-password").read_text().strip() not in told.stdout
    assert not locks.is_held(data / "watchdog.lock")


def test_at_a_terminal_it_serves_until_ctrl_c(open_folder: Path) -> None:
    data = open_folder / "data"
    ours, theirs = pty.openpty()
    with subprocess.Popen([*COMMAND, data], cwd=ROOT, stdin=theirs, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        lines = iter(demo.stdout.readline, "")
        assert any("Ctrl+C" in line for line in lines)
        assert locks.is_held(data / "watchdog.lock")

        demo.send_signal(signal.SIGINT)

        assert demo.wait(60) == 0
    os.close(ours)
    os.close(theirs)
    assert not locks.is_held(data / "watchdog.lock")


def test_a_folder_of_another_program_is_refused_in_one_sentence(open_folder: Path) -> None:
    (open_folder / "letters.txt").write_text("theirs")

    told = subprocess.run([*COMMAND, open_folder], cwd=ROOT, capture_output=True, text=True, check=False)

    assert told.returncode == 1
    assert told.stdout == ""
    assert str(open_folder) in told.stderr
    assert told.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "content",
    [
        "",
        "create schema harmony",
        "create schema harmony; create table harmony.installation (id int)",
        "create schema harmony; create table harmony.installation (made_by text)",
        "create schema harmony; create table harmony.installation as select 'somebody' as made_by",
    ],
)
def test_a_database_that_the_demo_did_not_make_is_refused_and_left_alone(open_folder: Path, content: str) -> None:
    with postgres.start(open_folder / "data", settings=servers.FAST) as server:
        with psycopg.connect(server.dsn, password=server.password, autocommit=True) as connection:
            connection.execute("create database harmony")
        with psycopg.connect(server.dsn, password=server.password, dbname="harmony") as connection:
            connection.execute(f"create table theirs as select 1 as n; {content}")

        with pytest.raises(UserError) as told:
            refuse_foreign_database(server)

        assert told.value.code == "foreign_database"
        with psycopg.connect(server.dsn, password=server.password, dbname="harmony") as connection:
            assert connection.execute("select n from theirs").fetchone() == (1,)
