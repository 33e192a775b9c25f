"""PostgreSQL for tests: the product's own embedded server, with settings that give up durability.

All pytest-xdist workers of one run share one server: each starts the same folder, so that the
first makes it, the others join it and the last one's end stops it, whatever happens to a worker.
HARMONY_TEST_PG_BIN chooses the PostgreSQL under test; without it the product's own choice holds.
"""

import os
import shutil
import tempfile
from pathlib import Path

from harmony_desk.local import postgres

FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "shared_buffers": "64MB",
}
_RUN_FOLDER = "HARMONY_TEST_RUN_FOLDER"


def bin_dir() -> Path | None:
    chosen = os.environ.get("HARMONY_TEST_PG_BIN")
    return Path(chosen) if chosen else None


def make_run_folder() -> None:
    """Once per run, in the process that the person started; its workers inherit the name.

    Not under pytest's own temporary folder: that is closed to the unprivileged user who runs the
    server when the tests run as root.
    """
    _forget_surroundings()
    folder = Path(tempfile.mkdtemp(prefix="harmony-tests-"))
    folder.chmod(0o711)
    os.environ[_RUN_FOLDER] = str(folder)


def _forget_surroundings() -> None:
    """What a person has set for psql or for a desk of theirs must not reach a test."""
    for name in list(os.environ):
        if name.startswith(("PG", "HARMONY_")) and not name.startswith("HARMONY_TEST_"):
            del os.environ[name]


def run_folder() -> Path:
    return Path(os.environ[_RUN_FOLDER])


def remove_run_folder() -> None:
    shutil.rmtree(os.environ.pop(_RUN_FOLDER), ignore_errors=True)


def start_shared() -> postgres.Server:
    return postgres.start(run_folder() / "server", bin_dir=bin_dir(), settings=FAST)


def start_own() -> postgres.Server:
    """A server that no other worker of this run uses: what a test does to roles stays among its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return postgres.start(run_folder() / f"own-{worker}", bin_dir=bin_dir(), settings=FAST)


def system_bin_dir() -> Path:
    """The newest PostgreSQL of the system's packages, or the one under test; the wheel's has no TLS."""
    folders = [bin_dir(), *sorted(Path("/").glob("usr/lib/postgresql/*/bin"), reverse=True)]
    return next(folder for folder in folders if folder is not None and (folder / "initdb").exists())
