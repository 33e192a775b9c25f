"""What the running embedded server lets in, shows and writes down: nothing to those without a password."""

import os
import socket
import stat
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from harmony_desk.local import postgres
from harmony_desk.local.postgres import Server
from tests.local.app import eventually

CANARY = "Zwaluwenburg-9316"


def connect(server: Server, **changed: object) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(server.dsn, **{"password": server.password, "autocommit": True, **changed})


def test_cold_and_warm_start_end_with_a_login_that_works(programs: Path, open_folder: Path) -> None:
    for kind in ("cold", "warm"):
        started = time.monotonic()
        with postgres.start(open_folder / "data", bin_dir=programs) as server:
            took = time.monotonic() - started
            with connect(server) as connection:
                row = connection.execute("select current_user, current_setting('fsync')").fetchone()
        print(f"{kind} start of {server.version}: {took:.2f} s")

        assert row == (server.superuser, "on")
        assert server.version >= 150000


@pytest.mark.parametrize("password", ["", "wrong", "postgres"])
def test_a_wrong_password_is_refused(running: Server, password: str) -> None:
    with pytest.raises(psycopg.OperationalError):
        connect(running, password=password, passfile=os.devnull)


@pytest.mark.parametrize("login", ["postgres", "root", "nobody"])
def test_nobody_is_trusted_for_the_name_of_his_account(running: Server, login: str) -> None:
    with pytest.raises(psycopg.OperationalError):
        connect(running, user=login, password=None, passfile=os.devnull)


def test_every_host_rule_asks_for_scram_on_loopback(running: Server) -> None:
    with connect(running) as connection:
        rules = connection.execute(
            "select distinct type, address, auth_method, error from pg_hba_file_rules order by type"
        ).fetchall()

    assert rules == [
        ("host", "127.0.0.1", "scram-sha-256", None),
        ("local", None, "scram-sha-256", None),
    ]


def test_the_server_listens_on_one_loopback_address_and_no_socket_file(running: Server) -> None:
    process = psutil.Process(running.pid)

    assert [c.laddr for c in process.net_connections("inet") if c.status == "LISTEN"] == [("127.0.0.1", running.port)]
    assert process.net_connections("unix") == []


@pytest.mark.parametrize("address", ["127.0.0.2", "::1"])
def test_another_address_of_this_machine_does_not_answer(running: Server, address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        assert probe.connect_ex((address, running.port)) != 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("data_checksums", "on"),
        ("server_encoding", "UTF8"),
        ("lc_messages", "C"),
        ("TimeZone", "UTC"),
        ("password_encryption", "scram-sha-256"),
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_directories", ""),
        ("log_parameter_max_length", "0"),
        ("log_parameter_max_length_on_error", "0"),
        ("log_min_error_statement", "panic"),
        ("log_statement", "none"),
        ("log_min_duration_statement", "-1"),
        ("idle_in_transaction_session_timeout", "5min"),
        ("tcp_user_timeout", "8000"),
        ("client_connection_check_interval", "2s"),
        ("max_prepared_transactions", "0"),
    ],
)
def test_the_server_runs_with_the_settings_that_keep_it_safe(running: Server, name: str, value: str) -> None:
    with connect(running) as connection:
        assert connection.execute(f"show {name}").fetchone() == (value,)


def test_new_databases_sort_and_compare_the_same_everywhere(running: Server) -> None:
    with connect(running) as connection:
        row = connection.execute(
            "select datcollate, datctype, datlocprovider from pg_database where datname = 'template1'"
        ).fetchone()

    assert row == ("C", "C", "c")


def test_values_of_failing_statements_never_reach_the_log(running: Server) -> None:
    with connect(running) as connection:
        connection.execute("create temporary table person (name text primary key, born date)")
        connection.execute("insert into person (name) values (%s)", [CANARY])
        for statement in (
            f"insert into person (name) values ('{CANARY}')",
            f"select '{CANARY}'::date",
            f"do $$ begin raise exception '{CANARY}' using detail = '{CANARY}'; end $$",
            f"select nothing from {CANARY.replace('-', '_')}",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
        with pytest.raises(psycopg.Error):
            connection.execute("insert into person (name) values (%s)", [CANARY])
    with pytest.raises(psycopg.OperationalError):
        connect(running, user="postgres", password=CANARY)

    def written() -> str:
        return "".join(path.read_text() for path in running.log_file.parent.iterdir())

    # The refused login is the last thing that happened; what came before it is written by then.
    assert eventually(lambda: 'password authentication failed for user "postgres"' in written())
    assert CANARY not in written()
    assert CANARY.replace("-", "_") not in written()


def test_the_password_stands_in_one_file_for_us_alone(running: Server) -> None:
    file = running.data_dir / "superuser-password"
    facts = file.stat()

    assert file.read_text().strip() == running.password
    assert len(running.password) >= 32
    assert stat.S_IMODE(facts.st_mode) == 0o600
    assert facts.st_uid == os.geteuid()
    others = [path for path in running.data_dir.iterdir() if path.is_file() and path != file]
    assert others
    assert not [path for path in others if running.password in path.read_text()]


def test_the_database_folder_is_closed_to_others(running: Server) -> None:
    for name in ("pgdata", "log"):
        assert stat.S_IMODE((running.data_dir / name).stat().st_mode) == 0o700
    wanted = 0o711 if os.geteuid() == 0 else 0o700
    assert stat.S_IMODE(running.data_dir.stat().st_mode) == wanted


def test_no_process_shows_the_password_in_its_command_line_or_environment(running: Server) -> None:
    looked_at = 0
    for process in psutil.process_iter():
        try:
            shown = " ".join(process.cmdline()) + repr(process.environ())
        except psutil.Error:
            continue
        looked_at += 1
        assert running.password not in shown

    assert looked_at >= 2


def test_the_server_inherits_nothing_of_our_environment(running: Server) -> None:
    own_and_required = {"PATH", "LC_ALL", "LANG", "TZ"}
    set_by_postgres = {"PGDATA", "PGSYSCONFDIR", "PGLOCALEDIR", "LC_COLLATE", "LC_CTYPE", "LC_MESSAGES"}
    environment = set(psutil.Process(running.pid).environ())

    assert own_and_required <= environment
    assert environment <= own_and_required | set_by_postgres


def test_the_server_runs_as_an_ordinary_user_without_further_groups(running: Server) -> None:
    wanted = 65534 if os.geteuid() == 0 else os.geteuid()
    status = Path(f"/proc/{running.pid}/status").read_text()
    groups = next(line for line in status.splitlines() if line.startswith("Groups:")).split()[1:]

    assert set(psutil.Process(running.pid).uids()) == {wanted}
    assert os.geteuid() != 0 or groups == []
