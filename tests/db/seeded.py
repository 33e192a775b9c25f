"""A server of one's own with a database that the seed filled: its logins are the demo's and would meet others'."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from db import build, seed
from harmony_desk.local import postgres
from tests import servers
from tests.database import Connection

# A Friday; the database's clock is set to that morning.
TODAY = dt.date(2026, 11, 20)
_NOW = dt.datetime.combine(TODAY, dt.time(9, 30), dt.UTC)


class Seeded:
    """Makes databases full of people on one server."""

    def __init__(self, server: postgres.Server) -> None:
        self.server = server
        self._admin = make_conninfo(server.dsn, password=server.password)

    def empty(self, name: str) -> str:
        """A database without people whose clock stands on TODAY. Returns the superuser's DSN."""
        dsn = build.create(self._admin, name, kind="test", made_by="tests")
        with psycopg.connect(dsn) as connection:
            connection.execute("update harmony.installation set clock_shift = %s - clock_timestamp()", (_NOW,))
        return dsn

    def filled(self, name: str, customers: int, number: int = 1) -> str:
        """A database with people. Returns the superuser's DSN."""
        dsn = self.empty(name)
        seed.fill(dsn, customers=customers, seed=number)
        return dsn

    def dsn_of(self, dsn: str, login: str, password: str) -> str:
        return make_conninfo(dsn, user=login, password=password)


@contextmanager
def start() -> Iterator[Seeded]:
    with tempfile.TemporaryDirectory(dir=servers.run_folder()) as name:
        folder = Path(name)
        folder.chmod(0o711)
        with postgres.start(folder / "server", bin_dir=servers.bin_dir(), settings=servers.FAST) as server:
            yield Seeded(server)


def digests(dsn: str) -> dict[str, str]:
    """One hash for the rows of each table with an id, without the transaction's number."""
    with psycopg.connect(dsn) as connection:
        names = connection.execute(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'id'"
            " where c.relnamespace = 'harmony'::regnamespace and c.relkind = 'r'"
            " and c.relname not in ('installation', 'audit_event', 'command', 'retention_rule') order by 1"
        ).fetchall()
        return {name: _digest(connection, name) for (name,) in names}


def _digest(connection: Connection, table: str) -> str:
    row = connection.execute(
        sql.SQL(
            "select count(*) || ' rows ' || coalesce(md5(string_agg(md5((to_jsonb(t) - 'xid')::text), '' order by id)), '')"
            " from harmony.{} t"
        ).format(sql.Identifier(table))
    ).fetchone()
    assert row is not None
    return str(row[0])
