"""Attacks by the clock of transactions: what is rolled back, seen too early, kept too long, or done by two at once."""

import threading
import time
from collections.abc import Iterator

import pytest

from tests import factories, rows
from tests.database import Connection, Database
from tests.factories import Person
from tests.probes import Probe

MOTIVE = "Voor een proef van de tests"
COUNT = "select count(*) from harmony.customer where id = %s"


@pytest.fixture
def anna(database: Database) -> str:
    return database.create_staff("agent", team="Noord")


@pytest.fixture(scope="module")
def persons(database: Database) -> list[Person]:
    return [factories.customer(database) for _ in range(3)]


@pytest.fixture
def closed(persons: list[Person]) -> Person:
    return persons[0]


@pytest.fixture
def session(database: Database, anna: str) -> Iterator[Connection]:
    """Autocommit: each test begins its transactions itself."""
    with database.login(anna) as connection:
        yield connection


def open_file(connection: Connection, person: Person) -> str:
    row = connection.execute(
        "select status from harmony.open_file(%s, 'other', null, %s)", (person.id, MOTIVE)
    ).fetchone()
    assert row is not None
    return str(row[0])


def test_p25_a_rolled_back_opening_showed_nothing(probe: Probe, session: Connection, closed: Person) -> None:
    session.execute("begin")
    assert open_file(session, closed) == "open"
    probe.nothing(session, COUNT, (closed.id,))
    session.execute("savepoint s")
    probe.nothing(session, COUNT, (closed.id,))
    session.execute("release s")
    probe.nothing(session, COUNT, (closed.id,))
    session.execute("rollback")
    probe.nothing(session, COUNT, (closed.id,))


def test_a_savepoint_or_exception_block_opens_nothing(probe: Probe, session: Connection, closed: Person) -> None:
    session.execute("begin")
    session.execute("savepoint s")
    open_file(session, closed)
    probe.nothing(session, COUNT, (closed.id,))
    session.execute("rollback to s")
    probe.nothing(session, COUNT, (closed.id,))
    session.execute("savepoint t")
    open_file(session, closed)
    session.execute("release t")
    probe.nothing(session, COUNT, (closed.id,))
    session.execute("rollback")
    heard: list[str] = []
    session.add_notice_handler(lambda notice: heard.append(notice.message_primary or ""))
    session.execute(
        f"""do $$ declare n int; begin
            begin
                perform harmony.open_file({closed.id}, 'other', null, '{MOTIVE}');
                select count(*) into n from harmony.customer where id = {closed.id};
                raise notice 'seen %', n;
                raise exception 'away with it';
            exception when raise_exception then
                select count(*) into n from harmony.customer where id = {closed.id};
                raise notice 'seen %', n;
            end;
        end $$"""
    )
    probe.holds(heard == ["seen 0", "seen 0"], f"{heard}")


@pytest.mark.parametrize(
    "statement",
    [
        "with o as (select * from harmony.open_file({id}, 'other', null, '{motive}')) select c.id from harmony.customer c, o where c.id = {id}",
        "with o as materialized (select * from harmony.open_file({id}, 'other', null, '{motive}')) select c.id from o, harmony.customer c where c.id = {id}",
        "select c.id from harmony.open_file({id}, 'other', null, '{motive}') o, lateral (select * from harmony.customer where id = {id}) c",
        "select (select status from harmony.open_file({id}, 'other', null, '{motive}')), (select last_name from harmony.customer where id = {id})"
        " from harmony.customer where id = {id}",
        "with d as (update harmony.customer set city = city where id = {id} and (select status from harmony.open_file({id}, 'other', null,"
        " '{motive}')) = 'open' returning id) select id from d",
    ],
)
def test_one_statement_does_not_open_and_read(
    probe: Probe, session: Connection, closed: Person, statement: str
) -> None:
    session.execute("begin")
    probe.nothing(session, statement.format(id=closed.id, motive=MOTIVE))
    session.execute("rollback")


@pytest.mark.parametrize("level", ["repeatable read", "serializable", "read uncommitted"])
def test_another_isolation_level_sees_nothing(
    probe: Probe, session: Connection, persons: list[Person], level: str
) -> None:
    assert open_file(session, persons[1]) == "open"
    assert session.execute(COUNT, (persons[1].id,)).fetchone() == (1,)

    session.execute(f"begin isolation level {level}")  # type: ignore[call-overload]
    probe.nothing(session, COUNT, (persons[1].id,))
    probe.answers(
        session,
        "refused: wrong_isolation",
        "select status from harmony.open_file(%s, 'other', null, %s)",
        (persons[2].id, MOTIVE),
    )
    session.execute("rollback")
    session.execute(f"set default_transaction_isolation = '{level}'")  # type: ignore[call-overload]
    probe.nothing(session, COUNT, (persons[1].id,))


