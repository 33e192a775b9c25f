"""P11, first form: agents who search, open, log a call, agree something and write it down, all at once, through the
real core code; held against pgbench, which sends the same statements for the same logins without any code of ours.

Both sides take turns on one database, each agent beginning a round every `pace` seconds. Every text that was written
is looked for afterwards: none may be missing, none may be there twice.
"""

import random
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from harmony_desk.core import contacts, customers
from harmony_desk.core.database import Database
from harmony_desk.core.errors import UserError
from tests.benchmarks import company, pgbench
from tests.benchmarks.company import Agent
from tests.benchmarks.measure import Result, result

GOAL = "p95 <= 2x pgbench; no error, no lost write"
_TURNS = 2
_MOST_CALLERS = 5000


@dataclass
class Log:
    """What one agent did: milliseconds of each round, the texts that were acknowledged, what went wrong."""

    times: list[float] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def one_call(desk: Database, number: str, mark: str) -> None:
    """One caller from the first ring to the wrapped-up note, as the desk does it."""
    [card] = desk.ask(partial(customers.search, typed=number))
    call = desk.write(contacts.start_call)
    opening = desk.ask(
        partial(customers.open_file, customer_id=card.customer_id, reason="call", motive="meting van de snelheid")
    )
    if not opening.is_open:
        raise AssertionError(opening.status)
    desk.write(partial(contacts.link_call, call_id=call.call_id, customer_id=card.customer_id))
    file = desk.ask(partial(customers.overview, customer_id=card.customer_id))
    contact = next(row for row in file["contacts"] if row["id"] == call.contact_id)
    line = next(row for row in file["calls"] if row["id"] == call.call_id)
    desk.write(
        partial(contacts.agree, contact_id=call.contact_id, customer_id=card.customer_id, what=mark, due_on=None)
    )
    desk.write(
        partial(
            contacts.wrap_up, contact_id=call.contact_id, version=contact["version"], note=mark, code="claim_status"
        )
    )
    desk.write(partial(contacts.end_call, call_id=call.call_id, version=line["version"]))


def work(admin_dsn: str, agent: Agent, callers: Sequence[str], until: float, pace: float, log: Log) -> None:
    """Rounds of one agent on a connection of his own, until the clock says so."""
    desk = Database(partial(psycopg.connect, agent.dsn(admin_dsn)), pool_size=1)
    rng = random.Random()
    desk.ask(partial(customers.search, typed=callers[0]))
    try:
        while (begun := time.monotonic()) < until:
            mark = f"meting {uuid.uuid4()}"
            try:
                one_call(desk, rng.choice(callers), mark)
                log.written.append(mark)
            except (UserError, AssertionError, ValueError) as error:
                log.errors.append(f"{type(error).__name__} {getattr(error, 'code', '')}")
            log.times.append((time.monotonic() - begun) * 1000)
            time.sleep(max(0.0, pace - (time.monotonic() - begun)))
    finally:
        desk.close()


def ours(admin_dsn: str, agents: Sequence[Agent], callers: Sequence[str], seconds: float, pace: float) -> list[Log]:
    """All agents at work for so long."""
    logs = [Log() for _agent in agents]
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(agents)) as pool:
        running = [
            pool.submit(work, admin_dsn, agent, callers, until, pace, log)
            for agent, log in zip(agents, logs, strict=True)
        ]
    for one in running:
        # what no agent expects is a bug, and ends the benchmark with its stack
        one.result()
    return logs


def share_written_once(admin: Connection[TupleRow], logs: Sequence[Log]) -> float:
    """The share of acknowledged texts that stand in one contact and one commitment; 1.0 is none lost, none twice."""
    marks = [mark for log in logs for mark in log.written]
    row = admin.execute(
        "select count(*) from unnest(%s::text[]) as m(mark)"
        " where (select count(*) from harmony.contact where note = mark and wrap_up_code = 'claim_status') = 1"
        " and (select count(*) from harmony.commitment where text = mark) = 1",
        (marks,),
    ).fetchone()
    return float(row[0]) / len(marks) if row and marks else 0.0


def lay_callers(admin: Connection[TupleRow]) -> list[str]:
    """The customer numbers that callers name, and the same in a table that pgbench can draw from."""
    admin.execute("drop schema if exists bench cascade")
    admin.execute("create schema bench")
    admin.execute(
        "create table bench.caller as select row_number() over () as place, customer_number as number"
        " from (select customer_number from harmony.customer where restricted_at is null order by random() limit %s) c",
        (_MOST_CALLERS,),
    )
    admin.execute("create unique index on bench.caller (place)")
    admin.execute("analyze bench.caller")
    admin.execute("grant usage on schema bench to harmony_agent")
    admin.execute("grant select on bench.caller to harmony_agent")
    return [str(row[0]) for row in admin.execute("select number from bench.caller order by place")]


def run(
    admin: Connection[TupleRow], admin_dsn: str, *, people: int, seconds: float, pace: float, bin_dir: Path
) -> Iterator[Result]:
    """So many agents for so long on each side. Raises when something was lost or failed.

    `admin` is the superuser's connection (autocommit) and `admin_dsn` its address with the password.
    """
    company.lift_limits(admin)
    agents = company.hire(admin, people)
    row = admin.execute("select count(*) from harmony.customer").fetchone()
    count = int(row[0]) if row else 0
    callers = lay_callers(admin)
    logs: list[Log] = []
    limit: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(_TURNS):
            logs += ours(admin_dsn, agents, callers, seconds / _TURNS, pace)
            limit += pgbench.rounds(
                bin_dir, Path(folder) / str(turn), admin_dsn, agents, len(callers), seconds / _TURNS, pace=pace
            )
    times = [spent for log in logs for spent in log.times]
    errors = [error for log in logs for error in log.errors]
    right = share_written_once(admin, logs)
    admin.execute("drop schema bench cascade")
    company.dismiss(admin, agents)
    if errors or right < 1.0:
        raise AssertionError(f"P11: {len(errors)} errors {sorted(set(errors))}, {right:.2%} written once")
    line = result(
        "P11", f"{people} agents, {pace:g} s a round", times, limit, rows=count, right=right, goal=GOAL, met=False
    )
    yield Result(**{**line.as_dict(), "met": line.p95 <= 2 * line.limit_p95})  # type: ignore[arg-type]
