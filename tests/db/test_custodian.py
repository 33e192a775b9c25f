"""The custodian keeps keys, seals the trail, ends forgotten transactions; and can do nothing else."""

import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from harmony_desk.local import keystore
from harmony_desk.local.custodian import Custodian, broken_anchor
from harmony_desk.local.keystore import Keystore
from harmony_desk.local.postgres import Server
from tests import database as databases
from tests import factories
from tests.database import Connection, Database, refused


@pytest.fixture(scope="module")
def database(server: Server) -> Iterator[Database]:
    with databases.fresh(server) as made:
        made.create_staff("custodian", login=f"cust{secrets.token_hex(4)}")
        yield made


@pytest.fixture
def custodian(database: Database, tmp_path: Path) -> Custodian:
    login = next(name for name in database.passwords if name.startswith("cust"))
    keys = Keystore(tmp_path / "keys", tmp_path / "copy")

    def connect() -> psycopg.Connection[object]:
        return psycopg.connect(database.dsn_of(login), autocommit=True)

    return Custodian(connect, keys, tmp_path / "anchors" / "heads.jsonl")


def verify(connection: Connection) -> tuple[str, int | None, int]:
    row = connection.execute("select status, first_broken, sealed_rows from harmony.verify_audit()").fetchone()
    assert row is not None
    return row[0], row[1], row[2]


def test_a_round_loads_every_day_once_and_reloads_what_a_crash_emptied(
    database: Database, custodian: Custodian
) -> None:
    with database.superuser() as connection:
        connection.execute("truncate harmony.epoch_key")
        assert custodian.round().keys_loaded == len(keystore.wanted(databases_today(connection)))
        assert custodian.round().keys_loaded == 0
        before = connection.execute("select day, key from harmony.epoch_key order by 1").fetchall()
        connection.execute("truncate harmony.epoch_key")
        custodian.round()
        assert connection.execute("select day, key from harmony.epoch_key order by 1").fetchall() == before


def databases_today(connection: Connection):  # type: ignore[no-untyped-def]
    return connection.execute("select (harmony.clock() at time zone 'UTC')::date").fetchone()[0]  # type: ignore[index]


def test_what_is_due_goes_from_database_and_keystore(database: Database, custodian: Custodian) -> None:
    with database.superuser() as connection:
        connection.execute("truncate harmony.epoch_key")
        custodian.round()
        connection.execute("update harmony.installation set clock_shift = interval '2 days'")
        try:
            done = custodian.round()
        finally:
            connection.execute("update harmony.installation set clock_shift = interval '0'")
        left = connection.execute("select count(*) from harmony.epoch_key").fetchone()
    assert done.keys_destroyed == 2
    assert left == (len(keystore.wanted(databases_today_of(database))),)


def databases_today_of(database: Database):  # type: ignore[no-untyped-def]
    with database.superuser() as connection:
        return databases_today(connection)


def test_every_change_is_sealed_and_the_chain_holds(database: Database, custodian: Custodian) -> None:
    person = factories.customer(database)
    with database.superuser() as connection:
        connection.execute("update harmony.customer set city = 'Zeist' where id = %s", (person.id,))
        # What a transaction of any database of this server may still change waits for the next round.
        for _ in range(100):
            custodian.round()
            unsealed = connection.execute(
                "select count(*) from harmony.audit_event e"
                " where not exists (select from harmony.audit_seal s where s.event_id = e.id)"
            ).fetchone()
            if unsealed == (0,):
                break
            time.sleep(0.1)
        assert unsealed == (0,)
        status, broken, rows = verify(connection)
        assert (status, broken) == ("ok", None)
        assert rows >= 6
        detail = connection.execute(
            "select values -> 'old' ->> 'city', values -> 'new' ->> 'city' from harmony.audit_detail d"
            " join harmony.audit_event e on e.id = d.event_id"
            " where e.table_name = 'customer' and e.action = 'update' and e.customer_id = %s",
            (person.id,),
        ).fetchone()
    assert detail == ("Utrecht", "Zeist")


