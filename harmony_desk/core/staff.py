"""Staff and their rights. What may be done is asked of the database; passwords leave here as SCRAM verifiers only."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence

import psycopg
from sqlalchemy import text
from sqlalchemy.orm import Session

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _

LEAST_PASSWORD_LENGTH = 12


def rights(session: Session) -> frozenset[str]:
    """Roles (without `harmony_`) and functions that this login has now."""
    return frozenset(session.execute(text('select "right" from harmony.my_rights()')).scalars())


def verifier(connection: psycopg.Connection[object], login: str, password: str) -> str:
    """The SCRAM verifier of a password, computed here: the password itself never travels in SQL.

    Raises InvalidInput when it is shorter than 12 characters (OWASP ASVS 6.2.1 asks 8, advises 15).
    """
    if len(password) < LEAST_PASSWORD_LENGTH:
        raise InvalidInput(
            _("Choose a password of at least {count} characters.").format(count=LEAST_PASSWORD_LENGTH),
            field="password",
        )
    return connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()


def one_time_password() -> str:
    """A password to hand over once; the login must change it within 24 hours."""
    return secrets.token_urlsafe(15)


def create(
    session: Session,
    *,
    login: str,
    name: str,
    roles: Sequence[str],
    verifier: str,
    team: str | None = None,
    confidentiality_signed_on: dt.date | None = None,
) -> tuple[str, int | None]:
    """Makes a member of staff with a login; `roles` are group roles, in force once a second administrator agrees."""
    row = session.execute(
        text("select status, staff_id from harmony.create_staff(:login, :name, :roles, :verifier, :team, :signed)"),
        {
            "login": login,
            "name": name,
            "roles": list(roles),
            "verifier": verifier,
            "team": team,
            "signed": confidentiality_signed_on,
        },
    ).one()
    return str(row.status), row.staff_id


def deactivate(session: Session, login: str) -> str:
    """Ends somebody's access at once. Commit, then call `end_sessions` in a transaction of its own."""
    return str(
        session.execute(text("select status from harmony.deactivate_staff(:login)"), {"login": login}).scalar_one()
    )


def end_sessions(session: Session, login: str) -> int:
    """Closes the open sessions of a login; says how many."""
    return int(session.execute(text("select ended from harmony.end_sessions(:login)"), {"login": login}).scalar_one())
