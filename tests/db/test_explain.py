"""The hot queries use an index under row security: explained as the agent, over 100,000 rows and more."""

import json
import secrets
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from harmony_desk.local.postgres import Server
from tests import database as databases
from tests import factories
from tests.database import Database

ROWS = 100_000

FILL = f"""
set session_replication_role = replica;
insert into harmony.product (id, code, name) values (1, 'T', 'T');
insert into harmony.product_version (id, product_id, version, valid_from) values (1, 1, 'v', '2024-01-01');
insert into harmony.customer (id, customer_number, first_name, last_name, birth_date, postcode, house_number)
select n, (20000000 + n)::text, 'Anna', 'Naam' || n, date '1950-01-01' + n % 20000, '1' || lpad((n % 1000)::text, 3, '0') || 'AB', 1 + n % 300
from generate_series(1, {ROWS}) n;
insert into harmony.customer_phone (customer_id, e164, raw) select n, '+316' || lpad(n::text, 8, '0'), 'x' from generate_series(1, {ROWS}) n;
insert into harmony.customer_email (customer_id, address) select n, n || '@example.nl' from generate_series(1, {ROWS}) n;
insert into harmony.policy (id, policy_number, customer_id, product_version_id, started_on)
select n, 'X-' || n, n, 1, '2024-01-01' from generate_series(1, {ROWS}) n;
insert into harmony.insured_item (customer_id, policy_id, kind, imei, brand, model)
select n, n, 'phone', lpad(n::text, 15, '0'), 'B', 'M' from generate_series(1, {ROWS}) n;
insert into harmony.contact (id, customer_id, staff_id, started_at)
select n, 1 + n % {ROWS}, 1000 + n % 40, now() - n * interval '1 minute' from generate_series(1, {ROWS}) n;
insert into harmony.call (id, contact_id, customer_id, staff_id, started_at, ended_at)
select n, n, 1 + n % {ROWS}, 1000 + n % 40, now() - n * interval '1 minute', now() from generate_series(1, {ROWS}) n;
insert into harmony.task (task_number, customer_id, staff_id, kind) select 'X-' || n, n, 1000 + n % 40, 'check' from generate_series(1, {ROWS}) n;
insert into harmony.commitment (contact_id, customer_id, staff_id, text) select n, n, 1000 + n % 40, 'x' from generate_series(1, {ROWS}) n;
insert into harmony.recording (file_id, call_id, customer_id, staff_id, recorded_at, expires_at, status)
select gen_random_uuid(), n, 1 + n % {ROWS}, 1000 + n % 40, date_trunc('minute', now()) - n * interval '1 minute',
       date_trunc('minute', now()) - n * interval '1 minute' + interval '4320 hours', 'kept' from generate_series(1, {ROWS}) n;
insert into harmony.file_opening (customer_id, staff_login, reason, status, expires_at)
select 1 + n % {ROWS}, 'oude.login' || n % 40, 'call', 'open', now() - interval '1 day' from generate_series(1, {ROWS}) n;
insert into harmony.claim (claim_number, customer_id, policy_id, kind) select 'X-' || n, n, n, 'damage' from generate_series(1, {ROWS}) n;
insert into harmony.disclosure (recipient_id, customer_id, kind, payload, staff_login) select 1, n, 'repair_order', '{{}}', 'x' from generate_series(1, {ROWS}) n;
"""

HOT = {
    "open a customer by key": "select * from harmony.customer where id = %(id)s",
    "all open customers": "select id, display_name from harmony.customer",
    "how many files are open": "select count(*) from harmony.customer",
    "phones of a file": "select * from harmony.customer_phone where customer_id = %(id)s",
    "e-mail addresses of a file": "select * from harmony.customer_email where customer_id = %(id)s",
    "policies of a file": "select * from harmony.policy where customer_id = %(id)s",
    "devices of a file": "select * from harmony.insured_item where customer_id = %(id)s",
    "timeline of a file": "select * from harmony.contact where customer_id = %(id)s order by started_at desc limit 50",
    "calls of a file": "select * from harmony.call where customer_id = %(id)s order by started_at desc limit 50",
    "my calls of today": "select * from harmony.call where staff_id = (select harmony.my_staff_id())"
    " and started_at > harmony.clock() - interval '1 day' order by started_at desc limit 50",
    "my tasks": "select * from harmony.task where staff_id = (select harmony.my_staff_id()) order by due_at limit 50",
    "commitments of a file": "select * from harmony.commitment where customer_id = %(id)s",
    "recordings of a file": "select * from harmony.recording where customer_id = %(id)s order by recorded_at desc",
    "claims of a file": "select * from harmony.claim where customer_id = %(id)s",
    "disclosures of a file": "select * from harmony.disclosure where customer_id = %(id)s",
    "my openings": "select * from harmony.file_opening order by opened_at desc limit 50",
    "all contacts that may be seen": "select count(*) from harmony.contact",
    "all calls that may be seen": "select count(*) from harmony.call",
}


@pytest.fixture(scope="module")
def filled(server: Server) -> Iterator[Database]:
    with databases.fresh(server) as made:
        made.create_staff("agent", login=f"an{secrets.token_hex(4)}")
        with psycopg.connect(made.dsn) as connection:
            connection.execute(FILL)  # type: ignore[arg-type]
        with made.superuser() as connection:
            connection.execute("analyze")
        yield made


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes(inner)


@pytest.mark.parametrize("name", HOT)
def test_agent_reads_by_index_under_row_security(filled: Database, name: str) -> None:
    agent = next(iter(filled.passwords))
    person = factories.Person(77, "", "", "", "", 0, "", 0, "")
    with filled.login(agent) as connection:
        connection.execute(
            "select harmony.open_file(%s, 'other', null, 'Meting van de zoektijd in de test')", (person.id,)
        )
        explained = connection.execute(
            f"explain (format json) {HOT[name]}",  # type: ignore[arg-type]
            {"id": person.id},
        ).fetchone()
    assert explained is not None
    plan = explained[0] if isinstance(explained[0], list) else json.loads(explained[0])

    scans = [node["Relation Name"] for node in nodes(plan[0]["Plan"]) if node["Node Type"] == "Seq Scan"]

    assert scans == [], json.dumps(plan, indent=1)


def test_what_decides_visibility_is_cheap(filled: Database) -> None:
    """The policy's own question uses the index of openings; measured as work, not as time."""
    agent = next(iter(filled.passwords))
    with filled.superuser() as connection:
        connection.execute("select pg_stat_force_next_flush()")
        before = connection.execute(
            "select seq_tup_read from pg_stat_user_tables where relname = 'file_opening'"
        ).fetchone()
        with filled.login(agent) as session:
            for _ in range(20):
                session.execute("select count(*) from harmony.customer")
            session.execute("select pg_stat_force_next_flush()")
        connection.execute("select pg_stat_clear_snapshot()")
        after = connection.execute(
            "select seq_tup_read from pg_stat_user_tables where relname = 'file_opening'"
        ).fetchone()
    assert before == after
