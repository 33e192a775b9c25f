"""Attacks on who one is and what one may do to the server: roles, settings, sessions, files, notices, logs."""

import secrets
import time
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests import rows
from tests.database import Connection, Database
from tests.factories import Person
from tests.probes import Probe


@pytest.fixture(scope="module")
def anna(database: Database) -> str:
    return database.create_staff("agent", team="Noord")


@pytest.fixture(scope="module")
def hidden(database: Database) -> tuple[Person, str]:
    return rows.fill(database, database.create_staff("agent", team="Noord"))


@pytest.fixture
def session(database: Database, anna: str, hidden: tuple[Person, str]) -> Iterator[Connection]:
    with database.login(anna) as connection:
        yield connection


def customers(connection: Connection) -> int:
    return int(connection.execute("select count(*) from harmony.customer").fetchone()[0])  # type: ignore[index]


def test_p06_owner_sees_and_changes_nothing_and_no_table_is_unguarded(probe: Probe, database: Database) -> None:
    with database.superuser() as admin:
        probe.nothing(
            admin,
            "select relname from pg_class where relnamespace = 'harmony'::regnamespace and relkind in ('r', 'p')"
            " and not (relrowsecurity and relforcerowsecurity)",
        )
        probe.nothing(
            admin,
            "select rolname from pg_roles where rolcanlogin and rolname <> 'postgres' and (rolsuper or rolbypassrls"
            " or rolcreaterole or rolcreatedb or rolreplication)",
        )
        probe.nothing(
            admin,
            "select u.rolname from pg_auth_members m join pg_roles u on u.oid = m.member join pg_roles g on g.oid = m.roleid"
            " where u.rolcanlogin and (m.admin_option or g.rolname ~ '^pg_' or g.rolname in ('harmony_owner',"
            " 'harmony_migrator', 'harmony_gate', 'harmony_searcher', 'harmony_auditor', 'harmony_discloser',"
            " 'harmony_keeper', 'harmony_fraudgate', 'harmony_counter', 'harmony_provisioner'))"
            " and u.rolname <> 'postgres'",
        )
        admin.execute("set role harmony_owner")
        probe.nothing(admin, "select count(*) from harmony.customer")
        probe.nothing(admin, "select count(*) from harmony.incident")
        probe.holds(admin.execute("update harmony.customer set city = 'GEWIST'").rowcount == 0, "the owner updates")
        probe.refused(admin, "insert into harmony.customer (last_name) values ('x')")
        probe.refused(admin, "set row_security = off; select * from harmony.customer")


def test_p06_owner_cannot_keep_a_recording_longer(probe: Probe, database: Database, hidden: tuple[Person, str]) -> None:
    with database.superuser() as admin:
        for later in ("interval '1 second'", "interval '1 year'"):
            probe.refused(
                admin,
                f"update harmony.recording set expires_at = expires_at + {later} where customer_id = {hidden[0].id}",
                code="23514",
            )
        admin.execute("set role harmony_owner")
        changed = admin.execute("update harmony.recording set expires_at = expires_at + interval '1 day'").rowcount
        probe.holds(changed == 0, "the owner changes recordings")
        probe.refused(
            admin,
            "insert into harmony.recording (file_id, recorded_at, expires_at, status)"
            " values (gen_random_uuid(), now(), now() + interval '181 days', 'kept')",
            code="42501 23514",
        )


@pytest.mark.parametrize(
    "become",
    [
        "harmony_owner", "harmony_migrator", "harmony_gate", "harmony_searcher", "harmony_auditor", "harmony_discloser",
        "harmony_keeper", "harmony_fraudgate", "harmony_counter", "harmony_provisioner", "harmony_privacy_officer",
        "harmony_fraud_investigator", "harmony_admin", "harmony_custodian", "postgres", "pg_read_all_data",
        "pg_execute_server_program",
    ],
)  # fmt: skip
def test_p09_nobody_becomes_somebody_else(probe: Probe, session: Connection, become: str) -> None:
    name = sql.Identifier(become).as_string(session)

    probe.refused(session, f"set role {name}")
    probe.refused(session, f"set local role {name}")
    probe.refused(session, f"set session authorization {name}")
    probe.refused(session, f"select set_config('role', '{become}', false)")
    probe.refused(session, f"select set_config('session_authorization', '{become}', false)")
    probe.refused(session, f"grant {name} to current_user", code="42501 0LP01")
    probe.refused(session, f"do $$ begin execute 'set role {name}'; end $$")


def test_p09_a_colleague_is_not_put_on(probe: Probe, session: Connection, database: Database) -> None:
    colleague = database.create_staff("agent")

    probe.refused(session, f'set role "{colleague}"')
    probe.refused(session, f'set session authorization "{colleague}"')
    probe.refused(session, f"alter role \"{colleague}\" password 'x'")
    probe.refused(session, f'alter role "{colleague}" rename to x')


