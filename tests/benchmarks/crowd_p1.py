"""P1 with eight colleagues searching at once: ours, and the bare lookup by eight connections at once, in turn."""

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from tests.benchmarks import company
from tests.benchmarks.measure import Result, machine, milliseconds, percentile
from tests.benchmarks.queries import KINDS
from tests.benchmarks.search_p1 import forget_haste, limit_statement, parameters, sample

CLIENTS = 8
GOAL = "p95 <= 2x limit + 2 ms, with eight clients at once"
Question = Callable[[Connection[TupleRow]], object]


def run(admin: Connection[TupleRow], admin_dsn: str, *, each: int, seed: int = 2) -> Iterator[Result]:
    """`each` questions of mixed kinds by every one of eight agents. Raises when a question fails."""
    company.lift_limits(admin)
    agents = company.hire(admin, CLIENTS)
    try:
        people = sample(admin, CLIENTS * each, seed)
        ours, bare = _questions(admin, people, seed)
        forget_haste(admin)
        ours_ms = _all_at_once([agent.dsn(admin_dsn) for agent in agents], ours, each)
        bare_ms = _all_at_once([admin_dsn] * CLIENTS, bare, each)
        rows = admin.execute("select count(*) from harmony.customer").fetchone()
        p95, limit_p95 = percentile(ours_ms, 0.95), percentile(bare_ms, 0.95)
        yield Result(
            workload="P1x8",
            kind="all kinds, 8 at once",
            p50=percentile(ours_ms, 0.5),
            p95=p95,
            p99=percentile(ours_ms, 0.99),
            limit_p50=percentile(bare_ms, 0.5),
            limit_p95=limit_p95,
            ratio=percentile(ours_ms, 0.5) / percentile(bare_ms, 0.5),
            rows=rows[0] if rows else 0,
            asked=len(ours_ms),
            right=1.0,
            goal=GOAL,
            met=p95 <= 2 * limit_p95 + 2,
            machine=machine(),
        )
    finally:
        company.dismiss(admin, agents)


def _questions(admin: Connection[TupleRow], people: Sequence[Any], seed: int) -> tuple[list[Question], list[Question]]:
    chance = random.Random(seed)
    ours: list[Question] = []
    bare: list[Question] = []
    for person in people:
        kind = chance.choice(list(KINDS))
        typed = KINDS[kind](person, chance)
        ours.append(partial(_execute, "select * from harmony.find_customers(%(typed)s)", {"typed": typed}))
        bare.append(partial(_execute, limit_statement(kind), parameters(admin, person, kind, typed)))
    return ours, bare


def _execute(statement: str, values: dict[str, object], connection: Connection[TupleRow]) -> object:
    return connection.execute(statement, values, prepare=True).fetchall()  # type: ignore[arg-type]


def _all_at_once(dsns: Sequence[str], questions: Sequence[Question], each: int) -> list[float]:
    """Milliseconds of every question, asked by as many threads as there are DSNs; the first three are not counted."""
    start = threading.Barrier(len(dsns))
    times: list[float] = []
    failures: list[BaseException] = []

    def work(dsn: str, mine: Sequence[Question]) -> None:
        try:
            with psycopg.connect(dsn, autocommit=True) as connection:
                start.wait(30)
                spent = [milliseconds(partial(question, connection))[0] for question in mine]
            times.extend(spent[3:])
        except (psycopg.Error, threading.BrokenBarrierError) as error:
            failures.append(error)

    threads = [
        threading.Thread(target=work, args=(dsn, questions[place * each : (place + 1) * each]))
        for place, dsn in enumerate(dsns)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return times
