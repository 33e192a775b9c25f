"""Times two things side by side: ours, and the least that could do the same (the limit of that run)."""

import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Result:
    """One line of the table; times in milliseconds. `rows` is the size of what was searched, `right` the share
    of answers that held what was looked for."""

    workload: str
    kind: str
    p50: float
    p95: float
    p99: float
    limit_p50: float
    limit_p95: float
    ratio: float
    rows: int
    asked: int
    right: float
    goal: str
    met: bool
    machine: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def machine() -> str:
    return f"{platform.machine()} {platform.system()} {platform.release()}"


def percentile(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def result(
    workload: str,
    kind: str,
    ours: Sequence[float],
    limit: Sequence[float],
    *,
    rows: int,
    right: float,
    goal: str,
    met: bool,
) -> Result:
    """The line of two series of times, in milliseconds."""
    return Result(
        workload=workload,
        kind=kind,
        p50=percentile(ours, 0.5),
        p95=percentile(ours, 0.95),
        p99=percentile(ours, 0.99),
        limit_p50=percentile(limit, 0.5),
        limit_p95=percentile(limit, 0.95),
        ratio=percentile(ours, 0.5) / percentile(limit, 0.5),
        rows=rows,
        asked=len(ours),
        right=right,
        goal=goal,
        met=met,
        machine=machine(),
    )


def milliseconds(act: Callable[[], Answer]) -> tuple[float, Answer]:
    begun = time.perf_counter()
    answer = act()
    return (time.perf_counter() - begun) * 1000, answer


def table(results: Sequence[Result]) -> str:
    head = f"{'':4} {'kind':18} {'p50':>7} {'p95':>7} {'p99':>7} {'limit50':>8} {'limit95':>8} {'ratio':>6} {'right':>6}  goal"
    lines = [
        f"{r.workload:4} {r.kind:18} {r.p50:7.2f} {r.p95:7.2f} {r.p99:7.2f} {r.limit_p50:8.2f} {r.limit_p95:8.2f}"
        f" {r.ratio:6.2f} {r.right:6.0%}  {'met' if r.met else 'MISSED'}: {r.goal}"
        for r in results
    ]
    return "\n".join([head, *lines])
