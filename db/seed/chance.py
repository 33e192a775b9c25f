"""Chance that can be repeated: one generator per kind of entity, weighted picks, counts."""

import math
import random
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


def generator(seed: int, kind: str) -> random.Random:
    """The generator of one kind of entity: another kind's data stays as it is when this one changes."""
    return random.Random(f"harmony-desk/{seed}/{kind}")  # noqa: S311 - made-up people, not secrets


class Weighted(Generic[T]):
    """Things to pick from, each as often as its weight says."""

    def __init__(self, weights: Mapping[T, float] | Iterable[tuple[T, float]]) -> None:
        pairs = list(weights.items() if isinstance(weights, Mapping) else weights)
        self.things: Sequence[T] = [thing for thing, _ in pairs]
        self._sums = list(accumulate(weight for _, weight in pairs))
        self._total = self._sums[-1]

    def pick(self, rng: random.Random) -> T:
        return self.things[bisect(self._sums, rng.random() * self._total)]


def zipf(things: Sequence[T], offset: float = 8.0, power: float = 0.85) -> Weighted[T]:
    """The first much more often than the last, as surnames are (Zipf-Mandelbrot)."""
    return Weighted((thing, (rank + offset) ** -power) for rank, thing in enumerate(things))


def poisson(rng: random.Random, mean: float) -> int:
    """How often something happened that happens `mean` times on average (Knuth)."""
    if mean <= 0.0:
        return 0
    limit, count, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def one_of(rng: random.Random, things: Sequence[T]) -> T:
    """Any of them, each as often; quicker than random.choice."""
    return things[int(rng.random() * len(things))]
