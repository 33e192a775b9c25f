"""docs/performance.md, as a run writes it: the table, what each workload is, and on what it was measured."""

import datetime as dt
import os
from collections.abc import Sequence

from tests.benchmarks.measure import Result

_HEAD = """\
# Performance, as measured

Written by `make bench SIZE={size}` on {day}; do not edit. Each figure stands beside a limit that was measured in the same
run: a bare thing that does the least possible. Machines are noisy, so read the ratio before the milliseconds. The
commands and the goals: `make help`, `tests/benchmarks`.

Machine: {machine}, {cores} cores, nothing set apart for this run. Times in milliseconds.
"""
_MEANING = {
    "P1": "Search: `find_customers` with its log row, as an agent under row security, against the same index lookup and"
    " one committed log row by the superuser without any policy.",
    "P1x8": "The same with eight agents searching at once, each question of another kind, against eight connections that"
    " do the bare lookup at once.",
    "P1b": "Growth: the p50 of each kind here against the p50 of the same kind among 10,000 customers on the same server.",
    "P6": "Playback of a sealed recording through libVLC, against libVLC on the plain file.",
    "P7": "Taking in a recording (decode, cut, Opus, peaks, seal, verify, store), against the bare Opus encoding.",
    "P5": "Start: from the start of a process to the first paint of a window, offscreen. Only the bare PySide6 window"
    " yet: the limit for the desk's own.",
    "P11": "Agents at once: search, start a call, open the file, link, read the overview, agree something, write the note,"
    " end the call, through the real core code; against pgbench with the same statements and"
    " logins. Nothing that was acknowledged may be missing or be there twice.",
    "P12": "Writes with audit, policies and versions, committed one by one by an agent, against the same write by the"
    " superuser on bare tables.",
}


def page(results: Sequence[Result], size: str) -> str:
    """The whole page in Markdown."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    machine = results[0].machine if results else ""
    parts = [_HEAD.format(size=size, day=today, machine=machine, cores=os.cpu_count())]
    for workload in dict.fromkeys(result.workload for result in results):
        lines = [line for line in results if line.workload == workload]
        parts.append(f"## {workload}\n\n{_MEANING.get(workload, '')}\n\nGoal: {lines[0].goal}.\n\n{_table(lines)}\n")
    missed = [f"{line.workload} {line.kind}" for line in results if not line.met]
    parts.append("Goals missed in this run: " + (", ".join(missed) if missed else "none") + ".\n")
    return "\n".join(parts)


def _table(lines: Sequence[Result]) -> str:
    head = "| kind | p50 | p95 | p99 | limit p50 | limit p95 | ratio | right | times | customers | goal |"
    rule = "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|"
    return "\n".join([head, rule, *map(_line, lines)])


def _line(line: Result) -> str:
    figures = (line.p50, line.p95, line.p99, line.limit_p50, line.limit_p95, line.ratio)
    shown = " | ".join(f"{figure:.2f}" for figure in figures)
    met = "met" if line.met else "missed"
    return f"| {line.kind} | {shown} | {line.right:.0%} | {line.asked} | {line.rows:,} | {met} |"
