"""Attacks on tables: what errors, keys, plans and statistics tell of rows that an agent may not see."""

import pytest

from tests.database import Connection, Database
from tests.factories import Person
from tests.probes import Probe


def one(connection: Connection, statement: str, parameters: tuple[object, ...] = ()) -> object:
    row = connection.execute(statement, parameters).fetchone()  # type: ignore[call-overload]
    assert row is not None
    return row[0]


def plan(connection: Connection, query: str) -> list[str]:
    """The lines of EXPLAIN ANALYZE that carry counts, without times and addresses of blocks."""
    lines = [row[0] for row in connection.execute(f"explain (analyze, timing off, costs off, summary off) {query}")]  # type: ignore[call-overload]
    return [line.strip() for line in lines if not line.strip().startswith(("Buffers", "Planning", "Heap Fetches"))]


@pytest.mark.parametrize("conflict", ["", "on conflict do nothing", "on conflict (customer_id, e164) do nothing"])
def test_p01_unique_constraints_tell_nothing_of_a_closed_file(
    probe: Probe, session: Connection, hidden: tuple[Person, str], conflict: str
) -> None:
    statement = (
        f"insert into harmony.customer_phone (customer_id, e164, raw, kind) values (%s, %s, 'x', 'mobile') {conflict}"
        " returning id"
    )

    there = probe.refused(session, statement, (hidden[0].id, hidden[0].phone))
    missing = probe.refused(session, statement, (hidden[0].id, "+31699999999"))

    probe.same(str(there), str(missing), what="error of an existing and a new number")


def test_p01_a_second_detail_of_a_hidden_claim_is_no_oracle(
    probe: Probe, session: Connection, database: Database, hidden: tuple[Person, str], shown: tuple[Person, str]
) -> None:
    with database.superuser() as admin:
        claim = one(admin, "select id from harmony.claim where customer_id = %s", (hidden[0].id,))
    statement = "insert into harmony.claim_detail (claim_id, customer_id) values (%s, %s)"

    there = probe.refused(session, statement, (claim, shown[0].id), code="23503")
    missing = probe.refused(session, statement, (10**12, shown[0].id), code="23503")

    probe.same(there.sqlstate, missing.sqlstate, what="a claim that is there and one that is not")
    assert there.diag.constraint_name == missing.diag.constraint_name


@pytest.mark.parametrize(
    "table", ["incident", "incident_subject", "incident_note", "signal", "recording_secret", "epoch_key"]
)
def test_p01_secret_tables_answer_permission_denied_to_everything(
    probe: Probe, session: Connection, table: str
) -> None:
    for statement in (
        f"select count(*) from harmony.{table}",
        f"insert into harmony.{table} default values",
        f"insert into harmony.{table} default values on conflict do nothing returning 1",
        f"delete from harmony.{table}",
        f"explain select 1 from harmony.{table}",
        f"explain analyze select 1 from harmony.{table}",
        f"copy harmony.{table} to stdout",
        f"table harmony.{table}",
        f"select * from harmony.{table} tablesample system (100)",
        f"declare c cursor with hold for select 1 from harmony.{table}",
        f"select 1 from harmony.customer c left join harmony.{table} on true",
        f"select 1 from harmony.customer where exists (select from harmony.{table})",
    ):
        probe.refused(session, statement)


@pytest.mark.parametrize(
    ("table", "columns", "parent"),
    [
        ("insured_item", "customer_id, kind, brand, model, policy_id", "policy"),
        ("claim_detail", "customer_id, claim_id", "claim"),
    ],
)
def test_p02_a_foreign_key_does_not_tell_a_hidden_parent_from_none(
    probe: Probe,
    session: Connection,
    database: Database,
    hidden: tuple[Person, str],
    shown: tuple[Person, str],
    table: str,
    columns: str,
    parent: str,
) -> None:
    with database.superuser() as admin:
        there = one(admin, f"select max(id) from harmony.{parent} where customer_id = %s", (hidden[0].id,))
    values = {"insured_item": "%s, 'phone', 'x', 'x', %s", "claim_detail": "%s, %s"}[table]
    statement = f"insert into harmony.{table} ({columns}) values ({values})"

    errors = [
        probe.refused(session, statement, (shown[0].id, parent_id), code="23503").diag for parent_id in (there, 10**12)
    ]

    probe.same(*((e.sqlstate, e.constraint_name, e.message_primary) for e in errors), what=f"parents of {table}")


