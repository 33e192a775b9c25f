"""P12: a write with audit, policies and versions against the same write on bare tables, in turn.

The bare tables have the same columns, checks, defaults and indexes, and no policy, trigger or foreign key; the
superuser writes to them, raising the version himself.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from tests.benchmarks import company
from tests.benchmarks.measure import Result, milliseconds, result

GOAL = "<= 2x the bare write"
_TABLES = ("customer", "contact", "commitment")


@dataclass(frozen=True)
class Write:
    """One kind of write: the statement for both sides, and for the agent's side how many audit rows it leaves."""

    statement: str
    audited: int


# {schema} is harmony or bare; {bump} is what the version trigger does for harmony.
WRITES = {
    "log a contact": Write(
        "insert into {schema}.contact (customer_id, channel, direction, subject) values (%(customer)s, 'phone', 'in', %(text)s)",
        1,
    ),
    "write a note": Write(
        "update {schema}.contact set note = %(text)s, wrap_up_code = 'claim_status' {bump} where id = %(contact)s", 1
    ),
    "agree something": Write(
        "insert into {schema}.commitment (contact_id, customer_id, text) values (%(contact)s, %(customer)s, %(text)s)",
        1,
    ),
    "change an address": Write("update {schema}.customer set street = %(text)s {bump} where id = %(customer)s", 1),
}


def lay_bare(admin: Connection[TupleRow]) -> None:
    """The tables without anything on them, with the same rows."""
    admin.execute("drop schema if exists bare cascade")
    admin.execute("create schema bare")
    for table in _TABLES:
        admin.execute(f"create table bare.{table} (like harmony.{table} including all)")  # type: ignore[call-overload]
        columns = admin.execute(
            "select string_agg(quote_ident(attname), ', ') from pg_attribute where attrelid = %s::regclass"
            " and attnum > 0 and not attisdropped and attgenerated = ''",
            (f"bare.{table}",),
        ).fetchone()
        assert columns
        admin.execute(f"insert into bare.{table} ({columns[0]}) select {columns[0]} from harmony.{table}")  # type: ignore[call-overload]
        admin.execute(f"select setval(pg_get_serial_sequence('bare.{table}', 'id'), 1 + max(id)) from harmony.{table}")  # type: ignore[call-overload]


def measure(
    admin: Connection[TupleRow], agent: Connection[TupleRow], kind: str, values: dict[str, object], times: int
) -> Result:
    """Writes as the agent and on the bare tables in turn, each committed by itself. Raises when a write is missing."""
    write = WRITES[kind]
    with_all = write.statement.format(schema="harmony", bump="")
    bare = write.statement.format(schema="bare", bump=", version = version + 1, changed_at = clock_timestamp()")
    before = _audited(admin)
    ours, limit = [], []
    for number in range(times + 5):
        given = {**values, "text": f"meting {number} {secrets.token_hex(4)}"}
        spent, count = milliseconds(partial(_write, agent, with_all, given))
        spent_bare, count_bare = milliseconds(partial(_write, admin, bare, given))
        assert count == count_bare == 1, f"P12 {kind}: {count} rows, bare {count_bare}"
        # the first are slower on both sides: plans and caches
        if number >= 5:
            ours.append(spent)
            limit.append(spent_bare)
    right = (_audited(admin) - before) / ((times + 5) * write.audited)
    if right != 1.0:
        raise AssertionError(f"P12 {kind}: {right:.0%} of the writes are in the audit")
    rows = admin.execute("select count(*) from harmony.customer").fetchone()
    line = result("P12", kind, ours, limit, rows=rows[0] if rows else 0, right=right, goal=GOAL, met=False)
    return Result(**{**line.as_dict(), "met": line.ratio <= 2})  # type: ignore[arg-type]


def run(admin: Connection[TupleRow], admin_dsn: str, *, times: int) -> Iterator[Result]:
    """All kinds of write, by one agent with one open file."""
    company.lift_limits(admin)
    agents = company.hire(admin, 1)
    with psycopg.connect(agents[0].dsn(admin_dsn), autocommit=True) as agent:
        values = _open(admin, agent)
        lay_bare(admin)
        for kind in WRITES:
            # what autovacuum does between such bursts, on both sides
            for schema in ("harmony", "bare"):
                admin.execute(f"vacuum analyze {schema}.customer, {schema}.contact, {schema}.commitment")  # type: ignore[call-overload]
            yield measure(admin, agent, kind, values, times)
    admin.execute("drop schema bare cascade")
    company.dismiss(admin, agents)


def _open(admin: Connection[TupleRow], agent: Connection[TupleRow]) -> dict[str, object]:
    """A customer whose file is open, and a contact of the agent's own with him."""
    customer = _one(admin, "select min(id) from harmony.customer where restricted_at is null")
    status = _one(agent, "select status from harmony.open_file(%s, 'other', null, 'meting van de snelheid')", customer)
    assert status == "open", status
    contact = _one(
        agent,
        "insert into harmony.contact (customer_id, channel, direction) values (%s, 'phone', 'in') returning id",
        customer,
    )
    return {"customer": customer, "contact": contact}


def _one(connection: Connection[TupleRow], statement: str, *parameters: object) -> object:
    row = connection.execute(statement, parameters).fetchone()  # type: ignore[call-overload]
    assert row is not None
    return row[0]


def _write(connection: Connection[TupleRow], statement: str, values: dict[str, object]) -> int:
    return int(connection.execute(statement, values, prepare=True).rowcount)  # type: ignore[call-overload]


def _audited(admin: Connection[TupleRow]) -> int:
    row = admin.execute("select count(*) from harmony.audit_event").fetchone()
    return int(row[0]) if row else 0
