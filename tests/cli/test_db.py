"""`harmony-desk db ...` from the outside: what it prints, how it ends, and where passwords go."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring as library
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from db import build
from harmony_desk import cli
from harmony_desk.local import keyring
from harmony_desk.local.postgres import Server
from tests.database import Database
from tests.keyrings import Memory

COMMANDS = ("create", "upgrade", "check", "backup", "restore")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command; gives its exit code and what it printed. No settings of this machine reach it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("HARMONY_CONFIG", str(tmp_path / "harmony_desk.toml"))
    (tmp_path / "harmony_desk.toml").touch()

    def run_it(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run_it


@pytest.fixture
def password(own_server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("HARMONY_PASSWORD", own_server.password)
    return own_server.password


@pytest.fixture(scope="module")
def made(own_server: Server) -> Iterator[Database]:
    """A database of this file's own, with one agent in it."""
    admin = make_conninfo(own_server.dsn, password=own_server.password)
    database = Database(own_server, "by_hand")
    build.create(admin, database.name, kind="test", made_by="tests")
    database.create_staff("agent", login="anna.cli")
    yield database
    database.drop_staff_logins()
    build.drop(admin, database.name)


def dsn_of(server: Server, name: str) -> str:
    return make_conninfo(server.dsn, dbname=name)


def remove(server: Server, name: str, *logins: str) -> None:
    admin = make_conninfo(server.dsn, password=server.password)
    build.drop(admin, name)
    with psycopg.connect(admin, autocommit=True) as connection:
        for login in logins:
            connection.execute(sql.SQL("drop role if exists {}").format(sql.Identifier(login)))


def test_from_nothing_to_a_guarded_database_and_back_from_its_backup(
    run: Run, own_server: Server, password: str, tmp_path: Path
) -> None:
    admins = ("--admin", "bert.cli=Bert Beheer", "--admin", "bea.cli=Bea Beheer")
    dsn = dsn_of(own_server, "made_by_cli")
    try:
        code, out, _err = run("db", "create", "--dsn", dsn, "--kind", "production", *admins,
                              "--signed-on", "2026-01-05", "--json")  # fmt: skip
        created = json.loads(out)
        assert (code, created["ok"], created["database"]) == (0, True, "made_by_cli")
        with psycopg.connect(dsn, user="bert.cli", password=created["admins"]["bert.cli"]) as connection:
            rights = {row[0] for row in connection.execute("select * from harmony.my_rights()").fetchall()}
            hours = connection.execute(
                "select extract(epoch from rolvaliduntil - now()) / 3600 from pg_roles where rolname = session_user"
            ).fetchone()
        assert {"admin", "create_staff", "approve_role"} <= rights
        assert hours is not None
        assert 23 < hours[0] <= 24

        code, out, _err = run("db", "upgrade", "--dsn", dsn, "--json")
        assert (code, json.loads(out)["to"]) == (0, build.SCHEMA_HEAD)

        # The servers of tests save time on fsync, and in a production database the check says so.
        code, out, _err = run("db", "check", "--dsn", dsn, "--json")
        assert code == 2
        assert [one["code"] for one in json.loads(out)["findings"]] == ["unsafe_writes", "unsafe_writes"]

        code, out, _err = run("db", "backup", str(tmp_path / "saved"), "--dsn", dsn, "--json")
        assert (code, json.loads(out)["kind"]) == (0, "production")
        code, _out, err = run("db", "restore", str(tmp_path / "saved"), "--dsn", dsn)
        assert code == 1
        assert "made_by_cli" in err
        code, out, _err = run("db", "restore", str(tmp_path / "saved"), "--dsn", dsn, "--name", "second_cli", "--json")
        assert code == 0
        assert json.loads(out)["logins_kept"] == ["bert.cli", "bea.cli"]
    finally:
        remove(own_server, "second_cli")
        remove(own_server, "made_by_cli", "bert.cli", "bea.cli")


