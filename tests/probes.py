"""Attacks are counted: each try of a probe is an attempt that is refused or that leaked, and the run says the sum.

    Probes: 412 attempts, 412 refused, 0 leaked

stands at the end of every run that holds a probe; `pytest -v` adds a table by probe (P1.. are those of the
security design, the others are named after their subject). One leak fails the run.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import psycopg
import pytest
from _pytest.terminal import TerminalReporter

from tests.database import Connection

DENIED = "42501"
_tally: Counter[tuple[str, str]] = Counter()
_FROM_WORKER = "probes"


class Probe:
    """What one test tries. Every method is an attempt; one that finds something fails the test and the run."""

    def __init__(self, name: str) -> None:
        self.name = name

    def _count(self, good: bool, what: str) -> None:
        _tally[self.name, "refused" if good else "leaked"] += 1
        assert good, f"LEAK ({self.name}): {what}"

    def refused(
        self, connection: Connection, statement: str, parameters: Sequence[object] = (), *, code: str = DENIED
    ) -> psycopg.Error:
        """The statement must end in an error of this SQLSTATE (several: separated by spaces)."""
        try:
            connection.execute(statement, parameters)  # type: ignore[call-overload]
        except psycopg.Error as error:
            if not connection.autocommit and not connection.closed:
                connection.rollback()
            self._count((error.sqlstate or "") in code.split(), f"{statement}: {error.sqlstate} {error}")
            return error
        self._count(False, f"not refused: {statement}")
        raise AssertionError

    def nothing(self, connection: Connection, statement: str, parameters: Sequence[object] = ()) -> None:
        """The query must give no row, or one row that holds only 0, null, false or empty arrays."""
        rows = connection.execute(statement, parameters).fetchall()  # type: ignore[call-overload]
        self._count(all(not value for row in rows for value in row) and len(rows) <= 1, f"{statement}: {rows}")

    def answers(
        self, connection: Connection, expected: object, statement: str, parameters: Sequence[object] = ()
    ) -> None:
        """The first column of the first row must be `expected` (a refusal)."""
        row = connection.execute(statement, parameters).fetchone()  # type: ignore[call-overload]
        self._count(row is not None and row[0] == expected, f"{statement}: {row}")

    def same(self, *answers: object, what: str) -> None:
        """Two questions about a hidden and a missing thing must have the same answer."""
        self._count(all(answer == answers[0] for answer in answers), f"{what}: {answers}")

    def holds(self, good: bool, what: str) -> None:
        self._count(good, what)


@pytest.fixture
def probe(request: pytest.FixtureRequest) -> Probe:
    """Named after the test: test_p04b_... is P4b, others are their file's subject."""
    found = re.match(r"test_p(\d+)(b?)_", request.node.name)
    if found:
        return Probe(f"P{int(found[1])}{found[2]}")
    return Probe(request.path.stem.removeprefix("test_probes_").removeprefix("test_"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_FROM_WORKER] = [(*key, count) for key, count in _tally.items()]
    elif any(kind == "leaked" for _, kind in _tally):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """pytest-xdist: a worker hands its counts to the process that prints."""
    for name, kind, count in getattr(node, "workeroutput", {}).get(_FROM_WORKER, ()):
        _tally[name, kind] += count


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    if not _tally:
        return
    names = sorted(
        {name for name, _ in _tally}, key=lambda name: [int(p) if p.isdigit() else p for p in re.split(r"(\d+)", name)]
    )
    if config.get_verbosity() > 0:
        terminalreporter.section("probes")
        for name in names:
            refused, leaked = _tally[name, "refused"], _tally[name, "leaked"]
            terminalreporter.write_line(
                f"{name:<24}{refused + leaked:>6} attempts{refused:>6} refused{leaked:>4} leaked"
            )
    refused, leaked = (sum(_tally[name, kind] for name in names) for kind in ("refused", "leaked"))
    terminalreporter.write_line(f"Probes: {refused + leaked} attempts, {refused} refused, {leaked} leaked", bold=True)
