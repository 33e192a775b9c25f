"""The folder in which a telephone system leaves its recordings, and what we do in it.

`.harmony-desk` in that folder holds: `work/<group>` what is being taken in, `done` what only waits to be deleted,
`refused/<id>` what was not taken, with its reason, `locks`. Every step is a rename, so that a process that is
killed leaves a state from which the next one goes on.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import logging
import os
import secrets
import shutil
import stat
import time
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _
from harmony_desk.local import locks
from harmony_desk.recordings.formats import ENDINGS, ending_of
from harmony_desk.telephony.file_names import FileName
from harmony_desk.telephony.numbers import Agents
from harmony_desk.telephony.profiles import Profile
from harmony_desk.telephony.reasons import Reason, Unusable

log = logging.getLogger(__name__)

OURS: Final = ".harmony-desk"
# What was refused is plain sound too: the promise of 180 days holds for it.
_REFUSED_DAYS: Final = 179


@dataclass(frozen=True)
class Candidate:
    """Files that belong to one recording, not claimed yet. `key` is a digest: it says no number."""

    key: str
    paths: tuple[Path, ...] = field(repr=False)


@dataclass(frozen=True)
class Part:
    """One file of a claimed recording, with what its name says."""

    path: Path = field(repr=False)
    name: FileName


class Inbox:
    """One telephone system's folder."""

    def __init__(self, folder: Path, profile: Profile, agents: Agents, *, settle_seconds: float) -> None:
        """`settle_seconds`: a file that changed more recently is still being written. Raises UserError."""
        if not folder.is_dir():
            raise UserError(_("The folder with recordings is not there."), field="folder", code="no_folder")
        self._folder = folder
        self._profile = profile
        self._agents = agents
        self._settle_seconds = settle_seconds
        self._ours = folder / OURS
        try:
            for name in ("work", "done", "refused", "locks"):
                (self._ours / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                _("The folder with recordings cannot be written: {reason}.").format(reason=error.strerror),
                field="folder",
                code="folder_unwritable",
            ) from None

    def tidy(self) -> None:
        """Finishes what a killed process left to delete, and deletes what was refused 179 days ago."""
        for left in (self._ours / "done").iterdir():
            shutil.rmtree(left, ignore_errors=True)
        oldest = time.time() - _REFUSED_DAYS * 86400
        for left in (self._ours / "refused").iterdir():
            with contextlib.suppress(FileNotFoundError):
                if left.stat().st_mtime < oldest:
                    shutil.rmtree(left, ignore_errors=True)

    def candidates(self) -> list[Candidate]:
        """Recordings that wait: first those that another run began, then new ones, by name."""
        found: dict[str, list[Path]] = {
            left.name: [] for left in sorted((self._ours / "work").iterdir()) if left.is_dir()
        }
        groups: dict[str, list[Path]] = defaultdict(list)
        for path in self._files():
            groups[self._key(path)].append(path)
        for key, paths in groups.items():
            if key in found or self._settled(paths):
                found.setdefault(key, []).extend(paths)
        return [Candidate(key, tuple(paths)) for key, paths in found.items()]

    def claim(self, candidate: Candidate) -> Claim | None:
        """Makes it ours alone; None when another process has it or has finished it."""
        lock = _lock(self._ours / "locks" / f"{candidate.key}.lock")
        if lock is None:
            return None
        work = self._ours / "work" / candidate.key
        try:
            work.mkdir(mode=0o700, exist_ok=True)
            for path in candidate.paths:
                with contextlib.suppress(FileNotFoundError):
                    path.rename(work / path.name)
            claim = Claim(self._ours, work, lock, self._profile, self._agents)
            if not claim.names():
                claim.finish()
                return None
        except BaseException:
            locks.release(lock)
            raise
        return claim

    def _files(self) -> Iterator[Path]:
        for folder, folders, names in os.walk(self._folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith(".") and ending_of(name) in ENDINGS:
                    yield Path(folder, name)

    def _key(self, path: Path) -> str:
        try:
            group = self._profile.file_name(path.name, self._agents).group
        except Unusable:
            group = path.name
        place = path.parent.relative_to(self._folder)
        return hashlib.sha256(os.fsencode(f"{self._profile.name}\0{place}\0{group}")).hexdigest()[:32]

    def _settled(self, paths: list[Path]) -> bool:
        newest = time.time() - self._settle_seconds
        try:
            return all(path.lstat().st_mtime <= newest for path in paths)
        except FileNotFoundError:
            return False


class Claim:
    """A recording that is ours to take in: call exactly one of finish, refuse and leave."""

    def __init__(self, ours: Path, work: Path, lock: int, profile: Profile, agents: Agents) -> None:
        self._ours, self._work, self._lock = ours, work, lock
        self._profile, self._agents = profile, agents

    def names(self) -> list[str]:
        return sorted(entry.name for entry in self._work.iterdir())

    def parts(self) -> list[Part]:
        """The files to use: the two sides as (agent, caller) when both are there, else the one there is.

        Raises Unusable.
        """
        parts = []
        for path in sorted(self._work.iterdir()):
            if not stat.S_ISREG(path.lstat().st_mode):
                raise Unusable(Reason.NOT_A_FILE)
            parts.append(Part(path, self._profile.file_name(path.name, self._agents)))
        agent = [part for part in parts if part.name.side == "t"]
        caller = [part for part in parts if part.name.side == "r"]
        mixed = [part for part in parts if part.name.side is None]
        if agent and caller:
            return [agent[0], caller[0]]
        return (mixed or agent or caller)[:1]

    def finish(self) -> None:
        """The files go: one rename, then they are deleted, by us or by whoever comes next."""
        gone = self._ours / "done" / f"{self._work.name}-{secrets.token_hex(4)}"
        self._work.rename(gone)
        self._let_go()
        shutil.rmtree(gone, ignore_errors=True)

    def refuse(self, reason: Reason) -> str:
        """Keeps the files aside under a random name, with the reason; gives that name."""
        number = str(uuid.uuid4())
        aside = self._ours / "refused" / number
        self._work.rename(aside)
        self._let_go()
        files = []
        for count, path in enumerate(sorted(aside.iterdir()), 1):
            plain = f"{count}.{ending_of(path.name)}"
            files.append({"file": plain, "name": path.name.encode("utf-8", "replace").decode()})
            path.rename(aside / plain)
        descriptor = os.open(aside / "why.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump({"reason": reason.value, "at": dt.datetime.now(dt.UTC).isoformat(), "files": files}, file)
        return number

    def leave(self) -> None:
        """Nothing is decided: the next run goes on with it."""
        self._let_go()

    def _let_go(self) -> None:
        lock = self._ours / "locks" / f"{self._work.name}.lock"
        if not self._work.exists():
            lock.unlink(missing_ok=True)
        # Once only: the number could be another file's by now.
        descriptor, self._lock = self._lock, -1
        if descriptor >= 0:
            locks.release(descriptor)


def _lock(path: Path) -> int | None:
    """The lock on a file that may be deleted by its holder; None when another process has it."""
    while True:
        descriptor = locks.acquire(path)
        if descriptor is None:
            return None
        try:
            if path.stat().st_ino == os.fstat(descriptor).st_ino:
                return descriptor
        except FileNotFoundError:
            pass
        # Deleted between opening and locking: that lock protects nothing.
        locks.release(descriptor)
