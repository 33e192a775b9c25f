"""The scripts behind `make setup` and the system packages, on machines that we only pretend to have."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SYSTEM_PACKAGES = ROOT / "scripts" / "system-packages.sh"


@dataclass
class Machine:
    """Programs of our own in front of the real ones; each writes down how it was called."""

    folder: Path

    def has(self, name: str, script: str) -> None:
        program = self.folder / name
        program.write_text(f'#!/bin/bash\necho "{name} $*" >>"{self.folder}/calls"\n{script}\n')
        program.chmod(0o755)

    def calls(self, name: str) -> list[str]:
        file = self.folder / "calls"
        lines = file.read_text().splitlines() if file.exists() else []
        return [line for line in lines if line.split(" ")[0] == name]

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": f"{self.folder}:/usr/bin:/bin", "HOME": str(self.folder)}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Debian, every package there but xvfb, an ordinary user, a sudo that asks for a password."""
    made = Machine(tmp_path / "bin")
    made.folder.mkdir()
    made.has("dpkg-query", '[[ "${@: -1}" == xvfb ]] && exit 1; echo "ii "')
    made.has("id", "echo 1000")
    made.has("sudo", "exit 1")
    made.has("apt-get", "exit 0")
    return made


def test_with_every_package_there_nothing_is_said_or_called(machine: Machine) -> None:
    machine.has("dpkg-query", 'echo "ii "')

    told = machine.run(SYSTEM_PACKAGES, "test")

    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    assert machine.calls("apt-get") == machine.calls("sudo") == []


@pytest.mark.parametrize("status", ["rc ", "un ", "iU ", "iF "])
def test_a_package_that_is_not_wholly_installed_counts_as_missing(machine: Machine, status: str) -> None:
    machine.has("dpkg-query", f'[[ "${{@: -1}}" == xvfb ]] && echo "{status}" || echo "ii "')

    assert machine.run(SYSTEM_PACKAGES, "test").returncode == 3


def test_without_root_one_line_is_printed_and_nothing_changes(machine: Machine) -> None:
    told = machine.run(SYSTEM_PACKAGES, "test")

    assert told.returncode == 3
    assert told.stdout == ""
    commands = [line.strip() for line in told.stderr.splitlines() if "apt-get" in line]
    assert commands == ["sudo apt-get install --no-install-recommends xvfb"]
    assert machine.calls("apt-get") == []


def test_what_only_tests_need_is_not_asked_for_to_run(machine: Machine) -> None:
    assert machine.run(SYSTEM_PACKAGES, "run").returncode == 0


def test_root_fetches_everything_before_it_installs_anything(machine: Machine) -> None:
    machine.has("id", "echo 0")

    told = machine.run(SYSTEM_PACKAGES, "test")

    assert told.returncode == 0
    fetch, install = machine.calls("apt-get")
    assert "--download-only install xvfb" in fetch
    assert install.endswith("--yes install xvfb")


def test_sudo_without_a_password_is_used(machine: Machine) -> None:
    machine.has("sudo", 'shift; exec "$@"')

    assert machine.run(SYSTEM_PACKAGES, "test").returncode == 0
    assert len(machine.calls("apt-get")) == 2


def test_an_old_list_of_packages_is_renewed_once(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("apt-get", f'[[ "$*" == *update* ]] && touch "{machine.folder}/new"; [[ -e "{machine.folder}/new" ]]')

    assert machine.run(SYSTEM_PACKAGES, "test").returncode == 0
    kinds = ["update" if "update" in call else "get" for call in machine.calls("apt-get")]
    assert kinds == ["get", "update", "get", "get"]


def test_what_cannot_be_fetched_is_not_installed_by_half(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("apt-get", '[[ "$*" != *--download-only* ]]')

    assert machine.run(SYSTEM_PACKAGES, "test").returncode != 0
    assert not [call for call in machine.calls("apt-get") if call.endswith("--yes install xvfb")]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What `scripts/setup.sh` looks at, in a folder of its own."""
    for name in ("scripts/setup.sh", "requirements.lock", "pyproject.toml"):
        target = tmp_path / "checkout" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    return tmp_path / "checkout"


def pretend_pythons(machine: Machine, script: str) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        machine.has(name, script)
    machine.has("uv", "exit 127")


def test_without_a_python_that_runs_setup_says_so(machine: Machine, checkout: Path) -> None:
    pretend_pythons(machine, "echo 'the shim refuses' >&2; exit 127")

    told = machine.run(checkout / "scripts" / "setup.sh")

    assert told.returncode == 3
    assert "Python 3.11" in told.stderr
    assert not (checkout / ".venv").exists()


def test_a_python_without_ensurepip_is_named_with_the_package_that_mends_it(machine: Machine, checkout: Path) -> None:
    pretend_pythons(machine, '[[ "$*" == *ensurepip* ]] && exit 1; echo "$0"')

    told = machine.run(checkout / "scripts" / "setup.sh")

    assert told.returncode == 3
    assert "ensurepip" in told.stderr
    assert "python3-venv" in told.stderr
    assert not (checkout / ".venv").exists()


def test_every_target_of_the_makefile_is_in_its_help() -> None:
    told = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ
    ).stdout

    listed = {line.split()[0] for line in told.splitlines() if line.strip()}
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony is not None
    assert listed == {name for name in phony[1].split() if not name.startswith("system-")}
    assert {"help", "setup", "run", "test", "lint", "bench", "faults", "screenshots", "package"} <= listed
