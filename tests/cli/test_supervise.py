"""The helper process beside the demo: there when it should be, and never longer than the demo."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from harmony_desk.cli.supervise import Helper
from tests.local.app import ROOT, eventually, gone

FOREVER = [sys.executable, "-c", "import time; time.sleep(600)"]
AT_ONCE = [sys.executable, "-c", "import os, sys; print(os.environ['WORD']); sys.exit(3)"]


class Clock:
    """A clock that stands still until the test moves it."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_a_helper_that_was_killed_is_started_again(tmp_path: Path) -> None:
    clock = Clock()
    helper = Helper(FOREVER, {}, tmp_path / "log", clock=clock)
    helper.look()
    first = helper.pid
    assert first is not None

    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: gone(first))
    helper.look()
    assert helper.pid is None
    clock.seconds += 2
    helper.look()

    assert helper.pid not in (None, first)
    helper.stop()
    assert helper.pid is None


def test_a_helper_that_keeps_failing_is_started_later_and_later(tmp_path: Path) -> None:
    clock = Clock()
    helper = Helper(AT_ONCE, {"WORD": "hello"}, tmp_path / "log", clock=clock)
    pauses = []
    for _ in range(7):
        helper.look()
        pid, started = helper.pid, clock.seconds
        assert pid is not None
        assert eventually(lambda pid=pid: gone(pid))
        helper.look()
        while helper.pid is None and clock.seconds < started + 1000:
            clock.seconds += 1
            helper.look()
        pauses.append(clock.seconds - started)
    helper.stop()

    assert pauses == [2, 4, 8, 16, 32, 60, 60]
    assert (tmp_path / "log").read_text() in ("", "hello\n")


def test_a_helper_ends_when_the_demo_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from harmony_desk.cli.supervise import Helper;"
        f"helper = Helper({FOREVER!r}, {{}}, Path({str(tmp_path / 'log')!r}));"
        "helper.look(); print(helper.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        helper = int(demo.stdout.readline())
        assert not gone(helper)

        demo.kill()

        assert eventually(lambda: gone(helper), seconds=5)
