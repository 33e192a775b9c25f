"""Keeps a helper process running beside the demo: started again when it ends, each time later."""

import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from harmony_desk.local.children import ends_with_parent

log = logging.getLogger(__name__)

_LONGEST_PAUSE_SECONDS = 60.0
# Who ran this long was well; its next failure is a new one.
_WELL_SECONDS = 60.0


class Helper:
    """One process that should be there; call `look` about twice a second."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        report: Path,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._command = list(command)
        self._environment = {**os.environ, **environment}
        self._report = report
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._failures = 0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def look(self) -> None:
        """Start it when it is not running and its pause is over."""
        now = self._clock()
        if self._process is not None and self._process.poll() is not None:
            log.warning("helper %d ended with %d", self._process.pid, self._process.returncode)
            self._failures = 1 if now - self._started_at > _WELL_SECONDS else self._failures + 1
            self._process = None
        if self._process is None and now >= self._started_at + self._pause():
            self._start(now)

    def stop(self) -> None:
        """Ask it to end, and end it when it does not within ten seconds."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _pause(self) -> float:
        return min(2.0**self._failures, _LONGEST_PAUSE_SECONDS) if self._failures else 0.0

    def _start(self, now: float) -> None:
        self._started_at = now
        with self._report.open("wb") as report:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=report,
                stderr=report,
                start_new_session=True,  # Ctrl+C is for the demo, which then ends us in order
                preexec_fn=ends_with_parent(signal.SIGTERM),
            )
        log.info("helper %d started", self._process.pid)
