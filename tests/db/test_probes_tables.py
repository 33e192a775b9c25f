"""Attacks on tables: what errors, keys, plans, views and exports tell of rows that an agent may not see."""

import subprocess
from collections.abc import Iterator

import pytest

from harmony_desk.local import binaries
from tests import rows, servers
from tests.database import Connection, Database
from tests.factories import Person
from tests.probes import Probe


@pytest.fixture(scope="module")
def anna(database: Database) -> str:
    return database.create_staff("agent", team="Noord")


@pytest.fixture(scope="module")
def hidden(database: Database) -> tuple[Person, str]:
    """A customer of a colleague with a row in every table; his file is closed for anna."""
    return rows.fill(
        database,
        database.create_staff("agent", team="Noord"),
        birth_date="1931-03-12",
        postcode="9999XX",
        house_number=99,
        city="Verweg",
    )


@pytest.fixture(scope="module")
def shown(database: Database, anna: str) -> tuple[Person, str]:
    made = rows.fill(database, anna)
    rows.open_file(database, anna, made[0])
    return made


@pytest.fixture
def session(database: Database, anna: str, shown: tuple[Person, str]) -> Iterator[Connection]:
    with database.login(anna) as connection:
        yield connection


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
    with database.superuser() as admin, admin.transaction():
        admin.execute("insert into harmony.customer (last_name) select 'Veelvoorkomend' from generate_series(1, 300)")
        admin.execute("delete from harmony.search_name where word = 'veelvoorkomend'")
    with database.superuser() as admin:
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


@pytest.fixture
def leaky(database: Database) -> Iterator[str]:
    """A cheap function of the superuser, let loose on the desk: it says aloud whatever row reaches it."""
    with database.superuser() as admin:
        admin.execute("create schema leak; grant usage on schema leak to harmony_desk")
        admin.execute(
            "create function leak.f_leak(text) returns boolean language plpgsql cost 0.0000001 as"
            " $$ begin raise notice 'f_leak %', $1; return true; end $$"
        )
        admin.execute("grant execute on function leak.f_leak(text) to harmony_desk")
        yield "leak.f_leak"
        admin.execute("drop schema leak cascade")


@pytest.mark.parametrize(
    "role", ["agent", "claims_handler", "team_lead", "fraud_investigator", "finance", "outreach", "admin"]
)
def test_p04_a_malicious_cheap_function_sees_nothing_hidden(
    probe: Probe, database: Database, hidden: tuple[Person, str], leaky: str, role: str
) -> None:
    login = database.create_staff(role)
    heard: list[str] = []
    with database.login(login) as connection:
        connection.add_notice_handler(lambda notice: heard.append(notice.message_primary or ""))
        tables = connection.execute(
            "select c.relname, string_agg(format('%I::text', a.attname), ', ')"
            " from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
            " where c.relnamespace = (select oid from pg_namespace where nspname = 'harmony') and c.relkind = 'r'"
            " and has_column_privilege(c.oid, a.attnum, 'select') group by 1"
        ).fetchall()
        for table, columns in tables:
            query = f"select 1 from harmony.{table} where {leaky}(concat_ws(' ', {columns}))"
            for statement in (query, f"copy ({query}) to stdout", f"explain analyze {query}"):
                if statement.startswith("copy"):
                    with connection.cursor().copy(statement) as copy:
                        list(copy)
                else:
                    connection.execute(statement)  # type: ignore[call-overload]
            told = [line for line in heard if hidden[1] in line]
            # A handler's claims and repair orders are his by the matrix: queue and number are no secret to him,
            # and the shop's name is everybody's.
            known = {"claims_handler": {"claim"}, "fraud_investigator": {"signal", "incident_subject", "incident_note"}}
            probe.holds(
                not told or table in known.get(role, set()) | {"recipient"}, f"{role} heard of {table}: {told[:1]}"
            )
            heard.clear()

    assert len(tables) >= 7


