"""Logins are made for people; one that the server has already cannot be taken over by an administrator."""

import secrets

from psycopg import sql

from tests.database import Database

VERIFIER = "SCRAM-SHA-256$4096:c2FsdA==$" + "A" * 43 + "=:" + "B" * 43 + "="


def test_an_administrator_cannot_take_over_a_login_of_the_server(database: Database) -> None:
    admin = database.create_staff("admin")
    robot = "robot_" + "".join(secrets.choice("abcdefgh") for _ in range(8))
    password = "select rolpassword, rolconnlimit from pg_authid where rolname = %s"
    with database.superuser() as connection:
        connection.execute(sql.SQL("create role {} login password 'kept'").format(sql.Identifier(robot)))
        before = connection.execute(password, (robot,)).fetchone()
        try:
            with database.login(admin) as connected:
                answer = connected.execute(
                    "select status from harmony.create_staff(%s, 'Robot', '{harmony_agent}', %s)", (robot, VERIFIER)
                ).fetchone()

            assert answer == ("refused: already_done",)
            assert connection.execute(password, (robot,)).fetchone() == before
        finally:
            connection.execute(sql.SQL("drop role {}").format(sql.Identifier(robot)))