def test_people_read_sentences(run: Run, made: Database, password: str) -> None:
    code, out, err = run("db", "check", "--dsn", dsn_of(made.server, made.name))
    assert (code, err) == (0, "")

    with made.superuser() as connection:
        connection.execute("grant select on harmony.incident to harmony_agent")
    try:
        code, out, err = run("db", "check", "--dsn", dsn_of(made.server, made.name))
    finally:
        with made.superuser() as connection:
            connection.execute("revoke select on harmony.incident from harmony_agent")
    assert (code, err) == (2, "")
    assert "table harmony.incident: SELECT to harmony_agent" in out
    assert "grant_unknown" in out


@pytest.mark.parametrize("name", COMMANDS)
def test_a_password_in_an_argument_is_refused(name: str, run: Run, made: Database, tmp_path: Path) -> None:
    folder = [str(tmp_path / "saved")] if name in ("backup", "restore") else []
    if name == "restore":
        assert run("db", "restore", str(tmp_path / "none"), "--json")[0] == 1  # a folder without a backup

    code, out, err = run("db", name if name != "restore" else "backup", *(folder or []), "--json",
                         "--dsn", make_conninfo(made.dsn))  # fmt: skip

    assert code == 1
    assert json.loads(out)["error"]["code"] == "password_in_argument"
    assert made.server.password not in out + err


@pytest.mark.parametrize("name", COMMANDS)
def test_a_weaker_connection_is_refused(name: str, run: Run, made: Database, tmp_path: Path, password: str) -> None:
    folder = [str(tmp_path / "saved")] if name in ("backup", "restore") else []
    if name == "restore":
        os.environ["HARMONY_DSN"] = dsn_of(made.server, made.name)
        try:
            assert run("db", "backup", *folder)[0] == 0
        finally:
            del os.environ["HARMONY_DSN"]

    code, out, _err = run("db", name, *folder, "--json", "--dsn", "host=db.example.nl sslmode=require")

    assert code == 1
    assert json.loads(out)["error"]["code"] == "weaker_connection"


@pytest.mark.parametrize("name", ["upgrade", "check", "backup"])
def test_a_member_of_staff_is_sent_away(
    name: str, run: Run, made: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARMONY_PASSWORD", made.passwords["anna.cli"])
    folder = [str(tmp_path / "saved")] if name == "backup" else []

    code, out, _err = run("db", name, *folder, "--json", "--dsn", make_conninfo(made.server.dsn, dbname=made.name,
                                                                                user="anna.cli"))  # fmt: skip

    assert code == 1
    assert json.loads(out)["error"]["code"] in ("superuser_needed", "not_let_in")


@pytest.mark.parametrize("name", ["upgrade", "check", "backup"])
def test_a_foreign_database_is_left_alone(
    name: str, run: Run, own_server: Server, password: str, tmp_path: Path
) -> None:
    folder = [str(tmp_path / "saved")] if name == "backup" else []

    code, out, _err = run("db", name, *folder, "--json", "--dsn", dsn_of(own_server, "postgres"))

    assert code == 1
    assert json.loads(out)["error"]["code"] == "not_ours"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--admin", "bert"], "bad_admin"),
        (["--admin", "bert.x=Bert"], "one_admin"),
        (["--admin", "bert.x=Bert", "--admin", "bea.x=Bea"], "no_confidentiality"),
        (["--admin", "anna.cli=Anna", "--admin", "bea.x=Bea", "--signed-on", "2026-01-05"], "login_exists"),
        (["--admin", "Bert X=Bert", "--admin", "bea.x=Bea", "--signed-on", "2026-01-05"], "bad_login"),
    ],
)
def test_administrators_that_cannot_be_made_leave_no_database(
    options: list[str], code: str, run: Run, made: Database, password: str
) -> None:
    ended, out, _err = run("db", "create", "--json", "--dsn", dsn_of(made.server, "never_made"), *options)

    assert (ended, json.loads(out)["error"]["code"]) == (1, code)
    with made.superuser() as connection:
        left = connection.execute(
            "select datname from pg_database where datname = 'never_made'"
            " union all select rolname from pg_roles where rolname ~ '[.]x$'"
        ).fetchall()
    assert left == []


