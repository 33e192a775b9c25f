"""Staff and roles: two administrators for what gives rights, one for what takes them, both at once in open sessions."""

import secrets

import psycopg
import pytest

from harmony_desk.core import staff
from harmony_desk.core.errors import InvalidInput
from tests.database import Connection, Database, refused


@pytest.fixture(scope="module")
def admins(database: Database) -> tuple[str, str]:
    return database.create_staff("admin"), database.create_staff("admin")


def new_login() -> str:
    return f"nieuw.t{secrets.token_hex(4)}"


def create(database: Database, connection: Connection, login: str, *roles: str, signed: bool = True) -> str:
    password = secrets.token_urlsafe(12)
    database.passwords[login] = password
    made = staff.verifier(connection, login, password)
    row = connection.execute(
        "select status from harmony.create_staff(%s, 'Nieuwe Collega', %s, %s, 'Zuid', case when %s then current_date end)",
        (login, [f"harmony_{role}" for role in roles], made, signed),
    ).fetchone()
    assert row is not None
    return str(row[0])


def test_a_role_needs_a_second_administrator_and_a_further_one_works_in_the_open_session(
    database: Database, admins: tuple[str, str]
) -> None:
    login = new_login()
    with database.login(admins[0]) as first, database.login(admins[1]) as second:
        assert create(database, first, login, "agent") == "ok"
        with pytest.raises(psycopg.OperationalError), database.login(login):
            pass
        change = first.execute(
            "select max(r.id) from harmony.staff_role r join harmony.staff s on s.id = r.staff_id where s.login = %s",
            (login,),
        ).fetchone()

        def approve(by: Connection) -> str:
            row = by.execute("select status from harmony.approve_role(%s)", change).fetchone()
            assert row is not None
            return str(row[0])

        assert approve(first) == "refused: not_allowed"
        assert approve(second) == "ok"
        assert approve(second) == "refused: already_done"
        with database.login(login) as session:
            assert session.execute("select count(*) from harmony.customer").fetchone() == (0,)
            second_role = first.execute(
                "select change_id from harmony.grant_role(%s, 'harmony_team_lead')", (login,)
            ).fetchone()
            assert second.execute("select status from harmony.approve_role(%s)", second_role).fetchone() == ("ok",)
            rights = {row[0] for row in session.execute('select "right" from harmony.my_rights()')}
            assert {"agent", "team_lead"} <= rights


def test_without_a_signed_statement_a_role_waits_for_the_signature(database: Database, admins: tuple[str, str]) -> None:
    login = new_login()
    with database.login(admins[0]) as first, database.login(admins[1]) as second:
        create(database, first, login, "agent", signed=False)
        change = first.execute(
            "select max(r.id) from harmony.staff_role r join harmony.staff s on s.id = r.staff_id where s.login = %s",
            (login,),
        ).fetchone()
        assert second.execute("select status from harmony.approve_role(%s)", change).fetchone() == (
            "refused: no_confidentiality",
        )
        with pytest.raises(psycopg.OperationalError), database.login(login):
            pass
        assert first.execute(
            "select status from harmony.sign_confidentiality(%s, current_date)", (login,)
        ).fetchone() == ("ok",)
        with database.login(login) as session:
            assert session.execute("select count(*) from harmony.customer").fetchone() == (0,)


def test_deactivation_bites_in_the_open_session_and_closes_it(database: Database, admins: tuple[str, str]) -> None:
    leaver = database.create_staff("agent")
    with database.login(admins[0]) as admin, database.login(leaver) as session:
        session.execute("select count(*) from harmony.customer")
        assert admin.execute("select status from harmony.deactivate_staff(%s)", (leaver,)).fetchone() == ("ok",)
        assert refused(session, "select count(*) from harmony.customer") == "42501"
        assert admin.execute("select ended from harmony.end_sessions(%s)", (leaver,)).fetchone() == (1,)
        with pytest.raises(psycopg.OperationalError):
            session.execute("select 1")
    with pytest.raises(psycopg.OperationalError), database.login(leaver):
        pass


