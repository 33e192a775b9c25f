"""A data folder of ours: what is in it, who may read it, and how the database in it is made.

DATA/made-by.json        ours alone: a folder with other things in it and no such file is refused
DATA/superuser-password  0600, for the login `postgres`; on no command line and in no environment
DATA/conf/               settings and host rules, written anew at each start
DATA/pgdata/, DATA/log/  belong to the server's user (see unprivileged.py)
DATA/*.lock              see postgres.py
"""

import json
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _
from harmony_desk.local import unprivileged
from harmony_desk.local.binaries import Binaries

SUPERUSER = "postgres"
MADE_BY = "harmony-desk"
_MARKER = "made-by.json"
_BEFORE_MARKER = {"start.lock", _MARKER + ".new"}


@dataclass(frozen=True)
class Place:
    """The names inside one data folder."""

    folder: Path

    @property
    def pgdata(self) -> Path:
        return self.folder / "pgdata"

    @property
    def conf(self) -> Path:
        return self.folder / "conf"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def password_file(self) -> Path:
        return self.folder / "superuser-password"

    @property
    def start_lock(self) -> Path:
        return self.folder / "start.lock"

    @property
    def clients_lock(self) -> Path:
        return self.folder / "clients.lock"

    @property
    def watchdog_lock(self) -> Path:
        return self.folder / "watchdog.lock"

    @property
    def watchdog_log(self) -> Path:
        return self.folder / "watchdog.log"


def claim_folder(folder: Path) -> Place:
    """Make the folder when it is not there; refuse one that is somebody else's."""
    try:
        place = Place(folder.resolve())
        _claim(place)
    except OSError as error:
        raise UserError(
            _("{folder} cannot be used: {reason}.").format(folder=folder, reason=error.strerror),
            code="folder_unusable",
        ) from error
    return place


def _claim(place: Place) -> None:
    missing = [part for part in (place.folder, *place.folder.parents) if not part.exists()]
    if not unprivileged.may_reach(missing[-1].parent if missing else place.folder.parent):
        raise UserError(
            _(
                "As root the server runs as an ordinary user, who cannot enter {folder};"
                " choose a folder that everyone can enter, such as one in /var/lib."
            ).format(folder=place.folder),
            code="folder_unreachable",
        )
    place.folder.mkdir(parents=True, exist_ok=True)
    # The marker is written before anything else, so looking for it last cannot mislead
    # when another start is making this folder right now.
    others = {entry.name for entry in place.folder.iterdir()} - _BEFORE_MARKER
    if others and not (place.folder / _MARKER).exists():
        raise UserError(
            _("{folder} holds files of another program; choose an empty folder.").format(folder=place.folder),
            code="foreign_folder",
        )
    if place.folder.stat().st_uid != os.geteuid():
        raise UserError(
            _("{folder} belongs to another user of this machine.").format(folder=place.folder),
            code="foreign_folder",
        )
    # The unprivileged user must get through, also when a strict umask made the folders above.
    through = 0o711 if os.geteuid() == 0 else 0o700
    for made in missing:
        made.chmod(through)
    place.folder.chmod(through)


def mark(place: Place) -> None:
    """Make the folder ours. Only under the start lock."""
    marker = place.folder / _MARKER
    if not marker.exists():
        text = json.dumps({"made_by": MADE_BY, "what": "embedded PostgreSQL", "layout": 1})
        _write(marker, text + "\n", mode=0o600)


def major_of(place: Place) -> int | None:
    """The PostgreSQL version that the database was made with; None when there is none yet."""
    try:
        return int((place.pgdata / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


def password_of(place: Place) -> str:
    try:
        return place.password_file.read_text().strip()
    except OSError as error:
        raise UserError(
            _("The password file in {folder} cannot be read: {reason}.").format(
                folder=place.folder, reason=error.strerror
            ),
            code="no_password_file",
        ) from error


def create(place: Place, binaries: Binaries, *, durable: bool = True) -> None:
    """Run initdb. Killed half-way it leaves no database: the last step is a rename.

    `durable=False` leaves out the waiting for the disk, for tests only.
    """
    scratch = place.folder / "pgdata.new"
    shutil.rmtree(scratch, ignore_errors=True)
    _make_folder_for_server(scratch)
    password = secrets.token_urlsafe(24)
    descriptor, name = tempfile.mkstemp(dir=place.folder, prefix="initdb-password-")
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(password)
        unprivileged.give(Path(name))
        _run_initdb(place, binaries, scratch, Path(name), durable=durable)
    finally:
        Path(name).unlink()
    _write(place.password_file, password + "\n", mode=0o600)
    scratch.rename(place.pgdata)


def configure(place: Place, lines: Mapping[str, str]) -> None:
    """Write the settings and the host rules outside the folder that the server may write to."""
    place.conf.mkdir(mode=0o755, exist_ok=True)
    place.conf.chmod(0o755)
    settings = "".join(f"{name} = '{_quoted(value)}'\n" for name, value in lines.items())
    _write(place.conf / "postgresql.conf", settings, mode=0o644)
    rules = (
        "local all all scram-sha-256\n"
        "host all all 127.0.0.1/32 scram-sha-256\n"
        "host replication all 127.0.0.1/32 scram-sha-256\n"
    )
    _write(place.conf / "pg_hba.conf", rules, mode=0o644)
    _write(place.conf / "pg_ident.conf", "", mode=0o644)
    if not place.log.exists():
        _make_folder_for_server(place.log)


def server_environment() -> dict[str, str]:
    """All that the server's programs get to see of our environment: nothing."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "LANG": "C", "TZ": "UTC"}


def _run_initdb(place: Place, binaries: Binaries, target: Path, password_file: Path, *, durable: bool) -> None:
    command: list[str | Path] = [
        binaries.program("initdb"), "-D", target, "-U", SUPERUSER, "--pwfile", password_file,
        "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--data-checksums",
        *([] if durable else ["--no-sync"]),
    ]  # fmt: skip
    done = subprocess.run(
        command,
        env=server_environment(),
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        **unprivileged.identity(),
    )
    report = place.folder / "initdb.log"
    report.write_bytes(done.stdout)
    if done.returncode != 0:
        raise UserError(
            _("The database could not be made; {report} says why.").format(report=report),
            code="initdb_failed",
        )


def _make_folder_for_server(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    folder.chmod(0o700)
    unprivileged.give(folder)


def _write(path: Path, text: str, *, mode: int) -> None:
    """Write the whole file or nothing, never readable for more than `mode` allows."""
    scratch = path.with_name(path.name + ".new")
    scratch.unlink(missing_ok=True)
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    scratch.chmod(mode)
    scratch.rename(path)


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
