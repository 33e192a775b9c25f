"""Attacks by administrators and services: roles for oneself, one's own proposals, other people's logins."""

import secrets
from collections.abc import Iterator

import psycopg
import pytest

from tests import factories, rows
from tests.database import Connection, Database
from tests.probes import Probe

GRANT = "select status, change_id from harmony.grant_role(%s, %s)"
APPROVE = "select status from harmony.approve_role(%s)"


@pytest.fixture(scope="module")
def bert(database: Database) -> str:
    return database.create_staff("admin")


@pytest.fixture(scope="module")
def bea(database: Database) -> str:
    return database.create_staff("admin")


@pytest.fixture
def session(database: Database, bert: str) -> Iterator[Connection]:
    with database.login(bert) as connection:
        yield connection


@pytest.fixture
def second(database: Database, bea: str) -> Iterator[Connection]:
    with database.login(bea) as connection:
        yield connection


def verifier(connection: Connection, login: str, password: str) -> str:
    return connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()


def can_log_in(database: Database, login: str, password: str) -> bool:
    database.passwords[login] = password
    try:
        with database.login(login):
            return True
    except psycopg.OperationalError:
        return False


@pytest.mark.parametrize("role", ["privacy_officer", "fraud_investigator", "finance", "agent", "custodian"])
def test_an_administrator_gives_himself_nothing(
    probe: Probe, session: Connection, second: Connection, bert: str, role: str
) -> None:
    group = f"harmony_{role}"
    status, change = session.execute(GRANT, (bert, group)).fetchone()  # type: ignore[misc]
    if role == "custodian":
        probe.holds(status == "refused: not_allowed", f"{status}")
        return
    assert status == "ok"
    probe.answers(session, "refused: not_allowed", APPROVE, (change,))
    probe.refused(session, f"set role {group}")
    # Not even when a colleague proposed it for him.
    session.execute("select harmony.grant_role(%s, %s, 'revoke')", (bert, group))
    change = second.execute(GRANT, (bert, group)).fetchone()[1]  # type: ignore[index]
    probe.answers(session, "refused: not_allowed", APPROVE, (change,))
    probe.nothing(
        session,
        "select count(*) from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles u"
        " on u.oid = m.member where u.rolname = session_user and g.rolname = %s",
        (group,),
    )
    session.execute("select harmony.grant_role(%s, %s, 'revoke')", (bert, group))


def test_a_straw_man_gets_no_role_from_his_maker(probe: Probe, session: Connection, database: Database) -> None:
    login, password = f"stroman.t{secrets.token_hex(5)}", secrets.token_urlsafe(16)
    made = session.execute(
        "select status from harmony.create_staff(%s, 'Stro Man', '{harmony_admin,harmony_privacy_officer}', %s, null, current_date)",
        (login, verifier(session, login, password)),
    ).fetchone()
    assert made == ("ok",)
    for (change,) in session.execute(
        "select r.id from harmony.staff_role r join harmony.staff s on s.id = r.staff_id where s.login = %s", (login,)
    ).fetchall():
        probe.answers(session, "refused: not_allowed", APPROVE, (change,))
    probe.holds(not can_log_in(database, login, password), "a login without an approved role was let in")


