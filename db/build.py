"""Makes and upgrades a Harmony Desk database: cluster roles, tables (Alembic), and who sees what (db/access).

`db/access` is applied whole at every upgrade, in one transaction: what is not in that folder is not on the server.
All functions here want a connection of the installation's superuser.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, Literal

import psycopg
from alembic import command
from alembic.config import Config
from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _

Kind = Literal["production", "demo", "test"]
SCHEMA_HEAD: Final = "0001"
# Minor versions that hold the security repairs row security depends on (security.md 0: CVE-2025-8713).
LEAST_VERSIONS: Final = {15: 150014, 16: 160010, 17: 170006}
# Functions that column defaults call: they come before the tables.
_EARLY: Final = ("harmony_gate/00_clock_and_identity.sql",)
_LOCK: Final = 0x4841524D  # 'HARM': one upgrade at a time on a server


def refuse_old_server(connection: psycopg.Connection) -> None:
    """Raises UserError when the server is older than the oldest safe minor version of its major version."""
    version = connection.info.server_version
    if is_too_old(version):
        raise UserError(
            _("The server is PostgreSQL {version}. Harmony Desk needs 15.14, 16.10, 17.6, 18 or newer.").format(
                version=f"{version // 10000}.{version % 10000}"
            ),
            code="server_too_old",
        )


def is_too_old(version: int) -> bool:
    """Whether a server of this `server_version_num` lacks a repair that row security depends on."""
    return version < 150000 or version < LEAST_VERSIONS.get(version // 10000, 0)


def refuse_stranger(connection: psycopg.Connection) -> None:
    """Raises UserError unless this is a database of ours and the login the installation's superuser."""
    refuse_non_superuser(connection)
    if schema_version(connection) is None:
        raise UserError(
            _("{name} is no database of Harmony Desk. Make one with `harmony-desk db create`.").format(
                name=connection.info.dbname
            ),
            code="not_ours",
        )


def refuse_non_superuser(connection: psycopg.Connection) -> None:
    """Raises UserError when the login is not a superuser of the server."""
    if connection.execute("select rolsuper from pg_roles where rolname = session_user").fetchone() != (True,):
        raise UserError(
            _("Log in as the superuser of the installation for this; a member of staff cannot do it."),
            code="superuser_needed",
        )


def create(admin_dsn: str, name: str, *, kind: Kind, made_by: str) -> str:
    """Makes database `name` on the server and builds it. Returns the DSN of the new database, for the superuser.

    `admin_dsn` names any database of the server; the password comes from the environment or is part of it.
    Raises UserError when the database exists or the server is too old.
    """
    with psycopg.connect(admin_dsn, autocommit=True) as server:
        refuse_non_superuser(server)
        refuse_old_server(server)
        if server.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            raise UserError(
                _("The database {name} already exists. Choose another name or upgrade it.").format(name=name),
                code="database_exists",
            )
        prepare_cluster(server)
        make_empty(server, name)
    dsn = make_conninfo(admin_dsn, dbname=name)
    try:
        upgrade(dsn)
        with psycopg.connect(dsn) as connection:
            connection.execute(
                "insert into harmony.installation (id, kind, made_by) values (1, %s, %s)", (kind, made_by)
            )
    except BaseException:
        drop(admin_dsn, name)  # half a database would refuse the next try
        raise
    return dsn


def make_empty(server: psycopg.Connection, name: str) -> None:
    """Makes a database with nothing in it, in which names are sorted the same on every server."""
    server.execute(
        sql.SQL("create database {} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'").format(
            sql.Identifier(name)
        )
    )


