"""How a command reaches a server: `--dsn`, the environment, a profile; the password by every road but an argument."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

import click
import psycopg

from harmony_desk import config
from harmony_desk.core.errors import NotAllowed, Unreachable, UserError
from harmony_desk.core.texts import _

Connector = Callable[[], psycopg.Connection[Any]]

dsn_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--dsn",
    help='Server and database as "host=... port=... dbname=... user=...", without a password.'
    " Default: HARMONY_DSN, then harmony_desk.toml.",
)
remember_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--remember", is_flag=True, help="Keep the typed password in this machine's keyring."
)


class Road:
    """The way to one server: parameters that passed the rules, and the password once it is known."""

    def __init__(self, dsn: str | None, *, program: str, remember: bool = False) -> None:
        """Raises UserError when the server is not named or the connection would be too weak."""
        self._settings = config.load()
        self.parameters = config.parameters(dsn, program=program, settings=self._settings)
        self._remember = remember
        self.password = config.password_from_environment() or self.parameters.pop("password", None)

    def connect(self, database: str | None = None) -> psycopg.Connection[Any]:
        """An autocommit connection; asks for the password when the server wants one. Raises UserError."""
        wanted = self.parameters | ({"dbname": database} if database else {})
        try:
            return self._open(wanted)
        except psycopg.OperationalError as error:
            if self.password or not _wants_password(error):
                raise explained(error) from None
        self.password, typed = self._find_password()
        try:
            connection = self._open(wanted)
        except psycopg.OperationalError as error:
            raise explained(error) from None
        if typed and self._remember:
            self._keep()
        return connection

    def dsn(self, database: str | None = None) -> str:
        """The connection string, password included, for code of ours that connects by itself. Connects once."""
        self.connect(database).close()
        return config.conninfo(self.parameters | ({"dbname": database} if database else {}), self.password)

    def _open(self, parameters: Mapping[str, str]) -> psycopg.Connection[Any]:
        return psycopg.connect(config.conninfo(parameters, self.password), autocommit=True)

    def _find_password(self) -> tuple[str, bool]:
        """The password from the keyring or typed, and whether it was typed. Raises UserError when nobody can type."""
        if self._settings.keyring:
            # Imported here: only whoever comes without a password pays for it.
            from harmony_desk.local import keyring

            kept = keyring.find(keyring.account_of(self.parameters))
            if kept:
                return kept, False
        if sys.stdin is None or not sys.stdin.isatty():
            raise UserError(
                _("The server asks for a password. Put it in HARMONY_PASSWORD, or run this where it can be typed."),
                code="password_needed",
            )
        return click.prompt(_("Password"), hide_input=True, err=True, type=str), True

    def _keep(self) -> None:
        from harmony_desk.local import keyring

        if not self._settings.keyring or not keyring.keep(keyring.account_of(self.parameters), self.password or ""):
            click.echo(_("This machine has no keyring that works; the password is not kept."), err=True)


def connector(dsn: str | None, *, program: str) -> Connector:
    """A function that opens one autocommit connection after another. Raises UserError, now or at each call."""
    return Road(dsn, program=program).connect


def explained(error: psycopg.OperationalError) -> UserError:
    """Why there is no connection, in the person's words. The server's own text is never shown."""
    text = str(error)
    for marks, code, sentence in _reasons():
        if any(mark in text for mark in marks):
            kind = NotAllowed if code in ("wrong_password", "not_let_in") else Unreachable
            return kind(sentence, code=code)
    return Unreachable(
        _("There is no connection with the server, or it does not let this login in. Check the address and the login."),
        code="no_connection",
    )


def _wants_password(error: psycopg.OperationalError) -> bool:
    return bool(error.pgconn and error.pgconn.needs_password) or "no password supplied" in str(error)


def _reasons() -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """Parts of libpq's texts and what to say then. libpq gives no code for a connection that failed."""
    certificate = _(
        "The server could not prove who it is: its certificate does not match its name or the authority that you"
        " trust. Nothing was sent to it. Check the address, and root_certificate in the settings."
    )
    return (
        (("certificate verify failed", "root certificate file", "does not match host name", "server certificate", "SSL error"),
         "certificate", certificate),
        (("server does not support SSL", "channel binding"), "no_tls",
         _("The server offers no TLS that we accept. No password was sent. Switch ssl on at the server.")),
        (("password authentication failed",), "wrong_password",
         _("User name or password is wrong, or the password has expired. Ask the administrator.")),
        (("no pg_hba.conf entry", "is not permitted to log in", "permission denied for database"), "not_let_in",
         _("The server does not let this login in to this database. Ask the administrator.")),
        (("too many connections", "too many clients"), "too_many_connections",
         _("There are too many sessions open for this account. Close one and try again.")),
        (("session is read-only", "is in recovery", "is not in hot standby"), "no_primary",
         _("None of the servers takes changes at the moment. Try again in a moment.")),
        (('" does not exist',), "no_database",
         _("There is no database or login of that name on this server.")),
        (("timeout expired", "timed out", "Connection refused", "could not translate", "No route", "failed to resolve"),
         "unreachable", _("The server does not answer. Check the address and the network.")),
    )  # fmt: skip