def test_a_new_password_for_a_colleague_brings_none_of_his_rights(
    probe: Probe, session: Connection, second: Connection, database: Database
) -> None:
    """Whoever sets a password could log in with it: without the second administrator it opens nothing."""
    victim, password = database.create_staff("privacy_officer", "fraud_investigator"), secrets.token_urlsafe(16)
    assert session.execute(
        "select status from harmony.reset_password(%s, %s)", (victim, verifier(session, victim, password))
    ).fetchone() == ("ok",)
    probe.holds(not can_log_in(database, victim, password), "one administrator became the officer")
    changes = [
        row[0]
        for row in session.execute(
            "select r.id from harmony.staff_role r join harmony.staff s on s.id = r.staff_id"
            " where s.login = %s and r.status = 'proposed'",
            (victim,),
        ).fetchall()
    ]
    assert len(changes) == 2
    for change in changes:
        probe.answers(session, "refused: not_allowed", APPROVE, (change,))
        assert second.execute(APPROVE, (change,)).fetchone() == ("ok",)
    assert can_log_in(database, victim, password)


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        ("reset_password(session_user::text, %s)", ("SCRAM-SHA-256$4096:c2FsdA==$eA==:eA==",)),
        ("reset_password('postgres', %s)", ("SCRAM-SHA-256$4096:c2FsdA==$eA==:eA==",)),
        ("reset_password('harmony_owner', %s)", ("SCRAM-SHA-256$4096:c2FsdA==$eA==:eA==",)),
        ("reset_password(null, null)", ()),
        ("sign_confidentiality(session_user::text, current_date)", ()),
        ("sign_confidentiality('x', null)", ()),
        ("create_staff('postgres', 'x', '{}', %s)", ("SCRAM-SHA-256$4096:c2FsdA==$eA==:eA==",)),
        ("create_staff('harmony_owner', 'x', '{}')", ()),
        ("create_staff('pg_x', 'x', '{}')", ()),
        ("create_staff('x\"; drop role postgres; --', 'x', '{}')", ()),
        ("create_staff('x.y', 'x', '{postgres}')", ()),
        ("create_staff('x.y', 'x', '{harmony_owner}')", ()),
        ("create_staff('x.y', 'x', '{harmony_migrator}')", ()),
        ("create_staff('x.y', 'x', '{pg_read_all_data}')", ()),
        ("create_staff('x.y', 'x', '{harmony_agent,harmony_custodian}')", ()),
        ("create_staff('x.y', 'x', null)", ()),
        ("create_staff('x.y', 'x', array[null])", ()),
        ("create_staff('x.y', 'x', '{}', 'geheim')", ()),
        ("create_staff('x.y', 'x', '{}', %s)", ("md5" + "a" * 32,)),
        ("create_staff('x.y', '', '{}')", ()),
        ("create_staff(null, null, null)", ()),
        ("grant_role('postgres', 'harmony_agent')", ()),
        ("grant_role(session_user::text, 'postgres')", ()),
        ("grant_role(session_user::text, 'harmony_owner')", ()),
        ("grant_role(session_user::text, 'harmony_desk')", ()),
        ("grant_role(session_user::text, 'pg_signal_backend')", ()),
        ("grant_role(session_user::text, 'harmony_recorder')", ()),
        ("grant_role(session_user::text, 'harmony_agent', 'x')", ()),
        ("grant_role(null, null, null)", ()),
        ("approve_role(null)", ()),
        ("approve_setting(null)", ()),
        ("propose_setting('x', '1')", ()),
        ("propose_setting('file.open_minutes', 'x')", ()),
        ("propose_setting('file.open_minutes', null)", ()),
        ("propose_setting('file.open_minutes', '9999999999')", ()),
        ("deactivate_staff(session_user::text)", ()),
        ("deactivate_staff('postgres')", ()),
        ("deactivate_staff(null)", ()),
        ("choose_password(null)", ()),
        ("choose_password('geheim')", ()),
    ],
)  # fmt: skip
def test_odd_wishes_are_refused_with_a_status(
    probe: Probe, session: Connection, function: str, parameters: tuple[object, ...]
) -> None:
    status = session.execute(f"select status from harmony.{function}", parameters).fetchone()[0]  # type: ignore[call-overload]

    probe.holds(
        status in ("refused: not_allowed", "refused: unknown", "refused: already_done"), f"{function}: {status}"
    )


def test_a_setting_is_not_approved_by_its_proposer(probe: Probe, session: Connection, second: Connection) -> None:
    change = session.execute("select change_id from harmony.propose_setting('file.open_minutes', '30')").fetchone()[0]  # type: ignore[index]
    probe.answers(session, "refused: not_allowed", "select status from harmony.approve_setting(%s)", (change,))
    assert second.execute("select status from harmony.approve_setting(%s)", (change,)).fetchone() == ("ok",)
    probe.answers(second, "refused: already_done", "select status from harmony.approve_setting(%s)", (change,))


