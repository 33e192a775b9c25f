"""`db check`: whether a live server still is what this program's files say, and nothing that must never be.

Two halves. The rules (rules.sql, roles.sql, network.py) hold for every server of ours. The comparison builds a
database from the files beside the live one and holds the two catalogues against each other, so that a right, a
policy or a function that nobody filed is found by being there. Nothing is changed; the database that was built
is dropped. Wants a connection of the installation's superuser.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Final

import psycopg
from psycopg import sql

from db import build
from db.check import network, sentences

Snapshot = Mapping[str, Mapping[str, Mapping[str, Any]]]
_SCRATCH: Final = "harmony_check_"
_SWEEP_AFTER_SECONDS: Final = 3600


@dataclass(frozen=True)
class Finding:
    """One difference: a stable code, what it is about, a sentence, and what should be and what is."""

    code: str
    object: str
    sentence: str
    expected: str | None = None
    found: str | None = None


@dataclass(frozen=True)
class Report:
    """What a check found; it is good when there are no findings."""

    database: str
    kind: str
    server_version: int
    findings: tuple[Finding, ...]
    seconds: float = field(compare=False)


def run(dsn: str) -> Report:
    """Checks one database and its server. Raises UserError when it cannot be checked at all."""
    started = time.monotonic()
    with psycopg.connect(dsn, autocommit=True) as connection:
        build.refuse_stranger(connection)
        _sweep(connection)
        findings = list(_rules(connection))
        if _comparable(findings):
            findings += compare(snapshot(connection), filed(dsn))
        row = connection.execute("select kind from harmony.installation").fetchone()
        return Report(
            database=connection.info.dbname,
            kind=str(row[0]) if row else "",
            server_version=connection.info.server_version,
            findings=tuple(findings),
            seconds=round(time.monotonic() - started, 2),
        )


def examine(connection: psycopg.Connection, expected: Snapshot) -> list[Finding]:
    """The findings on this connection, an open transaction's own changes included."""
    findings = list(_rules(connection))
    if _comparable(findings):
        findings += compare(snapshot(connection), expected)
    return findings


def filed(admin_dsn: str) -> Snapshot:
    """The catalogue of a database that is built from this program's files on the same server, and dropped."""
    name = f"{_SCRATCH}{int(time.time())}_{secrets.token_hex(4)}"
    try:
        with psycopg.connect(build.build_scratch(admin_dsn, name), autocommit=True) as connection:
            return snapshot(connection)
    finally:
        build.drop(admin_dsn, name)


def snapshot(connection: psycopg.Connection) -> Snapshot:
    """Every kind of object with its facts."""
    with connection.transaction():
        # Every name is written out whole when nothing else is on the path.
        connection.execute("set local search_path = pg_catalog")
        return {
            kind: {str(name): facts for name, facts in connection.execute(query).fetchall()}
            for kind, query in _parts("facts.sql", "kind")
        }


def compare(live: Snapshot, expected: Snapshot) -> Iterator[Finding]:
    """Everything that is on one side only, or on both with other facts."""
    for kind, wanted in expected.items():
        there = live.get(kind, {})
        for name in sorted(wanted.keys() | there.keys()):
            if name not in there:
                yield _finding(f"{kind}_missing", name)
            elif name not in wanted:
                yield _finding(f"{kind}_unknown", name)
            elif there[name] != wanted[name]:
                keys = [key for key in wanted[name] if wanted[name][key] != there[name].get(key)]
                yield _finding(f"{kind}_changed", name, _told(wanted[name], keys), _told(there[name], keys))


def _rules(connection: psycopg.Connection) -> Iterator[Finding]:
    version = build.schema_version(connection)
    if version != build.SCHEMA_HEAD:
        yield _finding("schema_version", "harmony.alembic_version", build.SCHEMA_HEAD, version)
    server = connection.info.server_version
    if build.is_too_old(server):
        yield _finding("server_too_old", "server", None, f"{server // 10000}.{server % 10000}")
    yield from (_finding(code, name, None, found) for code, name, found in network.breaches(connection))
    yield from _asked(connection, list(_parts("rules.sql", "code")))
    yield from _asked(connection, list(_parts("roles.sql", "code")), setup=_setup("roles.sql"))


def _asked(connection: psycopg.Connection, parts: list[tuple[str, str]], *, setup: str = "select") -> Iterator[Finding]:
    """Runs each part; one that cannot be answered is itself a finding, and the others are still asked."""
    answers: list[Finding] = []
    with connection.transaction(force_rollback=True):
        connection.execute("set local search_path = pg_catalog, pg_temp")
        try:
            with connection.transaction():
                connection.execute(setup)
        except psycopg.Error as error:
            answers += [_finding("not_checked", code, None, error.sqlstate) for code, _query in parts]
            parts = []
        for code, query in parts:
            try:
                with connection.transaction():
                    rows = connection.execute(query).fetchall()
            except psycopg.Error as error:
                answers.append(_finding("not_checked", code, None, error.sqlstate))
            else:
                answers += [_finding(code, str(name), None, found) for name, found in rows]
    yield from sorted(answers, key=lambda one: (one.code, one.object))


def _comparable(findings: list[Finding]) -> bool:
    """Whether a database can be built beside this one, and would say anything; a finding tells when not."""
    if any(one.code in ("role_missing", "schema_version") for one in findings):
        findings.append(_finding("not_compared", "db/access"))
        return False
    return True


def _finding(code: str, name: str, expected: str | None = None, found: object = None) -> Finding:
    return Finding(code, name, sentences.of(code, name), expected, None if found in (None, "") else str(found))


def _told(facts: Mapping[str, Any], keys: list[str]) -> str:
    return ", ".join(f"{key}: {facts.get(key)}" for key in keys)


def _parts(file: str, word: str) -> Iterator[tuple[str, str]]:
    """The parts of a file of queries: each begins with a line `-- word: name`."""
    text = files("db.check").joinpath(file).read_text(encoding="utf-8")
    pieces = re.split(rf"(?m)^-- {word}: (\w+)\n", text)
    yield from zip(pieces[1::2], pieces[2::2], strict=True)


def _setup(file: str) -> str:
    text = files("db.check").joinpath(file).read_text(encoding="utf-8")
    return re.split(r"(?m)^-- code: ", text.split("-- setup\n", 1)[1], maxsplit=1)[0]


def _sweep(connection: psycopg.Connection) -> None:
    """Drops what a check that was killed left behind, an hour after it began."""
    names = connection.execute(
        "select datname from pg_database where datname ~ %s", [f"^{_SCRATCH}[0-9]+_[0-9a-f]+$"]
    ).fetchall()
    for (name,) in names:
        if time.time() - int(name.removeprefix(_SCRATCH).split("_")[0]) > _SWEEP_AFTER_SECONDS:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
