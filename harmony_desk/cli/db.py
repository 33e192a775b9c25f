"""`harmony-desk db create|upgrade|check|backup|restore`: for whoever keeps the PostgreSQL server.

All five want the superuser of the installation. They end with 0, with 1 for a known problem, and `check` with 2
when it found a difference.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click
import psycopg
from psycopg import sql

import harmony_desk
from db import backup as backups
from db import build
from db import check as checks
from harmony_desk.cli import output
from harmony_desk.cli.connection import Road, dsn_option, remember_option
from harmony_desk.config import DEFAULT_DATABASE
from harmony_desk.core import staff
from harmony_desk.core.errors import InvalidInput, UserError
from harmony_desk.core.texts import _, ngettext
from harmony_desk.local import binaries
from harmony_desk.local.binaries import Binaries

FOUND_DIFFERENCES: Final = 2
MADE_BY: Final = "harmony-desk db create"
_MAINTENANCE: Final = "postgres"  # the database of every server that holds nothing
_SHOWN: Final = 25

name_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--name", help="Name of the new database; without it the one that the DSN names."
)
folder_argument: Callable[[Callable[..., Any]], Callable[..., Any]] = click.argument(
    "folder", type=click.Path(path_type=Path)
)


@click.group()
def db() -> None:
    """Make and keep a shared database: for the superuser of the installation."""


def command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command of this group with the options that all of them have."""

    def decorate(function: Callable[..., None]) -> click.Command:
        return db.command(name)(dsn_option(remember_option(output.json_option(function))))

    return decorate


@command("create")
@name_option
@click.option("--kind", type=click.Choice(["production", "test"]), default="production", show_default=True)
@click.option(
    "--admin", "admins", multiple=True, metavar="LOGIN=NAME",
    help="An administrator with a one-time password; give it twice, for they act in pairs.",
)  # fmt: skip
@click.option(
    "--signed-on", type=click.DateTime(["%Y-%m-%d"]),
    help="Day on which these administrators signed the statement of confidentiality.",
)  # fmt: skip
def create(
    dsn: str | None,
    remember: bool,
    as_json: bool,
    name: str | None,
    kind: build.Kind,
    admins: tuple[str, ...],
    signed_on: dt.datetime | None,
) -> None:
    """Make a new database, with its roles, tables and rules."""
    people = [_admin(one) for one in admins]
    signed = _signed(people, signed_on, kind)
    road = _road(dsn, "create", remember=remember)
    wanted = _new_name(road, name)
    admin_dsn = road.dsn(_MAINTENANCE)
    _refuse_taken(admin_dsn, people)
    made = build.create(admin_dsn, wanted, kind=kind, made_by=MADE_BY)
    try:
        passwords = _create_admins(made, people, signed) if signed else {}
    except BaseException:
        build.drop(admin_dsn, wanted)
        raise
    lines = [_("The database {name} stands.").format(name=wanted)]
    if passwords:
        lines += [_("One-time passwords, shown now and never again; each is valid for 24 hours:")]
        lines += [f"  {login:<24} {password}" for login, password in passwords.items()]
    result = {"ok": True, "database": wanted, "kind": kind, "admins": passwords}
    output.answer(result, "\n".join(lines), as_json=as_json)


@command("upgrade")
def upgrade(dsn: str | None, remember: bool, as_json: bool) -> None:
    """Bring a database to the version of this program; put back who sees what."""
    road = _road(dsn, "upgrade", remember=remember)
    with road.connect() as connection:
        build.refuse_stranger(connection)
        before = build.schema_version(connection)
    build.upgrade(road.dsn())
    output.answer(
        {"ok": True, "database": road.parameters["dbname"], "from": before, "to": build.SCHEMA_HEAD},
        _("The database {name} is at version {version}; rights and rules are as in this program.").format(
            name=road.parameters["dbname"], version=build.SCHEMA_HEAD
        ),
        as_json=as_json,
    )


@command("check")
@click.pass_context
def check(context: click.Context, dsn: str | None, remember: bool, as_json: bool) -> None:
    """Compare the server with the files of this program; ends with 2 on any difference."""
    report = checks.run(_road(dsn, "check", remember=remember).dsn())
    findings = [asdict(one) for one in report.findings]
    facts = {
        "ok": not findings,
        "database": report.database,
        "kind": report.kind,
        "server_version": report.server_version,
        "seconds": report.seconds,
        "findings": findings,
    }
    output.answer(facts, _told(report), as_json=as_json)
    if findings:
        context.exit(FOUND_DIFFERENCES)


@command("backup")
@folder_argument
def backup(dsn: str | None, remember: bool, as_json: bool, folder: Path) -> None:
    """Save a database in a new folder; without any key of a recording."""
    road = _road(dsn, "backup", remember=remember)
    pg_dump = _programs(road, newer=True).program("pg_dump")
    manifest = backups.backup(road.dsn(), folder, pg_dump=pg_dump, program=harmony_desk.__version__)
    output.answer(
        {"ok": True, "folder": str(folder), **asdict(manifest)},
        _("The backup of {name} is in {folder}. Keep it closed: it holds personal data.").format(
            name=manifest.database, folder=folder
        ),
        as_json=as_json,
    )


