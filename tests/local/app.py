"""A program that uses the embedded server, for tests that kill it: `python -m tests.local.app DATA BIN`.

Prints one JSON line when it has the server, then lives until it is killed.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from harmony_desk.local import postgres
from tests import servers

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class App:
    """One running program of this kind, seen from the test."""

    process: subprocess.Popen[str]
    port: int
    server_pid: int
    watchdog_pid: int

    def kill(self) -> None:
        """As the kernel would: no handler runs."""
        self.process.kill()
        self.process.communicate()


def launch(data_dir: Path, programs: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.local.app", data_dir, programs],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def wait_for(process: subprocess.Popen[str], data_dir: Path) -> App:
    assert process.stdout is not None
    facts = json.loads(process.stdout.readline())
    watchdog = int((data_dir / "watchdog.lock").read_text())
    return App(process, facts["port"], facts["pid"], watchdog)


def run(data_dir: Path, programs: Path) -> App:
    return wait_for(launch(data_dir, programs), data_dir)


def eventually(condition: Callable[[], bool], *, seconds: float = 20.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def connect(data_dir: Path, port: int) -> psycopg.Connection[tuple[object, ...]]:
    password = (data_dir / "superuser-password").read_text().strip()
    return psycopg.connect(
        host="127.0.0.1", port=port, user="postgres", dbname="postgres", password=password, autocommit=True
    )


def control_state(data_dir: Path, programs: Path) -> str:
    """What pg_controldata calls the state of the cluster, such as 'shut down'."""
    told = subprocess.run(
        [programs / "pg_controldata", data_dir / "pgdata"],
        capture_output=True,
        text=True,
        check=True,
        env={"LC_ALL": "C"},
    ).stdout
    line = next(line for line in told.splitlines() if line.startswith("Database cluster state"))
    return line.split(":", 1)[1].strip()


def main() -> None:
    server = postgres.start(Path(sys.argv[1]), bin_dir=Path(sys.argv[2]), settings=servers.FAST)
    print(json.dumps({"port": server.port, "pid": server.pid}), flush=True)
    time.sleep(600)


if __name__ == "__main__":
    main()
