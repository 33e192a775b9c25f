"""Attacks on the recordings: every trick to get a key without a committed, fresh, allowed request of one's own."""

import datetime as dt
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest

from harmony_desk.local.postgres import Server
from tests import database as databases
from tests import factories, rows
from tests.database import Connection, Database
from tests.factories import Person
from tests.probes import Probe

REQUEST = "select status, ticket from harmony.request_listen(%s, %s, %s)"
REDEEM = "select status, data_key from harmony.redeem_listen(%s)"


@dataclass(frozen=True)
class Recording:
    id: int
    call_id: int
    person: Person
    day: dt.date


@pytest.fixture(scope="module")
def database(server: Server) -> Iterator[Database]:
    """A database of this file's own: its clock is moved."""
    with databases.fresh(server) as made:
        yield made


@pytest.fixture(scope="module")
def anna(database: Database) -> str:
    return database.create_staff("agent", team="Noord")


@pytest.fixture
def session(database: Database, anna: str) -> Iterator[Connection]:
    with database.login(anna) as connection:
        yield connection


def record(
    database: Database, login: str, *, status: str = "kept", hours_ago: float = 1, person: Person | None = None
) -> Recording:
    """A recording of a call of `login`, with its salt and the key of its day."""
    person = person or factories.customer(database)
    call = factories.call(database, login, person, live=False)
    with database.superuser() as connection:
        at = connection.execute("select harmony.clock() - make_interval(secs => %s)", (hours_ago * 3600,)).fetchone()[0]  # type: ignore[index]
        recording, day = connection.execute(
            "insert into harmony.recording (file_id, call_id, customer_id, staff_id, team_id, recorded_at, expires_at,"
            " status, location, duration_ms) select gen_random_uuid(), id, customer_id, staff_id, team_id, %s,"
            " %s + interval '4320 hours', %s, 'x', 1000 from harmony.call where id = %s"
            " returning id, (recorded_at at time zone 'UTC')::date",
            (at, at, status, call),
        ).fetchone()  # type: ignore[misc]
        connection.execute(
            "insert into harmony.recording_secret (file_id, salt, recorded_at)"
            " select file_id, sha256('salt'), recorded_at from harmony.recording where id = %s",
            (recording,),
        )
        connection.execute(
            "insert into harmony.epoch_key (day, key) values (%s, %s) on conflict do nothing",
            (day, secrets.token_bytes(32)),
        )
    return Recording(recording, call, person, day)


def request(
    connection: Connection, made: Recording, purpose: str = "agreement", reference: str | None = None
) -> tuple[str, object]:
    row = connection.execute(REQUEST, (made.id, purpose, reference)).fetchone()
    assert row is not None
    return str(row[0]), row[1]


def ticket(connection: Connection, made: Recording) -> object:
    status, given = request(connection, made)
    assert status == "ok"
    return given


def refuses(probe: Probe, connection: Connection, given: object, code: str) -> None:
    row = connection.execute(REDEEM, (given,)).fetchone()
    probe.holds(row == (f"refused: {code}", None), f"redeemed: {row}")


def shift(database: Database, by: str) -> None:
    with database.superuser() as connection:
        connection.execute("update harmony.installation set clock_shift = %s::interval", (by,))


def test_a_key_is_not_given_in_the_transaction_of_the_request(
    probe: Probe, session: Connection, database: Database, anna: str
) -> None:
    made = record(database, anna)
    session.execute("begin")
    refuses(probe, session, ticket(session, made), "not_committed")
    session.execute("savepoint s")
    given = ticket(session, made)
    session.execute("release s")
    refuses(probe, session, given, "not_committed")
    session.execute("rollback")
    refuses(probe, session, given, "not_allowed")  # the request is gone with its transaction
    row = session.execute(
        "select r.status, r.data_key from harmony.request_listen(%s, 'agreement') q, lateral harmony.redeem_listen(q.ticket) r",
        (made.id,),
    ).fetchone()
    probe.holds(row is None or row[1] is None, f"{row}")
    row = session.execute(
        "with q as materialized (select ticket from harmony.request_listen(%s, 'agreement'))"
        " select (harmony.redeem_listen(ticket)).data_key from q",
        (made.id,),
    ).fetchone()
    probe.holds(row is None or row[0] is None, f"{row}")


def test_a_rolled_back_use_leaves_the_request_and_shows_among_those_who_looked(
    probe: Probe, session: Connection, database: Database, anna: str
) -> None:
    made = record(database, anna)
    given = ticket(session, made)
    session.execute("begin")
    assert session.execute(REDEEM, (given,)).fetchone()[0] == "ok"  # type: ignore[index]
    session.execute("rollback")
    colleague = database.create_staff("agent")
    rows.open_file(database, colleague, made.person)
    with database.login(colleague) as other:
        looked = other.execute("select reason from harmony.who_looked(%s)", (made.person.id,)).fetchall()
    probe.holds(("listen_agreement",) in looked, f"{looked}")