def test_an_administrator_sees_no_customer(probe: Probe, session: Connection, database: Database) -> None:
    person = factories.customer(database)
    for table in (
        "customer",
        "contact",
        "call",
        "claim",
        "file_opening",
        "search_log",
        "audit_detail",
        "recording_listen",
    ):
        probe.refused(session, f"select 1 from harmony.{table}")
    for function in ("open_file(%s, 'other', null, 'Voor een proef van de tests')", "find_customers(%s::text)", "who_looked(%s)",
                     "disclose(1, %s, 'repair_order')", "report_incident(%s, 'fraud', 'xxxxxxxxxxxx')"):  # fmt: skip
        probe.refused(session, f"select harmony.{function}", (person.id,))
    probe.nothing(
        session,
        "select count(*) from harmony.audit_event where table_name in ('customer', 'contact', 'call', 'incident')",
    )


def test_an_unsigned_or_deactivated_colleague_opens_nothing(
    probe: Probe, database: Database, session: Connection
) -> None:
    person = factories.customer(database)
    unsigned = database.create_staff("agent", signed=False)
    probe.holds(not can_log_in(database, unsigned, database.passwords[unsigned]), "an unsigned colleague was let in")
    gone = database.create_staff("agent")
    rows.open_file(database, gone, person)
    with database.login(gone) as open_session:
        assert session.execute("select status from harmony.deactivate_staff(%s)", (gone,)).fetchone() == ("ok",)
        probe.refused(open_session, "select count(*) from harmony.customer")
        assert session.execute("select ended from harmony.end_sessions(%s)", (gone,)).fetchone() == (1,)
        probe.refused(open_session, "select 1", code="57P01")
    probe.holds(not can_log_in(database, gone, database.passwords[gone]), "a deactivated colleague was let in")


@pytest.mark.parametrize("service", ["recorder", "custodian", "telephony", "portal", "partner"])
def test_a_service_does_its_own_work_and_reads_nothing(probe: Probe, database: Database, service: str) -> None:
    with database.login(database.create_staff(service)) as connection:
        tables = [
            row[0]
            for row in connection.execute(
                "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                " where n.nspname = 'harmony' and relkind in ('r', 'v')"
            )
        ]
        assert len(tables) > 40
        for table in tables:
            probe.refused(connection, f"select 1 from harmony.{table}")
        for function in ("open_file(1, 'other', null, 'Voor een proef van de tests')", "find_customers('jansen')", "request_listen(1, 'agreement')",
                         "redeem_listen(null)", "reveal_bank_account(1, 'xxxxx')", "disclose(1, 1, 'repair_order')", "create_staff('a.b', 'x', '{}')",
                         "grant_role('a', 'b')", "approve_role(1)", "data_key('x', 'x', gen_random_uuid())", "report_incident(1, 'fraud', 'xxxxxxxxxx')"):  # fmt: skip
            probe.refused(connection, f"select harmony.{function}")
        if service != "custodian":
            for function in (
                "load_epoch_key(current_date, 'x')",
                "destroy_epoch_key(current_date)",
                "seal()",
                "reap()",
                "epoch_days()",
            ):
                probe.refused(connection, f"select harmony.{function}")
        if service != "recorder":
            probe.refused(connection, "select harmony.prepare_recording(now())")
        else:
            for moment in ("now() - interval '4320 hours'", "now() - interval '4320 hours 1 second'", "now() + interval '1 hour'",
                           "null", "'infinity'", "'-infinity'"):  # fmt: skip
                status = connection.execute(
                    f"select status, data_key from harmony.prepare_recording({moment})"
                ).fetchone()  # type: ignore[call-overload]
                probe.holds(
                    status is not None and status[0].startswith("refused:") and status[1] is None, f"{moment}: {status}"
                )


def test_the_custodian_destroys_no_key_before_its_day(probe: Probe, database: Database) -> None:
    with database.login(database.create_staff("custodian")) as connection:
        for day in ("current_date", "current_date - 178", "current_date + 400", "null", "'infinity'", "'-infinity'"):
            status = connection.execute(f"select status from harmony.destroy_epoch_key({day})").fetchone()  # type: ignore[call-overload]
            probe.holds(status == ("refused: not_allowed",), f"{day}: {status}")
        for day, key in (
            ("current_date - 181", "x" * 32),
            ("current_date", "x"),
            ("current_date", ""),
            ("current_date + 30", "x" * 32),
        ):
            status = connection.execute(
                f"select status from harmony.load_epoch_key({day}, %s)", (key.encode(),)
            ).fetchone()  # type: ignore[call-overload]
            probe.holds(str(status[0]).startswith("refused:"), f"{day}: {status}")  # type: ignore[index]
