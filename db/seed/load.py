"""Brings the rows into a database by COPY: triggers off, indexes built afterwards, all checked at the end."""

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from db.seed import checks, generate, staff
from db.seed.rows import COLUMNS
from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _

log = logging.getLogger(__name__)

# Called with the step and how far it is (0.0 to 1.0).
Progress = Callable[[str, float], None]
Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Made:
    """What a load took."""

    customers: int
    rows: int
    seconds: float


def fill(
    dsn: str, *, customers: int, seed: int, today: dt.date | None = None, progress: Progress | None = None
) -> Made:
    """Fills an empty demo or test database with staff and `customers` customers. For the installation's superuser.

    `today` is the day the data look back from (default: the database's own). Raises UserError when the database is a
    real one or holds customers already, or when what was loaded breaks a rule. Nothing is left of a failed load.
    """
    start, tell = time.monotonic(), progress or (lambda _step, _share: None)
    with psycopg.connect(dsn) as connection:
        _refuse(connection)
        today = today or _today(connection)
        people = staff.create(connection, today)
        _set(connection)
        rows = 0
        with _indexes_off(connection, lambda share: tell("index", share)):
            connection.execute(sql.SQL("truncate {} cascade").format(sql.SQL(", ").join(map(_table, COLUMNS))))
            for done, count in _copy(connection, generate.chunks(customers, seed, today, people)):
                rows += count
                tell("copy", min(done / customers, 1.0))
        _advance(connection)
        connection.execute("analyze")
        tell("check", 0.0)
        checks.refuse_broken(connection)
    with psycopg.connect(dsn, autocommit=True) as connection:
        tell("search", 0.0)
        _finish(connection)
    tell("done", 1.0)
    return Made(customers, rows, time.monotonic() - start)


def _table(name: str) -> sql.Identifier:
    return sql.Identifier("harmony", name)


def _refuse(connection: Connection) -> None:
    kind = connection.execute("select kind from harmony.installation").fetchone()
    if kind is None or kind[0] == "production":
        raise UserError(_("Only a demo or a test database is filled with made-up people."), code="not_a_demo")
    if connection.execute("select 1 from harmony.customer limit 1").fetchone() is not None:
        raise UserError(_("The database holds customers already."), code="not_empty")


def _today(connection: Connection) -> dt.date:
    row = connection.execute("select (harmony.clock() at time zone 'Europe/Amsterdam')::date").fetchone()
    if row is None:
        raise RuntimeError("the clock gave no row")
    day: dt.date = row[0]
    return day


def _set(connection: Connection) -> None:
    # Replica: no audit trail of people who do not exist, and no check of a foreign key for each row; `checks` does
    # that for all at once.
    for setting, value in (
        ("session_replication_role", "replica"),
        ("synchronous_commit", "off"),
        ("maintenance_work_mem", "256MB"),
        ("work_mem", "128MB"),
        ("max_parallel_maintenance_workers", "1"),
        ("jit", "off"),
    ):
        connection.execute("select set_config(%s, %s, false)", (setting, value))


def _copy(connection: Connection, chunks: Iterable[dict[str, list[str]]]) -> Iterator[tuple[int, int]]:
    """Copies chunk after chunk, the next one being made meanwhile. Yields (customers so far, rows of the chunk)."""
    done = 0
    with ThreadPoolExecutor(1) as writer:
        under_way: Future[tuple[int, int]] | None = None
        for chunk in chunks:
            if under_way:
                new, count = under_way.result()
                yield (done := done + new), count
            under_way = writer.submit(_copy_chunk, connection, chunk)
        if under_way:
            new, count = under_way.result()
            yield done + new, count


def _copy_chunk(connection: Connection, chunk: dict[str, list[str]]) -> tuple[int, int]:
    for table, lines in chunk.items():
        columns = sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table].split()))
        # Frozen rows need no second visit by vacuum; the table was emptied in this transaction.
        statement = sql.SQL("copy {} ({}) from stdin with (freeze)").format(_table(table), columns)
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write("\n".join(lines))
            copy.write("\n")
    return len(chunk.get("customer", ())), sum(map(len, chunk.values()))


@contextmanager
def _indexes_off(connection: Connection, tell: Callable[[float], None]) -> Iterator[None]:
    """Drops the indexes that are no constraint, and builds them again: sorting once beats a million insertions."""
    found = connection.execute(
        """
        select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
        from pg_index i join pg_class t on t.oid = i.indrelid
        where t.relnamespace = 'harmony'::regnamespace and t.relname = any (%s)
          and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
        order by 1
        """,
        (list(COLUMNS),),
    ).fetchall()
    for name, _definition in found:
        connection.execute(sql.SQL("drop index {}").format(sql.SQL(str(name))))
    yield
    for place, (_name, definition) in enumerate(found):
        connection.execute(sql.SQL(str(definition)))
        tell((place + 1) / len(found))


def _advance(connection: Connection) -> None:
    """Sets every counter beyond what was used, so that the next customer, claim or task has a number of its own."""
    for table in COLUMNS:
        connection.execute(
            sql.SQL(
                "select setval(pg_get_serial_sequence({name}, 'id'), greatest(max(id), 1), max(id) is not null) from {}"
            ).format(_table(table), name=sql.Literal(f"harmony.{table}"))
        )
    for sequence, table, column, form in (
        ("number_customer", "customer", "customer_number", "([0-9]+)"),
        ("number_p", "policy", "policy_number", "P-([0-9]+)-"),
        ("number_t", "task", "task_number", "-([0-9]+)$"),
        ("number_r", "repair_order", "order_number", "-([0-9]+)$"),
        ("number_pv", "privacy_request", "request_number", "-([0-9]+)$"),
        ("number_s", "claim", "claim_number", "-([0-9]+)$"),
        ("number_d", "claim", "claim_number", "-([0-9]+)$"),
        ("number_v", "claim", "claim_number", "-([0-9]+)$"),
    ):
        connection.execute(
            sql.SQL(
                "select setval({sequence}, greatest(max(substring({column} from {form})::bigint) + 1, s.last_value), false)"
                " from {table}, {counter} s group by s.last_value"
            ).format(
                sequence=sql.Literal(f"harmony.{sequence}"),
                column=sql.Identifier(column),
                form=sql.Literal(form),
                table=_table(table),
                counter=_table(sequence),
            )
        )


def _finish(connection: Connection) -> None:
    """The search's own tables, and a vacuum, so that the planner and index-only scans start well."""
    connection.execute(
        "select set_config('maintenance_work_mem', '256MB', false), set_config('work_mem', '128MB', false)"
    )
    connection.execute("select harmony.rebuild_search()")
    connection.execute("vacuum (analyze)")