def test_an_existing_database_is_not_made_again(run: Run, made: Database, password: str) -> None:
    code, out, _err = run("db", "create", "--json", "--dsn", dsn_of(made.server, made.name))

    assert (code, json.loads(out)["error"]["code"]) == (1, "database_exists")


def test_a_newer_database_is_not_upgraded(run: Run, made: Database, password: str) -> None:
    with made.superuser() as connection:
        connection.execute("update harmony.alembic_version set version_num = '9999'")
    try:
        code, out, _err = run("db", "upgrade", "--json", "--dsn", dsn_of(made.server, made.name))
    finally:
        with made.superuser() as connection:
            connection.execute("update harmony.alembic_version set version_num = %s", (build.SCHEMA_HEAD,))

    assert (code, json.loads(out)["error"]["code"]) == (1, "schema_newer")


def test_a_wrong_password_and_none(run: Run, made: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    library.set_keyring(Memory())
    monkeypatch.setattr(sys, "stdin", None)
    assert json.loads(run("db", "check", "--json", "--dsn", dsn_of(made.server, made.name))[1])["error"]["code"] == (
        "password_needed"
    )

    monkeypatch.setenv("PGPASSWORD", "wrong")
    assert json.loads(run("db", "check", "--json", "--dsn", dsn_of(made.server, made.name))[1])["error"]["code"] == (
        "wrong_password"
    )


def test_the_keyring_knows_the_password(run: Run, made: Database) -> None:
    memory = Memory()
    before = library.get_keyring()
    library.set_keyring(memory)
    account = f"postgres@127.0.0.1:{made.server.port}/{made.name}"
    memory.kept[keyring.SERVICE, account] = made.server.password
    try:
        assert run("db", "check", "--dsn", dsn_of(made.server, made.name))[0] == 0
    finally:
        library.set_keyring(before)


def test_on_a_terminal_the_password_is_asked_not_shown_and_not_kept_without_a_keyring(
    made: Database, tmp_path: Path
) -> None:
    (tmp_path / "harmony_desk.toml").touch()
    command = [sys.executable, "-m", "harmony_desk", "db", "check", "--json", "--remember"]
    command += ["--dsn", dsn_of(made.server, made.name)]
    environment = os.environ | {
        "HARMONY_CONFIG": str(tmp_path / "harmony_desk.toml"),
        "XDG_STATE_HOME": str(tmp_path),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    child, terminal = pty.fork()
    if child == 0:
        os.execve(command[0], command, environment)
    try:
        shown = read_until(terminal, b"achtwoord")
        os.write(terminal, made.server.password.encode() + b"\n")
        shown += read_until(terminal, b"}")
        _pid, status = os.waitpid(child, 0)
    except BaseException:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    finally:
        os.close(terminal)

    assert os.waitstatus_to_exitcode(status) == 0
    assert b'"ok": true' in shown
    assert b"sleutelbos" in shown  # there is none, so that the password is not kept
    assert made.server.password.encode() not in shown


def read_until(terminal: int, mark: bytes) -> bytes:
    shown = b""
    while mark not in shown and select.select([terminal], [], [], 60)[0]:
        try:
            shown += os.read(terminal, 4096)
        except OSError:  # the other side has gone
            break
    assert mark in shown, shown
    return shown


def test_as_a_program_of_its_own_with_the_password_in_the_environment(made: Database, tmp_path: Path) -> None:
    (tmp_path / "harmony_desk.toml").touch()
    environment: dict[str, Any] = os.environ | {
        "HARMONY_CONFIG": str(tmp_path / "harmony_desk.toml"),
        "HARMONY_DSN": dsn_of(made.server, made.name),
        "HARMONY_PASSWORD": made.server.password,
    }

    done = subprocess.run(
        [sys.executable, "-m", "harmony_desk", "db", "check", "--json"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert answer["ok"] is True
    assert answer["seconds"] < 10