def drop(admin_dsn: str, name: str) -> None:
    """Removes a database that this program made and did not finish, or made to compare with."""
    with psycopg.connect(admin_dsn, autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def upgrade(dsn: str) -> None:
    """Brings a database to this program's version: roles, settings of the server, tables, and who sees what.

    Raises UserError when the server is too old, or the database belongs to a newer program.
    """
    with psycopg.connect(dsn, autocommit=True) as connection:
        refuse_non_superuser(connection)
        refuse_old_server(connection)
        refuse_newer_schema(connection)
        connection.execute("select pg_advisory_lock(%s)", (_LOCK,))
        prepare_cluster(connection)
        _lay(connection, dsn)
        with connection.transaction():
            _fill_settings(connection)


def build_scratch(admin_dsn: str, name: str) -> str:
    """Makes a database as db/access says, to compare with, and changes nothing else on the server.

    The roles must be there. Returns its DSN; drop it afterwards.
    """
    with psycopg.connect(admin_dsn, autocommit=True) as server:
        make_empty(server, name)
    dsn = make_conninfo(admin_dsn, dbname=name)
    with psycopg.connect(dsn, autocommit=True) as connection:
        _lay(connection, dsn)
    return dsn


def schema_version(connection: psycopg.Connection) -> str | None:
    """The number of the last migration in this database; None when it is no database of ours."""
    if connection.execute("select to_regclass('harmony.alembic_version')").fetchone() == (None,):
        return None  # no table of ours
    row = connection.execute("select version_num from harmony.alembic_version").fetchone()
    return str(row[0]) if row else None


def refuse_newer_schema(connection: psycopg.Connection) -> None:
    """Raises UserError when this program does not know the migrations of the database."""
    version = schema_version(connection)
    if version is not None and version > SCHEMA_HEAD:
        raise UserError(
            _("The database has version {found}; this program knows up to {known}. Use the newer program.").format(
                found=version, known=SCHEMA_HEAD
            ),
            code="schema_newer",
        )


def prepare_cluster(connection: psycopg.Connection) -> None:
    """What belongs to the whole server: the roles, and no way for PUBLIC into any of its databases."""
    with connection.transaction():
        # Advisory locks hold within one database only; these tables are the whole server's.
        connection.execute("lock table pg_authid, pg_auth_members, pg_database in share row exclusive mode")
        connection.execute(_read(_part("bootstrap/roles.sql")))
        connection.execute(_read(_part("bootstrap/neighbours.sql")))


def prepare_database(connection: psycopg.Connection) -> None:
    """What belongs to a database and is not copied with it: rights to connect, time-outs, log settings."""
    with connection.transaction():
        connection.execute(_read(_part("bootstrap/database.sql")))


def _lay(connection: psycopg.Connection, dsn: str) -> None:
    """Everything inside one database, but for rows: its settings, tables, functions, and who sees what."""
    prepare_database(connection)
    with connection.transaction():
        _lay_base(connection)
    _migrate(dsn)
    with connection.transaction():
        apply_access(connection)


def apply_access(connection: psycopg.Connection) -> None:
    """Replaces functions, grants, policies and triggers of schema harmony by those of db/access."""
    connection.execute("set local check_function_bodies = off")
    connection.execute(_read(_part("bootstrap/clear_access.sql")))
    for owner in sorted(_part("access/functions").iterdir(), key=lambda entry: entry.name):
        for file in _sql_files(owner):
            _run_as(connection, owner.name, _read(file))
    for folder in ("access/tables", "access/triggers"):
        for file in _sql_files(_part(folder)):
            connection.execute(_read(file))
    connection.execute(_read(_part("bootstrap/drop_words.sql")))


def function_files() -> Iterator[tuple[str, str]]:
    """Each function file of db/access as (owner role, text)."""
    for owner in sorted(_part("access/functions").iterdir(), key=lambda entry: entry.name):
        for file in _sql_files(owner):
            yield owner.name, _read(file)


def clone(admin_dsn: str, template: str, name: str) -> str:
    """Copies database `template` (nobody connected to it) to `name`; for tests. Returns the DSN for the superuser."""
    with psycopg.connect(admin_dsn, autocommit=True) as server:
        server.execute(sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template)))
    dsn = make_conninfo(admin_dsn, dbname=name)
    with psycopg.connect(dsn) as connection:
        prepare_database(connection)
    return dsn


def _lay_base(connection: psycopg.Connection) -> None:
    connection.execute("set local check_function_bodies = off")
    for file in _sql_files(_part("base")):
        _run_as(connection, "harmony_owner", _read(file))
    for name in _EARLY:
        owner = name.split("/")[0]
        _run_as(connection, owner, _read(_part(f"access/functions/{name}")))


def _run_as(connection: psycopg.Connection, owner: str, text: str) -> None:
    """Runs a file as the role that is to own what it makes; that role may create in the schema only meanwhile."""
    role = sql.Identifier(owner)
    if owner != "harmony_owner":
        connection.execute(sql.SQL("grant create on schema harmony to {}").format(role))
    connection.execute(sql.SQL("set local role {}").format(role))
    connection.execute(text)
    connection.execute("reset role")
    if owner != "harmony_owner":
        connection.execute(sql.SQL("revoke create on schema harmony from {}").format(role))


def _migrate(dsn: str) -> None:
    def connect() -> psycopg.Connection:
        return psycopg.connect(dsn)

    engine = create_engine("postgresql+psycopg://", creator=connect, poolclass=StaticPool)
    config = Config()
    config.set_main_option("script_location", str(Path(str(_part("migrations")))))
    with engine.begin() as connection:
        # Past row security, for the table of the version is guarded like all others; tables are made as the owner.
        connection.exec_driver_sql("set role harmony_migrator")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.exec_driver_sql("reset role")
        connection.exec_driver_sql("alter table harmony.alembic_version owner to harmony_owner")
    engine.dispose()


def _fill_settings(connection: psycopg.Connection) -> None:
    """Adds settings and retention rules that are not there yet; what people changed stays."""
    known = tomllib.loads(_read(_part("base/settings.toml")))
    connection.execute("set local role harmony_migrator")
    for key, (value, sentence) in known["settings"].items():
        connection.execute(
            "insert into harmony.setting (key, value, sentence) values (%s, %s, %s)"
            " on conflict (key) do update set sentence = excluded.sentence"
            " where setting.sentence <> excluded.sentence",
            (key, str(value), sentence),
        )
    for table, (keep, ground) in known["retention"].items():
        connection.execute(
            "insert into harmony.retention_rule (table_name, keep, ground) values (%s, %s, %s)"
            " on conflict (table_name) do nothing",
            (table, keep, ground),
        )
    connection.execute("reset role")


def _part(name: str) -> Traversable:
    return files("db").joinpath(*name.split("/"))


def _sql_files(folder: Traversable) -> list[Traversable]:
    return sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda e: e.name)


def _read(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")