def test_a_cursor_of_the_opening_transaction_stays_empty(probe: Probe, session: Connection, closed: Person) -> None:
    session.execute("begin")
    open_file(session, closed)
    session.execute(f"declare c cursor with hold for select id from harmony.customer where id = {closed.id}")  # type: ignore[call-overload]
    session.execute("commit")
    probe.nothing(session, "fetch all from c")
    session.execute("close c")


def test_a_prepared_statement_asks_again_each_time(probe: Probe, session: Connection, persons: list[Person]) -> None:
    person = persons[1]
    session.execute("set plan_cache_mode = force_generic_plan")
    session.execute("prepare look(bigint) as select count(*) from harmony.customer where id = $1")
    probe.nothing(session, f"execute look({person.id})")
    open_file(session, person)
    assert session.execute(f"execute look({person.id})").fetchone() == (1,)  # type: ignore[call-overload]
    session.execute("select harmony.close_file(%s)", (person.id,))
    probe.nothing(session, f"execute look({person.id})")


def test_an_opening_of_another_login_or_copy_counts_for_nobody(
    probe: Probe, session: Connection, database: Database, anna: str, closed: Person
) -> None:
    colleague = database.create_staff("agent")
    rows.open_file(database, colleague, closed)
    probe.nothing(session, COUNT, (closed.id,))
    with database.superuser() as admin:
        for origin, xid in (
            ("restored from elsewhere", "pg_current_xact_id()"),
            ("'||harmony.origin()||'", "'3'::xid8"),
        ):
            admin.execute(
                "insert into harmony.file_opening (customer_id, staff_login, reason, status, expires_at, origin, xid)"
                f" values (%s, %s, 'other', 'open', harmony.clock() + interval '1 hour', %s, {xid})",
                (closed.id, anna, origin),
            )
    probe.nothing(session, COUNT, (closed.id,))
    with database.login(database.create_staff("agent")) as other, other.transaction():
        open_file(other, closed)
        probe.nothing(session, COUNT, (closed.id,))


def test_p26_a_file_expires_by_the_clock_in_a_transaction_left_open(
    probe: Probe, session: Connection, database: Database, persons: list[Person], anna: str
) -> None:
    open_file(session, persons[1])
    session.execute("begin")
    assert session.execute(COUNT, (persons[1].id,)).fetchone() == (1,)
    with database.superuser() as admin:
        admin.execute(
            "update harmony.file_opening set expires_at = clock_timestamp() + interval '0.3 second' where staff_login = %s",
            (anna,),
        )
    time.sleep(0.4)
    probe.nothing(session, COUNT, (persons[1].id,))
    session.execute("rollback")


def test_p27_p29_losses_bite_in_the_open_session_at_the_next_statement(
    probe: Probe, database: Database, persons: list[Person]
) -> None:
    person = factories.customer(database)
    admins = [database.create_staff("admin") for _ in range(2)]
    for loss in ("restriction", "role", "deactivation"):
        login = database.create_staff("agent", "outreach")
        rows.open_file(database, login, person)
        with database.login(login) as connection, database.login(admins[0]) as admin:
            connection.execute("prepare look as select count(*) from harmony.customer")
            connection.execute("begin")
            assert connection.execute("execute look").fetchone() == (1,)
            if loss == "restriction":
                rows.restrict(database, person)
                probe.nothing(connection, "execute look")
                probe.nothing(connection, COUNT, (person.id,))
                connection.execute("rollback")
                probe.answers(
                    connection,
                    "refused: restricted",
                    "select status from harmony.open_file(%s, 'other', null, %s)",
                    (person.id, MOTIVE),
                )
                with database.superuser() as superuser:
                    superuser.execute("update harmony.customer set restricted_at = null where id = %s", (person.id,))
                continue
            name, parameters = {
                "role": ("grant_role(%s, 'harmony_agent', 'revoke')", (login,)),
                "deactivation": ("deactivate_staff(%s)", (login,)),
            }[loss]
            assert admin.execute(f"select status from harmony.{name}", parameters).fetchone() == ("ok",)  # type: ignore[call-overload]
            probe.refused(connection, COUNT, (person.id,))
            connection.execute("rollback")
            probe.refused(connection, "execute look")
            probe.refused(connection, "select * from harmony.open_file(%s, 'other', null, %s)", (person.id, MOTIVE))


def test_a_plan_of_a_lost_role_is_not_used_again(probe: Probe, database: Database) -> None:
    """Agent and officer: the agent still may select from the table, but no longer every row."""
    login, admin = database.create_staff("agent", "privacy_officer"), database.create_staff("admin")
    rows.fill(database, database.create_staff("agent"))
    with database.login(login) as connection, database.login(admin) as administrator:
        connection.execute("set plan_cache_mode = force_generic_plan")
        for table in ("file_opening", "search_log", "preference", "disclosure", "bank_reveal", "recording_listen"):
            connection.execute(f"prepare look_{table} as select count(*) from harmony.{table}")  # type: ignore[call-overload]
            connection.execute(f"execute look_{table}")  # type: ignore[call-overload]
        assert connection.execute("execute look_preference").fetchone() != (0,)
        administrator.execute("select harmony.grant_role(%s, 'harmony_privacy_officer', 'revoke')", (login,))
        for table in ("file_opening", "search_log", "preference", "disclosure", "bank_reveal", "recording_listen"):
            probe.nothing(connection, f"execute look_{table}")


