"""The servers that the embedded supervision is tried on: the wheel's and the system's oldest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from harmony_desk.core.errors import UserError
from harmony_desk.local import binaries, postgres
from harmony_desk.local.postgres import Server
from tests import servers


def _versions() -> dict[str, Path]:
    """The folders of programs on this machine, by the name that a test's id shows."""
    found = {f"pg{one.major}": one.folder for one in [binaries.find()]}
    for major in (15, 16, 17):
        try:
            other = binaries.find(major=major)
        except UserError:
            continue
        return {**found, f"pg{other.major}": other.folder}
    return found


VERSIONS = _versions()


@pytest.fixture(scope="module", params=VERSIONS.values(), ids=VERSIONS.keys())
def programs(request: pytest.FixtureRequest) -> Path:
    """The folder of programs of one PostgreSQL version; the test runs once for each."""
    folder: Path = request.param
    return folder


@pytest.fixture(scope="module")
def running(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the product's own settings that tests only look at; one per version and file."""
    folder = servers.run_folder() / tmp_path_factory.mktemp("looked-at").name / programs.parent.name
    folder.parent.mkdir(mode=0o711, exist_ok=True)
    folder.parent.chmod(0o711)
    with postgres.start(folder / str(id(programs)), bin_dir=programs) as server:
        yield server
