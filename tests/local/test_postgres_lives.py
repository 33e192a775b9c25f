"""Who keeps the embedded server alive, and what is left after kills of every kind."""

import gc
import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from harmony_desk.core.errors import UserError
from harmony_desk.local import locks, postgres, postmaster, unprivileged
from tests import servers
from tests.local.app import App, connect, control_state, eventually, gone, launch, run, wait_for


def start(folder: Path, programs: Path) -> postgres.Server:
    return postgres.start(folder, bin_dir=programs, settings=servers.FAST)


def write_rows(data_dir: Path, app: App, count: int) -> None:
    with connect(data_dir, app.port) as connection:
        connection.execute("create table if not exists kept (n int)")
        for n in range(count):
            connection.execute("insert into kept values (%s)", [n])


def rows(data_dir: Path, port: int) -> int:
    with connect(data_dir, port) as connection:
        row = connection.execute("select count(*) from kept").fetchone()
    assert row is not None
    return int(str(row[0]))


@pytest.mark.faults
def test_after_kill_9_of_the_only_app_the_server_stops_cleanly(programs: Path, open_folder: Path) -> None:
    data = open_folder / "data"
    app = run(data, programs)
    write_rows(data, app, 3)

    app.kill()

    assert eventually(lambda: gone(app.server_pid) and gone(app.watchdog_pid), seconds=5)
    assert control_state(data, programs) == "shut down"
    with start(data, programs) as server:
        assert rows(data, server.port) == 3


@pytest.mark.faults
def test_after_kill_9_of_everything_committed_rows_are_recovered(programs: Path, open_folder: Path) -> None:
    data = open_folder / "data"
    app = run(data, programs)
    write_rows(data, app, 50)

    # Held up first, so that it cannot stop the server cleanly when its turn comes.
    os.kill(app.watchdog_pid, signal.SIGSTOP)
    os.kill(app.server_pid, signal.SIGKILL)
    os.kill(app.watchdog_pid, signal.SIGKILL)
    app.kill()

    assert eventually(lambda: gone(app.server_pid))
    assert control_state(data, programs) == "in production"
    assert (data / "pgdata" / "postmaster.pid").exists()
    with start(data, programs) as server:
        assert rows(data, server.port) == 50
        assert server.pid != app.server_pid


@pytest.mark.faults
def test_a_killed_server_is_started_again_on_its_port(programs: Path, open_folder: Path) -> None:
    data = open_folder / "data"
    with start(data, programs) as server:
        first, port = server.pid, server.port
        with connect(data, port) as connection:
            connection.execute("create table kept as select 1 as n")

        os.kill(first, signal.SIGKILL)

        def is_back() -> bool:
            found = postmaster.read(data / "pgdata")
            return found is not None and found.ready and found.pid != first

        assert eventually(is_back)
        assert server.port == port
        assert rows(data, port) == 1


@pytest.mark.faults
def test_a_server_that_keeps_dying_is_given_up_and_can_be_started_later(programs: Path, open_folder: Path) -> None:
    data = open_folder / "data"
    with start(data, programs) as server:
        version_file = data / "pgdata" / "PG_VERSION"
        content = version_file.read_text()
        version_file.write_text("9.6\n")

        os.kill(server.pid, signal.SIGKILL)

        assert eventually(lambda: not server.is_running, seconds=60)
    version_file.write_text(content)
    with start(data, programs) as server:
        assert server.is_running


@pytest.mark.faults
def test_after_kill_9_of_the_watchdog_the_server_stops_and_the_next_start_works(
    programs: Path, open_folder: Path
) -> None:
    data = open_folder / "data"
    app = run(data, programs)
    write_rows(data, app, 2)

    os.kill(app.watchdog_pid, signal.SIGKILL)

    with start(data, programs) as server:
        assert server.pid != app.server_pid
        assert rows(data, server.port) == 2
        assert gone(app.server_pid)
    app.kill()


@pytest.mark.faults
def test_two_apps_share_one_server_until_the_last_is_killed(programs: Path, open_folder: Path) -> None:
    data = open_folder / "data"
    first = run(data, programs)
    second = run(data, programs)
    assert (second.port, second.server_pid) == (first.port, first.server_pid)

    first.kill()
    # Twice the watchdog's interval, and the server still answers.
    assert not eventually(lambda: gone(first.server_pid), seconds=1.2)
    write_rows(data, second, 1)

    second.kill()
    assert eventually(lambda: gone(second.server_pid), seconds=5)
    assert control_state(data, programs) == "shut down"


@pytest.mark.faults
def test_apps_that_start_at_the_same_moment_make_one_server(programs: Path, open_folder: Path) -> None:
    data = open_folder / "data"

    processes = [launch(data, programs) for _ in range(4)]
    apps = [wait_for(process, data) for process in processes]

    assert len({(app.port, app.server_pid) for app in apps}) == 1
    for app in apps:
        app.kill()
    assert eventually(lambda: gone(apps[0].server_pid), seconds=5)


@pytest.mark.faults
def test_an_app_that_starts_while_the_last_one_leaves_gets_a_server(programs: Path, open_folder: Path) -> None:
    data = open_folder / "data"
    for _ in range(5):
        app = run(data, programs)
        app.kill()
        with start(data, programs) as server, connect(data, server.port) as connection:
            assert connection.execute("select 1").fetchone() == (1,)


def test_a_port_that_another_program_took_is_picked_anew(programs: Path, open_folder: Path) -> None:
    data = open_folder / "data"
    with start(data, programs) as server:
        before = server.port
    with start(data, programs) as server:
        assert server.port == before

    with socket.socket() as thief:
        thief.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        thief.bind(("127.0.0.1", before))
        thief.listen()
        with start(data, programs) as server:
            assert server.port != before
            assert server.is_running


def test_a_pid_file_whose_number_another_program_has_now_does_not_hinder(programs: Path, open_folder: Path) -> None:
    data = open_folder / "data"
    with start(data, programs):
        pid_file = data / "pgdata" / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
    with subprocess.Popen(["sleep", "600"], **unprivileged.identity()) as other:
        pid_file.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        unprivileged.give(pid_file)

        with start(data, programs) as server:
            assert server.pid != other.pid
            assert other.poll() is None
        other.kill()


def test_a_first_start_that_was_killed_half_way_is_made_again(programs: Path, open_folder: Path) -> None:
    data = open_folder / "data"
    with start(data, programs):
        pass
    (data / "pgdata").rename(data / "pgdata.new")
    (data / "pgdata.new" / "PG_VERSION").unlink()

    with start(data, programs) as server:
        assert server.is_running
    assert not (data / "pgdata.new").exists()


def test_the_last_stop_returns_when_the_server_is_gone(programs: Path, open_folder: Path) -> None:
    data = open_folder / "data"
    first, second = start(data, programs), start(data, programs)
    pid = first.pid

    first.stop()
    first.stop()
    assert second.is_running
    second.stop()

    assert not second.is_running
    assert gone(pid)
    assert control_state(data, programs) == "shut down"


def test_a_forgotten_server_object_lets_the_server_go(programs: Path, open_folder: Path) -> None:
    server: postgres.Server | None = start(open_folder / "data", programs)
    assert server is not None
    pid = server.pid

    server = None
    gc.collect()

    assert eventually(lambda: gone(pid), seconds=5)


def test_a_setting_that_postgres_refuses_is_a_clear_error_and_leaves_nothing_running(
    programs: Path, open_folder: Path
) -> None:
    data = open_folder / "data"

    with pytest.raises(UserError) as told:
        postgres.start(data, bin_dir=programs, settings={**servers.FAST, "shared_buffers": "nonsense"})

    assert told.value.code == "server_not_ready"
    assert not locks.is_held(data / "watchdog.lock")
    with start(data, programs) as server:
        assert server.is_running


@pytest.mark.parametrize("name", ["listen_addresses", "UNIX_SOCKET_DIRECTORIES", "hba_file"])
def test_settings_that_keep_the_server_closed_cannot_be_chosen(programs: Path, open_folder: Path, name: str) -> None:
    with pytest.raises(UserError):
        postgres.start(open_folder / "data", bin_dir=programs, settings={**servers.FAST, name: "*"})