def test_a_ticket_works_once_for_its_owner_only_and_for_15_minutes(
    probe: Probe, session: Connection, database: Database, anna: str
) -> None:
    made = record(database, anna)
    given = ticket(session, made)
    with database.login(database.create_staff("agent", team="Noord")) as thief:
        refuses(probe, thief, given, "not_allowed")
        probe.answers(thief, "refused: not_allowed", "select status from harmony.report_listened(%s, '[]')", (given,))
    assert session.execute(REDEEM, (given,)).fetchone()[0] == "ok"  # type: ignore[index]
    refuses(probe, session, given, "already_done")
    old = ticket(session, made)
    shift(database, "16 minutes")
    refuses(probe, session, old, "ticket_old")
    shift(database, "0")
    refuses(probe, session, old, "not_allowed")  # its refusal is kept
    refuses(probe, session, "00000000-0000-0000-0000-000000000000", "not_allowed")
    refuses(probe, session, None, "not_allowed")


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_an_old_snapshot_gets_no_key(
    probe: Probe, session: Connection, database: Database, anna: str, level: str
) -> None:
    made = record(database, anna)
    given = ticket(session, made)
    session.execute(f"begin isolation level {level}")  # type: ignore[call-overload]
    session.execute("select 1 from harmony.setting")
    refuses(probe, session, given, "wrong_isolation")
    probe.answers(
        session, "refused: wrong_isolation", "select status from harmony.request_listen(%s, 'agreement')", (made.id,)
    )
    session.execute("rollback")


@pytest.mark.parametrize(
    "event", ["objection", "restriction", "blocked", "destroyed", "salt", "key", "role", "expired"]
)
def test_what_happens_between_request_and_use_counts(probe: Probe, database: Database, event: str) -> None:
    bram = database.create_staff("agent", "outreach", team="Zuid")
    made = record(database, bram)
    with database.login(bram) as connection, database.superuser() as admin:
        given = ticket(connection, made)
        code = {"objection": "objection", "restriction": "restricted", "salt": "expired", "key": "no_epoch_key",
                "expired": "expired"}.get(event, "not_allowed")  # fmt: skip
        if event == "objection":
            admin.execute(
                "insert into harmony.objection (customer_id, scope, registered_by) values (%s, 'recording', 'x')",
                (made.person.id,),
            )
        elif event == "restriction":
            rows.restrict(database, made.person)
        elif event in ("blocked", "destroyed"):
            admin.execute("update harmony.recording set status = %s where id = %s", (event, made.id))
        elif event == "salt":
            admin.execute(
                "delete from harmony.recording_secret where file_id = (select file_id from harmony.recording where id = %s)",
                (made.id,),
            )
        elif event == "key":
            admin.execute("delete from harmony.epoch_key where day = %s", (made.day,))
        elif event == "expired":
            shift(database, "4320 hours")
            admin.execute(
                "update harmony.recording_listen set requested_at = harmony.clock() where ticket = %s", (given,)
            )
        if event == "role":
            with database.login(database.create_staff("admin")) as administrator:
                administrator.execute("select harmony.grant_role(%s, 'harmony_agent', 'revoke')", (bram,))
            probe.refused(connection, REDEEM, (given,))
        else:
            refuses(probe, connection, given, code)
        shift(database, "0")


def test_after_4320_hours_and_a_second_nothing_plays_with_no_custodian_running(
    probe: Probe, session: Connection, database: Database, anna: str
) -> None:
    made = record(database, anna)
    given = ticket(session, made)
    assert session.execute(REDEEM, (given,)).fetchone()[0] == "ok"  # type: ignore[index]
    with database.superuser() as admin:
        left = admin.execute(
            "select expires_at - harmony.clock() from harmony.recording where id = %s", (made.id,)
        ).fetchone()[0]  # type: ignore[index]
    shift(database, f"{left.total_seconds() + 1} seconds")
    probe.answers(
        session, "refused: expired", "select status from harmony.report_listened(%s, '[[0, 5000]]')", (given,)
    )
    probe.answers(session, "refused: expired", "select status from harmony.request_listen(%s, 'agreement')", (made.id,))
    shift(database, "0")


