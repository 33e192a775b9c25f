"""House rules about the tree itself: nothing secret or local in it, one truth about the pins."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Put together here, so that this file does not find itself.
_HOSTS = "|".join(["py" + "pi", "python" + "hosted", "npm" + "js", "deb\\." + "debian", "registry\\."])
FORBIDDEN = {
    "the address of a package registry": re.compile(rf"(?i)(https?|file)://[^\s\"'<>)]*({_HOSTS})"),
    "a path of one machine": re.compile(r"(?<![\w.$~}])/(work|root|farm|home/[a-z]+|Users/\w+)/[\w.]"),
    "a private key": re.compile("-----BEGIN " + r"[A-Z ]*PRIVATE KEY-----"),
    "a token": re.compile(r"\b(ghp|gho|github_pat|glpat|sk_live|xox[bp])[-_][0-9A-Za-z_]{16,}"),
    "a password inside an address": re.compile(r"\bpostgres(ql)?://[^\s:/@{}]+:[^\s@{}]+@"),
}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


def forbidden_in(text: str) -> list[str]:
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


def test_no_file_holds_a_secret_a_registry_or_a_path_of_one_machine() -> None:
    files = tracked()

    found = {
        str(path.relative_to(ROOT)): what
        for path in files
        if (what := forbidden_in(path.read_bytes().decode("utf-8", "replace")))
    }

    assert len(files) > 20
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "--index-url https://" + "py" + "pi.example/simple",
        "file:///opt/" + "py" + "pi/simple",
        'PYTHON = "/' + 'work/venv/bin/python"',
        "cd /" + "home/anna/harmony",
        "-----BEGIN " + "RSA PRIVATE KEY-----",
        "token = ghp_" + "0123456789abcdefABCDEF",
        "postgresql://anna.agent" + ":geheim@db.example/harmony",
    ],
)
def test_each_kind_of_forbidden_text_is_found(text: str) -> None:
    assert len(forbidden_in(text)) == 1


@pytest.mark.parametrize(
    "text", ["postgresql://{user}:{password}@host/db", "https://www.postgresql.org/docs/", "resources/work/x"]
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert forbidden_in(text) == []


def pins(requirements: list[str]) -> dict[str, str]:
    """Name to exact version; a requirement that is not exact fails."""
    found = {}
    for line in requirements:
        match = re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*])?==([\w.+!-]+)", line)
        assert match, f"not an exact version: {line}"
        found[match[1].lower().replace("_", "-")] = match[2]
    return found


def locked(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text().splitlines()
    return pins([line for line in lines if line and not line.startswith((" ", "#"))])


def wanted(*extras: str) -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    optional = project["optional-dependencies"]
    return pins([*project["dependencies"], *(line for extra in extras for line in optional[extra])])


@pytest.mark.parametrize(
    ("lock", "extras"), [("requirements.lock", ["dev"]), ("requirements-package.lock", ["dev", "package"])]
)
def test_the_lock_holds_the_versions_of_pyproject(lock: str, extras: list[str]) -> None:
    have = locked(lock)

    assert {name: have.get(name) for name in wanted(*extras)} == wanted(*extras)


def test_both_locks_agree() -> None:
    ours, packaging = locked("requirements.lock"), locked("requirements-package.lock")

    assert {name: packaging.get(name) for name in ours} == ours


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-package.lock"])
def test_the_lock_holds_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text()
    blocks = re.split(r"(?m)^(?=[a-z])", text)[1:]

    assert all("--hash=sha256:" in block for block in blocks)
    assert "/" not in text
    assert not re.search(r"(?m)^-", text)


def test_pyside_stays_below_the_version_that_aborts_python_3_11() -> None:
    # 6.12.0 loses a reference to True with each Signal.emit(); a later one needs the whole suite first.
    for name in ("pyside6-essentials", "pyside6-addons"):
        major, minor = (int(part) for part in wanted()[name].split(".")[:2])
        assert (6, 11) <= (major, minor) < (6, 12)


def test_each_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs" / "dependencies.md").read_text()

    named = set(re.findall(r"^\| `([\w.-]+)`", reasons, re.MULTILINE))

    assert named == set(wanted("dev", "package"))


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    silenced = re.compile(r"pytest\." + r"(skip|xfail|mark\.skip|mark\.skipif|mark\.xfail|importorskip)\b")

    found = [path.name for path in tracked("tests/**/*.py", "tests/*.py") if silenced.search(path.read_text())]

    assert found == []


def test_the_wheel_carries_the_database_and_the_resources_and_no_tests(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")

    names = set(zipfile.ZipFile(wheel).namelist())

    shipped = [path.relative_to(ROOT) for path in tracked("db", "harmony_desk", "resources")]
    wanted_names = {
        str(Path("harmony_desk", path) if path.parts[0] == "resources" else path) for path in shipped if path.suffix
    }
    assert len(wanted_names) > 20
    assert wanted_names - names == set()
    assert not [name for name in names if name.startswith("tests/")]
