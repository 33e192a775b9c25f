"""Locks that end with the process that holds them, however it ends (flock on a file).

A lock is an open file descriptor; closing it, or dying, lets go. Descriptors are not inherited by
programs that we start, so a child never keeps a lock alive by accident.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

_POLL_SECONDS = 0.02


def acquire(path: Path, *, shared: bool = False, wait_seconds: float = 0.0) -> int | None:
    """Take the lock and return its descriptor, or None when others keep it for `wait_seconds`."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                os.close(descriptor)
                return None
            time.sleep(_POLL_SECONDS)
        except BaseException:
            os.close(descriptor)
            raise
        else:
            return descriptor


def release(descriptor: int) -> None:
    os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether some process, this one included, holds the lock exclusively at this moment."""
    if not path.exists():
        return False
    # A shared try disturbs nobody but the exclusive holder's own next try, which repeats.
    descriptor = acquire(path, shared=True)
    if descriptor is None:
        return True
    release(descriptor)
    return False


@contextlib.contextmanager
def held(path: Path, *, wait_seconds: float) -> Iterator[bool]:
    """Hold the lock exclusively inside the block; yields False when it could not be had."""
    descriptor = acquire(path, wait_seconds=wait_seconds)
    try:
        yield descriptor is not None
    finally:
        if descriptor is not None:
            release(descriptor)
