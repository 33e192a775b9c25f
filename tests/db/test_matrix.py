"""Every cell of the access matrix, tried by a login of that role over TCP with its password.

The statements touch no row (`where false`, `select .. where false`): PostgreSQL asks for permission before it looks
for rows. What would touch a whole table (TRUNCATE, LOCK) and functions run in a transaction that is rolled back.
"""

import re
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from tests import matrix
from tests.database import Connection, Database

MATRIX = matrix.load()
DENIED = "42501"
Catalog = dict[str, list[tuple[str, bool]]]  # table -> (column, is written by the database itself)


@pytest.fixture(scope="module")
def catalog(database: Database) -> Catalog:
    found: Catalog = {}
    with database.superuser() as connection:
        for table, column, generated in connection.execute(
            "select c.relname, a.attname, a.attgenerated <> '' from pg_class c join pg_attribute a on a.attrelid = c.oid"
            " where c.relnamespace = 'harmony'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')"
            " and a.attnum > 0 and not a.attisdropped order by 1, a.attnum"
        ):
            found.setdefault(table, []).append((column, generated))
    return found


@pytest.fixture(scope="module")
def signatures(database: Database) -> dict[str, list[str]]:
    """Signature as the file spells it -> types of its arguments."""
    with database.superuser() as connection:
        connection.execute("set search_path = harmony, pg_catalog")
        return {
            signature: list(types)
            for signature, types in connection.execute(
                "select p.oid::regprocedure::text, array(select t::regtype::text"
                " from unnest(p.proargtypes) with ordinality u(t, i) order by i)"
                " from pg_proc p where p.pronamespace = 'harmony'::regnamespace"
            )
        }


@pytest.fixture(scope="module", params=MATRIX.everybody)
def visitor(request: pytest.FixtureRequest, database: Database) -> Iterator[tuple[str, Connection]]:
    """(role, connection of a login that has only this role); `nobody` has none and is let in for this once."""
    role = str(request.param)
    login = database.create_staff(*([] if role == matrix.NOBODY else [matrix.GROUPS[role]]))
    if role == matrix.NOBODY:
        with database.superuser() as connection:
            connection.execute(
                sql.SQL("grant connect on database {} to {}").format(
                    sql.Identifier(database.name), sql.Identifier(login)
                )
            )
    with database.login(login) as connection:
        yield role, connection
    with database.superuser() as connection:
        connection.execute(sql.SQL("drop owned by {}").format(sql.Identifier(login)))


def allowed(connection: Connection, statement: str, *, undone: bool = False) -> bool:
    """Whether the statement gets past the permissions. `undone`: in a transaction that is rolled back."""
    try:
        if undone:
            with connection.transaction(force_rollback=True):
                connection.execute(statement)  # type: ignore[call-overload]
        else:
            connection.execute(statement)  # type: ignore[call-overload]
    except psycopg.Error as error:
        return error.sqlstate != DENIED
    return True


def differences(tried: dict[str, bool], wanted: dict[str, bool]) -> list[str]:
    assert tried.keys() == wanted.keys()
    return [f"{what}: {'allowed' if got else 'refused'}" for what, got in tried.items() if got != wanted[what]]


def test_everything_in_the_schema_is_in_the_file(
    database: Database, catalog: Catalog, signatures: dict[str, list[str]]
) -> None:
    with database.superuser() as connection:
        sequences = {
            row[0]
            for row in connection.execute(
                "select relname from pg_class where relnamespace = 'harmony'::regnamespace and relkind = 'S'"
            )
        }
        others = connection.execute(
            "select relname from pg_class where relnamespace = 'harmony'::regnamespace"
            " and relkind not in ('r', 'S', 'i', 'v', 'c', 'p')"
        ).fetchall()

    assert sorted(catalog.keys() ^ MATRIX.cells.keys()) == []
    assert sorted(signatures.keys() ^ MATRIX.calls.keys()) == []
    assert sorted(name for name in sequences if not MATRIX.is_known_sequence(name)) == []
    assert others == []