def test_p30_every_policy_that_writes_says_what_may_be_written(probe: Probe, database: Database) -> None:
    with database.superuser() as admin:
        probe.nothing(
            admin,
            "select polname, polrelid::regclass from pg_policy p join pg_class c on c.oid = p.polrelid"
            " where c.relnamespace = 'harmony'::regnamespace and polcmd in ('a', 'w', '*') and polwithcheck is null",
        )
        probe.nothing(
            admin, "select polname from pg_policy where 0 = any (polroles) or 'harmony_owner'::regrole = any (polroles)"
        )


def test_opening_and_closing_from_two_sessions_shows_what_is_committed(
    probe: Probe, database: Database, anna: str, persons: list[Person]
) -> None:
    person = persons[2]
    with database.login(anna) as one, database.login(anna) as two:
        for _ in range(30):
            one.execute("select harmony.close_file(%s)", (person.id,))
            probe.nothing(two, COUNT, (person.id,))
            one.execute("begin")
            open_file(one, person)
            probe.nothing(two, COUNT, (person.id,))
            one.execute("commit")
            assert two.execute(COUNT, (person.id,)).fetchone() == (1,)


def test_approving_twice_at_once_works_once(probe: Probe, database: Database) -> None:
    admins = [database.create_staff("admin") for _ in range(3)]
    login = database.create_staff("agent")
    with database.login(admins[0]) as proposer:
        change = proposer.execute(
            "select change_id from harmony.grant_role(%s, 'harmony_finance')", (login,)
        ).fetchone()[0]  # type: ignore[index]
    answers: list[str] = []
    barrier = threading.Barrier(2)

    def approve(name: str) -> None:
        with database.login(name) as connection:
            barrier.wait()
            answers.append(connection.execute("select status from harmony.approve_role(%s)", (change,)).fetchone()[0])  # type: ignore[index]

    threads = [threading.Thread(target=approve, args=(name,)) for name in admins[1:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    probe.holds(sorted(answers) == ["ok", "refused: already_done"], f"{answers}")


def test_p24_the_trail_is_not_changed_by_anybody(probe: Probe, database: Database) -> None:
    with database.superuser() as admin:
        for table in ("audit_event", "audit_seal"):
            for statement in (
                f"update harmony.{table} set {'action' if table == 'audit_event' else 'hash'} ="
                f" {'action' if table == 'audit_event' else 'hash'}",
                f"delete from harmony.{table}",
                f"truncate harmony.{table} cascade",
            ):
                if table == "audit_seal":
                    admin.execute(
                        "insert into harmony.audit_seal (number, event_id, hash) select coalesce(max(number), 0) + 1,"
                        " coalesce(max(event_id), 0) + 1, sha256('x') from harmony.audit_seal"
                    )
                probe.refused(admin, statement, code="HD003")
        admin.execute("set session_replication_role = replica")
        admin.execute("truncate harmony.audit_seal")
        admin.execute("set session_replication_role = origin")
    for role in ("privacy_officer", "admin", "custodian"):
        with database.login(database.create_staff(role)) as connection:
            for statement in (
                "delete from harmony.audit_event",
                "truncate harmony.audit_event",
                "update harmony.audit_detail set values = '{}'",
                "delete from harmony.audit_seal",
                "insert into harmony.audit_event (staff_login) values ('x')",
                "alter table harmony.audit_event disable trigger all",
                "drop trigger append_only on harmony.audit_event",
            ):
                probe.refused(connection, statement)


def test_the_trail_holds_no_account_number_and_nothing_of_incidents(probe: Probe, database: Database) -> None:
    person, mark = rows.fill(database, database.create_staff("agent"))
    officer = database.create_staff("privacy_officer")
    with database.superuser() as admin:
        admin.execute("update harmony.incident_note set text = %s where text = %s", (mark + "x", mark))
    with database.login(officer) as connection:
        probe.nothing(connection, "select count(*) from harmony.audit_detail where values::text ~ %s", (person.iban,))
        probe.nothing(
            connection,
            "select count(*) from harmony.audit_detail d join harmony.audit_event e on e.id = d.event_id"
            " where e.table_name in ('incident', 'incident_subject', 'incident_note', 'signal')",
        )
        probe.nothing(
            connection,
            "select count(*) from harmony.audit_event where customer_id is not null"
            " and table_name in ('incident', 'incident_subject', 'incident_note', 'signal')",
        )
