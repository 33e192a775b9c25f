"""The shared test server itself."""

import psycopg

from harmony_desk.local.postgres import Server


def test_the_test_server_lets_the_superuser_in(server: Server) -> None:
    with psycopg.connect(server.dsn, password=server.password) as connection:
        row = connection.execute("select current_user, current_setting('fsync')").fetchone()

    assert row == (server.superuser, "off")