@command("restore")
@folder_argument
@name_option
def restore(dsn: str | None, remember: bool, as_json: bool, folder: Path, name: str | None) -> None:
    """Make a new database from a backup; never over an existing one."""
    backups.verify(folder)
    road = _road(dsn, "restore", remember=remember)
    pg_restore = _programs(road, newer=False).program("pg_restore")
    done = backups.restore(road.dsn(_MAINTENANCE), folder, _new_name(road, name), pg_restore=pg_restore)
    lines = [
        _("The database {name} stands, as it was on {moment}.").format(name=done.database, moment=done.made_at),
        _("Nobody's files are open in it, and no day key is loaded: start the custodian."),
        _("What was erased or objected to after the backup was made must be done again."),
    ]
    if done.logins_kept:
        lines.append(
            ngettext(
                "{count} login was on this server already and was left as it is; run `harmony-desk db check`.",
                "{count} logins were on this server already and were left as they are; run `harmony-desk db check`.",
                len(done.logins_kept),
            ).format(count=len(done.logins_kept))
        )
    output.answer({"ok": True, **asdict(done)}, "\n".join(lines), as_json=as_json)


def _road(dsn: str | None, name: str, *, remember: bool) -> Road:
    return Road(dsn, program=f"harmony-desk db {name}", remember=remember)


def _new_name(road: Road, name: str | None) -> str:
    """What a new database is called: the option, or the DSN's name unless that is the server's own."""
    wanted = name or road.parameters["dbname"]
    return DEFAULT_DATABASE if wanted in (_MAINTENANCE, "template0", "template1") else wanted


def _programs(road: Road, *, newer: bool) -> Binaries:
    """PostgreSQL's programs of the server's own version; `newer` ones can read from an older server as well."""
    with road.connect(_MAINTENANCE) as connection:
        major = connection.info.server_version // 10000
    try:
        return binaries.find(major=major)
    except UserError:
        found = binaries.find()
        if not newer or found.major < major:
            raise
        return found


def _admin(text: str) -> tuple[str, str]:
    login, _equals, name = (part.strip() for part in text.partition("="))
    if not login or not name:
        raise InvalidInput(
            _('Write an administrator as LOGIN=NAME, such as bert.beheer="Bert Beheer".'),
            field="admin",
            code="bad_admin",
        )
    return login, name


def _signed(people: list[tuple[str, str]], signed_on: dt.datetime | None, kind: str) -> dt.date | None:
    """The day of the signatures; None when there are no administrators to make."""
    if not people:
        return None
    if len(people) < 2:
        raise InvalidInput(
            _("Administrators act in pairs: give --admin twice, or not at all."), field="admin", code="one_admin"
        )
    if signed_on is None and kind != "test":
        raise InvalidInput(
            _("No role works before the statement of confidentiality is signed. Give the day with --signed-on."),
            field="signed_on",
            code="no_confidentiality",
        )
    return signed_on.date() if signed_on else dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)


def _refuse_taken(dsn: str, people: list[tuple[str, str]]) -> None:
    """An administrator gets a login of his own; one that the server has already is somebody else's."""
    with psycopg.connect(dsn) as connection:
        taken = connection.execute(
            "select rolname from pg_roles where rolname = any(%s)", [[login for login, _name in people]]
        ).fetchone()
    if taken:
        raise InvalidInput(
            _("The server has a login {login} already. Choose another one.").format(login=taken[0]),
            field="admin",
            code="login_exists",
        )


def _create_admins(dsn: str, people: list[tuple[str, str]], signed: dt.date) -> dict[str, str]:
    """The first administrators, all of them or none; gives their one-time passwords."""
    passwords: dict[str, str] = {}
    with psycopg.connect(dsn) as connection:
        for login, name in people:
            passwords[login] = staff.one_time_password()
            verifier = staff.verifier(connection, login, passwords[login])
            row = connection.execute(
                "select status from harmony.create_staff(%s, %s, '{harmony_admin}', %s, null, %s)",
                [login, name, verifier, signed],
            ).fetchone()
            if row != ("ok",):
                raise InvalidInput(
                    _("{login} cannot be a login: use lower-case letters, digits and one dot.").format(login=login),
                    field="admin",
                    code="bad_login",
                )
            # What the installer makes does not expire; a password that was printed must.
            connection.execute(
                sql.SQL("alter role {} valid until {}").format(
                    sql.Identifier(login), sql.Literal((dt.datetime.now(dt.UTC) + dt.timedelta(hours=24)).isoformat())
                )
            )
    return passwords


def _told(report: checks.Report) -> str:
    count = len(report.findings)
    if not count:
        return _("The server is as the files of this program say; nothing was found.")
    lines = [ngettext("{count} difference:", "{count} differences:", count).format(count=count)]
    for one in report.findings[:_SHOWN]:
        lines.append(f"  {one.code}: {one.sentence}")
        lines += [f"      {mark} {value}" for mark, value in (("-", one.expected), ("+", one.found)) if value]
    if count > _SHOWN:
        lines.append(_("  and {count} more; see --json.").format(count=count - _SHOWN))
    return "\n".join(lines)