def test_the_file_agrees_with_itself_and_names_real_columns(catalog: Catalog) -> None:
    wrong = []
    for (table, command), lists in MATRIX.write.items():
        columns = {name for name, _ in catalog[table]}
        for role, written in lists.items():
            if written - columns or command not in ("insert", "update") or "W" not in MATRIX.codes(table, role):
                wrong.append(f"{table} {command} {role}: {sorted(written - columns)}")
    for table, cells in MATRIX.cells.items():
        for role, codes in cells.items():
            writes = any(role in MATRIX.write.get((table, command), {}) for command in ("insert", "update"))
            if ("W" in codes) != writes:
                wrong.append(f"{table} {role}: W without columns, or columns without W")
    for table, limited in MATRIX.read.items():
        for role, columns_read in limited.items():
            if columns_read - {name for name, _ in catalog[table]} or not MATRIX.codes(table, role) & matrix.READS:
                wrong.append(f"read.{table} {role}")

    assert wrong == []


def test_a_login_reads_only_its_columns(visitor: tuple[str, Connection], catalog: Catalog) -> None:
    role, connection = visitor
    tried, wanted = {}, {}
    for table, columns in catalog.items():
        for column, _ in columns:
            key = f"{role} select {table}.{column}"
            tried[key] = allowed(connection, f'select "{column}" from harmony.{table} where false')
            wanted[key] = MATRIX.reads(table, role, column)
        key = f"{role} select * from {table}"
        tried[key] = allowed(connection, f"select * from harmony.{table} where false")
        wanted[key] = MATRIX.reads_all(table, role)

    assert len(tried) > 300
    assert differences(tried, wanted) == []


def test_a_login_copies_out_only_what_it_reads_and_nothing_in(
    visitor: tuple[str, Connection], catalog: Catalog
) -> None:
    role, connection = visitor
    tried, wanted = {}, {}
    for table, columns in catalog.items():
        for statement, right in (
            (f"copy (select * from harmony.{table} where false) to stdout", MATRIX.reads_all(table, role)),
            (f"copy harmony.{table} to stdout", MATRIX.reads_all(table, role)),
        ):
            try:
                with connection.cursor().copy(statement) as copy:
                    for _ in copy:
                        pass
                tried[f"{role} {statement}"] = True
            except psycopg.Error as error:
                tried[f"{role} {statement}"] = error.sqlstate != DENIED
            wanted[f"{role} {statement}"] = right
        column = columns[0][0]
        statement = f'copy harmony.{table} ("{column}") from stdin'
        try:
            with connection.cursor().copy(statement):
                pass
            tried[f"{role} {statement}"] = True
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported):
            # Under row security COPY FROM is not to be had, whatever the grants.
            tried[f"{role} {statement}"] = False
        wanted[f"{role} {statement}"] = False

    assert differences(tried, wanted) == []


@pytest.mark.parametrize("command", ["insert", "update"])
def test_a_login_writes_only_its_columns(visitor: tuple[str, Connection], catalog: Catalog, command: str) -> None:
    role, connection = visitor
    tried, wanted = {}, {}
    for table, columns in catalog.items():
        for column, generated in columns:
            if generated:
                continue
            if command == "insert":
                statement = f'insert into harmony.{table} ("{column}") select null where false'
            else:
                statement = f'update harmony.{table} set "{column}" = default where false'
            key = f"{role} {command} {table}.{column}"
            tried[key] = allowed(connection, statement)
            wanted[key] = MATRIX.writes(table, command, role, column)

    assert len(tried) > 300
    assert differences(tried, wanted) == []


def passes_on(connection: Connection, table: str) -> bool:
    with connection.transaction(force_rollback=True):
        try:
            connection.execute(f"grant select on harmony.{table} to public")  # type: ignore[call-overload]
        except psycopg.errors.InsufficientPrivilege:
            return False
        return connection.execute(
            "select count(*) from pg_class c, aclexplode(c.relacl) a where c.relname = %s and a.grantee = 0", (table,)
        ).fetchone() != (0,)