TAMPERINGS = {
    "an edited login": "update harmony.audit_event set staff_login = 'iemand.anders' where id = %(id)s",
    "a moved time": "update harmony.audit_event set at = at + interval '1 second' where id = %(id)s",
    "other columns": "update harmony.audit_event set columns = array['city'] where id = %(id)s",
    "a changed value": "update harmony.audit_detail set values = '{}' where event_id = %(id)s",
    "a changed hash": "update harmony.audit_seal set hash = sha256('x') where event_id = %(id)s",
    "a removed link": "delete from harmony.audit_seal where event_id = %(id)s",
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_by_the_superuser_himself_is_found(database: Database, custodian: Custodian, how: str) -> None:
    for _ in range(2):
        factories.customer(database)
    custodian.round()
    with psycopg.connect(database.dsn) as connection:
        connection.execute("set session_replication_role = replica")  # past the append-only triggers
        middle = connection.execute(
            "select d.event_id from harmony.audit_detail d join harmony.audit_seal s on s.event_id = d.event_id"
            " order by s.number desc offset 3 limit 1"
        ).fetchone()
        assert middle is not None
        assert verify(connection)[0] == "ok"
        connection.execute(TAMPERINGS[how], {"id": middle[0]})  # type: ignore[arg-type]
        assert verify(connection)[0] == "broken"
        connection.rollback()


def test_a_cut_tail_is_found_by_the_head_outside(database: Database, custodian: Custodian) -> None:
    factories.customer(database)
    custodian.round()
    with psycopg.connect(database.dsn) as connection:
        assert broken_anchor(connection, custodian.anchors()) is None
        connection.execute("set session_replication_role = replica")
        last = connection.execute("select max(number) from harmony.audit_seal").fetchone()
        connection.execute("delete from harmony.audit_seal where number > %s - 3", last)
        assert verify(connection)[0] == "ok"  # the chain itself cannot know
        assert last is not None
        assert broken_anchor(connection, custodian.anchors()) == last[0]
        connection.rollback()


def test_erased_details_leave_the_chain_whole(database: Database, custodian: Custodian) -> None:
    person = factories.customer(database)
    custodian.round()
    with psycopg.connect(database.dsn) as connection:
        connection.execute(
            "delete from harmony.audit_detail using harmony.audit_event e where e.id = event_id and e.customer_id = %s",
            (person.id,),
        )
        assert verify(connection)[0] == "ok"
        connection.rollback()


def test_a_transaction_left_idle_is_ended(database: Database, custodian: Custodian) -> None:
    agent = database.create_staff("agent")
    login = next(name for name in database.passwords if name.startswith("cust"))
    with database.login(agent, autocommit=False) as idle:
        idle.execute("set idle_in_transaction_session_timeout = 0")
        idle.execute("select 1")
        time.sleep(1.2)
        with database.login(login) as connection:
            assert connection.execute("select ended from harmony.reap(interval '1 second')").fetchone() == (1,)
        with pytest.raises(psycopg.OperationalError):
            idle.execute("select 1")


def test_expired_confidentiality_takes_the_rights_and_a_signature_brings_them_back(
    database: Database, custodian: Custodian
) -> None:
    agent = database.create_staff("agent")
    with database.superuser() as connection, database.login(agent) as session:
        session.execute("select count(*) from harmony.customer")
        connection.execute(
            "update harmony.staff set confidentiality_signed_on = current_date - 800 where login = %s",
            (agent,),
        )
        assert custodian.round().staff_suspended == 1
        assert refused(session, "select count(*) from harmony.customer") == "42501"
        connection.execute("select harmony.sign_confidentiality(%s, current_date - 1)", (agent,))
        session.execute("select count(*) from harmony.customer")


def test_the_custodian_reads_no_table_and_gets_no_key(database: Database, custodian: Custodian) -> None:
    login = next(name for name in database.passwords if name.startswith("cust"))
    with database.login(login) as connection:
        for table in ("customer", "epoch_key", "audit_event", "recording_secret", "staff"):
            assert refused(connection, f"select count(*) from harmony.{table}") == "42501"
        assert refused(connection, "select * from harmony.prepare_recording(now())") == "42501"