def test_a_role_taken_away_is_gone_at_the_next_statement(database: Database, admins: tuple[str, str]) -> None:
    agent = database.create_staff("agent")
    with database.login(admins[0]) as admin, database.login(agent, autocommit=False) as session:
        session.execute("select count(*) from harmony.customer")
        admin.execute("select harmony.grant_role(%s, 'harmony_agent', 'revoke')", (agent,))
        assert refused(session, "select count(*) from harmony.customer") == "42501"


@pytest.mark.parametrize(
    ("login", "roles"),
    [
        ("postgres", ["harmony_agent"]),
        ("harmony_owner", ["harmony_agent"]),
        ("pg_monitor", ["harmony_agent"]),
        ("Grote.Letters", ["harmony_agent"]),
        ('a"; drop table x; --', ["harmony_agent"]),
        ("gewoon.iemand", ["harmony_owner"]),
        ("gewoon.iemand", ["pg_read_all_data"]),
        ("gewoon.iemand", ["harmony_agent", "harmony_recorder"]),
    ],
)
def test_odd_logins_and_roles_are_refused(
    database: Database, admins: tuple[str, str], login: str, roles: list[str]
) -> None:
    with database.login(admins[0]) as admin, database.superuser() as connection:
        made = staff.verifier(admin, "x", "een lang genoeg wachtwoord")
        row = admin.execute("select status from harmony.create_staff(%s, 'X', %s, %s)", (login, roles, made)).fetchone()
        assert row is not None
        assert str(row[0]).startswith("refused: ")
        exists = connection.execute("select from pg_roles where rolname = %s and rolcanlogin", (login,)).fetchone()
        assert exists is None or login == "postgres"


def test_a_password_in_clear_is_never_accepted(database: Database, admins: tuple[str, str]) -> None:
    with database.login(admins[0]) as admin:
        row = admin.execute(
            "select status from harmony.create_staff('gewoon.iemand', 'X', '{harmony_agent}', 'wachtwoord123456')"
        ).fetchone()
        assert row == ("refused: not_allowed",)
        with pytest.raises(InvalidInput):
            staff.verifier(admin, "x", "kort")


def test_the_first_login_chooses_a_password_of_its_own(database: Database, admins: tuple[str, str]) -> None:
    login = new_login()
    with database.login(admins[0]) as admin, database.superuser() as connection:
        create(database, admin, login, "agent")
        valid = connection.execute(
            "select rolvaliduntil between clock_timestamp() + interval '23 hours' and clock_timestamp() + interval '25 hours'"
            " from pg_roles where rolname = %s",
            (login,),
        ).fetchone()
        assert valid == (True,)
        connection.execute(f'grant harmony_agent to "{login}"')  # type: ignore[arg-type]
        with database.login(login) as session:
            own = staff.verifier(session, login, "mijn eigen lange wachtwoord")
            assert session.execute("select status from harmony.choose_password(%s)", (own,)).fetchone() == ("ok",)
        database.passwords[login] = "mijn eigen lange wachtwoord"
        with database.login(login) as session:
            session.execute("select 1")
        valid = connection.execute(
            "select rolvaliduntil = 'infinity' from pg_roles where rolname = %s", (login,)
        ).fetchone()
    assert valid == (True,)


def test_a_setting_needs_two_administrators(database: Database, admins: tuple[str, str]) -> None:
    with database.login(admins[0]) as first, database.login(admins[1]) as second:
        status, change = first.execute("select * from harmony.propose_setting('file.opens_per_hour', '121')").fetchone()  # type: ignore[misc]
        assert status == "ok"
        assert first.execute("select status from harmony.approve_setting(%s)", (change,)).fetchone() == (
            "refused: not_allowed",
        )
        assert second.execute("select status from harmony.approve_setting(%s)", (change,)).fetchone() == ("ok",)
        value = second.execute("select value from harmony.setting where key = 'file.opens_per_hour'").fetchone()
        assert value == ("121",)
        assert first.execute(
            "select status from harmony.propose_setting('file.opens_per_hour', 'veel')"
        ).fetchone() == ("refused: not_allowed",)
        assert first.execute("select status from harmony.propose_setting('no.such', '1')").fetchone() == (
            "refused: unknown",
        )
