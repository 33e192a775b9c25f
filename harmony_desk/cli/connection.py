"""How every command finds its server: `--dsn` or HARMONY_DSN, the password never from an argument."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import click
import psycopg

from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _

Connector = Callable[[], psycopg.Connection[Any]]

dsn_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--dsn", envvar="HARMONY_DSN", help="Where the database is, without a password (libpq notation)."
)


def connector(dsn: str | None, *, program: str) -> Connector:
    """What opens an autocommit connection to the database of `dsn`. Raises UserError when there is none."""
    if not dsn:
        raise UserError(_("Say where the database is, with --dsn or HARMONY_DSN."), code="no_dsn")
    password = os.environ.get("HARMONY_PASSWORD") or os.environ.get("PGPASSWORD")

    def connect() -> psycopg.Connection[Any]:
        return psycopg.connect(dsn, password=password, autocommit=True, application_name=program)

    return connect
