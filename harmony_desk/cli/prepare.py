"""What the demo's database holds before the desk opens: made once, under another name until whole."""

from collections.abc import Mapping
from dataclasses import dataclass

import click
import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from db import build, seed
from db.seed import staff
from harmony_desk.core.texts import _
from harmony_desk.local.postgres import Server

DATABASE = "harmony"
MADE_BY = "harmony-desk demo"
_UNFINISHED = "harmony_unfinished"
# From so many customers on it takes long enough to say how far it is.
_MANY = 50_000


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
            _make(server, customers, seed)
            finished = sql.Identifier(DATABASE)
            connection.execute(sql.SQL("alter database {} rename to {}").format(unfinished, finished))
    owner_dsn = make_conninfo(server.dsn, dbname=DATABASE, password=server.password)
    with psycopg.connect(owner_dsn) as connection:
        logins = _logins(connection)
        row = connection.execute("select count(*) from harmony.customer").fetchone()
    return Prepared(
        dsn=f"host=127.0.0.1 port={server.port} dbname={DATABASE}",
        owner_dsn=owner_dsn,
        logins=logins,
        customers=row[0] if row else 0,
        custodian=_custodian(server),
    )


def _custodian(server: Server) -> dict[str, str]:
    """The environment of this demo's custodian; its keys stand beside the database, in two folders."""
    folder = server.data_dir / "custodian"
    return {
        "HARMONY_DSN": f"host=127.0.0.1 port={server.port} dbname={DATABASE} user=custodian",
        "HARMONY_PASSWORD": staff.PASSWORD,
        "HARMONY_KEYSTORE": str(folder / "keys"),
        "HARMONY_KEYSTORE_COPY": str(folder / "keys-copy"),
        "HARMONY_ANCHOR": str(folder / "audit-heads.jsonl"),
    }


def _make(server: Server, customers: int, number: int) -> None:
    """Builds the database and fills it with made-up people."""
    admin_dsn = make_conninfo(server.dsn, password=server.password)
    dsn = build.create(admin_dsn, _UNFINISHED, kind="demo", made_by=MADE_BY)
    seed.fill(dsn, customers=customers, seed=number, progress=_Teller(customers) if customers >= _MANY else None)


def _logins(connection: psycopg.Connection) -> tuple[Login, ...]:
    """Who may log in with the demo's password: its own staff, as far as it is still active."""
    rows = connection.execute(
        """
        select s.login, s.name, array_agg(r.role order by r.role)
        from harmony.staff s join harmony.staff_role r on r.staff_id = s.id and r.status = 'approved'
        where s.active group by s.id order by s.id
        """
    ).fetchall()
    known = {member.login for member in staff.MEMBERS}
    return tuple(Login(login, staff.PASSWORD, tuple(roles), name) for login, name, roles in rows if login in known)


class _Teller:
    """Says how far a long load is, on stderr: stdout is for the result."""

    def __init__(self, customers: int) -> None:
        self._said: tuple[str, int] = ("", -1)
        self._sentences = {
            "copy": _("Making {customers} customers: {percent} %"),
            "index": _("Building indexes: {percent} %"),
            "check": _("Checking what was made."),
            "search": _("Preparing the search."),
            "done": _("The data are ready."),
        }
        self._customers = customers

    def __call__(self, step: str, share: float) -> None:
        percent = int(share * 20) * 5
        if (step, percent) != self._said:
            self._said = (step, percent)
            text = self._sentences[step].format(customers=self._customers, percent=percent)
            click.echo(text, err=True)
