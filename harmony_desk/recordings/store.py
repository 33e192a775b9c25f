"""Where sealed recordings lie: a folder, a file share, or with the extra `store` what fsspec reaches.

Four methods: put, open, delete, entries. A file that can be seen under its own name is whole: it was written
beside it, flushed to the disk, read again and found right before it got its name.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib
import os
import re
import secrets
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final, Protocol

from harmony_desk.core.errors import Unreachable, UserError
from harmony_desk.core.texts import _
from harmony_desk.recordings.sealed import Source

ENDING: Final = ".hdr"
_PART: Final = ".part"
_LOCATION: Final = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.hdr")
Check = Callable[[Source], None]


@dataclass(frozen=True)
class Entry:
    """A file in the store; `file_id` is None for what is not ours or was not finished."""

    location: str
    size: int
    changed_at: dt.datetime
    file_id: uuid.UUID | None

    @property
    def unfinished(self) -> bool:
        return self.location.endswith(_PART)


class Store(Protocol):
    """All raise OSError for what the place itself does not do."""

    def put(self, location: str, pieces: Iterable[bytes], check: Check) -> None:
        """Writes a file, has it checked as it lies there, then gives it its name. A name in use stays as it is:
        raises FileExistsError. What `check` raises goes to the caller, and nothing is left."""
        ...

    def open(self, location: str) -> Source: ...

    def delete(self, location: str) -> None:
        """Gone is gone: a file that is not there is no error."""
        ...

    def entries(self) -> Iterator[Entry]:
        """Every file of the store, unfinished ones too."""
        ...


def location_of(file_id: uuid.UUID, recorded_at: dt.datetime) -> str:
    """The file's place, by the UTC day whose key opens it. It says nothing about a person."""
    return f"{recorded_at.astimezone(dt.UTC):%Y/%m/%d}/{file_id}{ENDING}"


def file_id_of(location: str) -> uuid.UUID | None:
    found = _LOCATION.fullmatch(location)
    return uuid.UUID(found[1]) if found else None


def connect(url: str) -> Store:
    """The store at a folder's path, a file:// URL, or with the extra any URL that fsspec knows. Raises UserError."""
    if "://" not in url or url.startswith("file://"):
        return Folder(Path(url.removeprefix("file://")))
    try:
        fsspec = importlib.import_module("fsspec")
    except ImportError:
        raise UserError(
            _("For a store at such an address the extra harmony-desk[store] must be installed."), code="no_fsspec"
        ) from None
    try:
        return Remote(*fsspec.core.url_to_fs(url))
    except (ValueError, ImportError):
        raise UserError(_("The address of the store is of a kind that is not known."), code="store_url") from None


class OpenFile:
    """A local file, read without moving a place that others might move too."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.size = os.fstat(self._descriptor).st_size

    def read_at(self, position: int, length: int) -> bytes:
        parts = []
        while length > 0 and (part := os.pread(self._descriptor, length, position)):
            parts.append(part)
            position += len(part)
            length -= len(part)
        return b"".join(parts)

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


class Folder:
    """A folder of this machine or a mounted share."""

    def __init__(self, root: Path) -> None:
        """Raises Unreachable when the folder is not there: an empty mount point must not look like a store."""
        if not root.is_dir():
            raise Unreachable(_("The folder of the recordings is not there. Is the share connected?"), code="no_store")
        self._root = root

    def put(self, location: str, pieces: Iterable[bytes], check: Check) -> None:
        path = self._path(location)
        self._make_folder(path.parent)
        # Whoever puts a file has its lock: these are of runs that were killed.
        for left in path.parent.glob(f"{path.name}.*{_PART}"):
            left.unlink(missing_ok=True)
        part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_PART}")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640), "wb") as file:
                for piece in pieces:
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            with contextlib.closing(OpenFile(part)) as written:
                check(written)
            _name(part, path)
        finally:
            part.unlink(missing_ok=True)
        _sync_folder(path.parent)

    def open(self, location: str) -> Source:
        return OpenFile(self._path(location))

    def delete(self, location: str) -> None:
        path = self._path(location)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            _sync_folder(path.parent)

    def entries(self) -> Iterator[Entry]:
        for folder, _folders, names in os.walk(self._root, onerror=_raise):
            for name in names:
                path = Path(folder, name)
                with contextlib.suppress(FileNotFoundError):
                    found = path.lstat()
                    location = path.relative_to(self._root).as_posix()
                    changed = dt.datetime.fromtimestamp(found.st_mtime, dt.UTC)
                    yield Entry(location, found.st_size, changed, file_id_of(location))

    def _path(self, location: str) -> Path:
        parts = PurePosixPath(location)
        if parts.is_absolute() or ".." in parts.parts or not parts.parts:
            raise ValueError("a place outside the store")
        return self._root / parts

    def _make_folder(self, folder: Path) -> None:
        if not self._root.is_dir():
            raise FileNotFoundError(f"the store is gone: {folder.name}")
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        for one in missing:
            _sync_folder(one.parent)


class Remote:
    """What fsspec reaches. Safe for one ingest at a time; a folder is safe for many."""

    def __init__(self, system: Any, root: str) -> None:
        self._system = system
        self._root = root.rstrip("/")

    def put(self, location: str, pieces: Iterable[bytes], check: Check) -> None:
        path = self._path(location)
        if self._system.exists(path):
            raise FileExistsError(location)
        part = f"{path}.{secrets.token_hex(4)}{_PART}"
        try:
            self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
            with self._system.open(part, "wb") as file:
                for piece in pieces:
                    file.write(piece)
            with contextlib.closing(_RemoteFile(self._system, part)) as written:
                check(written)
            self._system.mv(part, path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                self._system.rm_file(part)

    def open(self, location: str) -> Source:
        return _RemoteFile(self._system, self._path(location))

    def delete(self, location: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._system.rm_file(self._path(location))

    def entries(self) -> Iterator[Entry]:
        for path, found in self._system.find(self._root, detail=True).items():
            location = path.removeprefix(self._root).lstrip("/")
            changed = found.get("mtime") or found.get("created") or found.get("LastModified")
            if not isinstance(changed, dt.datetime):
                changed = dt.datetime.fromtimestamp(float(changed or 0), dt.UTC)
            yield Entry(
                location, int(found["size"]), changed.replace(tzinfo=changed.tzinfo or dt.UTC), file_id_of(location)
            )

    def _path(self, location: str) -> str:
        if location.startswith("/") or ".." in PurePosixPath(location).parts:
            raise ValueError("a place outside the store")
        return f"{self._root}/{location}"


class _RemoteFile:
    def __init__(self, system: Any, path: str) -> None:
        self._system, self._path = system, path
        self.size = int(system.info(path)["size"])

    def read_at(self, position: int, length: int) -> bytes:
        return bytes(self._system.cat_file(self._path, start=position, end=min(position + length, self.size)))

    def close(self) -> None:
        """Each read is a request of its own: nothing stays open."""


def _name(part: Path, path: Path) -> None:
    """Renames without ever writing over a file that is there."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:
        # A share without hard links: the file's id is ours alone while its lock is held.
        if path.exists():
            raise FileExistsError(path.name) from None
        part.rename(path)


def _sync_folder(folder: Path) -> None:
    """So that the name survives a crash as well."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _raise(error: OSError) -> None:
    raise error