def test_p10_settings_of_ones_own_invention_say_nothing(
    probe: Probe, session: Connection, hidden: tuple[Person, str], database: Database
) -> None:
    before = customers(session)
    for name in (
        "harmony.staff_login",
        "harmony.user",
        "harmony.session_user",
        "app.user",
        "harmony.clock",
        "harmony.open_files",
    ):
        session.execute("select set_config(%s, 'postgres', false)", (name,))
    for setting in (
        "search_path = pg_temp, public, pg_catalog, harmony",
        "standard_conforming_strings = off",
        "transform_null_equals = on",
        "plan_cache_mode = force_generic_plan",
        "DateStyle = 'German, YMD'",
        "TimeZone = 'Pacific/Kiritimati'",
        "bytea_output = 'escape'",
        "array_nulls = off",
        "debug_parallel_query = on" if session.info.server_version >= 160000 else "force_parallel_mode = on",
        "default_transaction_read_only = off",
        "extra_float_digits = -15",
        "plpgsql.extra_errors = 'all'",
    ):
        session.execute(f"set {setting}")  # type: ignore[call-overload]
        probe.holds(customers(session) == before, f"{setting} shows other rows")
        probe.nothing(session, "select id from harmony.customer where id = %s", (hidden[0].id,))
    probe.refused(session, "set session_replication_role = replica")
    probe.refused(session, "set plpgsql.variable_conflict = use_variable")
    probe.refused(session, "alter system set log_statement = 'all'")
    probe.refused(session, "alter database harmony set log_statement = 'all'", code="42501 3D000")
    probe.refused(session, f'alter database "{database.name}" set search_path = pg_temp')


def test_p11_temp_tables_do_not_stand_in_for_ours_even_when_somebody_allows_them(
    probe: Probe, session: Connection, database: Database, anna: str, hidden: tuple[Person, str]
) -> None:
    probe.refused(session, "create temp table staff (login text)")
    name, login = sql.Identifier(database.name), sql.Identifier(anna)
    with database.superuser() as admin:
        admin.execute(sql.SQL("grant temp on database {} to {}").format(name, login))
    with database.login(anna) as connection:
        connection.execute(
            "create temp table staff as select 1::bigint as id, session_user::text as login, true as active"
        )
        connection.execute("create temp table customer (id bigint, restricted_at timestamptz)")
        connection.execute(
            "create temp table file_opening as select %s::bigint as customer_id, session_user::text as staff_login,"
            " 'infinity'::timestamptz as expires_at, 'open'::text as status, null::timestamptz as closed_at,"
            " null::xid8 as xid, harmony.origin() as origin, null::bigint as call_id",
            (hidden[0].id,),
        )
        connection.execute(
            "create function pg_temp.my_open_files() returns bigint[] language sql as"
            f" 'select array[{hidden[0].id}]::bigint[]'"
        )
        connection.execute(
            "create function pg_temp.clock() returns timestamptz language sql as $$ select '2020-01-01'::timestamptz $$"
        )
        connection.execute("create function pg_temp.have_role(text) returns boolean language sql as 'select true'")
        for path in ("pg_temp, harmony", "pg_temp, pg_catalog, harmony", "harmony, pg_temp"):
            connection.execute(f"set search_path = {path}")  # type: ignore[call-overload]
            probe.nothing(connection, "select id from harmony.customer where id = %s", (hidden[0].id,))
            probe.holds(
                hidden[0].id not in connection.execute("select harmony.my_open_files()").fetchone()[0],  # type: ignore[index]
                "a temporary table opened a file",
            )
            status = connection.execute(
                "select status from harmony.open_file(%s, 'fraud', '1')", (hidden[0].id,)
            ).fetchone()
            probe.holds(status == ("refused: not_allowed",), f"{status}")
    with database.superuser() as admin:
        admin.execute(sql.SQL("revoke temp on database {} from {}").format(name, login))


def test_p12_new_functions_are_nobodys(probe: Probe, database: Database) -> None:
    with database.superuser() as admin:
        owners = [
            row[0]
            for row in admin.execute(
                "select distinct r.rolname from pg_proc p join pg_roles r on r.oid = p.proowner"
                " where p.pronamespace = 'harmony'::regnamespace"
            )
        ]
        for owner in owners:
            with admin.transaction(force_rollback=True):
                admin.execute(sql.SQL("grant create on schema harmony to {}").format(sql.Identifier(owner)))
                admin.execute(sql.SQL("set local role {}").format(sql.Identifier(owner)))
                admin.execute("create function harmony.fresh() returns int language sql as 'select 1'")
                admin.execute("set local role harmony_agent")
                with pytest.raises(psycopg.errors.InsufficientPrivilege), admin.transaction():
                    admin.execute("select harmony.fresh()")
                probe.holds(True, owner)
        probe.nothing(
            admin,
            "select p.oid::regprocedure from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
            " where p.pronamespace = 'harmony'::regnamespace and a.grantee = 0",
        )
        probe.nothing(
            admin,
            "select oid::regprocedure from pg_proc where pronamespace = 'harmony'::regnamespace and prosecdef and"
            " (proconfig is null or not exists (select from unnest(proconfig) c where c ~ '^search_path=.*pg_temp$'))",
        )


