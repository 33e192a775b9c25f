"""What the demo's database holds before the desk opens: made once, under another name until whole."""

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg
from psycopg import sql

from harmony_desk.local.postgres import Server

DATABASE = "harmony"
MADE_BY = "harmony-desk demo"
_UNFINISHED = "harmony_unfinished"


@dataclass(frozen=True)
class Login:
    """A login of the demo, staff or service; its password is printed, so it is for loopback only."""

    login: str
    password: str
    roles: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Prepared:
    """Where the demo's database stands and who may log in.

    `dsn` names no user; `owner_dsn` is the embedded superuser's, with its password. `custodian` is
    the environment for `harmony-desk custodian` (HARMONY_DSN, HARMONY_PASSWORD, ...), None to run none.
    """

    dsn: str
    owner_dsn: str
    logins: tuple[Login, ...]
    customers: int
    custodian: Mapping[str, str] | None = None


def prepare(server: Server, customers: int, seed: int) -> Prepared:
    """The demo's database, made when it is not there yet. Never called twice at the same time.

    `customers` and `seed` count only when it is made.
    """
    with psycopg.connect(server.dsn, password=server.password, autocommit=True) as connection:
        there = connection.execute("select from pg_database where datname = %s", [DATABASE]).fetchone()
        if there is None:
            unfinished = sql.Identifier(_UNFINISHED)
            connection.execute(sql.SQL("drop database if exists {}").format(unfinished))
            connection.execute(sql.SQL("create database {} template template0").format(unfinished))
            _fill(server)
            finished = sql.Identifier(DATABASE)
            connection.execute(sql.SQL("alter database {} rename to {}").format(unfinished, finished))
    return Prepared(
        dsn=f"host=127.0.0.1 port={server.port} dbname={DATABASE}",
        owner_dsn=psycopg.conninfo.make_conninfo(server.dsn, dbname=DATABASE, password=server.password),
        logins=(),
        customers=0,
    )


def _fill(server: Server) -> None:
    with psycopg.connect(server.dsn, password=server.password, dbname=_UNFINISHED) as connection:
        connection.execute("create schema harmony")
        connection.execute(
            "create table harmony.installation (id bigint primary key check (id = 1), kind text not null,"
            " made_by text not null, made_at timestamptz not null default clock_timestamp())"
        )
        connection.execute("insert into harmony.installation (id, kind, made_by) values (1, 'demo', %s)", [MADE_BY])
