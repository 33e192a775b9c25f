"""Fixtures that every room uses."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from harmony_desk.local.postgres import Server
from tests import servers
from tests.probes import (  # noqa: F401 - pytest finds hooks and fixtures by their names here
    probe,
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
)


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    if not _is_worker(config):
        servers.make_run_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _is_worker(config):
        servers.remove_run_folder()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running PostgreSQL, one for all workers of this run; make databases of your own in it."""
    with servers.start_shared() as running:
        yield running


@pytest.fixture(scope="session")
def own_server() -> Iterator[Server]:
    """A second server, this worker's alone, with no role that a test did not put there; leave it so."""
    with servers.start_own() as running:
        yield running


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """An empty folder that the server's unprivileged user may enter, unlike pytest's tmp_path."""
    with tempfile.TemporaryDirectory(dir=servers.run_folder()) as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder
