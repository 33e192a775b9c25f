"""The embedded PostgreSQL: `start` gives a server of ours on loopback, shared by who asks for it.

    with postgres.start(folder) as server:
        psycopg.connect(server.dsn, password=server.password)

Several programs may start one folder: the first makes and starts the server, the others join it,
the last one's end stops it (watchdog.py does, so also when that end is a `kill -9`).
Linux only: it leans on flock, /proc and the death signal of a parent.
"""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import platformdirs
import psycopg

import harmony_desk
from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _
from harmony_desk.local import binaries, cluster, locks, postmaster, settings, unprivileged
from harmony_desk.local.cluster import SUPERUSER, Place

# Recovery after a crash reads the log of the last minutes; a big import can make that long.
_READY_SECONDS = 180.0
_LOCK_SECONDS = 240.0
_LOOPBACK = "127.0.0.1"
_NO_SETTINGS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class _Found:
    """A server that let us in, and its watchdog when we are the one who started that."""

    port: int
    version: int
    watchdog: subprocess.Popen[bytes] | None = None


class Server:
    """A running server and our share in it; letting go of the object lets go of the server."""

    def __init__(self, place: Place, *, share: int, found: _Found) -> None:
        self._place = place
        self._share: int | None = share
        self._watchdog = found.watchdog
        self.port = found.port
        self.version = found.version  # as server_version_num: 180006 is 18.6
        self.superuser = SUPERUSER
        self.password = cluster.password_of(place)

    @property
    def data_dir(self) -> Path:
        return self._place.folder

    @property
    def dsn(self) -> str:
        """Connection string of the superuser, without the password."""
        return _dsn(self.port)

    @property
    def pid(self) -> int:
        """The postmaster's; another one after a restart, 0 when there is none just now."""
        found = postmaster.read(self._place.pgdata)
        return found.pid if found else 0

    @property
    def is_running(self) -> bool:
        """Whether the watchdog still keeps it; between a crash and its restart this stays true."""
        return locks.is_held(self._place.watchdog_lock)

    @property
    def log_file(self) -> Path:
        """The file that the server writes to today."""
        current = (self._place.pgdata / "current_logfiles").read_text()
        return Path(current.split(" ", 1)[1].strip())

    def stop(self) -> None:
        """Let go; when nobody else uses the server, wait until it has stopped. Twice is harmless."""
        if self._share is None:
            return
        locks.release(self._share)
        self._share = None
        deadline = time.monotonic() + _READY_SECONDS
        while self.is_running and time.monotonic() < deadline:
            if _has_users(self._place):
                _let_go(self._watchdog)
                return
            _wake_watchdog(self._place)
            time.sleep(0.05)
        if self._watchdog is not None:
            self._watchdog.wait(_READY_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def __del__(self) -> None:
        # Not stop(): a forgotten server must not make the interpreter wait.
        share: int | None = getattr(self, "_share", None)
        if share is not None:
            _let_go(self._watchdog)
            with contextlib.suppress(OSError):
                locks.release(share)


def default_data_dir() -> Path:
    """Where the demo keeps its database when nobody says otherwise."""
    if os.geteuid() == 0:  # root's home is closed to the unprivileged user of the server
        return Path("/var/lib/harmony-desk/demo")
    return platformdirs.user_data_path("harmony-desk") / "demo"


def start(data_dir: Path, *, bin_dir: Path | None = None, settings: Mapping[str, str] = _NO_SETTINGS) -> Server:
    """The server of this folder, made when it does not exist, joined when it already runs.

    `settings` override our own (a test's `fsync=off`); who joins gets the settings it runs with.
    Returns when an authenticated login has worked. Raises UserError.
    """
    if sys.platform != "linux":
        raise UserError(
            _("The embedded database runs on Linux only; connect to a shared database instead."),
            code="linux_only",
        )
    place = cluster.claim_folder(data_dir)
    with locks.held(place.start_lock, wait_seconds=_LOCK_SECONDS) as mine:
        if not mine:
            raise UserError(
                _("Another program has been starting or stopping this database for too long."),
                code="busy",
            )
        cluster.mark(place)
        share = locks.acquire(place.clients_lock, shared=True, wait_seconds=5)
        if share is None:
            raise RuntimeError("the clients' lock is held exclusively outside the start lock")
        try:
            found = _join(place) or _launch(place, bin_dir, settings)
            return Server(place, share=share, found=found)
        except BaseException:
            locks.release(share)
            raise


def _join(place: Place) -> _Found | None:
    """The server that already runs here; None when there is none."""
    deadline = time.monotonic() + _READY_SECONDS
    while locks.is_held(place.watchdog_lock):
        found = postmaster.read(place.pgdata)
        if found is not None and found.port is not None:
            version = _login(place, found.port)
            if version is not None:
                return _Found(found.port, version)
        if time.monotonic() > deadline:
            raise _not_ready(place)
        time.sleep(0.05)
    return None


def _launch(place: Place, bin_dir: Path | None, chosen: Mapping[str, str]) -> _Found:
    major = cluster.major_of(place)
    programs = unprivileged.reachable(binaries.find(bin_dir, major=major))
    _end_orphan(place)
    if major is None:
        cluster.create(place, programs, durable=chosen.get("fsync") != "off")
    cluster.password_of(place)  # without it nothing below can end well
    cluster.configure(place, settings.lines(place, chosen))
    with place.watchdog_log.open("wb") as report:
        watchdog = subprocess.Popen(
            [*_watchdog_command(), place.folder, programs.folder],
            env=_watchdog_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=report,
            start_new_session=True,
        )
    try:
        return _await_ready(place, watchdog)
    except BaseException:
        _let_go(watchdog)
        raise


def _await_ready(place: Place, watchdog: subprocess.Popen[bytes]) -> _Found:
    stream = watchdog.stdout
    if stream is None:
        raise RuntimeError("the watchdog was started without a pipe")
    port: int | None = None
    deadline = time.monotonic() + _READY_SECONDS
    with stream:
        while time.monotonic() < deadline:
            if select.select([stream], [], [], 0.02)[0]:
                line = stream.readline()
                told = json.loads(line) if line else {"failed": True}
                if "failed" in told:
                    watchdog.wait()
                    break
                port = told["port"]
            version = _login(place, port) if port is not None else None
            if port is not None and version is not None:
                return _Found(port, version, watchdog)
    raise _not_ready(place)


def _let_go(watchdog: subprocess.Popen[bytes] | None) -> None:
    """Bury our watchdog when it is dead; when it serves others, it outlives us and nobody waits."""
    if watchdog is not None and watchdog.poll() is None:
        watchdog.returncode = 0


def _login(place: Place, port: int) -> int | None:
    """The server's version when it lets us in and is the one of this folder, else None."""
    try:
        # Only SCRAM: it proves to us as well that the other side knows the password.
        with psycopg.connect(
            _dsn(port), password=cluster.password_of(place), connect_timeout=5,
            require_auth="scram-sha-256", passfile=os.devnull,
        ) as connection:  # fmt: skip
            row = connection.execute("select current_setting('data_directory')").fetchone()
            ours = row is not None and Path(row[0]) == place.pgdata
            return connection.info.server_version if ours else None
    except psycopg.OperationalError:
        return None


def _end_orphan(place: Place) -> None:
    """A server whose watchdog was killed is on its way out; see it to the door."""
    found = postmaster.read(place.pgdata)
    if found is not None:
        pid = found.pid
        postmaster.stop(pid, lambda: postmaster.serves(pid, place.pgdata))


def _has_users(place: Place) -> bool:
    """Whether any program still uses the server; nobody does once the watchdog is stopping it."""
    with locks.held(place.clients_lock, wait_seconds=0) as unused:
        return not unused and not locks.is_held(place.clients_lock)


def _wake_watchdog(place: Place) -> None:
    try:
        pid = int(place.watchdog_lock.read_text())
    except (ValueError, FileNotFoundError):
        return
    if locks.is_held(place.watchdog_lock):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGUSR1)


def _watchdog_command() -> list[str]:
    if getattr(sys, "frozen", False):  # a frozen program is its own interpreter
        return [sys.executable, "watchdog"]
    return [sys.executable, "-P", "-m", "harmony_desk.local.watchdog"]


def _watchdog_environment() -> dict[str, str]:
    package = str(Path(harmony_desk.__file__).parent.parent)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "HARMONY_", "COV_"))}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, (package, kept.get("PYTHONPATH"))))}


def _dsn(port: int) -> str:
    return f"host={_LOOPBACK} port={port} user={SUPERUSER} dbname=postgres"


def _not_ready(place: Place) -> UserError:
    return UserError(
        _("The embedded database did not start; its reports are in {folder}.").format(folder=place.folder),
        code="server_not_ready",
    )
