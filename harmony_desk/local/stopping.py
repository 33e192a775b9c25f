"""How a service of ours ends when it is asked to, and what it leaves behind when it falls."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def stop_on_signals(stop: threading.Event) -> Iterator[None]:
    """SIGTERM and SIGINT set `stop` inside the block, so that work ends at a safe place."""
    before = {}
    for number in (signal.SIGTERM, signal.SIGINT):
        before[number] = signal.signal(number, lambda *_signal: stop.set())
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def no_core_files() -> None:
    """A crash of this process writes no memory to the disk: plain sound could be in it."""
    if sys.platform == "win32":
        return
    import resource  # there is none on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