@pytest.mark.parametrize("table", ["commitment", "task", "call"])
def test_p02_no_row_is_hung_on_a_contact_that_one_does_not_see(
    probe: Probe, session: Connection, database: Database, hidden: tuple[Person, str], table: str
) -> None:
    with database.superuser() as admin:
        there = one(admin, "select max(id) from harmony.contact where customer_id = %s", (hidden[0].id,))
        staff = one(admin, "select id from harmony.staff where login = %s", (session.info.user,))
    statement = {
        "commitment": "insert into harmony.commitment (contact_id, text) values (%s, 'x')",
        "task": f"insert into harmony.task (contact_id, kind, staff_id) values (%s, 'check', {staff})",
        "call": "insert into harmony.call (contact_id) values (%s)",
    }[table]

    errors = [probe.refused(session, statement, (contact,)) for contact in (there, 10**12)]

    probe.same(*(str(error) for error in errors), what=f"contacts of {table}")


@pytest.mark.parametrize(
    ("query", "there", "missing"),
    [
        ("customer where last_name = '{}'", "mark", "Bestaatniet"),
        ("customer where last_name = any ('{{{}}}')", "mark", "Bestaatniet"),
        ("customer where last_name >= '{0}' and last_name < '{0}z'", "mark", "Bestaatniet"),
        ("customer where (last_name, city) = ('{}', 'Verweg')", "mark", "Bestaatniet"),
        ("customer where last_name is not distinct from '{}'", "mark", "Bestaatniet"),
        ("customer where birth_date = '{}'", "1931-03-12", "1932-03-12"),
        ("customer where birth_date = '1931-03-12' and sort_key >= '{}' collate \"C\"", "geheim", "zzz"),
        ("customer where birth_date = '1931-03-12' and last_name > '{}'", "G", "Z"),
        ("customer where postcode = '{}'", "9999XX", "9998XX"),
        ("customer where postcode >= '{}' and house_number = 99", "9999", "9999YY"),
        ("customer_phone where e164 = '{}'", "phone", "+31699999999"),
        ("customer_email where address_norm = '{}'", "email", "niemand@example.nl"),
        ("insured_item where imei = '{}'", "imei", "999999999999999"),
        ("bank_account where holder_name = '{}'", "mark", "Bestaatniet"),
        ("contact where note = '{}'", "mark", "Bestaatniet"),
        ("claim_detail where circumstances = '{}'", "mark", "Bestaatniet"),
    ],
)
@pytest.mark.parametrize("steered", ["", "enable_seqscan", "enable_indexscan, enable_bitmapscan", "enable_bitmapscan"])
def test_p03_explain_analyze_says_the_same_of_a_hidden_and_a_missing_value(
    probe: Probe,
    session: Connection,
    database: Database,
    hidden: tuple[Person, str],
    query: str,
    there: str,
    missing: str,
    steered: str,
) -> None:
    person, mark = hidden
    value = {"mark": mark, "phone": person.phone, "email": person.email, "imei": person.imei}.get(there, there)
    with database.superuser() as admin:
        admin.execute("analyze harmony.customer, harmony.customer_phone, harmony.customer_email, harmony.insured_item")
    for name in steered.split(", ") if steered else ():
        session.execute(f"set {name} = off")  # type: ignore[call-overload]

    # "never executed" beside the policy's own subplan would tell as much as a count of rows does.
    probe.same(
        *(
            [line.replace(word, "?") for line in plan(session, "select 1 from harmony." + query.format(word))]
            for word in (value, missing)
        ),
        what=query,
    )


def test_p03_estimates_of_the_planner_tell_no_names(probe: Probe, session: Connection, database: Database) -> None:
    with database.superuser() as admin:
        admin.execute("insert into harmony.customer (last_name) select 'Veelvoorkomend' from generate_series(1, 300)")
        admin.execute("analyze harmony.customer")

    probe.same(
        *(
            [
                line[0].replace(word, "?")
                for line in session.execute(f"explain select 1 from harmony.customer where last_name {test} '{word}'")
            ]  # type: ignore[call-overload]
            for test, word in (("=", "Veelvoorkomend"), ("=", "Bestaatniet"))
        ),
        what="estimate of a common and a missing name",
    )


def test_p03b_statistics_and_sequences_tell_no_value(probe: Probe, session: Connection) -> None:
    probe.nothing(
        session,
        "select attname, most_common_vals from pg_stats where schemaname = 'harmony' and tablename in ('customer',"
        " 'customer_phone', 'customer_email', 'bank_account', 'incident', 'incident_subject', 'file_opening', 'call')",
    )
    probe.nothing(session, "select count(*) from pg_stats_ext where schemaname = 'harmony'")
    probe.nothing(session, "select count(*) from pg_sequences where schemaname = 'harmony' and last_value is not null")
    probe.refused(session, "select stavalues1 from pg_statistic")
