"""`harmony-desk demo`: a whole Harmony Desk on this machine, with people who do not exist."""

import contextlib
import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import psycopg

from harmony_desk.cli.prepare import DATABASE, MADE_BY, Login, Prepared, prepare
from harmony_desk.cli.supervise import Helper
from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _
from harmony_desk.local import binaries, locks, postgres
from harmony_desk.local.postgres import Server

_LOOK_SECONDS = 0.5
_STOPPING = {signal.SIGTERM, signal.SIGINT}


@click.command()
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder of the demo.")
@click.option("--customers", type=click.IntRange(1, 2_000_000), default=5000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same people.")
@click.option("--headless", is_flag=True, help="No window: print one JSON line and serve until SIGTERM.")
def demo(data: Path | None, customers: int, seed: int, headless: bool) -> None:
    """Prepare a demo on this machine once, then open the desk."""
    folder = data or postgres.default_data_dir()
    with postgres.start(folder) as server:
        prepared = _prepare_alone(server, customers, seed)
        store = server.data_dir / "recordings"
        store.mkdir(mode=0o700, exist_ok=True)
        # From the first word on, a signal means: end in order.
        with _signals_held():
            if headless:
                click.echo(json.dumps(_facts(server, prepared, store)))
                _serve(server, prepared)
            else:
                serving = sys.stdin is not None and sys.stdin.isatty()
                click.echo(_summary(server, prepared, store, serving=serving))
                if serving:
                    _serve(server, prepared)


def refuse_foreign_database(server: Server) -> None:
    """Refuse a database of that name that the demo did not make. Raises UserError."""
    with psycopg.connect(server.dsn, password=server.password) as connection:
        found = connection.execute("select from pg_database where datname = %s", [DATABASE]).fetchone()
    if found is None:
        return
    try:
        with psycopg.connect(server.dsn, password=server.password, dbname=DATABASE) as connection:
            row = connection.execute("select made_by from harmony.installation").fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName, psycopg.errors.UndefinedColumn):
        row = None
    if row != (MADE_BY,):
        raise UserError(
            _("The demo did not make the database {database} in {folder} and leaves it alone.").format(
                database=DATABASE, folder=server.data_dir
            ),
            code="foreign_database",
        )


def _prepare_alone(server: Server, customers: int, seed: int) -> Prepared:
    """Two demos started together on one folder make it once."""
    with locks.held(server.data_dir / "prepare.lock", wait_seconds=3600) as mine:
        if not mine:
            raise UserError(_("Another program has been preparing this demo for an hour."), code="busy")
        refuse_foreign_database(server)
        return prepare(server, customers, seed)


def _facts(server: Server, prepared: Prepared, store: Path) -> dict[str, object]:
    logins = [
        {"login": one.login, "password": one.password, "roles": list(one.roles), "name": one.name}
        for one in prepared.logins
    ]
    return {
        "dsn": prepared.dsn,
        "port": server.port,
        "store": str(store),
        "owner_dsn": prepared.owner_dsn,
        "logins": logins,
    }


def _summary(server: Server, prepared: Prepared, store: Path, *, serving: bool) -> str:
    psql = binaries.find(major=server.version // 10000).program("psql")
    lines = [
        _("The demo stands: PostgreSQL {version} on 127.0.0.1, port {port}, with {customers} customers.").format(
            version=_readable(server.version), port=server.port, customers=prepared.customers
        ),
        _("Its files are in {folder}, the recordings in {store}.").format(folder=server.data_dir, store=store),
        "",
        *_who(prepared),
        "",
    ]
    if not serving:
        return "\n".join(
            [*lines, _("The database has stopped again. Start this in a terminal, or with --headless, to look in.")]
        )
    return "\n".join(
        [
            *lines,
            _("Look in as one of them; psql asks for the password:"),
            f"  {psql} '{prepared.dsn} user={prepared.logins[0].login}'",
            "    select * from harmony.find_customers('jansen utrecht');",
            "    select count(*) from harmony.customer;",
            _("Look in as the superuser; the password is in {file}:").format(
                file=server.data_dir / "superuser-password"
            ),
            f"  {psql} '{prepared.dsn} user={server.superuser}'",
            _("The database serves until you press Ctrl+C."),
        ]
    )


def _who(prepared: Prepared) -> list[str]:
    """One login of each role; the others are the same but for their names."""
    shown: dict[tuple[str, ...], Login] = {}
    for login in prepared.logins:
        shown.setdefault(login.roles, login)
    lines = [
        _("Who may log in, all {count} with the password {password}; one of each role:").format(
            count=len(prepared.logins), password=prepared.logins[0].password
        )
    ]
    lines += [
        f"  {one.login:<16} {one.name:<20} {', '.join(role.removeprefix('harmony_') for role in one.roles)}"
        for one in shown.values()
    ]
    return lines


def _readable(version: int) -> str:
    return f"{version // 10000}.{version % 10000}"


def _serve(server: Server, prepared: Prepared) -> None:
    """Until SIGTERM or SIGINT; says so when the server is gone for good."""
    with contextlib.ExitStack() as cleanup:
        helper: Helper | None = None
        while signal.sigtimedwait(_STOPPING, _LOOK_SECONDS) is None:
            if not server.is_running:
                raise UserError(
                    _("The demo's database has stopped; its reports are in {folder}.").format(folder=server.data_dir),
                    code="server_gone",
                )
            if helper is None:
                helper = _custodian(server, prepared, cleanup)
            if helper is not None:
                helper.look()


def _custodian(server: Server, prepared: Prepared, cleanup: contextlib.ExitStack) -> Helper | None:
    """The custodian of this folder, unless another demo on the same folder already keeps it."""
    if prepared.custodian is None:
        return None
    lock = locks.acquire(server.data_dir / "custodian.lock")
    if lock is None:
        return None
    cleanup.callback(locks.release, lock)
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "harmony_desk"]
    report = server.data_dir / "custodian.log"
    helper = Helper([*program, "custodian"], prepared.custodian, report)
    cleanup.callback(helper.stop)
    return helper


@contextlib.contextmanager
def _signals_held() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
