"""Attacks on rows: leaky functions, views, exports, columns, and writing where one may not."""

import subprocess
from collections.abc import Iterator

import pytest

from harmony_desk.local import binaries
from tests import servers
from tests.database import Connection, Database
from tests.factories import Person
from tests.probes import Probe


def one(connection: Connection, statement: str, parameters: tuple[object, ...] = ()) -> object:
    row = connection.execute(statement, parameters).fetchone()  # type: ignore[call-overload]
    assert row is not None
    return row[0]


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
