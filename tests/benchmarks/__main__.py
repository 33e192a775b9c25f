"""`python -m tests.benchmarks --size small|demo|load`: every workload against its limit, as one table.

Without DSNs it starts a server of its own, makes the database and fills it; with `--admin-dsn` and `--agent-dsn`
it measures the database that is there. Writes benchmarks/latest.json, and docs/performance.md unless the size is
small, which only shows that everything runs. Times never make it fail; wrong answers do.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from db import seed
from harmony_desk.local import binaries, postgres
from tests import database as databases
from tests import servers
from tests.benchmarks import agents_p11, crowd_p1, growth_p1b, recordings, report, search_p1, start_p5, writes_p12
from tests.benchmarks.measure import Result, table


@dataclass(frozen=True)
class Size:
    """How much of each: customers, questions of one kind, starts of a window, agents, their seconds and pace, writes."""

    customers: int
    queries: int
    starts: int
    agents: int
    seconds: float
    pace: float
    writes: int


SIZES = {
    "small": Size(2_000, 60, 5, 8, 10, 0.4, 100),
    "demo": Size(10_000, 200, 15, 25, 60, 1.0, 500),
    "load": Size(1_000_000, 500, 15, 200, 60, 5.0, 1000),
}
# A server like a production one: durable, and with memory for a million customers.
SETTINGS = {"shared_buffers": "512MB", "max_wal_size": "4GB", "maintenance_work_mem": "256MB", "max_connections": "260"}


@contextmanager
def own_database(customers: int) -> Iterator[tuple[postgres.Server, str, str]]:
    """A new server with that many customers; gives it, and the DSNs of the superuser and of an agent."""
    servers.make_run_folder()
    try:
        settings = SETTINGS if customers > 100_000 else {}
        with (
            postgres.start(servers.run_folder() / "server", bin_dir=servers.bin_dir(), settings=settings) as server,
            databases.fresh(server) as database,
        ):
            fill(database.dsn, customers)
            yield server, database.dsn, database.dsn_of(database.create_staff("agent"))
    finally:
        servers.remove_run_folder()


def fill(admin_dsn: str, customers: int) -> None:
    """The demo's own people and all that happened to them, so that what is measured is what will be lived with."""
    begun = time.monotonic()
    seed.fill(admin_dsn, customers=customers, seed=1, progress=_tell if customers > 100_000 else None)
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        size = connection.execute("select pg_size_pretty(pg_database_size(current_database()))").fetchone()
        connection.execute("checkpoint")
    sys.stderr.write(f"{customers} customers made in {time.monotonic() - begun:.0f} s, {size[0] if size else '?'}\n")


def _tell(step: str, share: float) -> None:
    sys.stderr.write(f"\r{step} {share:.0%}  ")


def run(admin_dsn: str, agent_dsn: str, size: Size, *, without: Sequence[str] = ()) -> Iterator[Result]:
    """Every workload in turn, the quiet ones before the crowd; says on stderr how far it is."""
    for result in _run(admin_dsn, agent_dsn, size, without):
        sys.stderr.write(
            f"{result.workload} {result.kind}: {result.p50:.2f} / {result.p95:.2f} ms, {result.ratio:.2f}x\n"
        )
        yield result


def _run(admin_dsn: str, agent_dsn: str, size: Size, without: Sequence[str]) -> Iterator[Result]:
    with (
        psycopg.connect(admin_dsn, autocommit=True) as admin,
        psycopg.connect(agent_dsn, autocommit=True) as agent,
    ):
        yield from search_p1.run(admin, agent, queries=size.queries)
        yield from crowd_p1.run(admin, admin_dsn, each=size.queries // 4)
        yield from start_p5.run(starts=size.starts)
        yield from writes_p12.run(admin, admin_dsn, times=size.writes)
        if "P11" not in without:
            yield from agents_p11.run(
                admin, admin_dsn, people=size.agents, seconds=size.seconds, pace=size.pace, bin_dir=server_programs()
            )


def server_programs() -> Path:
    """Where pgbench is: beside the server under test."""
    return servers.bin_dir() or binaries.find().folder


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--customers", type=int, help="another number of customers than the size has")
    parser.add_argument("--admin-dsn", help="superuser of a filled database; the password comes from PGPASSWORD")
    parser.add_argument("--agent-dsn", help="an agent of that database; the password comes from HARMONY_AGENT_PASSWORD")
    parser.add_argument("--without", action="append", default=[], choices=["P11"], help="leave a long workload out")
    chosen = parser.parse_args()
    size = SIZES[chosen.size]

    if chosen.admin_dsn:
        agent_dsn = psycopg.conninfo.make_conninfo(
            chosen.agent_dsn, password=os.environ.get("HARMONY_AGENT_PASSWORD") or None
        )
        results = list(run(chosen.admin_dsn, agent_dsn, size, without=chosen.without))
    else:
        customers = chosen.customers or size.customers
        with own_database(customers) as (server, admin_dsn, agent_dsn):
            results = list(run(admin_dsn, agent_dsn, size, without=chosen.without))
            if customers > growth_p1b.SMALL:
                found = [result for result in results if result.workload == "P1"]
                results += growth_p1b.run(server, found, queries=size.queries, fill=fill)

    results += recordings.run(chosen.size)
    sys.stdout.write(table(results) + "\n")
    latest = Path("benchmarks/latest.json")
    latest.parent.mkdir(exist_ok=True)
    latest.write_text(json.dumps([result.as_dict() for result in results], indent=1), encoding="utf-8")
    if chosen.size != "small":
        # The large size is the one that the goals are about; the demo's is quick to repeat.
        page = "performance.md" if chosen.size == "load" else f"performance-{chosen.size}.md"
        (Path("docs") / page).write_text(report.page(results, chosen.size), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