@pytest.mark.parametrize(
    "trick", ["last_name::int = 1", "1 / (id - id) = 1", "last_name::date is null", "last_name::jsonb is null"]
)
def test_p04b_a_cast_that_fails_shows_no_hidden_value(
    probe: Probe, session: Connection, hidden: tuple[Person, str], trick: str
) -> None:
    error = probe.refused(session, f"select 1 from harmony.customer where {trick}", code="22P02 22012 22007 22008")

    probe.holds(hidden[1] not in str(error), str(error))


def test_p05_no_view_runs_with_its_owners_rights(probe: Probe, database: Database) -> None:
    with database.superuser() as admin:
        probe.nothing(
            admin,
            "select relname from pg_class where relnamespace = 'harmony'::regnamespace and (relkind = 'm'"
            " or relkind = 'v' and not coalesce(reloptions::text ~ 'security_invoker=(true|on)', false))",
        )
        # Even the owner's own view of a table shows nothing: FORCE.
        with admin.transaction(force_rollback=True):
            admin.execute("create view harmony.v as select * from harmony.customer")
            admin.execute("alter view harmony.v owner to harmony_owner")
            admin.execute("grant select on harmony.v to harmony_agent")
            admin.execute("set local role harmony_agent")
            probe.nothing(admin, "select count(*) from harmony.v")


@pytest.mark.parametrize("table", ["customer", "claim", "call", "file_opening", "bank_account"])
def test_p07_row_security_cannot_be_switched_off(probe: Probe, session: Connection, table: str) -> None:
    session.execute("set row_security = off")

    probe.refused(session, f"select id from harmony.{table}")


def test_p08_copy_and_dump_export_no_more_than_the_open_files(
    probe: Probe, database: Database, session: Connection, anna: str, shown: tuple[Person, str]
) -> None:
    with session.cursor().copy("copy harmony.customer to stdout") as copy:
        lines = [bytes(line) for line in copy]
    probe.holds(len(lines) == 1 and shown[1].encode() in lines[0], f"{len(lines)} rows came out of COPY")

    dump = subprocess.run(
        [str(binaries.find(servers.bin_dir()).folder / "pg_dump"), "--data-only", "--schema=harmony"],
        env={
            "PGHOST": "127.0.0.1",
            "PGPORT": str(database.server.port),
            "PGUSER": anna,
            "PGDATABASE": database.name,
            "PGPASSWORD": database.passwords[anna],
        },
        capture_output=True,
        check=False,
    )
    probe.holds(dump.returncode != 0 and b"GEHEIM" not in dump.stdout, "pg_dump as an agent")


@pytest.mark.parametrize(
    "query",
    [
        "select * from harmony.bank_account",
        "select iban from harmony.bank_account",
        "select 1 from harmony.bank_account where iban ^@ 'NL'",
        "select id from harmony.bank_account order by iban",
        "select b::text from harmony.bank_account b",
        "select row_to_json(b) from harmony.bank_account b",
        "select to_jsonb(b) from harmony.bank_account b",
        "select (b).iban from harmony.bank_account b",
        "select id from harmony.bank_account group by id, iban",
        "select count(iban) from harmony.bank_account",
        "select max(id) over (partition by iban) from harmony.bank_account",
        "select a.id from harmony.bank_account a join harmony.bank_account b using (iban)",
        "select a.id from harmony.bank_account a natural join harmony.bank_account b",
        "table harmony.bank_account",
        "copy harmony.bank_account to stdout",
        "copy harmony.bank_account (iban) to stdout",
        "update harmony.bank_account set valid_until = now() where iban > ''",
        "update harmony.bank_account set holder_name = iban",
        "select pg_get_expr(null, 0), iban from harmony.bank_account",
        "insert into harmony.customer_phone (customer_id, e164, raw) select customer_id, '+31612345678', iban from harmony.bank_account",
    ],
)
def test_p19_an_iban_is_not_read_sorted_compared_or_moved(probe: Probe, session: Connection, query: str) -> None:
    probe.refused(session, query)


