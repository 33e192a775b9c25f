"""A small process that holds the server and stops it when nobody needs it any more.

`python -m harmony_desk.local.watchdog DATA BIN`, started by postgres.py, never by hand. Every
program that uses the server holds a shared lock on DATA/clients.lock; the kernel lets go of it
however that program ends, so the server stops cleanly after a `kill -9` of its last user. When
the server itself is killed it is started again on the same port. Should this process be killed,
Linux tells the server to stop (a parent's death signal).

On its standard output it tells its starter, one JSON object a line: the pid and port of each
attempt, or that it gave up.
"""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from harmony_desk.local import locks, postmaster, unprivileged
from harmony_desk.local.children import ends_with_parent
from harmony_desk.local.cluster import Place, server_environment
from harmony_desk.local.settings import configuration_file

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
_LOOK_SECONDS = 0.5
_TRIES = 10
_SIGNALS = {signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1}
_STOPPING = {signal.SIGTERM, signal.SIGINT}


class Watchdog:
    """Keeps one server of one data folder alive for as long as somebody uses it."""

    def __init__(self, place: Place, folder: Path, tell: Callable[[dict[str, object]], None]) -> None:
        self._place = place
        self._postgres = folder / "postgres"
        self._start_report = place.folder / "server-start.log"
        self._tell = tell
        self._port = _previous_port(place)
        self._failures = 0
        self._served = False
        self._child = self._launch()

    def run(self) -> None:
        """Watch until the last user is gone, a signal says stop, or the server cannot run."""
        while True:
            arrived = signal.sigtimedwait(_SIGNALS, _LOOK_SECONDS)
            if arrived is not None and arrived.si_signo in _STOPPING:
                log.info("asked to stop by signal %d", arrived.si_signo)
                self._stop()
                return
            self._look_after_server()
            if self._failures >= _TRIES:
                log.error("gave up after %d failures", self._failures)
                self._tell({"failed": True})
                return
            if self._stop_when_unused():
                return

    def _launch(self) -> subprocess.Popen[bytes]:
        postmaster.disown_reused_pid(self._place.pgdata)
        # Programs that are connected know the port: after a crash another one is the last resort.
        if not _is_free(self._port) and (not self._served or self._failures > _TRIES // 2):
            self._port = _free_port()
        with self._start_report.open("wb") as report:
            child = subprocess.Popen(
                [
                    self._postgres,
                    "-D", self._place.pgdata,
                    "-c", f"config_file={configuration_file(self._place)}",
                    "-c", f"port={self._port}",
                ],
                env=server_environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=report,
                preexec_fn=ends_with_parent(signal.SIGINT),
                **unprivileged.identity(),
            )  # fmt: skip
        log.info("server %d started on port %d", child.pid, self._port)
        self._tell({"pid": child.pid, "port": self._port})
        return child

    def _look_after_server(self) -> None:
        code = self._child.poll()
        if code is None:
            self._note_when_ready()
            return
        log.warning("server %d ended with %d", self._child.pid, code)
        self._failures += 1
        if not self._served and not self._may_pass(code):
            self._failures = _TRIES
        if self._failures < _TRIES:
            time.sleep(0.2 * (self._failures - 1))
            self._child = self._launch()

    def _note_when_ready(self) -> None:
        found = postmaster.read(self._place.pgdata)
        if found is not None and found.pid == self._child.pid and found.ready:
            self._failures = 0
            if not self._served:
                self._served = True
                (self._place.folder / "port").write_text(str(self._port))

    def _may_pass(self, code: int) -> bool:
        """Whether a first start failed for a reason that another try can mend."""
        # It was killed; another program took the port between our look and the server's own; or
        # sessions of a killed predecessor have not yet let go of its memory.
        report = self._start_report.read_text(errors="replace")
        return code < 0 or not _is_free(self._port) or "pre-existing shared memory block" in report

    def _stop_when_unused(self) -> bool:
        # Under the start lock, so that nobody can join a server that is going away.
        with locks.held(self._place.start_lock, wait_seconds=0) as alone:
            if not alone:
                return False
            with locks.held(self._place.clients_lock, wait_seconds=0) as unused:
                if unused:
                    log.info("the last user is gone")
                    self._stop()
                return unused

    def _stop(self) -> None:
        postmaster.stop(self._child.pid, lambda: self._child.poll() is None)
        log.info("server %d stopped with %s", self._child.pid, self._child.returncode)


def _previous_port(place: Place) -> int:
    """The port of last time, so that saved connections keep working; any free one the first time."""
    try:
        return int((place.folder / "port").read_text())
    except (FileNotFoundError, ValueError):
        return _free_port()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the server does: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _say(message: dict[str, object]) -> None:
    try:
        os.write(sys.stdout.fileno(), json.dumps(message).encode() + b"\n")
    except BrokenPipeError:
        log.debug("the starter no longer listens")


def main(arguments: list[str]) -> int:
    place, folder = Place(Path(arguments[0])), Path(arguments[1])
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    mine = locks.acquire(place.watchdog_lock, wait_seconds=5)
    if mine is None:
        log.error("another watchdog holds this folder")
        return 1
    os.ftruncate(mine, 0)
    os.write(mine, str(os.getpid()).encode())
    Watchdog(place, folder, _say).run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