@pytest.mark.parametrize("role", ["agent", "admin", "privacy_officer"])
def test_p13_p14_nobody_makes_or_changes_roles(probe: Probe, database: Database, role: str) -> None:
    login = database.create_staff(role)
    with database.login(login) as connection:
        for statement in (
            "create role mine",
            "grant pg_execute_server_program to current_user",
            "grant pg_read_server_files to current_user",
            "grant harmony_privacy_officer to current_user",
            "revoke harmony_agent from current_user",
            "alter role current_user createrole",
            "alter role current_user superuser",
            "alter role current_user valid until 'infinity'",
            "alter role current_user connection limit 100",
            "alter role harmony_agent set search_path = pg_temp",
            "drop role harmony_agent",
            "reassign owned by harmony_owner to current_user",
            "copy (select 1) to program 'id'",
            "copy (select 1) to '/tmp/x'",
            "create extension plpython3u",
        ):
            probe.refused(
                connection, statement, code="42501 0LP01 0A000" if "extension" in statement else "42501 0LP01"
            )


def test_p15_a_timeout_can_be_switched_off_but_the_reaper_comes(
    probe: Probe, database: Database, session: Connection, anna: str
) -> None:
    custodian = database.create_staff("custodian")
    for name in ("log_statement", "log_min_messages", "log_min_error_statement", "temp_file_limit", "log_duration"):
        probe.refused(
            session, f"set {name} = 0" if name == "temp_file_limit" else f"set {name} = 'debug5'", code="42501 22023"
        )
    with psycopg.connect(database.dsn_of(anna)) as idle, database.login(custodian) as keeper:
        idle.execute("set idle_in_transaction_session_timeout = 0")
        idle.commit()
        idle.execute("select 1")
        time.sleep(1.2)
        ended = keeper.execute("select ended from harmony.reap(interval '1 second')").fetchone()
        probe.holds(ended is not None and ended[0] >= 1, f"{ended} sessions ended")
        probe.refused(idle, "select 1", code="57P01")


def test_p15_who_holds_up_others_is_ended_however_busy(probe: Probe, database: Database, anna: str) -> None:
    custodian = database.create_staff("custodian")
    person, _ = rows.fill(database, anna)
    rows.open_file(database, anna, person)
    busy, waiting = (psycopg.connect(dsn) for dsn in (database.dsn_of(anna), database.dsn))
    try:
        busy.execute("update harmony.customer set city = 'x' where id = %s", (person.id,))
        busy.pgconn.send_query(b"select pg_sleep(60)")
        waiting.pgconn.send_query(f"update harmony.customer set city = 'y' where id = {person.id}".encode())
        time.sleep(1.5)
        with database.login(custodian) as keeper:
            ended = keeper.execute("select ended from harmony.reap(interval '1 second')").fetchone()
        probe.holds(ended is not None and ended[0] >= 1, f"{ended} sessions ended")
        done = waiting.pgconn.get_result()
        probe.holds(done is not None and done.command_status == b"UPDATE 1", "the one who waited still waits")
    finally:
        busy.close()
        waiting.close()


def test_p16_notices_carry_nothing_and_a_faked_one_changes_nothing(
    probe: Probe, database: Database, session: Connection, anna: str, hidden: tuple[Person, str]
) -> None:
    person, _ = rows.fill(database, anna)
    rows.open_file(database, anna, person)
    colleague = database.create_staff("agent")
    with database.login(colleague) as listener, database.login(anna) as maker:
        listener.execute("listen harmony")
        maker.execute("select harmony.set_objection(%s, 'survey')", (person.id,))
        maker.execute("select pg_notify('harmony', 'customer ' || %s)", (hidden[0].id,))
        heard = [notice.payload for notice in listener.notifies(timeout=2, stop_after=2)]
        probe.holds(heard[:1] == ["objection"] and str(person.id) not in heard[0], f"heard {heard}")
        probe.nothing(listener, "select id from harmony.customer where id = %s", (hidden[0].id,))
    probe.nothing(session, "select id from harmony.customer where id = %s", (hidden[0].id,))


@pytest.mark.parametrize(
    "function",
    ["pg_advisory_lock(42)", "pg_advisory_xact_lock(42)", "pg_try_advisory_lock(42)", "pg_advisory_lock_shared(42)",
     "pg_advisory_lock(1, 2)", "pg_try_advisory_xact_lock_shared(42)"],
)  # fmt: skip
def test_p17_advisory_locks_are_not_for_staff(probe: Probe, session: Connection, function: str) -> None:
    probe.refused(session, f"select {function}")


