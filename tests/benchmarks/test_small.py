"""Every workload runs and gives right answers. Never a time: those are for `make bench`."""

from collections.abc import Iterator

import pytest

from harmony_desk.local.postgres import Server
from tests import database as databases
from tests.benchmarks import __main__ as bench
from tests.benchmarks import report
from tests.benchmarks.measure import Result, table
from tests.benchmarks.queries import KINDS
from tests.benchmarks.writes_p12 import WRITES

SIZE = bench.Size(customers=1_000, queries=40, starts=1, agents=4, seconds=4, pace=0.2, writes=10)


@pytest.fixture(scope="module")
def results(server: Server) -> Iterator[list[Result]]:
    """All workloads on few customers; wrong answers raise here."""
    with databases.fresh(server) as database:
        bench.fill(database.dsn, SIZE.customers)
        yield list(bench.run(database.dsn, database.dsn_of(database.create_staff("agent")), SIZE))


def test_each_workload_has_its_line(results: list[Result]) -> None:
    kinds = [(line.workload, line.kind) for line in results]

    assert kinds == [
        *(("P1", kind) for kind in KINDS), ("P1x8", "all kinds, 8 at once"), ("P5", "bare window"), *(("P12", kind) for kind in WRITES), ("P11", "4 agents, 0.2 s a round")
    ]  # fmt: skip


def test_no_write_is_lost_and_each_is_audited(results: list[Result]) -> None:
    written = [line for line in results if line.workload in ("P11", "P12")]

    assert {line.right for line in written} == {1.0}
    assert all(line.asked >= SIZE.writes for line in written)


def test_every_figure_has_a_limit_of_the_same_run(results: list[Result]) -> None:
    assert all(line.limit_p50 > 0 and line.ratio > 0 and line.p50 <= line.p95 <= line.p99 for line in results)


def test_the_table_and_the_page_show_every_line(results: list[Result]) -> None:
    shown, page = table(results), report.page(results, "small")

    for line in results:
        assert line.kind in shown
        assert f"| {line.kind} | {line.p50:.2f} |" in page
    assert "## P11" in page


def test_nothing_of_a_benchmark_stays_on_the_server(results: list[Result], server: Server) -> None:
    assert results
    with databases.fresh(server) as database, database.superuser() as connection:
        left = connection.execute("select count(*) from pg_roles where rolname like 'bench.%'").fetchone()

    assert left == (0,)
