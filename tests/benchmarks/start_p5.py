"""P5: from the start of a process to the first paint of a window. Bare PySide6 for now: the limit that the desk's own
window will be held against."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measure import Result, result

_WINDOW = Path(__file__).with_name("bare_window.py")
GOAL = "bare only: the desk's window is to be within 2x"


def painted_after() -> float:
    """Milliseconds from here to the first paint of the window, in a process of its own, on no screen."""
    # Without compiled files each import of Python code is slower; a desk has them.
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.time() * 1000
    done = subprocess.run(
        [sys.executable, str(_WINDOW)], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return float(done.stdout) - begun


def run(*, starts: int) -> Iterator[Result]:
    """Starts the bare window so many times, after one start that warms the disk."""
    painted_after()
    times = [painted_after() for _start in range(starts)]
    yield result("P5", "bare window", times, times, rows=0, right=1.0, goal=GOAL, met=True)
