"""Backup to a folder, and restore into a new database beside the others.

FOLDER/database.dump   pg_dump's custom format, without the rows of unlogged tables: no day key is in it
FOLDER/roles.json      0600: the staff's logins with their SCRAM verifiers, which the database does not hold
FOLDER/manifest.json   what was saved, by which versions, the head of the audit chain, and the sha256 of both files

A restored database honours no opening or ticket of the old one (harmony.origin), goes on with the audit chain, and
cannot open a recording of a day whose key is gone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from db import build
from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _

DUMP: Final = "database.dump"
ROLES: Final = "roles.json"
MANIFEST: Final = "manifest.json"
_FORMAT: Final = 1
_NO_DETAILS: Final = ("error: could not execute query", "error: COPY", "detail:", "DETAIL", "CONTEXT")


@dataclass(frozen=True)
class Manifest:
    """What a backup holds; `files` gives the sha256 of each."""

    format: int
    made_at: str
    program: str
    schema: str
    server_version: int
    database: str
    kind: str
    audit_number: int
    audit_head: str
    files: dict[str, str]


@dataclass(frozen=True)
class Restored:
    """What a restore made. Logins that were there already keep their password and their roles."""

    database: str
    made_at: str
    logins_made: tuple[str, ...]
    logins_kept: tuple[str, ...]
    audit_head: str
    days_destroyed: int


def backup(dsn: str, folder: Path, *, pg_dump: Path, program: str) -> Manifest:
    """Saves the database of `dsn` (superuser) in a new folder. Raises UserError; then there is no folder.

    `program` is the version of this program, for the manifest.
    """
    _refuse_existing(folder)
    part = folder.with_name(f"{folder.name}.part-{secrets.token_hex(4)}")
    try:
        part.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise _unusable(folder, error) from None
    try:
        with psycopg.connect(dsn) as connection:
            build.refuse_stranger(connection)
            connection.rollback()
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            # This transaction lends its view of the rows to pg_dump and only waits meanwhile.
            connection.execute("set local idle_in_transaction_session_timeout = 0")
            snapshot = _one(connection, "select pg_export_snapshot()")
            _run(
                [
                    pg_dump, "--format=custom", "--role=harmony_migrator", "--no-unlogged-table-data",
                    f"--snapshot={snapshot}", "--lock-wait-timeout=30s", f"--file={part / DUMP}",
                ], dsn,
            )  # fmt: skip
            (part / DUMP).chmod(0o600)
            _write(part / ROLES, _logins(connection))
            hashes = {name: _sha256(part / name) for name in (DUMP, ROLES)}
            manifest = _manifest(connection, hashes, program)
        _write(part / MANIFEST, asdict(manifest))
        _sync(part)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except OSError as error:
        raise _unusable(folder, error) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return manifest


def verify(folder: Path) -> Manifest:
    """Reads the manifest and holds both files against it. Raises UserError when the backup is damaged or none."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        whole = (
            manifest.format == _FORMAT
            and set(manifest.files) == {DUMP, ROLES}
            and all(_sha256(folder / name) == wanted for name, wanted in manifest.files.items())
        )
    except FileNotFoundError:
        raise UserError(_("{folder} holds no whole backup.").format(folder=folder), code="no_backup") from None
    except (OSError, ValueError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise UserError(
            _("The backup in {folder} is damaged: its files are not those that were saved. Use another one.").format(
                folder=folder
            ),
            code="backup_damaged",
        )
    return manifest


def restore(admin_dsn: str, folder: Path, name: str, *, pg_restore: Path) -> Restored:
    """Makes database `name` from a backup. `admin_dsn` names another database of the server, for its superuser.

    Raises UserError when the backup is damaged or from a newer server or program, or the name is taken.
    """
    manifest = verify(folder)
    unfinished = f"{name[:40]}_unfinished_{secrets.token_hex(4)}"
    with psycopg.connect(admin_dsn, autocommit=True) as server:
        _refuse_target(server, manifest, name)
        build.prepare_cluster(server)
        build.make_empty(server, unfinished)
        dsn = make_conninfo(admin_dsn, dbname=unfinished)
        try:
            # Owners yes, rights no: those are put back whole by the upgrade.
            _run([pg_restore, "--no-privileges", "--single-transaction", folder / DUMP], dsn, target=True)
            result = _finish(dsn, folder, manifest, name)
            server.execute(
                sql.SQL("alter database {} rename to {}").format(sql.Identifier(unfinished), sql.Identifier(name))
            )
        except BaseException:
            build.drop(admin_dsn, unfinished)
            raise
    return result


def _refuse_target(server: psycopg.Connection, manifest: Manifest, name: str) -> None:
    build.refuse_non_superuser(server)
    build.refuse_old_server(server)
    if server.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        raise UserError(
            _("The database {name} already exists, and a restore never writes over one. Choose another name.").format(
                name=name
            ),
            code="database_exists",
        )
    if manifest.server_version // 10000 > server.info.server_version // 10000 or manifest.schema > build.SCHEMA_HEAD:
        raise UserError(
            _("This backup is from a newer server or a newer program. Restore it with those."), code="backup_newer"
        )


def _finish(dsn: str, folder: Path, manifest: Manifest, name: str) -> Restored:
    """What a database that was only just filled needs before anybody may come in."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        with connection.transaction():
            # Every event there is was committed, whatever its transaction was called on the old server.
            connection.execute(
                "update harmony.installation set restored_at = clock_timestamp(),"
                " restored_audit_id = (select coalesce(max(id), 0) from harmony.audit_event)"
            )
            # Numbers of transactions of the old server: ours will have the same, and their audit would be cut short.
            connection.execute("delete from harmony.keeper_work")
        build.upgrade(dsn)
        made, kept = _restore_logins(connection, json.loads((folder / ROLES).read_text(encoding="utf-8")))
        days = _destroy_due_days(connection)
        connection.execute("analyze")
    return Restored(name, manifest.made_at, tuple(made), tuple(kept), manifest.audit_head, days)


def _restore_logins(connection: psycopg.Connection, saved: Sequence[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """Makes the staff's logins and memberships anew, through the functions that make them in daily use.

    A login that the server has already may have changed since the backup, or lost a role: it is left as it is.
    """
    made: list[str] = []
    kept: list[str] = []
    for one in saved:
        person = connection.execute(
            "select id, is_service, active from harmony.staff where login = %s", [one["login"]]
        ).fetchone()
        if person is None:
            continue
        if connection.execute("select 1 from pg_roles where rolname = %s", [one["login"]]).fetchone():
            kept.append(one["login"])
            continue
        staff_id, is_service, active = person
        with connection.transaction():
            connection.execute("select harmony.ensure_login(%s, %s, %s)", [one["login"], one["verifier"], is_service])
            connection.execute(
                sql.SQL("alter role {} connection limit {} valid until {} {}").format(
                    sql.Identifier(one["login"]),
                    sql.Literal(int(one["connection_limit"])),
                    sql.Literal(one["valid_until"] or "infinity"),
                    sql.SQL("login" if active and one["can_login"] else "nologin"),
                )
            )
            connection.execute(
                "select harmony.settle_role(staff_id, role) from harmony.staff_role"
                " where staff_id = %s and status = 'approved'",
                [staff_id],
            )
        made.append(one["login"])
    return made, kept


def _destroy_due_days(connection: psycopg.Connection) -> int:
    """Recordings that came due after the backup was made are destroyed again before anybody comes in."""
    days = connection.execute(
        "select distinct (recorded_at at time zone 'UTC')::date from ("
        " select recorded_at from harmony.recording where status <> 'destroyed'"
        " union all select recorded_at from harmony.recording_secret) due"
        " where (recorded_at at time zone 'UTC')::date <= (harmony.clock() at time zone 'UTC')::date - 179"
    ).fetchall()
    for (day,) in days:
        connection.execute("select harmony.destroy_epoch_key(%s)", [day])
    return len(days)


def _manifest(connection: psycopg.Connection, hashes: dict[str, str], program: str) -> Manifest:
    head = connection.execute(
        "select number, encode(hash, 'hex') from harmony.audit_seal order by number desc limit 1"
    ).fetchone()
    return Manifest(
        format=_FORMAT,
        made_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        program=program,
        schema=build.schema_version(connection) or "",
        server_version=connection.info.server_version,
        database=connection.info.dbname,
        kind=str(_one(connection, "select max(kind) from harmony.installation")),
        audit_number=int(head[0]) if head else 0,
        audit_head=str(head[1]) if head else "",
        files=hashes,
    )


def _logins(connection: psycopg.Connection) -> list[dict[str, Any]]:
    rows = connection.execute(
        "select r.rolname, r.rolpassword, nullif(r.rolvaliduntil, 'infinity')::text, r.rolconnlimit, r.rolcanlogin"
        " from pg_authid r join harmony.staff s on s.login = r.rolname order by s.id"
    ).fetchall()
    names = ("login", "verifier", "valid_until", "connection_limit", "can_login")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _run(command: Sequence[str | Path], dsn: str, *, target: bool = False) -> None:
    """Runs a program of PostgreSQL on the database of `dsn`; the password goes by its environment alone."""
    parameters = {key: str(value) for key, value in conninfo_to_dict(dsn).items() if value is not None}
    password = parameters.pop("password", None)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("HARMONY_")}
    environment |= {"LC_ALL": "C", "PGOPTIONS": ""} | ({"PGPASSWORD": password} if password else {})
    where = f"--dbname={make_conninfo(**parameters)}"
    done = subprocess.run(
        [*command, where], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise UserError(
            (_("The restore failed and was undone: {reason}") if target else _("The backup failed: {reason}")).format(
                reason=_reason(done.stderr)
            ),
            code="restore_failed" if target else "backup_failed",
        )


def _reason(report: str) -> str:
    """A line of a program's report that repeats no row, as errors of statements may; the object comes first."""
    lines = [line.strip() for line in report.splitlines() if line.strip()]
    safe = [line for line in lines if not any(mark in line for mark in _NO_DETAILS)]
    safe.sort(key=lambda line: "from TOC entry" not in line)
    return safe[0][:300] if safe else _("it gave no reason.")


def _refuse_existing(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(
            _("{folder} exists, and a backup never writes over another. Choose another folder.").format(folder=folder),
            code="folder_exists",
        )


def _unusable(folder: Path, error: OSError) -> UserError:
    return UserError(
        _("{folder} cannot be used: {reason}.").format(folder=folder, reason=error.strerror), code="folder_unusable"
    )


def _one(connection: psycopg.Connection, query: str) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write(file: Path, content: object) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(content, stream, indent=1, ensure_ascii=False)


def _sync(folder: Path) -> None:
    """Everything is on the disk before the folder gets its name."""
    for file in folder.iterdir():
        with file.open("rb+") as stream:
            os.fsync(stream.fileno())
