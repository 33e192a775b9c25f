"""Databases for tests: one template per server, one clone per worker; logins with real passwords over TCP."""

import datetime as dt
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow

from db import build
from db import seed as made_up
from harmony_desk.local import locks
from harmony_desk.local.postgres import Server
from tests import servers

TEMPLATE = "harmony_template"
Connection = psycopg.Connection[TupleRow]


class Database:
    """A test's database: connections for the superuser and for staff, all over TCP with a password."""

    def __init__(self, server: Server, name: str) -> None:
        self.server = server
        self.name = name
        self.passwords: dict[str, str] = {}

    @property
    def dsn(self) -> str:
        """DSN of the superuser, password included; only tests hold one like this."""
        return make_conninfo(self.server.dsn, dbname=self.name, password=self.server.password)

    def dsn_of(self, login: str) -> str:
        return make_conninfo(self.server.dsn, dbname=self.name, user=login, password=self.passwords[login])

    @contextmanager
    def superuser(self) -> Iterator[Connection]:
        """An autocommit connection of the installation's superuser, past all row security."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            yield connection

    @contextmanager
    def login(self, login: str, *, autocommit: bool = True) -> Iterator[Connection]:
        """A connection of one member of staff; each statement its own transaction unless said otherwise."""
        with psycopg.connect(self.dsn_of(login), autocommit=autocommit) as connection:
            yield connection

    def create_staff(
        self,
        *roles: str,
        login: str | None = None,
        team: str | None = None,
        signed: bool = True,
        mandate_cents: int = 0,
    ) -> str:
        """A new member of staff with a password; roles are names of group roles without `harmony_`."""
        login = login or f"{roles[0][:8] if roles else 'nobody'}.t{secrets.token_hex(5)}"
        password = secrets.token_urlsafe(16)
        with self.superuser() as connection:
            verifier = connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
            row = connection.execute(
                "select status from harmony.create_staff(%s, %s, %s, %s, %s,"
                " case when %s then (harmony.clock() at time zone 'Europe/Amsterdam')::date - 10 end, %s)",
                (
                    login,
                    login.title(),
                    [f"harmony_{r}" for r in roles],
                    verifier,
                    team,
                    signed,
                    mandate_cents,
                ),
            ).fetchone()
        assert row == ("ok",), row
        self.passwords[login] = password
        return login

    def drop_staff_logins(self) -> None:
        with self.superuser() as connection:
            for login in self.passwords:
                connection.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", (login,)
                )
                connection.execute(sql.SQL("drop role {}").format(sql.Identifier(login)))


def ensure_template(server: Server) -> None:
    """Builds the template once per server, whichever worker comes first."""
    admin = make_conninfo(server.dsn, password=server.password)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(77001)")
        exists = connection.execute("select from pg_database where datname = %s", (TEMPLATE,)).fetchone()
        if exists is None:
            build.create(admin, TEMPLATE, kind="test", made_by="tests")
        connection.execute("select pg_advisory_unlock(77001)")


@contextmanager
def fresh(server: Server, name: str | None = None) -> Iterator[Database]:
    """A clone of the template of one's own, dropped afterwards with the logins that were made in it."""
    ensure_template(server)
    name = name or f"t_{os.getpid()}_{secrets.token_hex(4)}"
    admin = make_conninfo(server.dsn, password=server.password)
    with psycopg.connect(admin, autocommit=True) as connection:
        # CREATE DATABASE .. TEMPLATE wants the template for itself; workers take turns.
        connection.execute("select pg_advisory_lock(77001)")
        build.clone(admin, TEMPLATE, name)
        connection.execute("select pg_advisory_unlock(77001)")
    database = Database(server, name)
    try:
        yield database
    finally:
        database.drop_staff_logins()
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def fill(database: Database, *, customers: int, seed: int, today: dt.date) -> None:
    """The demo's people and staff. The staff's logins are the server's: two workers making them take turns."""
    with locks.held(servers.run_folder() / "seed.lock", wait_seconds=300) as mine:
        assert mine
        made_up.fill(database.dsn, customers=customers, seed=seed, today=today)


def refused(connection: Connection, statement: str, parameters: Sequence[object] = ()) -> str:
    """Runs a statement that must fail; returns its SQLSTATE."""
    try:
        connection.execute(statement, parameters)
    except psycopg.Error as error:
        if not connection.autocommit:
            connection.rollback()
        return error.sqlstate or ""
    raise AssertionError(f"not refused: {statement}")