def test_no_login_deletes_truncates_locks_or_hangs_things_on_a_table(
    visitor: tuple[str, Connection], catalog: Catalog
) -> None:
    role, connection = visitor
    got_through = []
    for table in catalog:
        for statement in (
            f"delete from harmony.{table} where false",
            f"truncate harmony.{table}",
            f"lock table harmony.{table} in row exclusive mode nowait",
            f"lock table harmony.{table} in share row exclusive mode nowait",
            f"lock table harmony.{table} in access exclusive mode nowait",
            f"create trigger t before insert on harmony.{table} for each row execute function pg_catalog.suppress_redundant_updates_trigger()",
            f"create table harmony.child (id bigint references harmony.{table})",
            f"alter table harmony.{table} add column x int",
            f"drop table harmony.{table}",
            f"create policy p on harmony.{table} using (true)",
        ):
            if allowed(connection, statement, undone=True):
                got_through.append(f"{role}: {statement}")
        # Rights that need a table of one's own to be tried: asked of the catalog.
        row = connection.execute(
            "select has_table_privilege(oid, 'trigger') or has_any_column_privilege(oid, 'references')"
            " from pg_class where relname = %s and relnamespace ="
            " (select oid from pg_namespace where nspname = 'harmony')",
            (table,),
        ).fetchone()
        if row != (False,):
            got_through.append(f"{role}: references or trigger on {table}")
        # A grant by somebody without grant option is a warning, not an error.
        if passes_on(connection, table):
            got_through.append(f"{role}: grant on {table}")

    assert got_through == []


def test_no_login_touches_a_sequence(visitor: tuple[str, Connection], database: Database) -> None:
    role, connection = visitor
    with database.superuser() as admin:
        names = [
            row[0]
            for row in admin.execute(
                "select relname from pg_class where relnamespace = 'harmony'::regnamespace and relkind = 'S'"
            )
        ]
    got_through = [
        f"{role}: {statement}"
        for name in names
        for statement in (
            f"select nextval('harmony.{name}')",
            f"select setval('harmony.{name}', 1)",
            f"select currval('harmony.{name}')",
            f"select last_value from harmony.{name}",
            f"lock table harmony.{name}",
        )
        # currval of a sequence not used in this session is no right but a state: 55000 would be a leak of the right.
        if allowed(connection, statement, undone=True) and not statement.startswith("lock")
    ]

    assert len(names) > 40
    assert got_through == []


def test_a_login_calls_only_its_functions(visitor: tuple[str, Connection], signatures: dict[str, list[str]]) -> None:
    role, connection = visitor
    tried, wanted = {}, {}
    for signature, types in signatures.items():
        name = signature.split("(")[0]
        # Behind a subselect: a STRICT function of a plain null is folded away before anybody asks for permission.
        arguments = ", ".join(
            f"(select null::{re.sub('^audit_event$', 'harmony.audit_event', kind)})" for kind in types
        )
        key = f"{role} {signature}"
        tried[key] = allowed(connection, f"select harmony.{name}({arguments})", undone=True)
        wanted[key] = MATRIX.may_call(signature, role)

    assert len(tried) > 100
    assert differences(tried, wanted) == []


def test_no_login_makes_anything_anywhere(visitor: tuple[str, Connection]) -> None:
    role, connection = visitor
    got_through = [
        f"{role}: {statement}"
        for statement in (
            "create temp table x (a int)",
            "create table public.x (a int)",
            "create table harmony.x (a int)",
            "create table extensions.x (a int)",
            "create schema mine",
            "create view public.v as select 1",
            "create function public.f() returns int language sql as 'select 1'",
            "create function harmony.f() returns int language sql as 'select 1'",
            "create function pg_temp.f() returns int language sql as 'select 1'",
            "create operator public.=== (leftarg = int, rightarg = int, function = int4eq)",
            "create type public.t as (a int)",
            "create domain public.d as int",
            "create aggregate public.a (int) (sfunc = int4pl, stype = int)",
            "create role mine",
            "create database mine",
            "create publication p",
            "create event trigger e on ddl_command_end execute function pg_catalog.suppress_redundant_updates_trigger()",
        )
        if allowed(connection, statement, undone="database" not in statement)
    ]

    assert got_through == []


def test_a_login_without_a_role_is_not_even_let_in(database: Database) -> None:
    login = database.create_staff()

    with pytest.raises(psycopg.OperationalError, match="permission denied for database"), database.login(login):
        pass
