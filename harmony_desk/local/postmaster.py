"""The server's own process: what its pid file says, whether it lives, how it is stopped."""

import contextlib
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

_FAST = signal.SIGINT
_IMMEDIATE = signal.SIGQUIT


@dataclass(frozen=True)
class PidFile:
    """The lines of postmaster.pid that we use; port and status come a moment after the pid."""

    pid: int
    port: int | None
    ready: bool


def read(pgdata: Path) -> PidFile | None:
    try:
        lines = (pgdata / "postmaster.pid").read_text().splitlines()
        return PidFile(
            pid=int(lines[0]),
            port=int(lines[3]) if len(lines) > 3 else None,
            ready=len(lines) > 7 and lines[7].strip() == "ready",
        )
    except (FileNotFoundError, IndexError, ValueError):
        return None


def serves(pid: int, pgdata: Path) -> bool:
    """Whether this process is a PostgreSQL server at work in this folder (pids are reused)."""
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == pgdata.resolve()
    except psutil.Error:
        return False


def disown_reused_pid(pgdata: Path) -> None:
    """Let the server start although another program has the pid of its dead predecessor.

    The file stays, because the server looks in it for memory that surviving sessions still hold;
    it takes its parent's pid, ours, for stale.
    """
    found = read(pgdata)
    if found is None or serves(found.pid, pgdata) or not psutil.pid_exists(found.pid):
        return
    descriptor = os.open(pgdata / "postmaster.pid", os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "r+") as file:
        lines = file.read().splitlines()
        file.seek(0)
        file.truncate()
        file.write("\n".join([str(os.getpid()), *lines[1:]]) + "\n")


def stop(pid: int, lives: Callable[[], bool], *, fast_seconds: float = 60.0) -> None:
    """Stop a server: roll back what is open, write everything, end. `lives` says whether it runs."""
    for kind, seconds in ((_FAST, fast_seconds), (_IMMEDIATE, 10.0), (signal.SIGKILL, 5.0)):
        if not lives():
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, kind)
        deadline = time.monotonic() + seconds
        while lives() and time.monotonic() < deadline:
            time.sleep(0.02)