def test_nobody_hears_a_call_that_is_not_his_to_hear(probe: Probe, database: Database, anna: str) -> None:
    made = record(database, anna)
    for role, team in (("agent", "Noord"), ("claims_handler", None), ("team_lead", "Zuid"), ("finance", None),
                       ("outreach", None), ("admin", None), ("privacy_officer", None), ("fraud_investigator", None)):  # fmt: skip
        with database.login(database.create_staff(role, team=team)) as connection:
            for purpose in ("agreement", "coaching", "fraud", "privacy_request", "analysis", "", "AGREEMENT", None):
                for reference in (None, str(made.call_id), "S-26-1", "PV-26-0001", "1", "1; select 1", " " * 90):
                    if role in ("finance", "outreach", "admin"):
                        probe.refused(connection, REQUEST, (made.id, purpose, reference))
                        break
                    status, given = request_of(connection, made.id, purpose, reference)
                    probe.holds(
                        status.startswith("refused:") and given is None, f"{role} {purpose} {reference}: {status}"
                    )


def request_of(
    connection: Connection, recording: int, purpose: str | None, reference: str | None
) -> tuple[str, object]:
    row = connection.execute(REQUEST, (recording, purpose, reference)).fetchone()
    assert row is not None
    return str(row[0]), row[1]


def test_taking_the_customer_off_the_call_does_not_shake_off_objection_or_restriction(
    probe: Probe, session: Connection, database: Database, anna: str
) -> None:
    objecting, restricted = (record(database, anna) for _ in range(2))
    with database.superuser() as admin:
        admin.execute(
            "insert into harmony.objection (customer_id, scope, registered_by) values (%s, 'agreement', 'x')",
            (objecting.person.id,),
        )
    rows.restrict(database, restricted.person)

    probe.answers(
        session, "refused: restricted", "select status from harmony.link_call(%s, null)", (restricted.call_id,)
    )
    probe.nothing(session, "select id from harmony.call where id = %s", (restricted.call_id,))
    session.execute("select harmony.link_call(%s, null)", (objecting.call_id,))
    for made in (objecting, restricted):
        status, given = request(session, made)
        probe.holds(given is None, f"heard after unlinking: {status}")


def test_a_forged_call_is_not_matched_to_anothers_recording(probe: Probe, session: Connection) -> None:
    for column in ("pbx_uniqueid", "linkedid", "pbx"):
        probe.refused(session, f"insert into harmony.call (contact_id, {column}) values (1, 'x')")
        probe.refused(session, f"update harmony.call set {column} = 'x'")


def test_destruction_waits_for_a_key_in_use_and_then_nobody_gets_it(
    probe: Probe, database: Database, anna: str
) -> None:
    made = record(database, anna, hours_ago=24 * 179 + 1)
    custodian = database.create_staff("custodian")
    with database.login(anna) as listener:
        first, second = ticket(listener, made), ticket(listener, made)
        listener.execute("begin")
        assert listener.execute(REDEEM, (first,)).fetchone()[0] == "ok"  # type: ignore[index]
        answers: list[object] = []

        def destroy() -> None:
            with database.login(custodian) as keeper:
                answers.append(
                    keeper.execute("select status from harmony.destroy_epoch_key(%s)", (made.day,)).fetchone()
                )

        thread = threading.Thread(target=destroy)
        thread.start()
        time.sleep(0.5)
        probe.holds(answers == [], "the key was destroyed under a use that is not committed")
        listener.execute("commit")
        thread.join(10)
        probe.holds(answers == [("ok",)], f"{answers}")
        row = listener.execute(REDEEM, (second,)).fetchone()
        probe.holds(row is not None and row[1] is None, f"{row}")
    with database.login(custodian) as keeper:
        probe.answers(
            keeper, "refused: expired", "select status from harmony.load_epoch_key(%s, %s)", (made.day, b"x" * 32)
        )
    with database.superuser() as admin:
        probe.nothing(admin, "select day from harmony.epoch_key where day = %s", (made.day,))


def test_a_key_that_is_being_loaded_does_not_outlive_its_destruction(probe: Probe, database: Database) -> None:
    custodian = database.create_staff("custodian")
    with database.superuser() as admin:
        day = admin.execute("select (harmony.clock() at time zone 'UTC')::date - 179").fetchone()[0]  # type: ignore[index]
        admin.execute("delete from harmony.epoch_key_destroyed where day = %s", (day,))
    loading, destroying = (psycopg.connect(database.dsn_of(custodian)) for _ in range(2))
    try:
        loading.execute("select harmony.load_epoch_key(%s, %s)", (day, b"x" * 32))
        destroying.pgconn.send_query(f"select harmony.destroy_epoch_key('{day}'); commit".encode())
        time.sleep(0.3)
        loading.commit()
        while destroying.pgconn.get_result():
            pass
    finally:
        loading.close()
        destroying.close()
    with database.superuser() as admin:
        probe.nothing(admin, "select day from harmony.epoch_key where day = %s", (day,))
