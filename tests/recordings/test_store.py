"""What has a name in the store is whole; the comparison finds what is missing, changed or nobody's."""

from __future__ import annotations

import datetime as dt
import io
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from harmony_desk.core.errors import Unreachable, UserError
from harmony_desk.recordings import reconcile, store
from harmony_desk.recordings.recorder import Recorder
from harmony_desk.recordings.sealed import Damaged, Source
from harmony_desk.recordings.store import Folder, file_id_of, location_of
from tests.recordings.conftest import CALLS, Command, Office, outcome, sealed_files, take_in, told

WHEN = dt.datetime(2026, 11, 22, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
FILE = uuid.UUID(int=99)


def right(_written: Source) -> None:
    """Nothing to object."""


def wrong(_written: Source) -> None:
    raise Damaged


def test_a_place_says_the_utc_day_and_the_file_and_nothing_else() -> None:
    assert location_of(FILE, WHEN) == f"2026/11/21/{FILE}.hdr"
    assert file_id_of(location_of(FILE, WHEN)) == FILE
    assert [file_id_of(name) for name in ("x.hdr", f"{FILE}.hdr", f"2026/11/21/{FILE}.hdr.00.part")] == [None] * 3


def test_put_open_entries_and_delete(store_folder: Path) -> None:
    folder = Folder(store_folder)
    where = location_of(FILE, WHEN)
    folder.put(where, [b"ab", b"cd"], right)

    source = folder.open(where)
    (entry,) = folder.entries()

    assert (source.size, source.read_at(1, 10), source.read_at(9, 1)) == (4, b"bcd", b"")
    assert (entry.location, entry.size, entry.file_id, entry.unfinished) == (where, 4, FILE, False)
    assert (store_folder / where).stat().st_mode & 0o777 == 0o640 & ~umask()
    source.close()
    folder.delete(where)
    folder.delete(where)
    assert list(folder.entries()) == []


def umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now


def test_what_the_check_refuses_gets_no_name(store_folder: Path) -> None:
    folder = Folder(store_folder)

    with pytest.raises(Damaged):
        folder.put("2026/11/21/x", [b"ab"], wrong)

    assert sealed_files(store_folder) == []


def test_a_name_in_use_is_never_written_over(store_folder: Path) -> None:
    folder = Folder(store_folder)
    folder.put("a/x", [b"first"], right)

    with pytest.raises(FileExistsError):
        folder.put("a/x", [b"second"], right)

    assert (store_folder / "a/x").read_bytes() == b"first"
    assert len(sealed_files(store_folder)) == 1


def test_a_share_without_links_is_named_by_renaming(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(store.os, "link", refuses)
    folder = Folder(store_folder)
    folder.put("a/x", [b"first"], right)
    with pytest.raises(FileExistsError):
        folder.put("a/x", [b"second"], right)

    assert [path.read_bytes() for path in sealed_files(store_folder)] == [b"first"]


def test_pieces_that_fail_leave_nothing(store_folder: Path) -> None:
    def failing() -> Iterator[bytes]:
        yield b"ab"
        raise OSError(28, "full")

    with pytest.raises(OSError, match="full"):
        Folder(store_folder).put("a/x", failing(), right)

    assert sealed_files(store_folder) == []


@pytest.mark.parametrize("where", ["../x", "/etc/x", "a/../../x", ""])
def test_no_place_outside_the_store(store_folder: Path, where: str) -> None:
    with pytest.raises(ValueError, match="outside"):
        Folder(store_folder).put(where, [b"x"], right)


def test_an_empty_mount_point_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        store.connect(str(tmp_path / "not-mounted"))


def test_addresses(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(store.connect(f"file://{store_folder}"), Folder)
    # As on a machine without the extra.
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    with pytest.raises(UserError) as found:
        store.connect("s3://recordings/calls")
    assert found.value.code == "no_fsspec"


class Shelf:
    """A far store as fsspec shows one: names and bytes."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def exists(self, path: str) -> bool:
        return path in self.files

    def makedirs(self, path: str, exist_ok: bool) -> None:
        assert exist_ok
        assert not path.startswith("/..")

    def open(self, path: str, mode: str) -> io.BytesIO:
        assert mode == "wb"
        shelf = self

        class Written(io.BytesIO):
            def close(self) -> None:
                if not self.closed:
                    shelf.files[path] = self.getvalue()
                super().close()

        return Written()

    def mv(self, old: str, new: str) -> None:
        self.files[new] = self.files.pop(old)

    def rm_file(self, path: str) -> None:
        if path not in self.files:
            raise FileNotFoundError(path)
        del self.files[path]

    def info(self, path: str) -> dict[str, object]:
        return {"size": len(self.files[path])}

    def cat_file(self, path: str, start: int, end: int) -> bytes:
        return self.files[path][start:end]

    def find(self, root: str, detail: bool) -> dict[str, dict[str, object]]:
        assert detail
        return {path: {"size": len(data), "mtime": 1.0} for path, data in self.files.items() if path.startswith(root)}


def test_a_far_store_does_the_same_four_things() -> None:
    shelf = Shelf()
    far = store.Remote(shelf, "bucket/calls/")
    where = location_of(FILE, WHEN)
    far.put(where, [b"ab", b"cd"], right)

    source = far.open(where)

    assert (source.size, source.read_at(1, 9), source.read_at(4, 1)) == (4, b"bcd", b"")
    assert [(entry.location, entry.size, entry.file_id) for entry in far.entries()] == [(where, 4, FILE)]
    with pytest.raises(FileExistsError):
        far.put(where, [b"second"], right)
    with pytest.raises(Damaged):
        far.put("2026/11/21/other", [b"x"], wrong)
    with pytest.raises(ValueError, match="outside"):
        far.put("../x", [b"x"], right)
    assert list(shelf.files) == [f"bucket/calls/{where}"]
    far.delete(where)
    far.delete(where)
    assert shelf.files == {}


def comparison(office: Office, folder: Path, **how: bool) -> reconcile.Comparison:
    with office.connect() as connection:
        return reconcile.compare(Recorder(connection), Folder(folder), now=dt.datetime.now(dt.UTC), **how)


def aged(path: Path, data: bytes) -> None:
    """A file of two days ago."""
    path.write_bytes(data)
    before = path.stat().st_mtime - 2 * 86400
    os.utime(path, (before, before))


def test_store_and_database_are_compared_both_ways(clean: Office, monitor: Path, store_folder: Path) -> None:
    take_in(clean, monitor, store_folder, calls=told(clean))
    by_call = dict(clean.rows("select pbx_uniqueid, location from harmony.recording"))
    (store_folder / by_call[CALLS[0]]).unlink()
    changed = store_folder / by_call[CALLS[1]]
    changed.write_bytes(changed.read_bytes()[:-1] + b"\0")
    day = changed.parent
    aged(day / f"{FILE}.hdr", b"old")
    (day / f"{uuid.UUID(int=98)}.hdr").write_bytes(b"new")
    aged(day / f"{FILE}.hdr.0011.part", b"half")
    (store_folder / "lost+found").write_bytes(b"not ours")

    quick, whole = comparison(clean, store_folder), comparison(clean, store_folder, read_all=True)

    assert (quick.right, len(quick.missing), len(quick.changed)) == (2, 1, 0)
    assert (whole.right, len(whole.missing), len(whole.changed)) == (1, 1, 1)
    assert sorted(entry.location.rpartition("/")[2] for entry in whole.orphans) == [
        f"{FILE}.hdr",
        f"{FILE}.hdr.0011.part",
    ]
    assert (whole.young, whole.foreign, whole.destroyed) == (1, 1, [])


def test_what_nobody_opens_is_removed_and_what_is_lost_is_marked(
    clean: Office, monitor: Path, store_folder: Path, command: Command
) -> None:
    take_in(clean, monitor, store_folder, calls=told(clean))
    by_call = dict(clean.rows("select pbx_uniqueid, location from harmony.recording"))
    (store_folder / by_call[CALLS[0]]).unlink()
    clean.rows("update harmony.recording set status = 'destroyed' where pbx_uniqueid = %s returning 1", CALLS[1])

    process = command("recordings", "reconcile", "--remove-orphans", "--mark-damaged", "--json")
    first = outcome(process)
    again = outcome(command("recordings", "reconcile", "--json"))

    assert process.returncode == 3
    assert (first["right"], len(first["missing"]), len(first["destroyed"])) == (1, 1, 1)
    assert (first["removed"], first["marked"]) == (1, 1)
    assert again["destroyed"] == []
    assert clean.one("select status from harmony.recording where pbx_uniqueid = %s", CALLS[0]) == "damaged"
    assert len(sealed_files(store_folder)) == 1


def test_a_store_that_is_away_marks_nothing(clean: Office, monitor: Path, store_folder: Path, command: Command) -> None:
    take_in(clean, monitor, store_folder, calls=told(clean))
    store_folder.rename(store_folder.with_name("elsewhere"))

    process = command("recordings", "reconcile", "--mark-damaged")
    process.communicate(timeout=60)

    assert process.returncode == 1
    assert clean.one("select count(*) from harmony.recording where status = 'damaged'") == 0