def test_p23_nothing_is_granted_on_a_partition(probe: Probe, database: Database) -> None:
    with database.superuser() as admin:
        probe.nothing(
            admin,
            "select relname from pg_class where relnamespace = 'harmony'::regnamespace and relispartition"
            " and (not relrowsecurity or not relforcerowsecurity or relacl is not null)",
        )


@pytest.mark.parametrize(
    ("table", "column"),
    [("contact", "note"), ("task", "text"), ("preference", "value"), ("claim_detail", "damage_text")],
)
def test_p31_a_text_too_long_meets_a_check_not_the_index(
    probe: Probe, session: Connection, shown: tuple[Person, str], table: str, column: str
) -> None:
    probe.refused(
        session,
        f"update harmony.{table} set {column} = repeat('x', 200000) where customer_id = %s",
        (shown[0].id,),
        code="23514",
    )


def test_rows_are_not_written_for_others(
    probe: Probe, session: Connection, hidden: tuple[Person, str], shown: tuple[Person, str]
) -> None:
    for statement in (
        "insert into harmony.contact (customer_id, note) values (%s, 'x')",
        "insert into harmony.customer_email (customer_id, address) values (%s, 'x@example.nl')",
        "insert into harmony.task (customer_id, kind) values (%s, 'check')",
        "insert into harmony.preference (customer_id, kind, value) values (%s, 'channel', 'x')",
        "insert into harmony.claim_detail (customer_id, claim_id) values (%s, 1)",
    ):
        probe.refused(session, statement, (hidden[0].id,))
    for statement in (
        "insert into harmony.contact (staff_id) values (1)",
        "insert into harmony.call (contact_id, staff_id) values (1, 1)",
        "insert into harmony.call (contact_id, team_id) values (1, 1)",
        "insert into harmony.call (contact_id, verification_level) values (1, 3)",
        "insert into harmony.call (contact_id, pbx_uniqueid) values (1, 'x')",
        "insert into harmony.call (contact_id, linkedid) values (1, 'x')",
        "insert into harmony.call (contact_id, made_by) values (1, 'postgres')",
        "update harmony.call set verification_level = 3",
        "update harmony.call set staff_id = 1",
        "update harmony.contact set customer_id = 1",
        "update harmony.customer set restricted_at = null",
        "update harmony.customer set id = 1",
        "update harmony.customer_phone set since = now() - interval '1 year'",
        "update harmony.claim set status = 'approved_payout'",
        "insert into harmony.policy (customer_id, policy_number) values (1, 'P-1')",
        "insert into harmony.file_opening (customer_id) values (1)",
        "update harmony.file_opening set expires_at = 'infinity'",
        "insert into harmony.search_log (kind) values ('x')",
        "update harmony.recording set expires_at = expires_at + interval '1 hour'",
        "update harmony.setting set value = '999999'",
        "update harmony.installation set clock_shift = '1 hour'",
        "update harmony.staff set active = true",
        "insert into harmony.staff_role (staff_id, role) values (1, 'harmony_admin')",
    ):
        probe.refused(session, statement)
    probe.refused(
        session,
        "insert into harmony.policy (customer_id, product_version_id, status, started_on) values (%s, 1, 'active', now())",
        (shown[0].id,),
    )


def test_an_update_without_where_changes_no_hidden_row(
    probe: Probe, session: Connection, database: Database, hidden: tuple[Person, str]
) -> None:
    for table, column in (("customer", "city"), ("customer_phone", "raw"), ("contact", "note"), ("task", "text")):
        with session.transaction(force_rollback=True):
            session.execute(f"update harmony.{table} set {column} = 'GEWIST'")  # type: ignore[call-overload]
            with database.superuser() as admin:
                key = "id" if table == "customer" else "customer_id"
                left = one(
                    admin,
                    f"select count(*) from harmony.{table} where {key} = %s and {column} = 'GEWIST'",
                    (hidden[0].id,),
                )
        probe.holds(left == 0, f"{table}.{column} of a closed file was overwritten")
