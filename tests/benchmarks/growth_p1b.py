"""P1b: how much slower the same search becomes from ten thousand customers to a million, in one run on one server."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import psycopg

from harmony_desk.local.postgres import Server
from tests import database as databases
from tests.benchmarks import search_p1
from tests.benchmarks.company import dismiss, hire
from tests.benchmarks.measure import Result

SMALL = 10_000
MOST = 3.0
GOAL = f"p50 at most {MOST:.0f}x that of {SMALL:,} customers"


def run(server: Server, large: Iterable[Result], *, queries: int, fill: Callable[[str, int], None]) -> Iterator[Result]:
    """Measures the kinds of `large` again on a database of ten thousand, and gives each kind's growth."""
    with databases.fresh(server) as database:
        fill(database.dsn, SMALL)
        with psycopg.connect(database.dsn, autocommit=True) as admin:
            agents = hire(admin, 1)
            with psycopg.connect(agents[0].dsn(database.dsn), autocommit=True) as agent:
                small = {result.kind: result for result in search_p1.run(admin, agent, queries=queries)}
            dismiss(admin, agents)
    for result in large:
        before = small[result.kind]
        ratio = result.p50 / before.p50
        yield replace(
            result,
            workload="P1b",
            limit_p50=before.p50,
            limit_p95=before.p95,
            ratio=ratio,
            goal=GOAL,
            met=ratio <= MOST,
        )