def test_p20_bodies_that_everybody_reads_hold_no_secret(probe: Probe, session: Connection) -> None:
    probe.nothing(
        session,
        "select proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'harmony'"
        " and prosrc ~* '([0-9a-f]{32,}|password *=|secret *:=)'",
    )


def test_p21_statements_of_others_are_not_shown(probe: Probe, database: Database, session: Connection) -> None:
    colleague = database.create_staff("agent")
    with database.login(colleague) as other:
        other.execute("select 'NL91ABNA0417164300'")
        probe.nothing(
            session, "select query from pg_stat_activity where query ~ 'NL91ABNA' and usename <> session_user"
        )
        probe.nothing(session, "select count(client_addr) from pg_stat_activity where usename = %s", (colleague,))
    with database.superuser() as admin:
        probe.refused(session, "select pg_terminate_backend(%s)", (admin.info.backend_pid,))
        probe.refused(session, "select pg_cancel_backend(%s)", (admin.info.backend_pid,))


@pytest.mark.parametrize(
    "statement",
    [
        "select lo_from_bytea(0, 'x')", "select lo_create(0)", "select lo_creat(-1)", "select lo_import('/etc/passwd')",
        "select lo_export(1, '/tmp/x')", "select lo_put(1, 0, 'x')", "select lo_unlink(1)", "select lowrite(0, 'x')",
        "select pg_read_file('postgresql.conf')", "select pg_read_binary_file('postgresql.conf')",
        "select pg_ls_dir('.')", "select pg_stat_file('postgresql.conf')", "select pg_ls_logdir()", "select pg_ls_waldir()",
        "select pg_reload_conf()", "select pg_rotate_logfile()", "select pg_switch_wal()", "select pg_hba_file_rules()",
        "select pg_create_restore_point('x')", "select pg_promote()",
        "select pg_log_backend_memory_contexts(1)", "select * from pg_authid", "select rolpassword from pg_authid",
        "select * from pg_shadow", "select * from pg_user_mapping", "select * from pg_statistic",
        "select * from pg_hba_file_rules", "select * from pg_config", "select * from pg_largeobject",
        "copy harmony.customer from program 'id'", "copy harmony.contact (note) from '/etc/passwd'",
        "create subscription s connection 'x' publication p", "checkpoint", "load 'x'",
    ],
)  # fmt: skip
def test_p22_the_server_itself_is_out_of_reach(probe: Probe, session: Connection, statement: str) -> None:
    probe.refused(session, statement, code="42501 58P01")


def test_p22_there_is_no_road_to_another_server(probe: Probe, session: Connection) -> None:
    probe.refused(session, "select * from dblink('host=127.0.0.1', 'select 1') as t(a int)", code="42883")
    probe.nothing(session, "select extname from pg_extension where extname ~ 'dblink|fdw|python|perl|tcl'")
    probe.nothing(session, "select count(*) from pg_foreign_server")


@pytest.mark.parametrize("name", ["postgres", "template1"])
def test_p22_other_databases_are_closed(probe: Probe, database: Database, anna: str, name: str) -> None:
    try:
        with psycopg.connect(make_conninfo(database.dsn_of(anna), dbname=name)):
            probe.holds(False, f"connected to {name}")
    except psycopg.OperationalError as error:
        probe.holds("permission denied for database" in str(error), str(error))


def test_p28_what_fails_is_not_written_to_the_log(probe: Probe, database: Database, session: Connection) -> None:
    canary = f"KANARIE{secrets.token_hex(8)}"
    beacon = f"BAKEN{secrets.token_hex(8)}"

    probe.refused(session, f"select '{canary}'::int", code="22P02")
    probe.refused(session, f"select 1 from harmony.incident where kind = '{canary}'")
    probe.refused(session, "select %s::int", (canary,), code="22P02")
    session.execute(f"select '{canary}', pg_sleep(0.2)")  # type: ignore[call-overload]
    with database.superuser() as admin:
        admin.execute(f"do $$ begin raise log '{beacon}'; end $$")  # type: ignore[call-overload]
    for _ in range(50):
        log = database.server.log_file.read_text(errors="replace")
        if beacon in log:
            break
        time.sleep(0.1)

    assert beacon in log
    statements = [line for line in log.splitlines() if canary in line and "ERROR" not in line]
    probe.holds(statements == [], f"{statements}")


def test_p32_the_server_is_one_with_the_repairs(probe: Probe, session: Connection) -> None:
    version = session.info.server_version
    probe.holds(version >= {15: 150014, 16: 160010, 17: 170006}.get(version // 10000, 180000), str(version))
